"""Know the best that could be had at a decision: the scenario's exemplars for that turn, or silence where silence is best."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.content.model import Thread
from simulator.drills.judging import judge
from simulator.drills.state import Decision, RunState
from simulator.drills.world import World, decisions_of
from simulator.scoring.model import Report
from simulator.scoring.vocabulary import SILENT_ACTIONS, Action


@dataclass(frozen=True, slots=True)
class BestLine:
    """One option, and what it would have earned at that moment: an exemplar of the scenario, or silence (empty `say`)."""

    say: str
    why: str
    action: Action
    total: float


def best_lines(world: World, before: RunState, thread: Thread, story_s: float) -> tuple[BestLine, ...]:
    """Return the options at a moment, the best first. `before` is the state just before the decision.

    The exemplars are those for this turn; past the last turn that has one, that one goes on being the best we know.
    Silence is among them where the scenario calls it the best action.
    """
    turn = 1 + sum(bool(decision.text) for decision in decisions_of(before, thread.id))
    latest = max((line.turn for line in thread.exemplars if line.turn <= turn), default=0)
    spoken = [
        BestLine(line.say, line.why, line.action, judge(world, before, thread, line.say, line.action, story_s).total)
        for line in thread.exemplars
        if line.turn in (0, latest)
    ]
    silent = [_silence(judge(world, before, thread, "", action, story_s), action) for action in _silences(thread)]
    return tuple(sorted((*spoken, *silent), key=lambda line: -line.total))


def earned_now(world: World, before: RunState, decision: Decision) -> float:
    """Return the total of a decision by today's judge; only where other rules judged it then is it judged again.

    Only like may be compared with like: the options beside it are judged by today's rules.
    """
    if decision.report.fingerprint == world.ruleset.for_house(world.playbook.house).fingerprint:
        return decision.report.total
    thread = thread_of(world, decision.thread)
    return judge(world, before, thread, decision.text, decision.action, decision.story_s).total


def thread_of(world: World, thread_id: str) -> Thread:
    """Return a thread that the log of a run speaks of; raises ValueError where the scenario has none of that name."""
    thread = world.thread(thread_id)
    if thread is None:
        raise ValueError(f"the scenario has no thread '{thread_id}', but the run's log speaks of it")
    return thread


def _silences(thread: Thread) -> tuple[Action, ...]:
    return tuple(action for action in thread.expected.best if action in SILENT_ACTIONS)[:1]


def _silence(report: Report, action: Action) -> BestLine:
    told = max(report.findings, key=lambda finding: finding.points, default=None)
    return BestLine("", told.why if told is not None else "", action, report.total)
