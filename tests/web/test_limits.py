"""What is asked for too often is answered with 429, a page that says so, and the seconds until it opens again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from simulator.web.security import limiter
from tests.app_fixtures import build_app, settings_for
from tests.factories import HandClock


@pytest.fixture
def hurried(settings: object, tmp_path: Path, clock: HandClock) -> Iterator[FlaskClient]:
    """Browse an app whose limits are on."""
    app = build_app(settings_for(tmp_path, RATE_LIMITS="on"), now=clock)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    limiter.reset()
    yield app.test_client()
    limiter.reset()
    with app.app_context():
        app.extensions["sqlalchemy"].engine.dispose()


def test_the_full_report_may_be_asked_for_sixty_times_a_minute(hurried: FlaskClient) -> None:
    asked = {"post": "Where is my parcel?", "draft": "On its way."}
    answers = [hurried.post("/check", data=asked) for _ in range(61)]
    assert {answer.status_code for answer in answers[:60]} == {200}
    last = answers[-1]
    assert last.status_code == 429
    assert 1 <= int(last.headers["Retry-After"]) <= 61
    assert "Where is my parcel?" in last.text


def test_a_program_is_told_as_a_problem(hurried: FlaskClient) -> None:
    asked = {"post": "", "draft": "", "seq": 1}
    statuses = [hurried.post("/check/coach", json=asked).status_code for _ in range(241)]
    assert statuses.count(200) == 240
    refused = hurried.post("/check/coach", json=asked)
    assert (refused.status_code, refused.mimetype) == (429, "application/problem+json")


def test_shared_links_cant_be_tried_without_end(hurried: FlaskClient) -> None:
    statuses = [hurried.get(f"/shared/guess-{number}").status_code for number in range(121)]
    assert statuses == [410] * 120 + [429]
