"""One change to a good scenario gives exactly one diagnostic, on its line, that says what would be right."""

from __future__ import annotations

import pytest

from simulator.content.document import SIZE_LIMIT
from tests.unit.content.texts import SCENARIO, changed, faults_of_scenario, line_of

OPENING = '{at: "00:00", by: ida, say: "my red kite is stuck in your crane", likes: 4}'
FALLBACK = '      - {when: {}, by: ida, after: "02:00", heats: 5, say: "and when?"}\n'
WORDY = '{say: "Ida, your kite is on crane 4. We bring it down at noon.", action: reply_public, why: It says what happens.}'
ESCALATE = '      escalate: {to: operations, within: "30:00", must_tell: [which crane]}\n'
SECOND_ANSWER = '    - {after: "04:00", next: "Which crane is it?"}\n'

# the code, what is written, what is written instead, words of the message
SHAPE = [
    ("Y001", "skills: [acknowledge, resolve]", "skills: [acknowledge, resolve", "not valid YAML"),
    ("Y002", "level: 2", "level: 2\nlevel: 3", "stands twice"),
    ("Y003", "brand: {name", "brand: {[a]: b, name", "a key must be"),
    ("S002", "level: 2", "level: 2\nlevl: 2", "did you mean 'level'?"),
    ("S002", "industry: harbour", "industry: harbour, colour: red", "it may have: name, handle, industry, voice"),
    ("S003", "level: 2\n", "", "no 'level'; add it"),
    ("S004", "skills: [acknowledge, resolve]", "skills: acknowledge", "write a list"),
    ("S004", "brief: You answer for the port. You may ask operations what they see.", "brief: [a]", "has a list; write a text"),
    ("S004", "title: The kite in the crane", "title:", "has nothing; write a text"),
    ("S005", "temper: hot", "temper: hott", "did you mean 'hot'?"),
    ("S005", "kind: complaint", "kind: whatever", "write one of: question"),
    ("S005", "channel: microblog", "channel: Microblog", "did you mean 'microblog'?"),
    ("S005", "hidden: true", "hidden: yes", "write one of: true, false"),
    ("S006", "level: 2", "level: 6", "a whole number from 1 to 5"),
    ("S006", "followers: 12", "followers: 1_200", "in plain digits"),
    ("S006", "pace: 20", "pace: 0", "a number from 1 to 999"),
    ("S006", "heats: 5", "heats: -5", "from 0 to 100"),
    ("S007", 'target: "15:00"', "target: 15", "write mm:ss"),
    ("S007", 'target: "15:00"', 'target: "15:75"', "write mm:ss"),
    ("S008", 'total: ">= 75"', 'total: "> 75"', 'write ">= 75"'),
    ("S009", "name: Ida", 'name: " "', "is empty"),
    ("S010", "title: The kite in the crane", f"title: {'kite ' * 20}", "shorten it to 80"),
    ("S011", "title: The kite in the crane", 'title: "kite \\x07"', "position 6"),
    ("S011", "title: The kite in the crane", 'title: "kite \\uD800"', "can't be shown"),
    ("S012", "skills: [acknowledge, resolve]", "skills: []", "it takes 1 to 8"),
    ("S013", "playbook: house", "playbook: The House", "is not an id"),
    ("Y006", "skills: [acknowledge, resolve]", "skills: [&s acknowledge, *s]", "write it out"),
    ("S015", "format: 1", "format: 2", "write one of: 1"),
    ("S017", "level: 2", 'level: 2\nstarts: "24:00"', '"00:00" to "23:59"'),
    ("S017", "level: 2", 'level: 2\nstarts: "9:05"', "write hh:mm"),
    ("S017", "level: 2", 'level: 2\nstarts: "14:60"', "write hh:mm"),
    ("S017", "level: 2", "level: 2\nstarts: 2 pm", "is not a time of day"),
    ("S004", "level: 2", 'level: 2\nstarts: ["14:20"]', "write a time of day"),
    ("S016", "skills: [acknowledge, resolve]", "skills: [resolve, resolve]", "stands twice"),
]
MEANING = [
    ("S101", "by: bo, when", "by: boo, when", "did you mean 'bo'?"),
    ("S102", 'at: "00:00"', 'at: "00:05"', 'stand at "00:00"'),
    ("S103", OPENING, OPENING.replace("by: ida", "by: ida, when: unanswered"), "leave `when` out"),
    ("S104", '      - {at: "20:00"', '      - {at: "25:00", by: ida, say: "hello"}\n      - {at: "20:00"', "sort them by time"),
    ("S105", 'target: "15:00"', 'target: "00:00"', "after the opening post"),
    ("S105", 'target: "15:00"', 'target: "2:00:00"', "has ended by then"),
    ("S106", FALLBACK, "", "when: {}"),
    ("S107", FALLBACK, FALLBACK + FALLBACK.replace("{}", "{blocker: true}"), 'turn: ">= 2"'),
    ("S107", FALLBACK, FALLBACK.replace('"}', '", ends: lost}') + FALLBACK, "always closes the thread"),
    ("S108", "escalate: {to: operations", "escalate: {to: pr", "has no contact 'pr'"),
    ("S108", "contacts:\n", "contacts:\n  crisis: [{after: 05:00, may_say: x}]\n", "has no contact 'crisis'"),
    ("S109", "escalate: {to: operations", "escalate: {to: legal", "add `legal` under `contacts`"),
    (
        "S110",
        f"best: [reply_public], fine: [escalate_and_reply], poor: [ignore]}}\n{ESCALATE}",
        "best: [reply_public, escalate_first]}\n",
        "but to whom?",
    ),
    ("S111", "reveals: [cause]", "reveals: []", "nobody ever reveals 'cause'"),
    ("S112", "reveals: [cause]", "reveals: [cause, crone]", "did you mean 'crane'?"),
    ("S113", "hidden: true", 'hidden: true, at: "03:00"', "keep either"),
    ("S114", "id: cause, say", "id: cause, say: twice, hidden: true}\n  - {id: cause, say", "it is also on line"),
    ("S115", "action: reply_public, why", "action: reply_private, why", "show one of: reply_public, escalate_and_reply"),
    ("S116", "say: [kite, dragon]", "say: [kit, dragon]", "list a word or phrase that a post has"),
    ("S117", '{at: "20:00"', '{at: "1:00:00"', "let it end later"),
    ("S118", "likes: 4}", "likes: 4, stars: 1}", "only reviews have stars"),
    ("S119", "likes: 4}", "likes: 4, image: a kite}", "only a photo network"),
    ("S120", "channel: microblog", "channel: photo", "describe the picture"),
    ("S121", "stuck in your crane", f"stuck in your crane{'!' * 280}", "a microblog allows 280"),
    ("S121", 'We bring it down at noon."', f'We bring it down at noon{"." * 280}"', "this exemplar has"),
    ("S122", "by: bo, when", "by: ida, when", "'bo' never speaks"),
    ("S123", "playbook: house", "playbook: hause", "did you mean 'house'?"),
    ("S124", SECOND_ANSWER, SECOND_ANSWER.replace("after", 'complete: ">= 70", after') + SECOND_ANSWER, "narrower `complete` bands first"),
    ("S125", 'after: "04:00"', 'after: "04:00", complete: "<= 59"', "without `complete`"),
    ("S126", ', next: "Which crane is it?"', "", "say under `next`"),
    ("S127", "poor: [ignore]", "poor: [ignore, reply_public]", "already best"),
    ("S128", f"    exemplars:\n      - {WORDY}\n", "", "add one exemplar"),
    ("S129", 'say: "Ida, your kite is on crane 4. We bring it down at noon.", ', "", "write the words"),
    ("S130", "minutes: 4", "minutes: 9", "takes 3 min at most"),
    ("S131", "  bo: {name", "  us: {name: We, handle: us, temper: calm}\n  bo: {name", "the brand itself"),
    ("S132", "heats: 5", "heats: 5, cools: 5", "keep one of the two"),
    ("S133", 'heats: 5, say: "and when?"', "likes: 2", "does nothing"),
    ("S134", 'total: ">= 75"', 'total: "75..40"', "lower number first"),
]


