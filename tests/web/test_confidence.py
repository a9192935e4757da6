"""Saying how sure one is before sending: optional, kept with the decision, refused where it is no answer."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from simulator.drills.confidence import Confidence
from tests.web.playing import reply_form, start


def stored(client: FlaskClient, run: str) -> list[Confidence | None]:
    """Return how sure the player said they were, decision by decision."""
    drills = client.application.extensions["composure"].drills
    with client.application.app_context():
        loaded = drills._log.load(run.rsplit("/", 1)[1])
    return [decision.confidence for decision in loaded.state.decisions]


@pytest.mark.parametrize(("said", "kept"), [("sure", Confidence.SURE), ("guessing", Confidence.GUESSING), ("", None), (None, None)])
def test_it_is_kept_with_the_decision_where_it_was_said(client: FlaskClient, said: str | None, kept: Confidence | None) -> None:
    run = start(client)
    answer = client.post(f"{run}/reply", data={**reply_form(), **({} if said is None else {"confidence": said})})
    assert answer.status_code == 303
    assert stored(client, run) == [kept]


def test_anything_else_is_refused_and_nothing_is_lost(client: FlaskClient) -> None:
    run = start(client)
    refused = client.post(f"{run}/reply", data=reply_form(confidence="very"))
    assert refused.status_code == 400
    assert stored(client, run) == []
    assert "Nell, we sailed" in refused.text


def test_a_refused_reply_keeps_the_choice(client: FlaskClient) -> None:
    run = start(client)
    refused = client.post(f"{run}/reply", data=reply_form(text=" ", confidence="fairly_sure"))
    assert refused.status_code == 400
    assert re.search(r'value="fairly_sure" checked', refused.text)


def test_the_form_asks_and_nothing_is_chosen_for_anybody(client: FlaskClient) -> None:
    page = client.get(start(client)).text
    assert "How sure are you?" in page
    assert re.findall(r'name="confidence" value="(\w*)"( checked)?', page) == [
        ("sure", ""),
        ("fairly_sure", ""),
        ("guessing", ""),
        ("", " checked"),
    ]
