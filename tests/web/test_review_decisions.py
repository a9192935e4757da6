"""A decision of a review has an address of its own, and tells what it cost, set off and was before; a run can be stepped through."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.cast import INES, TOLU, Person
from tests.factories import HandClock
from tests.pages import found
from tests.web.playing import HANDOVER, THREAD, WORDS, reply_form, start

COLD = "Hi, we're sorry for any inconvenience. Someone will look into it soon. Thank you for your patience."


def lost(browser: FlaskClient, clock: HandClock, *, sure: str = "sure") -> str:
    """Answer coldly and surely, then once more, and stop; returns the run's address."""
    run = start(browser)
    clock.forward(seconds=5)
    browser.post(f"{run}/reply", data=reply_form(text=COLD, confidence=sure))
    clock.forward(seconds=15)
    browser.post(f"{run}/reply", data=reply_form(text=WORDS, token="second", confidence="guessing"))
    clock.forward(seconds=20)
    browser.post(f"{run}/end")
    return run


def opened(page: str) -> list[str]:
    """Return the numbers of the decisions that are open."""
    return re.findall(r'class="decision is-open" id="decision-(\d+)"', page)


def fork_places(page: str) -> list[int]:
    """Return where the page offers to play on from."""
    return [int(seq) for seq in re.findall(r'name="at" value="(\d+)"', page)]


def test_a_decision_opens_by_its_link_alone(client: FlaskClient, clock: HandClock) -> None:
    run = lost(client, clock)
    assert opened(client.get(f"{run}/review?decision=2").text) == ["2"]
    assert opened(client.get(f"{run}/review?decision=1").text) == ["1"]


def test_the_head_says_what_the_run_hung_on_and_leads_there(client: FlaskClient, clock: HandClock) -> None:
    page = client.get(f"{lost(client, clock)}/review?decision=2").text
    head = page[page.index('class="review-head"') : page.index("</header>", page.index('class="review-head"'))]
    assert re.search(r"It hung on 14:\d\d, with Nell Ferreira: blunder, \d+ points under the best line\.", head)
    assert 'href="?decision=1#decision-1"' in head
    assert fork_places(head)[0] == fork_places(page)[0]


@pytest.mark.parametrize("odd", ["", "0", "99", "-1", "x", "1e9"])
def test_an_odd_number_opens_what_is_most_worth_a_look(client: FlaskClient, clock: HandClock, odd: str) -> None:
    run = lost(client, clock)
    assert opened(client.get(f"{run}/review?decision={odd}").text) == ["1"]


def test_it_tells_cost_timing_moods_and_what_was_set_off(client: FlaskClient, clock: HandClock) -> None:
    page = client.get(f"{lost(client, clock)}/review?decision=1").text
    for words in ("points under the best line", "in time, the target was", "What the public felt", "heated by", "did a robot write this?"):
        assert words in page
    assert "The best line here" in page


def test_without_a_clock_no_post_has_waited(client: FlaskClient, clock: HandClock) -> None:
    run = start(client, pace="untimed")
    clock.forward(seconds=300)
    client.post(f"{run}/reply", data=reply_form(text=COLD))
    client.post(f"{run}/reply", data=reply_form(token="second"))
    client.post(f"{run}/end")
    page = client.get(f"{run}/review").text
    assert 'id="decision-2"' in page
    for words in ("had waited", "after they had last written", "target was"):
        assert words not in page
    silent = start(client, pace="untimed")
    client.post(f"{silent}/end")
    assert "The post got no answer." in client.get(f"{silent}/review").text


def test_sure_and_wrong_comes_first_and_the_figure_stands_beside_the_score(client: FlaskClient, clock: HandClock) -> None:
    page = client.get(f"{lost(client, clock)}/review").text
    assert page.index("Look here first") < page.index('id="decision-1"')
    assert "You were sure, and it did not hold" in page
    assert "too few to tell" in page
    calm = client.get(f"{lost(client, clock, sure='')}/review").text
    assert "Look here first" not in calm


def test_a_hand_over_stands_with_the_decision_it_went_with(client: FlaskClient, clock: HandClock) -> None:
    run = start(client)
    client.post(f"{run}/handover", data={**HANDOVER, "thread": THREAD, "token": "ask"})
    clock.forward(seconds=5)
    client.post(f"{run}/reply", data=reply_form(action="escalate_and_reply"))
    client.post(f"{run}/end")
    page = client.get(f"{run}/review").text
    assert page.index('id="decision-1"') < page.index("You asked Operations") < page.index('id="share"')
    assert "Hand-overs without a decision" not in page


