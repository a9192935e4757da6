"""Know what a plan can get wrong about its scenario."""

from __future__ import annotations

from simulator.content.model import SHIFT, Playbook, Scenario
from simulator.content.plan_model import Arrange, Ask, Control, Declare, Expectation, Plan, Reply, Silent, Step
from simulator.content.plan_words import SHIFT_PARTS
from simulator.content.shape import Faults, quoted
from simulator.core.clock import format_story_time
from simulator.core.diagnostics import Diagnostic

INTO_INCIDENT = "incident"
"""What a thread is merged into that belongs to the declared incident."""
USUAL_PLANS = ("good", "poor", "nothing")
"""The plans that every scenario has."""


def thread_asked(step: Ask, scenario: Scenario) -> str:
    """Return the thread that a hand-over is about, or an empty text where it can't be told.

    That is the one it names; else the only thread; else the only thread that expects a hand-over to this contact.
    """
    if step.thread:
        return step.thread
    if len(scenario.threads) == 1:
        return scenario.threads[0].id
    expecting = [
        thread.id for thread in scenario.threads if thread.expected.escalation and thread.expected.escalation.to is step.handover.to
    ]
    return expecting[0] if len(expecting) == 1 else ""


def check_plan(plan: Plan, scenario: Scenario, playbook: Playbook) -> list[Diagnostic]:
    """Return every fault of a plan that only its scenario shows, sorted by line."""
    faults = Faults(plan.path)
    for step in plan.steps:
        _check_step(step, scenario, playbook, faults)
    for expectation in plan.expectations:
        _check_expectation(expectation, scenario, faults)
    return sorted(faults.found)


def _check_step(step: Step, scenario: Scenario, playbook: Playbook, faults: Faults) -> None:
    if step.at > scenario.ends_s:
        message = f"{format_story_time(step.at)} is after the story's end at {format_story_time(scenario.ends_s)}; act earlier"
        faults.add(step.line, "P102", message)
    match step:
        case Control():
            return
        case Arrange() | Declare():
            _check_arrangement(step, scenario, faults)
        case Reply(thread=thread) | Silent(thread=thread):
            _check_thread(thread, step, scenario, faults)
        case Ask():
            if step.handover.to not in {contact.contact for contact in playbook.contacts}:
                message = f"the playbook '{playbook.slug}' has no contact '{step.handover.to}'; ask another one, or add it there"
                faults.add(step.line, "P104", message)
            thread = thread_asked(step, scenario)
            if thread:
                _check_thread(thread, step, scenario, faults)
            else:
                message = f"about which thread? Write `ask {step.handover.to} about <thread>`: {_threads(scenario)}"
                faults.add(step.line, "P103", message)


def _check_arrangement(step: Arrange | Declare, scenario: Scenario, faults: Faults) -> None:
    if scenario.mode != SHIFT:
        faults.add(step.line, "P106", "only a shift has an inbox; add `mode: shift` to the scenario, or leave this step out")
    threads = step.threads if isinstance(step, Declare) else (step.thread, *([step.value] if step.verb == "merge" else []))
    for name in threads:
        if name != INTO_INCIDENT:
            _check_thread(name, step, scenario, faults)


def _check_thread(name: str, step: Step, scenario: Scenario, faults: Faults) -> None:
    thread = next((thread for thread in scenario.threads if thread.id == name), None)
    if thread is None:
        faults.add(step.line, "P101", f"there is no thread {quoted(name)}; there are: {_threads(scenario)}")
    elif step.at < thread.beats[0].at:
        opens = format_story_time(thread.beats[0].at)
        faults.add(step.line, "P102", f"'{name}' opens at {opens}; act then or later")


def _check_expectation(expectation: Expectation, scenario: Scenario, faults: Faults) -> None:
    if expectation.what in ("temperature", "said") and expectation.about not in scenario.personas:
        known = ", ".join(scenario.personas)
        faults.add(expectation.line, "P101", f"there is no persona {quoted(expectation.about)}; there are: {known}")
    if expectation.what in SHIFT_PARTS and scenario.mode != SHIFT:
        faults.add(expectation.line, "P106", f"only a shift is scored by `{expectation.what}`; expect `total` here")
    if expectation.what != "ending":
        return
    if not expectation.about and len(scenario.threads) > 1:
        faults.add(expectation.line, "P103", f"the ending of which thread? Write `expect ending <thread> …`: {_threads(scenario)}")
    elif expectation.about and expectation.about not in {thread.id for thread in scenario.threads}:
        faults.add(expectation.line, "P101", f"there is no thread {quoted(expectation.about)}; there are: {_threads(scenario)}")


def _threads(scenario: Scenario) -> str:
    return ", ".join(thread.id for thread in scenario.threads)
