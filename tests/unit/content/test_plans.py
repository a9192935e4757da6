"""A plan is read as it is written, and every fault in it is said with its line."""

from __future__ import annotations

import pytest

from simulator.content import check_plan, parse_plan, thread_asked
from simulator.content.document import SIZE_LIMIT
from simulator.content.model import Band, Scenario
from simulator.content.plan_model import Ask, Control, Plan, Reply, Silent
from simulator.core.diagnostics import Diagnostic
from simulator.scoring.vocabulary import Action, Contact
from tests.unit.content.texts import PLAN, SCENARIO, changed, good_plan, house, kite, line_of

SECOND_THREAD = """\
  - id: hat
    kind: troll
    target: "15:00"
    beats:
      - {at: "05:00", by: bo, say: "nice hat"}
    expect: {actions: {best: [ignore]}}
    reactions:
      - {when: {}, by: bo, after: "01:00", say: "ha"}
"""


def two_threads() -> Scenario:
    return kite(text=changed(SCENARIO, "contacts:\n", SECOND_THREAD + "contacts:\n"))


def faults(text: str) -> list[Diagnostic]:
    found = parse_plan(text, "good.plan")
    return [] if isinstance(found, Plan) else found


def test_the_steps_come_as_written() -> None:
    plan = good_plan()
    ask, reply, silent, pause, resume, end = plan.steps
    assert (plan.name, plan.seed) == ("good", "a")
    assert isinstance(ask, Ask)
    assert (ask.at, ask.thread, ask.handover.to, ask.handover.by_when) == (180, "", Contact.OPERATIONS, "")
    assert isinstance(reply, Reply)
    assert (reply.at, reply.thread, reply.action) == (540, "kite", Action.REPLY_PUBLIC)
    assert isinstance(silent, Silent)
    assert (silent.thread, silent.action) == ("kite", Action.MONITOR)
    assert [step.command for step in (pause, resume, end) if isinstance(step, Control)] == ["pause", "resume", "end"]
    assert reply.line == line_of(PLAN, "at 09:00")


def test_a_reply_keeps_its_blank_lines_its_inner_indent_and_its_hashtags() -> None:
    reply = good_plan().steps[1]
    assert isinstance(reply, Reply)
    assert reply.text == "Ida, your kite is safe.\n\n  #kite will be down at noon."


def test_a_field_of_a_hand_over_may_run_over_several_lines() -> None:
    ask = good_plan().steps[0]
    assert isinstance(ask, Ask)
    assert (ask.handover.who_where, ask.handover.asked) == ("Ida\non the quay", "Can you bring it down?")


def test_expectations_say_what_must_and_must_not_be() -> None:
    said = [(each.what, each.about, each.words, each.band, each.negated) for each in good_plan().expectations]
    assert said == [
        ("ending", "", "solved", None, False),
        ("ending", "kite", "lost", None, True),
        ("run", "", "finished", None, False),
        ("total", "", "", Band(70, 100), False),
        ("trust", "", "", Band(40, 74), False),
        ("temperature", "ida", "", Band(0, 40), False),
        ("said", "ida", "thank # you", None, False),
        ("said", "bo", "coming", None, True),
    ]


def test_the_seed_is_the_plans_name_unless_it_says_otherwise() -> None:
    assert good_plan(text=changed(PLAN, "seed: a\n", "")).seed == "good"


