"""Look back at a run like at a game of chess: what was decided when, what it earned, and how the street took it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from simulator.content.model import Thread
from simulator.drills import events
from simulator.drills.events import Event
from simulator.drills.evolution import evolve
from simulator.drills.judging import judge, post_of
from simulator.drills.public import ADEQUATE
from simulator.drills.state import Decision, HandOverState, MoodPoint, RunState
from simulator.drills.world import US, World, decisions_of
from simulator.scoring.model import Post, Report
from simulator.scoring.vocabulary import SILENT_ACTIONS, Action

BLUNDER, MISTAKE, GOOD, BRILLIANT = 25.0, 45.0, 75.0, 88.0
"""Totals that part the marks; between MISTAKE and GOOD stands ADEQUATE, where the street does not move."""


@dataclass(frozen=True, slots=True)
class BestLine:
    """One exemplar of the scenario, and what it would have earned at that moment."""

    say: str
    why: str
    action: Action
    total: float


@dataclass(frozen=True, slots=True)
class ReviewedDecision:
    """One decision, looked back at. `decision_id` is empty and `action` None where a thread never got one.

    `post` is what stood before the player; `trust_moved` and `temperature_moved` (of the one who began the thread) add
    up everything the decision set off, the reactions included.
    """

    decision_id: str
    thread: str
    story_s: float
    text: str
    action: Action | None
    report: Report
    mark: str
    post: Post
    trust_moved: float
    temperature_moved: float
    best_lines: tuple[BestLine, ...]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened, for the list of the review. `trust` is the onlookers' trust once it had happened.

    `kind` is started, post, reply, silence, handover, answer, closed, paused, resumed, pace or ended; `who` is the id of a
    persona, "us", a contact or the name of who answered; `words` is what was said, or the ending; `ref` is the id of the
    post, decision or hand-over.
    """

    seq: int
    story_s: float
    real_ms: int
    kind: str
    thread: str
    who: str
    words: str
    ref: str
    trust: float


@dataclass(frozen=True, slots=True)
class Review:
    """A whole run, looked back at.

    `total` is the mean of all decisions, each weighing the same, with a no-reply report for each thread that never got
    one (only once the run is over); None where there is nothing to judge. `curve` are the moods over story time.
    """

    total: float | None
    curve: tuple[MoodPoint, ...]
    trust_start: float
    trust_end: float
    decisions: tuple[ReviewedDecision, ...]
    handovers: tuple[HandOverState, ...]
    timeline: tuple[TimelineEntry, ...]
    endings: Mapping[str, str]
    ending: str
    story_s: float
    untimed: bool
    state: RunState


def review_run(world: World, past: Iterable[Event]) -> Review:
    """Return the review of a run from all its events; of a run that goes on, of what there is so far."""
    state = RunState()
    before: dict[str, RunState] = {}
    warmth: dict[str, float] = {}
    timeline: list[TimelineEntry] = []
    for event in past:
        if isinstance(event.body, events.ReplySent):
            before[event.body.decision_id] = state
        if isinstance(event.body, events.MoodMoved):
            _add_warmth(world, state, event.body, warmth)
        state = evolve(world, state, event)
        _add_entry(timeline, event, state.trust)
    decided = [_reviewed(world, before[item.decision_id], item, warmth.get(item.decision_id, 0.0)) for item in state.decisions]
    decisions = tuple(sorted((*decided, *_never_answered(world, state)), key=lambda item: item.story_s))
    return Review(
        total=mean_total(item.report for item in decisions),
        curve=state.moods,
        trust_start=state.moods[0].trust if state.moods else state.trust,
        trust_end=state.trust,
        decisions=decisions,
        handovers=state.handovers,
        timeline=tuple(timeline),
        endings=state.closed,
        ending=state.ending,
        story_s=state.last_story_s,
        untimed=state.untimed,
        state=state,
    )


def run_total(world: World, state: RunState) -> float | None:
    """Return the same total as the review's, from the state alone."""
    return mean_total([*(item.report for item in state.decisions), *(item.report for item in _never_answered(world, state))])


def mean_total(reports: Iterable[Report]) -> float | None:
    """Return the mean of the reports' totals to a tenth, or None of none."""
    totals = [report.total for report in reports]
    return round(fmean(totals), 1) if totals else None


def mark_of(report: Report, action: Action | None, thread: Thread, trust_moved: float) -> str:
    """Return the mark of a decision: !!, !, ✓, ?!, ? or ??.

    By its total: under 25, or with a blocker, a blunder (??); under 45, or with an action that the scenario calls poor,
    a mistake (?); under 60 an inaccuracy (?!); under 75 fine (✓); else good (!). Brilliant (!!) is 88 and more with the
    best action and no trust lost. Where nobody decided anything (`action` is None), fine is the most there is.
    """
    if report.blockers or report.total < BLUNDER:
        return "??"
    if report.total < MISTAKE or action in thread.expected.poor:
        return "?"
    if report.total < ADEQUATE:
        return "?!"
    if report.total < GOOD or action is None:
        return "✓"
    best = not thread.expected.best or action in thread.expected.best
    return "!!" if report.total >= BRILLIANT and best and trust_moved >= 0 else "!"


