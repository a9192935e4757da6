"""A playbook compiles whole, or says every fault."""

from __future__ import annotations

import pytest

from simulator.content import compile_playbook
from simulator.content.model import Playbook, PlaybookContact
from simulator.core.diagnostics import Diagnostic
from simulator.scoring.vocabulary import Contact, Urgency
from tests.unit.content.texts import PLAYBOOK, changed, house


def faults(text: str) -> list[Diagnostic]:
    found = compile_playbook(text, "house.yaml", "house")
    return [] if isinstance(found, Playbook) else found


def test_the_judge_gets_what_the_house_decided() -> None:
    playbook = house()
    assert (playbook.slug, playbook.title, playbook.house.voice, playbook.house.support_handle) == (
        "house",
        "House rules",
        "warm and plain",
        "",
    )
    assert playbook.targets == {Urgency.CRITICAL: 15, Urgency.HIGH: 30, Urgency.NORMAL: 120, Urgency.LOW: 480} == playbook.house.targets
    assert playbook.house.approved == ("We are looking for it now",)
    assert playbook.house.banned == ("rest assured", "valued customer")
    assert playbook.banned_why == {"rest assured": "say who does what"}


def test_contacts_say_whom_to_ask_and_how_fast_they_answer_in_whole_minutes_rounded_up() -> None:
    assert house().contacts == (
        PlaybookContact(Contact.OPERATIONS, "Duty manager", "delays and lost property", 15),
        PlaybookContact(Contact.LEGAL, "Counsel", "letters and threats", 61),
    )


def test_a_run_can_keep_the_text() -> None:
    assert house().source == PLAYBOOK


@pytest.mark.parametrize(
    ("code", "old", "new", "words"),
    [
        ("S002", "voice: warm", "voice: warm\nvoyce: warm", "did you mean 'voice'?"),
        ("S003", ', low: "8:00:00"', "", "no 'low'; add it"),
        ("S003", "voice: warm and plain\n", "", "no 'voice'; add it"),
        ("S005", "  legal:", "  leagal:", "did you mean 'legal'?"),
        ("S007", '"1:00:30"', "60", "write mm:ss"),
        ("B101", 'high: "30:00"', 'high: "10:00"', "shorter target than 'critical'"),
        ("B102", "  - valued customer", "  - we are looking for it now", "approved on line 9"),
        ("B103", "  - valued customer", "  - Rest assured", "it is also on line 11"),
    ],
)
def test_a_fault_says_what_would_be_right(code: str, old: str, new: str, words: str) -> None:
    found = faults(changed(PLAYBOOK, old, new))
    assert code in {fault.code for fault in found}, found
    assert any(words in fault.message for fault in found if fault.code == code)
