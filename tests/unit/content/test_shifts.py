"""Shifts: what only they have is read as written, and what is wrong with it is said with its line."""

from __future__ import annotations

import pytest

from simulator.content import check_plan, compile_playbook, compile_scenario, parse_plan
from simulator.content.model import Playbook, Scenario
from simulator.content.plan_model import Arrange, Declare, Plan
from simulator.scoring.vocabulary import Action, Channel, Kind, Urgency
from tests.unit.content.texts import PLAYBOOK, SCENARIO, changed, house

MORE = """\
  - id: gull
    kind: complaint
    channel: photo
    priority: critical
    target: "05:00"
    beats: [{at: "05:00", by: bo, image: "a gull on a bun", say: "a gull ate my bun"}]
    expect: {actions: {best: [reply_public]}}
    exemplars: [{say: "Sorry about the gull.", action: reply_public, why: It is sorry.}]
  - id: gull-again
    same_as: gull
    kind: complaint
    target: "05:00"
    beats: [{at: "06:00", by: bo, say: "gull!! bun!!"}, {at: "07:00", by: bo, when: undeclared, say: "bun"}]
    expect: {actions: {best: [reply_public]}}
    exemplars: [{say: "Sorry about the gull.", action: reply_public, why: It is sorry.}]
  - id: spam
    kind: spam
    target: "05:00"
    beats: [{at: "08:00", by: bo, say: "cheap buns"}]
    expect: {actions: {best: [hide_report]}}
"""
INCIDENT = """\
incident:
  title: Gulls
  threads: [gull, gull-again]
  target: "10:00"
  must_address: [{id: gull, say: [gull]}]
  exemplars: [{say: "The gulls are bold today. Hold your buns low; we write again at noon.", why: It says what to do.}]
"""
TEXT = changed(changed(SCENARIO, "level: 2", "mode: shift\nlevel: 2"), "contacts:\n", MORE + INCIDENT + "contacts:\n")


def compiled(text: str = TEXT) -> Scenario:
    scenario = compile_scenario(text, "x/scenario.yaml", "x", {"house": house()})
    assert isinstance(scenario, Scenario), scenario
    return scenario


def test_a_shift_has_its_threads_on_several_networks() -> None:
    scenario = compiled()
    assert scenario.mode == "shift"
    kite, gull, again, _ = scenario.threads
    assert (kite.channel, gull.channel, gull.priority, again.same_as) == (None, Channel.PHOTO, Urgency.CRITICAL, "gull")


def test_an_incident_is_a_spike_to_be_answered_in_public() -> None:
    incident = compiled().incident
    assert incident is not None
    assert (incident.threads, incident.reports, incident.target_s) == (("gull", "gull-again"), 2, 600)
    assert (incident.expected.kind, incident.expected.best) == (Kind.SPIKE, (Action.REPLY_PUBLIC,))


def test_a_thread_of_a_shift_needs_no_reactions() -> None:
    assert compiled().threads[1].reactions == ()


WRONG = [
    ("S145", "mode: shift\n", "", "add `mode: shift`"),
    ("S145", MORE, "", "has nothing to put in order"),
    ("S146", "same_as: gull", "same_as: gul", "did you mean 'gull'?"),
    ("S146", "  - id: gull\n", "  - id: gull\n    same_as: gull-again\n", "is itself a repeat"),
    ("S147", "threads: [gull, gull-again]", "threads: [gull, gul-again]", "no thread 'gul-again'"),
    ("S147", "  title: Gulls\n", "  title: Gulls\n  reports: 3\n", "so many reports never come"),
    ("S148", INCIDENT, "", "there is none to declare"),
    ("S120", 'image: "a gull on a bun", ', "", "needs an `image`"),
    ("S131", "id: spam", "id: incident", "choose another id"),
]


@pytest.mark.parametrize(("code", "was", "now", "words"), WRONG)
def test_what_is_wrong_with_a_shift_is_said(code: str, was: str, now: str, words: str) -> None:
    found = compile_scenario(changed(TEXT, was, now), "x/scenario.yaml", "x", {"house": house()})
    assert not isinstance(found, Scenario)
    assert any(fault.code == code and words in fault.message for fault in found), found


