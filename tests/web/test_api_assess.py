"""The API: the same object and the same answer as the batch interface, for whoever holds a token."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from openapi_spec_validator import validate

from simulator.cli.scoring import answer_line
from tests.cast import Person

ASKED: dict[str, Any] = {
    "id": "t-1",
    "post": {"text": "Day 3 without my suitcase. The wedding is THURSDAY", "author": "@ro", "followers": 214},
    "channel": "microblog",
    "draft": "Three days is too long, and I'm sorry. I'll write by 18:00. – Aoife",
    "action": "acknowledge_then_private",
    "elapsed_minutes": 12,
}


@pytest.fixture
def bearer(app: APIFlask, people: dict[Person, str]) -> dict[str, str]:
    """Make a token for the first of the cast and return it as a header."""
    services = app.extensions["composure"]
    with app.app_context():
        viewer = services.accounts.viewer_for(next(iter(people.values())))
        _, raw = services.tokens.create(viewer, "for tests")
    return {"Authorization": f"Bearer {raw}"}


def test_a_draft_is_judged_as_in_the_batch(app: APIFlask, client: FlaskClient, bearer: dict[str, str]) -> None:
    answer = client.post("/api/v1/assess", json=ASKED, headers=bearer)
    assert answer.status_code == 200
    line, right = answer_line(app.extensions["composure"].desk, 1, json.dumps(ASKED).encode())
    assert right
    assert answer.get_json() == json.loads(line)
    assert answer.get_json()["total"] > 0


def test_a_post_is_sorted(client: FlaskClient, bearer: dict[str, str]) -> None:
    answer = client.post("/api/v1/triage", json={"id": 4, "post": {"text": "my solicitor will see you in court"}}, headers=bearer)
    assert answer.status_code == 200
    assert (answer.get_json()["id"], answer.get_json()["triage"]["kind"]) == (4, "legal_threat")


@pytest.mark.parametrize("path", ["/api/v1/assess", "/api/v1/triage"])
@pytest.mark.parametrize(
    "header", [{}, {"Authorization": "Bearer cmp_wrong"}, {"Authorization": "Basic YTpi"}, {"Authorization": "Bearer"}]
)
def test_without_a_right_token_nothing_is_judged(client: FlaskClient, path: str, header: dict[str, str]) -> None:
    answer = client.post(path, json=ASKED, headers=header)
    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["code"] == "sign_in_first"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_revoked_token_is_no_token(app: APIFlask, client: FlaskClient, people: dict[Person, str], bearer: dict[str, str]) -> None:
    services = app.extensions["composure"]
    with app.app_context():
        viewer = services.accounts.viewer_for(next(iter(people.values())))
        services.tokens.revoke(viewer, services.tokens.of(viewer)[0].id)
    assert client.post("/api/v1/assess", json=ASKED, headers=bearer).status_code == 401


@pytest.mark.parametrize(
    ("body", "status", "code", "about"),
    [
        (b"{", 400, "bad_value", ""),
        (b'{"post": {"text": "\xff"}}', 400, "bad_value", ""),
        (b"[" * 50_000, 400, "bad_value", ""),
        (b"[]", 400, "bad_value", ""),
        ({"post": {}}, 400, "bad_value", "post.text"),
        ({**ASKED, "channel": "fax"}, 400, "bad_value", "channel"),
        ({**ASKED, "playbook": "none-such"}, 400, "bad_value", "playbook"),
        ({**ASKED, "draft": "x" * 5_001}, 413, "too_long", "draft"),
        ({**ASKED, "draft": "a\u0007b"}, 400, "bad_text", "draft"),
        ({**ASKED, "post": {"text": " "}}, 400, "empty", "post.text"),
    ],
)
def test_bad_input_says_what_and_where(
    client: FlaskClient, bearer: dict[str, str], body: object, status: int, code: str, about: str
) -> None:
    sent: dict[str, Any] = {"data": body} if isinstance(body, bytes) else {"json": body}
    answer = client.post("/api/v1/assess", headers=bearer, **sent)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    problem = answer.get_json()
    assert (problem["code"], problem["about"]) == (code, about)
    assert problem["detail"]


def test_a_body_beyond_the_limit_of_requests_is_refused(app: APIFlask, client: FlaskClient, bearer: dict[str, str]) -> None:
    answer = client.post("/api/v1/assess", headers=bearer, data=b"x" * (app.config["MAX_CONTENT_LENGTH"] + 1))
    assert answer.status_code == 413
    assert answer.mimetype == "application/problem+json"


def test_the_description_is_valid_openapi_and_names_both_calls(client: FlaskClient) -> None:
    spec = client.get("/api/v1/openapi.json").get_json()
    validate(spec)
    assert set(spec["paths"]) == {"/api/v1/assess", "/api/v1/triage"}
    for methods in spec["paths"].values():
        assert set(methods["post"]["responses"]) == {"200", "400", "401", "413", "429"}
        assert methods["post"]["security"] == [{"bearer": []}]


def test_the_docs_page_shows_every_field_without_inline_code(client: FlaskClient) -> None:
    page = client.get("/api/docs")
    assert page.status_code == 200
    for words in ("POST", "/api/v1/assess", "/api/v1/triage", "post.text", "elapsed_minutes", "findings[].why", "curl -X POST"):
        assert words in page.text
    assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", page.text)
