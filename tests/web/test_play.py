"""Play: works, refused, not found, bad input; nothing that was typed is ever lost."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from simulator.core.plain_text import DRAFT_LIMIT
from tests.cast import INES, TOLU, Person
from tests.factories import HandClock
from tests.web.playing import HANDOVER, JSON, THREAD, TWO_THREADS, WORDS, reply_form, start

SCRIPT = "<script>alert(1)</script> sorry for any inconvenience <b>&amp;</b>"
PATHS = ["reply", "handover", "pause", "resume", "pace", "end", "draft", "coach"]


def test_the_page_shows_the_street_and_everything_beside_it(client: FlaskClient) -> None:
    page = client.get(start(client)).text
    for words in (
        "you have my DOG",
        "First reply due in",
        "Nell Ferreira&#39;s temperature",
        "Onlookers&#39; trust",
        "What you can see",
        "Your brief",
    ):
        assert words in page
    assert page.count('name="action"') == 8
    assert re.search(r'<textarea[^>]*id="draft"', page)
    assert "style=" not in page


def test_a_reply_appears_in_the_thread_and_its_report_opens(client: FlaskClient) -> None:
    run = start(client)
    sent = client.post(f"{run}/reply", data=reply_form())
    assert sent.status_code == 303
    page = client.get(sent.location).text
    assert "What it earned" in page
    assert "I&#39;ve asked operations to radio the ship" in page
    assert "is-ours" in page
    assert "<mark" in page
    assert "How " in page
    assert " adds up" in page


def test_the_rows_of_a_report_add_up_to_its_total(client: FlaskClient) -> None:
    run = start(client)
    page = client.get(client.post(f"{run}/reply", data=reply_form()).location).text
    table = re.search(r'<table class="sum-table num">.*?</table>', page, re.DOTALL)
    assert table
    rows = re.findall(r'<td class="(?:gain|cost|)">([^<]*)</td></tr>', table.group())
    points = [float(text.replace("−", "-").replace("±", "").replace("+", "")) for text in rows]
    total = re.search(r"<tfoot>.*?<td>([\d.]+)</td>", table.group(), re.DOTALL)
    assert total
    assert round(sum(points), 1) == float(total.group(1))


def test_a_form_sent_twice_counts_once(client: FlaskClient) -> None:
    run = start(client)
    first, second = (client.post(f"{run}/reply", data=reply_form()) for _ in range(2))
    assert first.location == second.location
    assert client.get(f"{run}/updates", headers=JSON).json["regions"]["notice"]
    assert client.get(run).text.count('class="post post-microblog is-reply is-ours') == 1


def test_markup_in_a_reply_stays_text_wherever_it_is_shown(client: FlaskClient) -> None:
    run = start(client)
    page = client.get(client.post(f"{run}/reply", data=reply_form(text=SCRIPT)).location).text
    client.post(f"{run}/end")
    for shown in (page, client.get(f"{run}/review").text, client.get(f"{run}/updates", headers=JSON).text):
        assert "<script>alert" not in shown
        assert "<b>&amp;</b>" not in shown
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"text": "x" * (DRAFT_LIMIT + 1)}, 413, "the limit is 5,000"),
        ({"text": "a" * 300}, 413, "at most 280 characters in public"),
        ({"text": "bell \x07 rings"}, 400, "U+0007"),
        ({"text": "   "}, 400, "no words to send yet"),
        ({"action": ""}, 400, "Choose one of the ways"),
        ({"action": "shout_back"}, 400, "Not a valid choice"),
        ({"thread": "no-such"}, 404, "no such"),
    ],
)
def test_what_cant_be_sent_is_said_and_kept(client: FlaskClient, change: dict[str, str], status: int, said: str) -> None:
    run = start(client)
    page = client.post(f"{run}/reply", data=reply_form(**change))
    assert page.status_code == status
    assert said in page.text
    kept = change.get("text", WORDS).strip()[:40].replace("'", "&#39;")
    assert kept in page.text
    problem = client.post(f"{run}/reply", data=reply_form(**change), headers=JSON)
    assert problem.status_code == status
    assert said in problem.json["detail"]
    assert "is-ours" not in client.get(run).text


def test_a_silent_action_sends_no_words(client: FlaskClient) -> None:
    run = start(client)
    page = client.get(client.post(f"{run}/reply", data=reply_form(action="monitor")).location).text
    assert "Watch it" in page
    assert 'class="post post-microblog is-reply is-ours' not in page


def test_a_hand_over_is_scored_and_answered_in_story_time(client: FlaskClient, clock: HandClock) -> None:
    run = start(client)
    sent = client.post(f"{run}/handover", data={"thread": THREAD, "token": "token-of-handover", **HANDOVER})
    assert sent.status_code == 303
    page = client.get(sent.location).text
    assert "no answer yet" in page
    assert "How your hand-over scored" in page
    clock.forward(seconds=60)
    later = client.get(run).text
    assert "You may say" in later
    assert "Biscuit is safe" in later
    assert "Use these words" in later


@pytest.mark.parametrize(
    ("change", "said"),
    [({"to": ""}, "Choose who has to know"), ({"to": "astrology"}, "Not a valid choice"), ({"asked": "x\x00"}, "U+0000")],
)
def test_a_hand_over_that_cant_be_sent_keeps_every_field(client: FlaskClient, change: dict[str, str], said: str) -> None:
    run = start(client)
    page = client.post(f"{run}/handover", data={"thread": THREAD, "token": "token-of-handover", **HANDOVER, **change})
    assert page.status_code == 400
    assert said in page.text
    assert HANDOVER["who_where"] in page.text
    assert re.search(r'<details class="panel ask"[^>]* open', page.text)


def test_the_clock_stands_still_goes_on_slows_down_and_comes_off(client: FlaskClient, clock: HandClock) -> None:
    run = start(client)
    clock.forward(seconds=2)
    assert client.post(f"{run}/pause").status_code == 303
    paused = client.get(f"{run}/updates", headers=JSON).json["clock"]
    clock.forward(seconds=60)
    still = client.get(f"{run}/updates", headers=JSON).json["clock"]
    assert (paused["standing"], still["story_s"]) == (True, paused["story_s"])
    assert "Go on" in client.get(run).text
    client.post(f"{run}/resume")
    assert client.get(f"{run}/updates", headers=JSON).json["clock"]["standing"] is False
    before = client.get(f"{run}/updates", headers=JSON).json["clock"]["pace"]
    client.post(f"{run}/pace", data={"pace": "0.5"})
    assert client.get(f"{run}/updates", headers=JSON).json["clock"]["pace"] == before / 2
    client.post(f"{run}/pace", data={"pace": "untimed"})
    assert "Take your time" in client.get(run).text
    assert client.post(f"{run}/pace", data={"pace": "warp"}).status_code == 400


def test_the_page_says_what_time_it_is_in_the_story(client: FlaskClient, clock: HandClock) -> None:
    run = start(client)
    clock.forward(seconds=13)
    page = client.get(run).text
    assert "First reply due in" in page
    assert 'it is <span class="num" data-story-time>14:23</span>' in page
    assert f'data-starts-s="{(14 * 60 + 20) * 60}"' in page
    client.post(f"{run}/pace", data={"pace": "untimed"})
    assert 'it is <span class="num" data-story-time>14:23</span>' in client.get(run).text
    answered = client.get(client.post(f"{run}/reply", data=reply_form()).location).text
    assert re.search(r'class="post post-microblog is-reply is-ours.*?14:23.*?I&#39;ve asked operations', answered, re.DOTALL)


def test_stopping_leads_to_the_review_and_a_reply_from_a_stale_tab_is_told_so(client: FlaskClient) -> None:
    run = start(client)
    ended = client.post(f"{run}/end")
    assert (ended.status_code, ended.location) == (303, f"{run}/review")
    stale = client.post(f"{run}/reply", data=reply_form(), headers=JSON)
    assert stale.status_code == 409
    assert "over" in stale.json["detail"]
    assert "Open the review" in client.get(run).text


def test_words_that_the_end_overtook_are_shown_to_be_copied(client: FlaskClient) -> None:
    run = start(client)
    client.post(f"{run}/draft", json={"thread": THREAD, "text": "Saved before the end"})
    client.post(f"{run}/end")
    page = client.get(run).text
    assert "Not sent: the story ended first" in page
    assert "Saved before the end" in page
    late = client.post(f"{run}/reply", data=reply_form(text="Sent from a stale tab"))
    assert late.status_code == 409
    assert "Sent from a stale tab" in late.text


def test_why_a_reply_was_not_sent_stands_beside_send_and_the_draft_has_the_focus(client: FlaskClient) -> None:
    page = client.post(f"{start(client)}/reply", data=reply_form(action="")).text
    row = page[page.index("send-row") :]
    assert row.index("Choose one of the ways") < row.index("data-send-button")
    assert re.search(r'<textarea[^>]*id="draft"[^>]*\bautofocus\b', page)


def test_a_draft_is_kept_as_it_was_typed(client: FlaskClient) -> None:
    run = start(client)
    assert client.post(f"{run}/draft", json={"thread": THREAD, "text": SCRIPT}).json == {"saved": True}
    page = client.get(run).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    form = client.post(f"{run}/draft", data={"thread": THREAD, "text": "Without scripts"})
    assert form.status_code == 303
    assert "Without scripts" in client.get(form.location).text


@pytest.mark.parametrize(
    "sent", [{"thread": "no-such", "text": "x"}, {"thread": THREAD, "text": "x" * (DRAFT_LIMIT + 1)}, [1, 2], {"thread": 7}]
)
def test_a_draft_that_cant_be_kept_is_refused_in_words(client: FlaskClient, sent: object) -> None:
    refused = client.post(f"{start(client)}/draft", json=sent)
    assert refused.status_code in (404, 413)
    assert refused.json["detail"]


def test_the_coach_scores_a_draft_and_earns_nothing(client: FlaskClient) -> None:
    run = start(client)
    told = client.post(f"{run}/coach", json={"thread": THREAD, "text": WORDS, "action": "reply_public", "seq": 7}).json
    assert told["seq"] == 7
    assert [item["letter"] for item in told["dimensions"]] == ["L", "A", "R", "N", "", ""]
    assert all(0 <= mark["start"] < mark["end"] <= len(WORDS) and mark["effect"] in ("gain", "cost") for mark in told["marks"])
    assert told["marks"]
    assert "is-ours" not in client.get(run).text


def test_the_coach_keeps_the_choice_of_action_to_the_player(client: FlaskClient) -> None:
    run = start(client)
    told = client.post(f"{run}/coach", json={"thread": THREAD, "text": WORDS, "action": "ignore", "seq": 1}).json
    assert {fix["label"] for fix in told["fixes"]} <= {"Listen", "Acknowledge", "Resolve", "Nurture", "Tone", "Clarity"}


@pytest.mark.parametrize("sent", [[], "x", {"thread": 3, "text": None}, {"thread": THREAD, "text": "x" * (DRAFT_LIMIT + 1)}])
def test_the_coach_refuses_what_it_cant_read(client: FlaskClient, sent: object) -> None:
    refused = client.post(f"{start(client)}/coach", json=sent)
    assert refused.status_code in (404, 413)
    assert refused.mimetype == "application/problem+json"


def test_updates_bring_only_what_is_new(client: FlaskClient, clock: HandClock) -> None:
    run = start(client)
    seen = client.get(f"{run}/updates?after=0", headers=JSON).json
    assert [item["id"] for item in seen["threads"]] == [THREAD]
    assert client.get(f"{run}/updates?after={seen['seq']}", headers=JSON).json["posts"] == []
    client.post(f"{run}/reply", data=reply_form())
    clock.forward(seconds=30)
    news = client.get(f"{run}/updates?after={seen['seq']}", headers=JSON).json
    assert news["posts"][0]["ours"] is True
    assert "I&#39;ve asked operations" in news["posts"][0]["html"]
    assert any(not post["ours"] for post in news["posts"])
    assert "wrote:" in news["announce"]
    assert set(news["regions"]) == {"clock", "mood", "switch", "notice", "facts-head", "facts", "answers"}


def test_a_second_thread_can_be_chosen(client: FlaskClient, clock: HandClock) -> None:
    run = start(client, TWO_THREADS)
    clock.forward(seconds=90)
    page = client.get(f"{run}?thread=captions").text
    assert 'aria-label="Threads"' in page
    assert re.search(r'name="thread" value="captions"', page)
    assert client.get(f"{run}?thread=nonsense").status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_somebody_elses_run_can_be_neither_seen_nor_touched(
    client: FlaskClient, sign_in: Callable[[Person], FlaskClient], path: str
) -> None:
    run = start(sign_in(INES))
    for browser in (client, sign_in(TOLU)):
        assert browser.post(f"{run}/{path}", data={**reply_form(), **HANDOVER, "pace": "1"}).status_code == 404
        assert browser.get(run).status_code == 404
        assert browser.get(f"{run}/updates", headers=JSON).status_code == 404


def test_an_unknown_run_is_not_found(client: FlaskClient) -> None:
    assert client.get("/runs/no-such-run-anywhere").status_code == 404
    assert client.get("/runs/no-such-run-anywhere/updates", headers=JSON).mimetype == "application/problem+json"


def test_an_expired_form_keeps_the_reply(client: FlaskClient) -> None:
    run = start(client)
    client.application.config["WTF_CSRF_ENABLED"] = True
    page = client.post(f"{run}/reply", data=reply_form())
    assert page.status_code == 400
    assert WORDS.replace("'", "&#39;") in page.text
    assert "is-ours" not in client.get(run).text