def test_a_reaction_can_wait_for_a_statement_or_for_pasted_words() -> None:
    text = changed(
        TEXT, "{when: {}, by: ida", '{when: {incident: declared, pasted: false, opener: ">= 40", unanswered_for: ">= 30"}, by: ida'
    )
    text = changed(
        text,
        '    exemplars:\n      - {say: "Ida',
        '      - {when: {}, by: ida, after: "02:00", stance: piles_on, say: "hm"}\n    exemplars:\n      - {say: "Ida',
    )
    when = compiled(text).threads[0].reactions[1].when
    assert (when.incident, when.pasted) == ("declared", False)
    assert (when.bands["opener"].low, when.bands["unanswered_for"].low) == (40, 30)
    assert compiled(text).threads[0].reactions[2].stance == "piles_on"


PLAN = """\
plan: good
at 05:30 claim gull
at 06:00 rank gull critical
at 06:30 merge gull-again into gull
at 07:00 snooze kite 20:00
at 08:30 declare gull gull-again
    The gulls are bold today.

    Hold your buns low.
expect shift >= 10
expect not coverage >= 90
expect order >= 0
expect ending gull-again merged
"""


def test_a_plan_can_work_an_inbox() -> None:
    plan = parse_plan(PLAN, "good.plan")
    assert isinstance(plan, Plan), plan
    arranged = [(step.verb, step.thread, step.value) for step in plan.steps if isinstance(step, Arrange)]
    assert arranged == [("claim", "gull", ""), ("rank", "gull", "critical"), ("merge", "gull-again", "gull"), ("snooze", "kite", "20:00")]
    declared = [step for step in plan.steps if isinstance(step, Declare)]
    assert (declared[0].threads, declared[0].text.count("\n")) == (("gull", "gull-again"), 2)
    assert check_plan(plan, compiled(), house()) == []


@pytest.mark.parametrize(
    ("was", "now", "words"),
    [
        ("claim gull", "claim", "claim <thread>"),
        ("rank gull critical", "rank gull first", "rank <thread> critical"),
        ("merge gull-again into gull", "merge gull-again", "merge <thread> into <thread>"),
        ("snooze kite 20:00", "snooze kite soon", "snooze <thread> 20:00"),
        ("declare gull gull-again", "declare gull", "two threads at least"),
        ("    The gulls are bold today.\n\n    Hold your buns low.\n", "", "no words"),
    ],
)
def test_a_step_that_is_not_understood_says_how_it_is_written(was: str, now: str, words: str) -> None:
    found = parse_plan(changed(PLAN, was, now), "good.plan")
    assert not isinstance(found, Plan)
    assert any(words in fault.message for fault in found), found


def test_a_drill_has_no_inbox_and_no_such_score() -> None:
    plan = parse_plan("plan: good\nat 05:30 claim kite\nexpect shift >= 10\n", "good.plan")
    drill = compile_scenario(SCENARIO, "x", "x", {"house": house()})
    assert isinstance(plan, Plan)
    assert isinstance(drill, Scenario)
    assert [fault.code for fault in check_plan(plan, drill, house())] == ["P106", "P106"]


def test_a_playbook_may_hold_messages() -> None:
    text = PLAYBOOK + 'messages:\n  - {id: gull, title: A gull, kinds: [complaint], say: "Sorry about the gull, [name]."}\n'
    playbook = compile_playbook(text, "house.yaml", "house")
    assert isinstance(playbook, Playbook)
    assert [(each.id, each.kinds) for each in playbook.messages] == [("gull", (Kind.COMPLAINT,))]
    twice = compile_playbook(text + '  - {id: gull, title: Again, say: "Sorry."}\n', "house.yaml", "house")
    assert not isinstance(twice, Playbook)
    assert [fault.code for fault in twice] == ["B103"]
