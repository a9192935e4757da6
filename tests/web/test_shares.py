"""A shared review: made by its player, shown once, read by anybody with the link, without what is private."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.cast import INES, OMAR, TOLU, Person
from tests.factories import HandClock
from tests.pages import found
from tests.web.playing import HANDOVER, THREAD, start
from tests.web.test_review_decisions import COLD, lost


def shared(browser: FlaskClient, run: str, days: str = "7") -> str:
    """Make a link; returns its path."""
    page = browser.post(f"{run}/shares", data={"days": days})
    assert page.status_code == 200
    return found(r'id="share-link" value="http://localhost(/shared/[^"]+)"', page.text)


def test_a_link_is_shown_once_and_reads_without_an_account(client: FlaskClient, clock: HandClock) -> None:
    run = lost(client, clock)
    path = shared(client, run)
    stranger = client.application.test_client()
    page = stranger.get(path)
    assert page.status_code == 200
    assert "Somebody shared this review with you" in page.text
    assert COLD.replace("'", "&#39;") in page.text
    assert path.rsplit("/", 1)[1] not in client.get(f"{run}/review").text


def test_what_is_private_is_not_in_it_and_nothing_can_be_pressed(client: FlaskClient, clock: HandClock) -> None:
    lost(client, clock)
    run = lost(client, clock)
    page = client.application.test_client().get(shared(client, run)).text
    main = page[page.index("<main") : page.index("</main>")]
    for private in (
        "You were sure",
        "Look here first",
        "too few to tell",
        "The same moment before",
        "Play on from here",
        "Play it again",
        "<form",
    ):
        assert private not in main
    assert run.rsplit("/", 1)[1] not in page, "the run's id is not told"


def test_a_colleagues_answer_stays_in_the_inbox(sign_in: Callable[[Person], FlaskClient], clock: HandClock) -> None:
    ines, omar = sign_in(INES), sign_in(OMAR)
    run = start(ines)
    ines.post(f"{run}/handover", data={**HANDOVER, "thread": THREAD, "token": "ask", "colleague": "yes"})
    item = found(r'href="(/inbox/[\w-]+)"', omar.get("/inbox").text)
    answer = {"may_say": "Words from the inbox.", "may_not_say": "No names.", "owner": "Omar", "next_time": "15:00"}
    assert omar.post(item, data=answer).status_code in (200, 303)
    ines.post(f"{run}/end")
    assert "Words from the inbox." in ines.get(f"{run}/review").text
    page = ines.application.test_client().get(shared(ines, run)).text
    assert "Words from the inbox." not in page
    assert OMAR.name not in page
    assert "A colleague was asked" in page


def test_a_stranger_steps_through_the_run_and_learns_nothing_private(sign_in: Callable[[Person], FlaskClient], clock: HandClock) -> None:
    ines, omar = sign_in(INES), sign_in(OMAR)
    run = start(ines)
    ines.post(f"{run}/handover", data={**HANDOVER, "thread": THREAD, "token": "ask", "colleague": "yes"})
    item = found(r'href="(/inbox/[\w-]+)"', omar.get("/inbox").text)
    omar.post(item, data={"may_say": "Words from the inbox.", "owner": "Omar", "next_time": "15:00"})
    ines.post(f"{run}/end")
    assert f"{OMAR.name} answered" in ines.get(f"{run}/review/steps").text
    path = shared(ines, run)
    stranger = ines.application.test_client()
    assert f'href="{path}/steps"' in stranger.get(path).text
    page = stranger.get(f"{path}/steps?at=2")
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert f'href="{path}/steps?at=3"' in page.text
    for private in ("Omar", "Play on from here", run.rsplit("/", 1)[1], 'method="post"'):
        assert private not in page.text
    clock.forward(seconds=7 * 86_400)
    assert stranger.get(f"{path}/steps").status_code == 410


def test_search_engines_are_asked_to_stay_away(client: FlaskClient, clock: HandClock) -> None:
    path = shared(client, lost(client, clock))
    for address in (path, "/shared/wrong"):
        assert client.get(address).headers["X-Robots-Tag"] == "noindex, nofollow"
    page = client.get(path)
    assert '<meta name="robots" content="noindex, nofollow">' in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "same-origin"


def test_a_link_runs_out(client: FlaskClient, clock: HandClock) -> None:
    path = shared(client, lost(client, clock))
    clock.forward(seconds=7 * 86_400)
    gone = client.get(path)
    assert gone.status_code == 410
    assert "run out" in gone.text


def test_a_link_can_be_taken_back(client: FlaskClient, clock: HandClock) -> None:
    run = lost(client, clock)
    path = shared(client, run, "30")
    revoke = found(r'action="([^"]+/shares/[\w-]+/revoke)"', client.get(f"{run}/review").text)
    assert client.post(revoke).status_code == 303
    assert client.get(path).status_code == 410
    assert client.post(revoke).status_code == 404


@pytest.mark.parametrize("days", ["", "0", "8", "x", "3650"])
def test_other_times_are_refused_on_the_page(client: FlaskClient, clock: HandClock, days: str) -> None:
    run = lost(client, clock)
    refused = client.post(f"{run}/shares", data={"days": days})
    assert refused.status_code == 400
    assert "A link opens for 7 or for 30 days" in refused.text
    assert "share-link" not in refused.text.replace('for="share-link"', "")


def test_a_run_that_goes_on_is_not_shared(client: FlaskClient) -> None:
    assert client.post(f"{start(client)}/shares", data={"days": "7"}).status_code == 409


def test_nobody_else_makes_or_takes_back_links(sign_in: Callable[[Person], FlaskClient], clock: HandClock) -> None:
    ines, tolu = sign_in(INES), sign_in(TOLU)
    run = lost(ines, clock)
    path = shared(ines, run)
    revoke = found(r'action="([^"]+/revoke)"', ines.get(f"{run}/review").text)
    assert tolu.post(f"{run}/shares", data={"days": "7"}).status_code == 404
    assert tolu.post(revoke).status_code == 404
    assert tolu.get(path).status_code == 200


def test_a_wrong_link_says_so(client: FlaskClient) -> None:
    for token in ("x", "a" * 3000, "%F0%9F%A7%B3"):
        assert client.get(f"/shared/{token}").status_code == 410
