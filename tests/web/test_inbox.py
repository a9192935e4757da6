"""A contact's inbox: lands, is answered once, reaches the run; closed to everybody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.cast import ADA, INES, OMAR, RUTH, Person
from tests.factories import HandClock
from tests.web.playing import HANDOVER, THREAD, start

SignIn = Callable[[Person], FlaskClient]
ANSWER = {
    "may_say": "Biscuit is safe: a steward called Jonas has him in the crew mess with water, and stays with him until 17:15.",
    "may_not_say": "Who stood at the ramp.",
    "owner": "Omar Vance, duty manager",
    "next_time": "15:25",
}


def ask(browser: FlaskClient) -> str:
    """Hand a thread over to a colleague; returns the run's address."""
    run = start(browser)
    sent = browser.post(f"{run}/handover", data={"thread": THREAD, "token": "token-of-handover", "colleague": "yes", **HANDOVER})
    assert sent.status_code == 303, sent.text
    return run


def waiting(browser: FlaskClient) -> str:
    """Return the address of the first hand-over in the inbox."""
    page = browser.get("/inbox").text
    return "/inbox/" + page.split('href="/inbox/')[1].split('"')[0]


def test_an_empty_inbox_explains_itself(sign_in: SignIn) -> None:
    assert "Nothing waits for you" in sign_in(OMAR).get("/inbox").text


def test_a_hand_over_lands_with_its_thread_and_the_answer_reaches_the_run(sign_in: SignIn, clock: HandClock) -> None:
    ines, omar = sign_in(INES), sign_in(OMAR)
    run = ask(ines)
    clock.forward(seconds=10)
    place = waiting(omar)
    page = omar.get(place).text
    for words in (INES.name, HANDOVER["asked"], "you have my DOG", "What only you know", "14:20"):
        assert words in page
    answered = omar.post(place, data=ANSWER)
    assert (answered.status_code, answered.location) == (303, place)
    done = omar.get(place).text
    assert "How the answer scored" in done
    assert "of 100" in done
    assert "answered" in omar.get("/inbox").text
    assert ANSWER["may_say"] in ines.get(run).text
    again = omar.post(place, data=ANSWER)
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        (dict.fromkeys(ANSWER, " "), 400, "The answer is empty"),
        ({"may_say": "x\x02"}, 400, "U+0002"),
        ({"owner": "x" * 20_000}, 413, "the limit is"),
    ],
)
def test_an_answer_that_cant_be_sent_is_kept(sign_in: SignIn, change: dict[str, str], status: int, said: str) -> None:
    ask(sign_in(INES))
    omar = sign_in(OMAR)
    place = waiting(omar)
    page = omar.post(place, data={**ANSWER, **change})
    assert page.status_code == status
    assert said in page.text
    assert "Your answer" in page.text
    assert {**ANSWER, **change}["may_not_say"].strip() in page.text


def test_only_contacts_and_admins_come_in(client: FlaskClient, sign_in: SignIn) -> None:
    ask(sign_in(INES))
    place = waiting(sign_in(ADA))
    for person in (INES, RUTH):
        assert sign_in(person).get("/inbox").status_code == 403
        assert sign_in(person).post(place, data=ANSWER).status_code == 403
    assert client.get("/inbox").status_code == 303
    assert sign_in(OMAR).get("/inbox/no-such-hand-over").status_code == 404


def test_markup_in_a_hand_over_stays_text(sign_in: SignIn) -> None:
    ines = sign_in(INES)
    run = start(ines)
    fields = {**HANDOVER, "asked": "<script>alert(1)</script> what may I say?"}
    ines.post(f"{run}/handover", data={"thread": THREAD, "token": "token-of-handover", "colleague": "yes", **fields})
    omar = sign_in(OMAR)
    assert "<script>alert" not in omar.get("/inbox").text
    assert "<script>alert" not in omar.get(waiting(omar)).text