@pytest.mark.parametrize(
    ("code", "old", "new", "words"),
    [
        ("P001", "seed: a", "sed: a", "did you mean 'seed:'?"),
        ("P001", "# a comment", "    words", "no step stands above it"),
        ("P002", "plan: good\n", "", "write `plan: good`"),
        ("P002", "plan: good", "plan: good\nplan: better", "keep one"),
        ("P002", "plan: good", "plan: Good Plan", "one lower-case word"),
        ("P003", "at 09:00", "at 9", "write `at mm:ss`"),
        ("P004", "at 20:00 pause", "at 20:00 pose", "did you mean 'pause'?"),
        ("P004", "at 20:00 pause", "at 20:00 pause now", "stands alone"),
        ("P004", "at 20:00 pause", "at 20:00", "use one of: ask, reply"),
        ("P004", "reply kite reply_public", "reply kite", "<thread> <action>"),
        ("P004", "ask operations", "ask operations kite", "about <thread>"),
        ("P005", "reply kite reply_public", "reply kite ignore", "goes with one of: reply_public"),
        ("P005", "silent kite monitor", "silent kite reply_public", "goes with one of: ignore"),
        ("P005", "silent kite monitor", "silent kite moniter", "did you mean 'monitor'?"),
        ("P006", "    Ida, your kite is safe.\n\n      #kite will be down at noon.\n", "", "has no words"),
        ("P006", "at 20:00 pause", "at 20:00 pause\n    and think", "`pause` has no words"),
        ("P006", "expect run finished", "expect run finished\n    truly", "belongs to no reply"),
        ("P007", "asked:", "aksed:", "did you mean 'asked'?"),
        ("P007", "asked:", "who_where: here\n    asked:", "stands twice"),
        ("P007", "what_happened: A kite hangs in crane 4.", "a kite hangs in crane 4", "write one of: what_happened:"),
        ("P008", "ask operations", "ask operation", "did you mean 'operations'?"),
        ("P009", "expect run finished", "expect run done", "`run finished`"),
        ("P009", "expect total >= 70", "expect total > 70", "can't be expected"),
        ("P009", "expect trust 40..74", "expect trust 74..40", "can't be expected"),
        ("P009", 'said ida "thank # you"', "said ida thank you", 'said maya "words"'),
        ("P010", "Ida, your kite is safe.", "Ida, your \x07", "can't be shown"),
        ("P010", "asked: Can you", f"asked: {'please ' * 400}Can you", "the limit is 2,000"),
        ("P011", "at 09:00", "at 02:00", "sort the steps by time"),
    ],
)
def test_one_fault_is_one_diagnostic_that_says_what_would_be_right(code: str, old: str, new: str, words: str) -> None:
    found = faults(changed(PLAN, old, new))
    assert [fault.code for fault in found] == [code], found
    assert words in found[0].message


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["P002", "P012"]),
        ("plan: a\nat 01:00 end", ["P012"]),
        ("plan: a\nat 01:00 ask legal\nexpect run stopped", ["P007"]),
        ("plan: a\n" + "at 01:00 pause\n" * 201 + "expect run stopped", ["P013"]),
        ("a" * (SIZE_LIMIT + 1), ["P013"]),
        ("plan: a\nexpect sunshine", ["P009"]),
    ],
)
def test_what_is_missing_or_far_too_much_is_said(text: str, codes: list[str]) -> None:
    assert [fault.code for fault in faults(text)] == codes


@pytest.mark.parametrize(
    ("code", "old", "new", "words"),
    [
        ("P101", "reply kite", "reply kit", "there are: kite, hat"),
        ("P101", "expect temperature ida", "expect temperature eve", "there are: ida, bo"),
        ("P101", "expect not ending kite", "expect not ending kit", "there are: kite, hat"),
        ("P102", "at 22:00 end", "at 1:30:00 end", "after the story's end at 1:00:00"),
        ("P102", "at 09:00 reply kite", "at 04:00 reply hat", "opens at 05:00"),
        ("P103", "ask operations about kite", "ask legal", "ask legal about <thread>"),
        ("P103", "expect ending kite solved", "expect ending solved", "expect ending <thread>"),
        ("P104", "ask operations", "ask crisis", "has no contact 'crisis'"),
    ],
)
def test_a_plan_must_fit_its_scenario(code: str, old: str, new: str, words: str) -> None:
    text = changed(PLAN, "ask operations", "ask operations about kite")
    text = changed(text, "expect ending solved", "expect ending kite solved")
    plan = good_plan(text=text)
    assert check_plan(plan, two_threads(), house()) == []
    found = check_plan(good_plan(text=changed(text, old, new)), two_threads(), house())
    assert [fault.code for fault in found] == [code], found
    assert words in found[0].message


@pytest.mark.parametrize(
    ("scenario", "written", "thread"),
    [
        ("one thread", "ask legal", "kite"),
        ("two threads", "ask operations", "kite"),
        ("two threads", "ask legal about hat", "hat"),
        ("two threads", "ask legal", ""),
    ],
)
def test_a_hand_over_is_about_the_thread_it_names_or_the_only_one_it_can_mean(scenario: str, written: str, thread: str) -> None:
    ask = good_plan(text=changed(PLAN, "ask operations", written)).steps[0]
    assert isinstance(ask, Ask)
    assert thread_asked(ask, kite() if scenario == "one thread" else two_threads()) == thread