def test_a_fork_leads_back_to_the_moment_and_its_review_says_where_it_came_from(client: FlaskClient, clock: HandClock) -> None:
    run = lost(client, clock)
    clock.forward(seconds=86_400)
    seq = fork_places(client.get(f"{run}/review").text)[0]
    forked = client.post(f"{run}/fork", data={"at": seq})
    assert forked.status_code == 303
    played = client.get(forked.location).text
    assert "You are back at that moment" in played
    assert COLD.replace("'", "&#39;") in played
    client.post(f"{forked.location}/reply", data=reply_form(token="again"))
    client.post(f"{forked.location}/end")
    page = client.get(f"{forked.location}/review").text
    assert "Played on from 14:21" in page
    assert f'href="{run}/review"' in page
    assert re.search(r"first [\d.]+ · best [\d.]+", page)
    assert "The same moment before" in page
    assert 'class="num gain"' in page


@pytest.mark.parametrize("at", ["", "0", "1", "x", "9999", "-4"])
def test_there_is_no_fork_where_nothing_begins(client: FlaskClient, clock: HandClock, at: str) -> None:
    run = lost(client, clock)
    assert client.post(f"{run}/fork", data={"at": at}).status_code == 400


def test_a_run_that_goes_on_is_not_forked(client: FlaskClient) -> None:
    assert client.post(f"{start(client)}/fork", data={"at": "2"}).status_code == 409


def test_a_thread_nobody_answered_can_be_taken_up(client: FlaskClient, clock: HandClock) -> None:
    run = start(client)
    clock.forward(seconds=3_600)
    page = client.get(f"{run}/review").text
    assert "got no answer" in page
    forked = client.post(f"{run}/fork", data={"at": fork_places(page)[0]})
    assert forked.status_code == 303
    assert client.post(f"{forked.location}/reply", data=reply_form()).status_code == 303


def test_the_run_can_be_stepped_through_without_scripts(client: FlaskClient, clock: HandClock) -> None:
    run = lost(client, clock)
    first = client.get(f"{run}/review/steps").text
    assert "step 1 of" in first
    assert 'href="' + f"{run}/review/steps?at=2" in first
    there = re.findall(r'<div data-seq="(\d+)"( hidden)?>', first)
    assert there, "all posts are on the page"
    assert all(hidden for _, hidden in there), "and none has been written yet"
    last = int(found(r"step 1 of (\d+)", first))
    end = client.get(f"{run}/review/steps?at={last}").text
    assert not any(hidden for _, hidden in re.findall(r'<div data-seq="(\d+)"( hidden)?>', end))
    assert f"step {last} of {last}" in end


@pytest.mark.parametrize(("at", "shown"), [("0", 1), ("-3", 1), ("x", 1), ("", 1)])
def test_an_odd_step_is_the_first(client: FlaskClient, clock: HandClock, at: str, shown: int) -> None:
    run = lost(client, clock)
    assert f"step {shown} of" in client.get(f"{run}/review/steps?at={at}").text
    beyond = client.get(f"{run}/review/steps?at=99999").text
    assert re.search(r"step (\d+) of \1", beyond)


def test_steps_of_a_run_that_goes_on_lead_back_to_it(client: FlaskClient) -> None:
    run = start(client)
    assert client.get(f"{run}/review/steps").location == run


def test_nobody_else_can_step_through_it(sign_in: Callable[[Person], FlaskClient], clock: HandClock) -> None:
    run = lost(sign_in(INES), clock)
    stranger = sign_in(TOLU)
    assert stranger.get(f"{run}/review/steps").status_code == 404
    assert stranger.post(f"{run}/fork", data={"at": "3"}).status_code == 404


def test_the_account_page_tells_how_often_sure_was_right(sign_in: Callable[[Person], FlaskClient], clock: HandClock) -> None:
    browser = sign_in(INES)
    assert "How well you know" not in browser.get("/account").text
    lost(browser, clock)
    page = browser.get("/account").text
    assert "How well you know how you did" in page
    assert "right 0 of 1 time" in page