@pytest.mark.parametrize(("code", "old", "new", "words"), [*SHAPE, *MEANING])
def test_one_fault_is_one_diagnostic_that_says_what_would_be_right(code: str, old: str, new: str, words: str) -> None:
    faults = faults_of_scenario(changed(SCENARIO, old, new))
    assert [fault.code for fault in faults] == [code], faults
    assert words in faults[0].message


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("temper: hot", "temper: cold", "temper: cold"),
        ("kind: complaint", "kind: nothing", "kind: nothing"),
        ("by: bo, when", "by: boo, when", "by: boo"),
        ("  - {id: cause", "  - {id: Cause", "id: Cause"),
        ("reveals: [cause]", "reveals: [cause, x]", "reveals: [cause"),
    ],
)
def test_a_diagnostic_points_at_its_line(old: str, new: str, place: str) -> None:
    text = changed(SCENARIO, old, new)
    assert faults_of_scenario(text)[0].line == line_of(text, place)


def test_all_faults_come_at_once_in_the_order_of_their_lines() -> None:
    text = changed(SCENARIO, "temper: hot", "temper: hott")
    text = changed(text, "minutes: 4", "minutes: 9")
    text = changed(text, "skills: [acknowledge, resolve]", "skills: acknowledge")
    text = changed(text, "by: bo, when", "by: boo, when")
    assert [fault.code for fault in faults_of_scenario(text)] == ["S130", "S004", "S005", "S101"]


