"""Check a reply: sorted and scored, as a page and as one types; nothing stored; bad input in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from simulator.app import create_app
from simulator.config import Settings
from simulator.core.plain_text import DRAFT_LIMIT, POST_LIMIT
from simulator.persistence.db import db
from simulator.scoring.model import Triage
from simulator.scoring.vocabulary import Action, Contact, Kind, Urgency
from simulator.web.presenters_coach import present_triage
from tests.app_fixtures import shipped_content
from tests.factories import HandClock
from tests.pages import found

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


REDIRECT = "I'm sorry, Kit. Please contact our support team at @ExampleHelp: they have your order open. I've passed them your post."
DEFAULT_TITLE, SUPPORT_TITLE = "Default playbook", "A brand with its own support account"


def chosen(page: str) -> str:
    """Return the playbook that a page's form has chosen."""
    choices = found(r'(?s)<select[^>]*name="playbook"[^>]*>(.*?)</select>', page)
    return found(r'<option selected value="([^"]*)"', choices)


def total(page: str) -> str:
    """Return the score that a page shows."""
    return found(r'report-number num">([\d.]+)<', page)


def test_the_playbooks_are_offered_by_their_titles_the_default_first(client: FlaskClient) -> None:
    page = client.get("/check").text
    assert chosen(page) == "default"
    assert '<label for="playbook">Playbook</label>' in page
    assert page.index(f">{DEFAULT_TITLE}</option>") < page.index(f">{SUPPORT_TITLE}</option>")


@pytest.mark.parametrize("given", [{}, {"playbook": ""}, {"playbook": "default"}])
def test_without_a_choice_the_default_playbook_judges(client: FlaskClient, given: dict[str, str]) -> None:
    page = client.post("/check", data={**FORM, "draft": f"{DRAFT} Rest assured.", **given}).text
    assert f"Judged by the playbook: {DEFAULT_TITLE}" in page
    assert "asks not to use these words: say who does what by when" in page
    assert chosen(page) == "default"


def test_the_playbook_that_is_chosen_judges_report_and_coach_alike(client: FlaskClient) -> None:
    form = {**FORM, "draft": REDIRECT}
    plain, styled = (client.post("/check", data={**form, "playbook": name}).text for name in ("default", "support-account"))
    assert f"Judged by the playbook: {SUPPORT_TITLE}" in styled
    assert DEFAULT_TITLE not in styled.split('id="report"')[1]
    assert chosen(styled) == "support-account"
    assert float(total(plain)) < float(total(styled))
    for name, page in (("default", plain), ("support-account", styled)):
        told = client.post("/check/coach", json={**form, "playbook": name, "seq": 1}).json
        assert round(told["total"]) == round(float(total(page)))


@pytest.mark.parametrize("name", ["none-such", "../default", "x" * 10_000, "\u0000", "Default playbook"])
def test_an_unknown_playbook_is_refused_at_its_field_and_the_words_stay(client: FlaskClient, name: str) -> None:
    page = client.post("/check", data={**FORM, "playbook": name})
    assert page.status_code == 400
    assert page.text.count("There is no playbook of this name; known are: default, support-account.") == 2
    assert 'aria-describedby="playbook-hint playbook-error"' in page.text
    assert "nobody told you: I&#39;m sorry" in page.text
    assert "data-report" not in page.text
    told = client.post("/check/coach", json={**FORM, "playbook": name, "seq": 1})
    assert (told.status_code, told.json["about"]) == (400, "playbook")


@pytest.mark.parametrize("change", [{"post": " "}, {"followers": "many"}, {"draft": "x" * (DRAFT_LIMIT + 1)}])
def test_the_choice_of_a_playbook_outlives_a_form_that_fails(client: FlaskClient, change: dict[str, str]) -> None:
    page = client.post("/check", data={**FORM, "playbook": "support-account", **change})
    assert page.status_code >= 400
    assert chosen(page.text) == "support-account"


@pytest.fixture
def with_playbooks(settings: Settings, clock: HandClock) -> Iterator[Callable[..., FlaskClient]]:
    """Open a browser on an app that has only the playbooks of these names."""
    apps = []

    def start(*names: str) -> FlaskClient:
        content = shipped_content()
        app = create_app(settings, now=clock, content=replace(content, playbooks={name: content.playbooks[name] for name in names}))
        app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
        apps.append(app)
        return app.test_client()

    yield start
    for app in apps:
        with app.app_context():
            app.extensions["sqlalchemy"].engine.dispose()


@pytest.mark.parametrize(("name", "title"), [("default", DEFAULT_TITLE), ("support-account", SUPPORT_TITLE)])
def test_where_there_is_one_playbook_only_it_judges_and_nothing_is_asked(
    with_playbooks: Callable[..., FlaskClient], name: str, title: str
) -> None:
    browser = with_playbooks(name)
    assert 'name="playbook"' not in browser.get("/check").text
    assert f"Judged by the playbook: {title}" in browser.post("/check", data=FORM).text
    assert browser.post("/check", data={**FORM, "playbook": "none-such"}).status_code == 400
