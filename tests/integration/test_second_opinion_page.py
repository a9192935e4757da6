"""Asking for a second opinion on Check a reply, with and without scripts: beside the score, never in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from simulator.app import create_app
from simulator.config import Settings
from tests.factories import HandClock
from tests.openai_server import Reply, make_rated, openai_server, refuse, say, say_text, send
from tests.pages import found

POST = "Third time this week the 7:42 is cancelled with no word at the station. My boss is done with excuses"
DRAFT = "Third time this week and nobody told you: I'm sorry. I'm asking control why and will write back here by 9:30. – Tolu"
FORM = {"post": POST, "draft": DRAFT, "channel": "microblog", "author": "@kit", "followers": "", "action": ""}
Browse = Callable[..., FlaskClient]


@pytest.fixture
def browse(settings: Settings, clock: HandClock) -> Iterator[Browse]:
    """Open a browser on an app that asks the endpoint at `url`."""
    apps = []

    def start(url: str, **changes: object) -> FlaskClient:
        chosen = replace(settings, openai_model="care-lead-1", openai_base_url=url, openai_timeout_seconds=2, openai_retries=0, **changes)
        app = create_app(chosen, now=clock)
        app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
        apps.append(app)
        return app.test_client()

    yield start
    for app in apps:
        app.extensions["composure"].opinions._source.close()
        with app.app_context():
            app.extensions["sqlalchemy"].engine.dispose()


def total_of(page: str) -> str:
    """Return the score that a page shows."""
    return found(r'report-number num">([\d.]+)<', page)


def test_without_a_model_nothing_offers_one(client: FlaskClient) -> None:
    assert "second opinion" not in client.get("/check").text.lower()
    assert client.post("/check/opinion", data=FORM).status_code == 404


@pytest.mark.parametrize("given", [{"OPENAI_API_KEY": "sk-x"}, {"OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}, {"OPENAI_MODEL": "m"}])
def test_a_key_an_address_or_a_model_alone_switches_nothing_on(given: dict[str, str]) -> None:
    assert not Settings.from_env(given).asks_second_opinion


@pytest.mark.parametrize("given", [{"OPENAI_API_KEY": "sk-x"}, {"OPENAI_BASE_URL": "http://127.0.0.1:9/v1/"}])
def test_a_model_with_a_key_or_an_address_is_asked(given: dict[str, str]) -> None:
    assert Settings.from_env({"OPENAI_MODEL": "m", **given}).asks_second_opinion


def test_the_page_says_where_the_words_go_before_they_go(browse: Browse) -> None:
    with openai_server() as server:
        page = browse(server.url).get("/check").text
        assert "Ask for a second opinion" in page
        assert "sends the post and the draft to 127.0.0.1" in page
        assert server.received == []


def test_the_opinion_stands_beside_the_score_and_leaves_it_alone(browse: Browse) -> None:
    harsh = make_rated(**dict.fromkeys(make_rated(), 0))
    harsh["listen"] |= {"quote": "nobody told you", "reason": "it repeats."}
    with openai_server(say(harsh)) as server:
        browser = browse(server.url)
        before = browser.post("/check", data=FORM).text
        page = browser.post("/check/opinion", data=FORM)
    assert page.status_code == 200
    assert total_of(page.text) == total_of(before)
    for words in ("More than one step apart: ", " steps stricter", "It repeats.", "nobody told you</q>", "care-lead-1", "harmful"):
        assert words in page.text
    assert "I&#39;m sorry" in page.text


def test_what_could_not_be_believed_is_said(browse: Browse) -> None:
    lies = make_rated(listen={"quote": "a refund"}, tone={"quote": "free flights"}, resolve=7)
    with openai_server(say(lies)) as server:
        page = browse(server.url).post("/check/opinion", data=FORM).text
    assert "2 of its quotes do not stand in the draft" in page
    assert "One of its ratings is not on the scale" in page
    assert "free flights" not in page


def test_markup_in_an_answer_stays_text(browse: Browse) -> None:
    with openai_server(say(make_rated(tone={"reason": "<script>alert(1)</script> {{ 7*7 }}"}))) as server:
        page = browse(server.url).post("/check/opinion", data=FORM).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}" in page


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (send(500, b""), "can&#39;t be reached"),
        (send(401, b"{}"), "turned the question down"),
        (say_text("Nice reply!"), "could not be used"),
        (refuse(), "declined"),
    ],
    ids=["500", "wrong key", "prose", "refusal"],
)
def test_any_failure_is_one_line_and_costs_no_point(browse: Browse, reply: Reply, why: str) -> None:
    with openai_server(reply) as server:
        browser = browse(server.url)
        before = browser.post("/check", data=FORM).text
        page = browser.post("/check/opinion", data=FORM)
    assert page.status_code == 200
    assert "No second opinion now." in page.text
    assert why in page.text
    assert total_of(page.text) == total_of(before)


def test_asking_again_is_answered_from_what_is_kept(browse: Browse) -> None:
    with openai_server() as server:
        browser = browse(server.url)
        # A page's forms carry tokens of the second they were made in, so only what is told is compared.
        told = [browser.post("/check/opinion", data=FORM).text.split('id="report"')[1] for _ in range(2)]
    assert len(server.received) == 1
    assert told[0] == told[1]


def test_another_playbook_is_another_score_beside_it_and_asked_anew(browse: Browse) -> None:
    form = {**FORM, "draft": "I'm sorry. Please contact our team at @ExampleHelp: they have your order open. I've passed them your post."}
    with openai_server() as server:
        browser = browse(server.url)
        for playbook in ("default", "support-account", "default"):
            page = browser.post("/check/opinion", data={**form, "playbook": playbook}).text
            assert total_of(page) == total_of(browser.post("/check", data={**form, "playbook": playbook}).text)
            assert f'<option selected value="{playbook}">' in page
            assert 'data-state="given"' in page
        assert browser.post("/check/opinion", data={**form, "playbook": "none-such"}).status_code == 400
    assert len(server.received) == 2


def test_the_address_opened_later_leads_to_the_form(client: FlaskClient) -> None:
    assert client.get("/check/opinion").location == "/check"


def test_the_day_s_limit_is_said(browse: Browse) -> None:
    with openai_server() as server:
        page = browse(server.url, openai_daily_calls=0).post("/check/opinion", data=FORM).text
    assert "limit is used up" in page
    assert server.received == []


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [({"draft": " "}, 400, "Write a draft first"), ({"post": ""}, 400, "The post is empty"), ({"draft": "x" * 5_001}, 413, "5,000")],
)
def test_without_fit_words_nobody_is_asked(browse: Browse, change: dict[str, str], status: int, said: str) -> None:
    with openai_server() as server:
        page = browse(server.url).post("/check/opinion", data={**FORM, **change})
    assert (page.status_code, server.received) == (status, [])
    assert said in page.text


def test_asking_is_rate_limited(browse: Browse) -> None:
    with openai_server() as server:
        browser = browse(server.url, rate_limits=True)
        answers = [browser.post("/check/opinion", data=FORM).status_code for _ in range(7)]
    assert answers == [200] * 6 + [429]