def test_a_file_that_is_far_too_large_is_not_read() -> None:
    assert [fault.code for fault in faults_of_scenario("a" * (SIZE_LIMIT + 1))] == ["S001"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "Y004"),
        ("# only a comment", "Y004"),
        ("[" * 300 + "]" * 300, "Y005"),
        ("- a\n- b", "S004"),
        ("just words", "S004"),
        ('title: "\\UFFFFFFFF"', "Y001"),
        ("a: &a [*a]", "Y006"),
        ("--- 1\n--- 2", "Y001"),
    ],
)
def test_what_is_no_mapping_at_all_is_said_too(text: str, code: str) -> None:
    assert code in {fault.code for fault in faults_of_scenario(text)}


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (FALLBACK, FALLBACK + FALLBACK, "a second fallback is for the second reply"),
        (FALLBACK, FALLBACK + FALLBACK.replace("{}", '{turn: ">= 2", blocker: true}'), "a later turn comes behind the fallback"),
        (FALLBACK, FALLBACK + FALLBACK.replace("ida", "bo").replace("{}", "{blocker: true}"), "each persona has their own"),
        (
            "when: {}",
            "when: {action: [reply_public, reply_private, acknowledge_then_private, escalate_first, escalate_and_reply]}",
            "every action that speaks has a fallback",
        ),
        ("say: [kite, dragon]", 'say: ["RED  kite"]', "a phrase counts whatever its case and spaces"),
        ("say: [kite, dragon]", "say: [nobody is coming]", "a later post of the thread counts"),
        (
            f"- {WORDY}",
            f"- {WORDY}\n      - {{action: monitor, why: It can wait.}}".replace("monitor", "reply_public, say: Ida is right"),
            "two exemplars",
        ),
        ("pace: 20", "pace: 17.5", "a pace may have a decimal"),
        ("reads: 50", 'reads: "50"', "a number may stand in quotes"),
        ('target: "15:00"', "target: 15:00", "a story time may stand without quotes"),
        ("level: 2", "level: 2  # hard", "comments are fine"),
    ],
)
def test_what_is_right_passes(old: str, new: str, why: str) -> None:
    assert faults_of_scenario(changed(SCENARIO, old, new)) == [], why
