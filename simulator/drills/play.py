"""Play a plan against the engine, on a clock of its own, and say which of its expectations did not come true."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import ceil

from simulator.content import Plan, thread_asked, variant_number, vary
from simulator.content.plan_model import Arrange, Ask, Declare, Expectation, Reply, Silent, Step
from simulator.content.plan_words import SHIFT_PARTS
from simulator.core.clock import format_story_time, parse_story_time
from simulator.core.refusal import Refusal
from simulator.drills import commands
from simulator.drills.commands import Command
from simulator.drills.engine import decide
from simulator.drills.events import Event
from simulator.drills.evolution import evolve
from simulator.drills.review import run_total
from simulator.drills.shift import shift_report
from simulator.drills.state import RunState
from simulator.drills.world import US, World, story_now
from simulator.scoring.vocabulary import Urgency

STARTS_MS = 1_800_000_000_000
"""The real time at which a plan starts unless the caller says otherwise: any fixed moment will do."""
BREAK_MS = 60_000
"""How long a pause of a plan lasts in real time; the story stands still meanwhile."""
_CONTROLS: Mapping[str, Command] = {"pause": commands.Pause(), "resume": commands.Resume(), "end": commands.End()}


@dataclass(frozen=True, slots=True)
class PlanResult:
    """What came of a plan. `failures` are sentences, one for each thing that was refused or did not come true."""

    plan: Plan
    failures: tuple[str, ...]
    events: tuple[Event, ...]
    state: RunState

    @property
    def passed(self) -> bool:
        """Tell whether everything came true."""
        return not self.failures


def play_plan(world: World, plan: Plan, starts_ms: int = STARTS_MS) -> PlanResult:
    """Return what comes of `plan`: its steps at their story times, then the story to its end, then its expectations.

    A seed that is a number plays that variant of the scenario; any other plays it as written.
    """
    world = replace(world, scenario=vary(world.scenario, variant_number(plan.seed)))
    state = RunState()
    past: list[Event] = []
    failures: list[str] = []
    now_ms = starts_ms

    def carry_out(command: Command, where: str) -> None:
        nonlocal state
        new = decide(world, state, command, now_ms)
        if isinstance(new, Refusal):
            failures.append(f"{where}: {new.message}")
            return
        for event in new:
            state = evolve(world, state, event)
        past.extend(new)

    carry_out(commands.Start(seed=plan.seed), plan.path)
    for number, step in enumerate(plan.steps):
        now_ms = real_time(state, step.at, now_ms)
        carry_out(_command(world, step, number), f"{plan.path}:{step.line}: at {format_story_time(step.at)}")
    if state.status == "paused":
        failures.append(f"{plan.path}: the plan leaves the story paused; add a `resume` step")
    elif state.status == "running":
        now_ms = real_time(state, world.scenario.ends_s, now_ms)
        carry_out(commands.Tick(), plan.path)
    failures += [failure for item in plan.expectations if (failure := _failure(world, state, item, plan.path))]
    return PlanResult(plan, tuple(failures), tuple(past), state)


def real_time(state: RunState, at_s: float, now_ms: int) -> int:
    """Return the first real millisecond, `now_ms` or later, at which the story stands at `at_s` or later."""
    if state.clock.paused or state.clock.pace <= 0:
        return now_ms + BREAK_MS
    ahead = at_s - story_now(state, now_ms)
    real_ms = now_ms + max(0, ceil(ahead / state.clock.pace * 1000))
    return real_ms if state.clock.story_at(real_ms) >= at_s or ahead <= 0 else real_ms + 1


def _command(world: World, step: Step, number: int) -> Command:
    token = f"step-{number}"
    if isinstance(step, Reply):
        return commands.Send(step.thread, step.text, step.action, token)
    if isinstance(step, Silent):
        return commands.Send(step.thread, "", step.action, token)
    if isinstance(step, Ask):
        return commands.AskContact(thread_asked(step, world.scenario), step.handover, token)
    if isinstance(step, Declare):
        return commands.Declare(step.threads, step.text, token)
    if isinstance(step, Arrange):
        return _ARRANGE[step.verb](step)
    return _CONTROLS[step.command]


_ARRANGE: Mapping[str, Callable[[Arrange], Command]] = {
    "claim": lambda step: commands.Claim(step.thread),
    "snooze": lambda step: commands.Snooze(step.thread, parse_story_time(step.value) / 60),
    "rank": lambda step: commands.Rank(step.thread, Urgency(step.value)),
    "merge": lambda step: commands.Merge(step.thread, step.value),
}


def _failure(world: World, state: RunState, expected: Expectation, path: str) -> str:
    """Return what is the case instead, or nothing where the expectation came true."""
    holds, found = _CHECKS[expected.what](world, state, expected)
    if holds != expected.negated:
        return ""
    return f"{path}:{expected.line}: `{expected.written}` did not come true; {found}"


def _ending(world: World, state: RunState, expected: Expectation) -> tuple[bool, str]:
    thread = expected.about or world.scenario.threads[0].id
    ending = state.closed.get(thread, "")
    return ending == expected.words, f"'{thread}' ended '{ending}'" if ending else f"'{thread}' never ended"


def _run(world: World, state: RunState, expected: Expectation) -> tuple[bool, str]:
    return state.ending == expected.words, f"the run ended '{state.ending}'" if state.ending else "the run never ended"


def _figure(name: str, value: float | None, expected: Expectation) -> tuple[bool, str]:
    holds = value is not None and expected.band is not None and expected.band.holds(value)
    return holds, f"there is no {name}" if value is None else f"{name} is {value:g}"


def _said(world: World, state: RunState, expected: Expectation) -> tuple[bool, str]:
    theirs = [post.say for post in state.posts if post.by == expected.about and post.by != US]
    holds = any(expected.words.casefold() in words.casefold() for words in theirs)
    heard = "; ".join(f'"{words[:60]}"' for words in theirs) or "nothing"
    return holds, f"{expected.about} said: {heard}"


def _part(world: World, state: RunState, expected: Expectation) -> tuple[bool, str]:
    report = shift_report(world, state)
    value = report.total if expected.what == "shift" else report.parts[expected.what]
    return _figure(f"the shift's {expected.what}", value, expected)


_CHECKS: Mapping[str, Callable[[World, RunState, Expectation], tuple[bool, str]]] = {
    "ending": _ending,
    "run": _run,
    "total": lambda world, state, expected: _figure("total", run_total(world, state), expected),
    "trust": lambda _world, state, expected: _figure("trust", state.trust, expected),
    "temperature": lambda _world, state, expected: _figure(
        f"{expected.about}'s temperature", state.temperature.get(expected.about), expected
    ),
    "said": _said,
    **dict.fromkeys(SHIFT_PARTS, _part),
}
