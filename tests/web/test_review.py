"""Look back: the sentence, the curve, each decision, the example for everybody, nobody else's run."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask.testing import FlaskClient

from tests.cast import INES, TOLU, Person
from tests.factories import HandClock
from tests.web.playing import THREAD, WORDS, reply_form, start


def finished(browser: FlaskClient, clock: HandClock) -> str:
    """Play one reply and stop; returns the run's address."""
    run = start(browser)
    clock.forward(seconds=5)
    browser.post(f"{run}/reply", data=reply_form())
    clock.forward(seconds=20)
    browser.post(f"{run}/end")
    return run


def test_a_review_shows_curve_decision_best_line_and_what_happened(client: FlaskClient, clock: HandClock) -> None:
    page = client.get(f"{finished(client, clock)}/review").text
    assert "You stopped at" in page
    assert re.search(r'role="img" aria-label="Onlookers&#39; trust from \d+ at the start to \d+ at the end', page)
    assert 'href="?decision=1#decision-1"' in page
    assert 'id="decision-1"' in page
    for words in ("The best line here", "What happened when", "Show as table", "Play it again", "Keep my progress"):
        assert words in page
    assert WORDS[:30].replace("'", "&#39;") in page
    assert "style=" not in page


def test_whose_temperature_it_is_stands_at_the_line_and_on_a_phone_below(client: FlaskClient, clock: HandClock) -> None:
    page = client.get(f"{finished(client, clock)}/review").text
    at_lines = re.findall(r'class="heat-name [^"]*">([^<]+)</text>', page)
    below = re.findall(r'<li class="heat-\d">.*?</svg>([^<]+)</li>', page)
    assert at_lines
    assert sorted(at_lines) == sorted(below)


def test_a_review_speaks_of_the_time_of_day_in_the_story(client: FlaskClient, clock: HandClock) -> None:
    page = client.get(f"{finished(client, clock)}/review").text
    assert "You stopped at 14:26." in page
    assert '<th scope="row">14:21</th>' in page
    assert '<span class="num soft happening-at">14:20</span>' in page


def test_a_member_is_not_asked_to_keep_what_is_kept(sign_in: Callable[[Person], FlaskClient], clock: HandClock) -> None:
    browser = sign_in(INES)
    page = browser.get(f"{finished(browser, clock)}/review").text
    assert "Play it again" in page
    assert "Keep my progress" not in page


def test_a_run_without_a_reply_is_reviewed_too(client: FlaskClient) -> None:
    run = start(client)
    client.post(f"{run}/end")
    page = client.get(f"{run}/review")
    assert page.status_code == 200
    assert "The street waited, and heard nothing." in page.text


def test_while_the_run_goes_on_the_review_leads_back_to_it(client: FlaskClient) -> None:
    run = start(client)
    back = client.get(f"{run}/review")
    assert (back.status_code, back.location) == (303, run)


def test_a_second_try_is_compared_with_the_first(client: FlaskClient, clock: HandClock) -> None:
    finished(client, clock)
    assert re.search(r"first [\d.]+ · best [\d.]+", client.get(f"{finished(client, clock)}/review").text)


def test_somebody_elses_review_stays_closed(sign_in: Callable[[Person], FlaskClient], client: FlaskClient, clock: HandClock) -> None:
    run = finished(sign_in(INES), clock)
    assert sign_in(TOLU).get(f"{run}/review").status_code == 404
    assert client.get(f"{run}/review").status_code == 404
    assert client.get("/runs/no-such-run/review").status_code == 404


def test_the_example_run_can_be_read_by_anybody_and_played_by_nobody(client: FlaskClient) -> None:
    shown = client.application.test_cli_runner().invoke(args=["demo"])
    assert shown.exit_code == 0
    with client.application.app_context():
        run = f"/runs/{client.application.extensions['composure'].drills.example()}"
    page = client.get(f"{run}/review")
    assert page.status_code == 200
    assert "This is an example run" in page.text
    assert "Play this drill" in page.text
    assert client.get(run).location == f"{run}/review"
    assert client.post(f"{run}/reply", data=reply_form(thread=THREAD)).status_code == 404
