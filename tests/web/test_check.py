"""Check a reply: sorted and scored, as a page and as one types; nothing stored; bad input in words."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from simulator.core.plain_text import DRAFT_LIMIT, POST_LIMIT
from simulator.persistence.db import db
from simulator.scoring.model import Triage
from simulator.scoring.vocabulary import Action, Contact, Kind, Urgency
from simulator.web.presenters_coach import present_triage

POST = "Third time this week the 7:42 is cancelled with no word at the station, and I was late to work again. Why is nobody told?"
DRAFT = "Third time this week and nobody told you: I'm sorry. I'm asking control why and will write back here by 9:30. – Tolu"
FORM = {"post": POST, "draft": DRAFT, "channel": "microblog", "author": "@kit", "followers": "1,200", "action": ""}


def test_the_page_says_that_nothing_is_stored(client: FlaskClient) -> None:
    assert "Nothing is stored" in client.get("/check").text


def test_without_scripts_the_page_comes_back_with_sorting_and_report(client: FlaskClient) -> None:
    page = client.post("/check", data=FORM)
    assert page.status_code == 200
    for words in ("Complaint", "The report", "data-report", " adds up", '<mark class="cue"', '<mark class="gain"'):
        assert words in page.text
    assert "nobody told you: I&#39;m sorry" in page.text


def test_as_one_types_the_same_verdict_comes_as_json(client: FlaskClient) -> None:
    told = client.post("/check/coach", json={**FORM, "seq": 3}).json
    assert told["seq"] == 3
    assert told["triage"]["kind"] == "Complaint"
    assert all(POST[cue["start"] : cue["end"]].strip() for cue in told["triage"]["cues"])
    assert all(DRAFT[mark["start"] : mark["end"]].strip() for mark in told["marks"])
    assert 0 <= told["total"] <= 100


def test_a_step_comes_with_an_example_about_this_very_post(client: FlaskClient) -> None:
    post = "My train is cancelled for the third time this week. My boss is done with excuses 😡"
    form = {**FORM, "post": post, "draft": "We'll look into it."}
    told = client.post("/check/coach", json={**form, "seq": 1}).json
    assert any("your train" in fix["example"] for fix in told["fixes"]), told["fixes"]
    page = client.post("/check", data=form).text
    assert "For example: " in page
    assert told["fixes"][0]["example"].replace("'", "&#39;") in page


def test_a_post_alone_is_sorted(client: FlaskClient) -> None:
    told = client.post("/check/coach", json={**FORM, "draft": " ", "seq": 1}).json
    assert told["dimensions"] == []
    assert told["triage"]["urgency_name"] in ("low", "normal", "high", "critical")
    page = client.post("/check", data={**FORM, "draft": ""})
    assert "data-report" not in page.text


@pytest.mark.parametrize(
    ("confidence", "says"), [(0.14, "No words here decide it"), (0.3, "Something went wrong"), (0.9, "Something went wrong")]
)
def test_a_reason_is_claimed_only_where_the_words_give_one(client: FlaskClient, confidence: float, says: str) -> None:
    found = Triage(Kind.COMPLAINT, Urgency.NORMAL, Action.REPLY_PUBLIC, Contact.NONE, confidence, why="Something went wrong.")
    with client.application.test_request_context():
        view = present_triage(found, "blue")
    assert says in view.why
    assert view.confidence == f"{round(confidence * 100)} % sure"


def test_nothing_is_said_to_be_sure_beyond_doubt(client: FlaskClient) -> None:
    found = Triage(Kind.COMPLAINT, Urgency.NORMAL, Action.REPLY_PUBLIC, Contact.NONE, 0.999)
    with client.application.test_request_context():
        assert present_triage(found, "charged twice").confidence == "99 % sure"


def test_nothing_to_sort_is_answered_quietly_while_typing_and_in_words_when_sent(client: FlaskClient) -> None:
    assert client.post("/check/coach", json={**FORM, "post": "", "seq": 1}).json["triage"] is None
    sent = client.post("/check", data={**FORM, "post": " "})
    assert sent.status_code == 400
    assert "The post is empty." in sent.text
    assert "nobody told you" in sent.text


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"post": "x" * (POST_LIMIT + 1)}, 413, "the limit is 10,000"),
        ({"draft": "x" * (DRAFT_LIMIT + 1)}, 413, "the limit is 5,000"),
        ({"draft": "a\x1bb"}, 400, "U+001B"),
        ({"followers": "many"}, 400, "in digits"),
        ({"followers": "-4"}, 400, "in digits"),
        ({"channel": "pigeon"}, 400, "Not a valid choice"),
        ({"action": "shout"}, 400, "Not a valid choice"),
    ],
)
def test_bad_input_is_said_in_words_and_the_draft_stays(client: FlaskClient, change: dict[str, str], status: int, said: str) -> None:
    page = client.post("/check", data={**FORM, **change})
    assert page.status_code == status
    assert said in page.text
    told = client.post("/check/coach", json={**FORM, **change, "seq": 1})
    assert told.status_code == status
    assert said in told.json["detail"]


@pytest.mark.parametrize("sent", [[], "x", None, 3])
def test_json_that_is_no_object_is_refused(client: FlaskClient, sent: object) -> None:
    assert client.post("/check/coach", json=sent).status_code == 400
    assert client.post("/check/coach", data=b"\xff{", content_type="application/json").status_code == 400


def test_markup_in_post_and_draft_stays_text(client: FlaskClient) -> None:
    page = client.post(
        "/check", data={**FORM, "post": f"<script>x</script> {POST}", "draft": f"</textarea><script>y</script> {DRAFT}"}
    ).text
    assert "<script>x" not in page
    assert "<script>y" not in page
    assert "&lt;script&gt;x" in page


def test_nothing_is_written_to_the_database(client: FlaskClient) -> None:
    def rows() -> dict[str, int]:
        with client.application.app_context(), db.engine.connect() as connection:
            names = [row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one() for name in names}

    before = rows()
    client.post("/check", data=FORM)
    client.post("/check/coach", json={**FORM, "seq": 1})
    assert rows() == before


def test_the_coach_gets_its_sentence_for_an_example_with_the_place_for_it(client: FlaskClient) -> None:
    assert 'data-words-example="For example: %s"' in client.get("/check").text