def _reviewed(world: World, before: RunState, decision: Decision, temperature_moved: float) -> ReviewedDecision:
    thread = _thread(world, decision.thread)
    trust_moved = round(decision.trust_after - decision.trust_before, 1)
    return ReviewedDecision(
        decision_id=decision.decision_id,
        thread=decision.thread,
        story_s=decision.story_s,
        text=decision.text,
        action=decision.action,
        report=decision.report,
        mark=mark_of(decision.report, decision.action, thread, trust_moved),
        post=post_of(world, before, thread),
        trust_moved=trust_moved,
        temperature_moved=round(temperature_moved, 1),
        best_lines=_best_lines(world, before, thread, decision.story_s),
    )


def _best_lines(world: World, before: RunState, thread: Thread, story_s: float) -> tuple[BestLine, ...]:
    """Judge the exemplars for this turn; past the last turn that has one, that one goes on being the best we know."""
    turn = 1 + sum(bool(decision.text) for decision in decisions_of(before, thread.id))
    latest = max((line.turn for line in thread.exemplars if line.turn <= turn), default=0)
    return tuple(
        BestLine(line.say, line.why, line.action, judge(world, before, thread, line.say, line.action, story_s).total)
        for line in thread.exemplars
        if line.turn in (0, latest)
    )


def _never_answered(world: World, state: RunState) -> list[ReviewedDecision]:
    """Judge the threads that nobody decided on, once the run is over; where leaving it was right, as having left it."""
    if state.status != "ended":
        return []
    decided = {decision.thread for decision in state.decisions}
    begun = {post.thread for post in state.posts}
    found = []
    for thread in world.scenario.threads:
        if thread.id in decided or thread.id not in begun:
            continue
        right = {*thread.expected.best, *thread.expected.fine} & SILENT_ACTIONS
        action = Action.IGNORE if Action.IGNORE in right else next(iter(sorted(right)), None)
        report = judge(world, state, thread, "", action, state.last_story_s)
        lines = _best_lines(world, state, thread, state.last_story_s)
        mark = mark_of(report, None, thread, 0.0)
        post = post_of(world, state, thread)
        found.append(ReviewedDecision("", thread.id, state.last_story_s, "", None, report, mark, post, 0.0, 0.0, lines))
    return found


def _thread(world: World, thread_id: str) -> Thread:
    thread = world.thread(thread_id)
    if thread is None:
        raise ValueError(f"the scenario has no thread '{thread_id}', but the run's log speaks of it")
    return thread


def _add_warmth(world: World, state: RunState, body: events.MoodMoved, warmth: dict[str, float]) -> None:
    if body.decision_id and body.persona == _thread(world, body.thread).beats[0].by:
        moved = body.temperature - state.temperature.get(body.persona, body.temperature)
        warmth[body.decision_id] = warmth.get(body.decision_id, 0.0) + moved


def _add_entry(timeline: list[TimelineEntry], event: Event, trust: float) -> None:
    """Add what people would call a happening; a mood that moves right after it only changes its trust."""
    body = event.body
    if isinstance(body, events.MoodMoved) and timeline:
        last = timeline[-1]
        timeline[-1] = TimelineEntry(last.seq, last.story_s, last.real_ms, last.kind, last.thread, last.who, last.words, last.ref, trust)
        return
    describe = _ENTRIES.get(type(body))
    if describe is None or (isinstance(body, events.PostAppeared) and not body.say):
        return
    kind, thread, who, words, ref = describe(body)
    timeline.append(TimelineEntry(event.seq, event.story_s, event.real_ms, kind, thread, who, words, ref, trust))


_ENTRIES: Mapping[type, Callable[[Any], tuple[str, str, str, str, str]]] = {
    events.RunStarted: lambda body: ("started", "", US, "", ""),
    events.PostAppeared: lambda body: ("post", body.thread, body.by, body.say, body.post_id),
    events.ReplySent: lambda body: ("reply" if body.text else "silence", body.thread, US, body.text or body.action.value, body.decision_id),
    events.HandOverSent: lambda body: ("handover", body.thread, body.handover.to.value, body.handover.what_happened, body.handover_id),
    events.HandOverAnswered: lambda body: ("answer", "", body.answered_by, body.answer.may_say, body.handover_id),
    events.ThreadClosed: lambda body: ("closed", body.thread, "", body.ending, ""),
    events.Paused: lambda body: ("paused", "", US, "", ""),
    events.Resumed: lambda body: ("resumed", "", US, "", ""),
    events.PaceSet: lambda body: ("pace", "", US, "untimed" if body.untimed else f"{body.pace:g}", ""),
    events.RunEnded: lambda body: ("ended", "", "", body.ending, ""),
}
