"""A playbook compiles whole, or says every fault."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.content import RuleNames, compile_playbook
from simulator.content.model import Playbook, PlaybookContact
from simulator.core.diagnostics import Diagnostic
from simulator.scoring.model import House, Switch
from simulator.scoring.vocabulary import Contact, Dimension, Kind, SignOff, Urgency
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
    assert playbook.house.banned_why == {"rest assured": "say who does what"}


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


STYLED = PLAYBOOK + (
    "rules:\n"
    "  - {rule: emoji-heap, keep: 50, why: our regulars write in emoji}\n"
    "  - {rule: sales_pitch, keep: 0, why: we are asked for offers}\n"
    "weights:\n"
    "  every_kind: {speed: 150}\n"
    "  praise: {nurture: 200}\n"
    "sign_off: team\n"
    "team: the harbour crew\n"
    "reading: {lix: 40, grade: 8}\n"
)


def test_the_judge_gets_the_house_style() -> None:
    playbook = compile_playbook(STYLED, "house.yaml", "house")
    assert isinstance(playbook, Playbook), playbook
    assert playbook.house.switches == (
        Switch("emoji-heap", 0.5, "our regulars write in emoji"),
        Switch("sales_pitch", 0, "we are asked for offers"),
    )
    assert playbook.house.weights == {Dimension.SPEED: 1.5}
    assert playbook.house.kind_weights == {Kind.PRAISE: {Dimension.NURTURE: 2.0}}
    assert (playbook.house.sign_off, playbook.house.team) == (SignOff.TEAM, "the harbour crew")
    assert (playbook.house.most_lix, playbook.house.most_grade) == (40, 8)


def test_a_playbook_without_style_changes_nothing() -> None:
    assert replace(house().house, name="default", targets={}, approved=(), banned=(), banned_why={}) == House()


@pytest.mark.parametrize(
    ("code", "line", "old", "new", "words"),
    [
        ("B104", 14, "rule: emoji-heap", "rule: emoji-heep", "did you mean 'emoji-heap'?"),
        ("B104", 15, "rule: sales_pitch", "rule: sales_pich", "did you mean 'sales_pitch'?"),
        ("B104", 15, "rule: sales_pitch", "rule: quux", "`scoring rules` lists"),
        ("B105", 15, "rule: sales_pitch", "rule: insult", "stays on in every house"),
        ("B105", 15, "rule: sales_pitch", "rule: talks-to-the-judge", "stays on in every house"),
        ("B106", 15, "rule: sales_pitch", "rule: emoji-heap", "also on line 14"),
        ("B107", 19, "sign_off: team\n", "", "does not sign"),
        ("B107", 19, "team: the harbour crew\n", "", "add it"),
        ("B108", 17, "speed: 150", "speed: 250", "write 50 to 200"),
        ("B108", 18, "nurture: 200", "nurture: 0", "write 50 to 200"),
        ("B109", 18, "nurture: 200", "resolve: 100", "does not call for resolve"),
        ("B110", 21, "lix: 40", "lix: 5", "write 25 to 60"),
        ("B110", 21, "lix: 40, grade: 8", "", "give 'lix', 'grade' or both"),
        ("S002", 18, "praise: {nurture: 200}", "prase: {nurture: 200}", "did you mean 'praise'?"),
        ("S002", 18, "praise: {nurture: 200}", "praise: {speed: 100}", "it may have"),
        ("S003", 14, ", why: our regulars write in emoji", "", "no 'why'"),
        ("S005", 19, "sign_off: team", "sign_off: initial", "did you mean 'initials'?"),
        ("S006", 14, "keep: 50", "keep: 100", "from 0 to 99"),
    ],
)
def test_a_fault_of_style_is_named_at_its_line(code: str, line: int, old: str, new: str, words: str) -> None:
    found = [fault for fault in faults(changed(STYLED, old, new)) if fault.code == code]
    assert [words in fault.message for fault in found] == [True], found
    assert found[0].line == line, found


def test_rules_of_another_ruleset_may_be_given() -> None:
    names = RuleNames(free=frozenset({"our-rule"}))
    own = changed(changed(STYLED, "emoji-heap", "our-rule"), "sales_pitch", "our-rule-2")
    found = compile_playbook(own, "house.yaml", "house", names)
    assert isinstance(found, list)
    assert [str(fault) for fault in found if fault.code == "B104"] == [
        "house.yaml:15: B104 there is no rule and no code 'our-rule-2'; did you mean 'our-rule'?"
    ]
