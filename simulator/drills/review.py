"""Look back at a run like at a game of chess: what was decided when, what it earned, and how the street took it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import fmean

from simulator.content.model import SHIFT
from simulator.drills import events
from simulator.drills.confidence import Confidence, Hits, calibrate
from simulator.drills.events import Event
from simulator.drills.evolution import evolve
from simulator.drills.fork import forkable
from simulator.drills.judging import judge, post_of, waited_s
from simulator.drills.marks import RIGHT, Weighed, mark_of
from simulator.drills.review_best import BestLine, best_lines, earned_now, thread_of
from simulator.drills.review_felt import Felt, SetOff
from simulator.drills.review_timeline import TimelineEntry, add_entry
from simulator.drills.shift import ShiftReport, shift_report
from simulator.drills.state import Decision, HandOverState, MoodPoint, RunState
from simulator.drills.world import US, World, decisions_of, posts_of
from simulator.scoring.model import Post, Report
from simulator.scoring.vocabulary import SILENT_ACTIONS, Action


@dataclass(frozen=True, slots=True)
class ReviewedDecision:
    """One decision, looked back at. `decision_id` is empty and `action` None where a thread never got one.

    `seq` is its event, `number` counts the decisions on its thread. `post` is what stood before the player, `waited_s`
    how long it had waited, `target_s` the first reply's target (None later, and where there was no clock). `cost` is what
    the best of `best_lines` would have earned on top, negative where this was better. `trust_moved` and `degrees` (by
    persona) add up everything it set off, `temperature_moved` is that of the one who began the thread; `lines` were said
    because of it. `handovers` are the ids of those that went with it.
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
    cost: float = 0.0
    seq: int = 0
    number: int = 1
    confidence: Confidence | None = None
    waited_s: float = 0.0
    target_s: float | None = None
    degrees: Mapping[str, float] = field(default_factory=dict)
    lines: tuple[SetOff, ...] = ()
    handovers: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        """Tell whether the decision would do: marked fine or better."""
        return self.mark in RIGHT

    @property
    def sure_and_wrong(self) -> bool:
        """Tell whether the player was sure of something that would not do."""
        return self.confidence is Confidence.SURE and not self.right


@dataclass(frozen=True, slots=True)
class Review:
    """A whole run, looked back at.

    `total` is the mean of all decisions, each weighing the same, with a no-reply report for each thread that never got
    one (only once the run is over); None where there is nothing to judge. `curve` are the moods over story time; `places` are
    the events (`seq`) that the run can be forked at.
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
    shift: ShiftReport | None = None
    places: tuple[int, ...] = ()

    def turning_point(self, thread: str) -> int | None:
        """Return where to fork to take up a thread that nobody answered: at its opening post, if that is a place."""
        return next((post.seq for post in self.state.posts if post.thread == thread and post.seq in self.places), None)


def review_run(world: World, past: Iterable[Event]) -> Review:
    """Return the review of a run from all its events; of a run that goes on, of what there is so far."""
    state = RunState()
    before: dict[str, RunState] = {}
    felt = Felt()
    timeline: list[TimelineEntry] = []
    log = tuple(past)
    for event in log:
        if isinstance(event.body, events.ReplySent):
            before[event.body.decision_id] = state
        felt.note(state, event)
        state = evolve(world, state, event)
        add_entry(timeline, event, state)
    decided = [_reviewed(world, before[item.decision_id], state, item, felt) for item in state.decisions]
    decisions = tuple(sorted((*decided, *_never_answered(world, state)), key=lambda item: item.story_s))
    shift = shift_report(world, state) if world.scenario.mode == SHIFT else None
    return Review(
        total=shift.total if shift else mean_total(item.report for item in decisions),
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
        shift=shift,
        places=forkable(log),
    )


def run_total(world: World, state: RunState) -> float | None:
    """Return the same total as the review's, from the state alone: of a shift its whole score (`drills.shift`)."""
    if world.scenario.mode == SHIFT:
        return shift_report(world, state).total
    return mean_total([*(item.report for item in state.decisions), *_no_replies(world, state).values()])


def mean_total(reports: Iterable[Report]) -> float | None:
    """Return the mean of the reports' totals to a tenth, or None of none."""
    totals = [report.total for report in reports]
    return round(fmean(totals), 1) if totals else None


def calibration_of(review: Review, after_seq: int = 0) -> dict[Confidence, Hits]:
    """Count how often the player was how sure, and right, in the decisions after event `after_seq` (those of a fork's own)."""
    return calibrate((item.confidence, item.right) for item in review.decisions if item.seq > after_seq)


def _reviewed(world: World, before: RunState, after: RunState, decision: Decision, felt: Felt) -> ReviewedDecision:
    thread = thread_of(world, decision.thread)
    trust_moved = round(decision.trust_after - decision.trust_before, 1)
    lines = best_lines(world, before, thread, decision.story_s)
    earned = earned_now(world, before, decision)
    weighed = Weighed(
        earned=earned,
        best=lines[0].total if lines else earned,
        blocker=bool(decision.report.blockers),
        poor=decision.action in thread.expected.poor,
        best_action=not thread.expected.best or decision.action in thread.expected.best,
        trust_moved=trust_moved,
    )
    first = bool(decision.text) and not any(item.text for item in decisions_of(before, thread.id))
    degrees = felt.degrees.get(decision.decision_id, {})
    return ReviewedDecision(
        decision_id=decision.decision_id,
        thread=decision.thread,
        story_s=decision.story_s,
        text=decision.text,
        action=decision.action,
        report=decision.report,
        mark=mark_of(weighed),
        post=post_of(world, before, thread),
        trust_moved=trust_moved,
        temperature_moved=degrees.get(thread.beats[0].by, 0.0),
        best_lines=lines,
        cost=weighed.cost,
        seq=decision.seq,
        number=1 + len(decisions_of(before, thread.id)),
        confidence=decision.confidence,
        waited_s=waited_s(before, thread, decision.story_s) if first else _since_their_last(before, thread.id, decision.story_s),
        target_s=float(thread.target_s) if first and not after.untimed else None,
        degrees=degrees,
        lines=felt.lines.get(decision.decision_id, ()),
        handovers=_handovers_with(after, decision),
    )


def _since_their_last(before: RunState, thread_id: str, story_s: float) -> float:
    theirs = [post.story_s for post in posts_of(before, thread_id) if post.by != US]
    return max(0.0, story_s - theirs[-1]) if theirs else 0.0


def _handovers_with(state: RunState, decision: Decision) -> tuple[str, ...]:
    """A hand-over goes with the next decision on its thread; one after the last goes with that."""
    decisions = decisions_of(state, decision.thread)
    place = decisions.index(decision)
    since = decisions[place - 1].story_s if place else float("-inf")
    last = place == len(decisions) - 1
    return tuple(
        item.handover_id
        for item in state.handovers
        if item.thread == decision.thread and since < item.story_s and (last or item.story_s <= decision.story_s)
    )


def _no_replies(world: World, state: RunState) -> dict[str, Report]:
    """Judge the threads that nobody decided on, once the run is over; where leaving it was right, as having left it."""
    if state.status != "ended":
        return {}
    decided = {decision.thread for decision in state.decisions}
    begun = {post.thread for post in state.posts}
    return {
        thread.id: judge(world, state, thread, "", _left_with(thread.expected.best, thread.expected.fine), state.last_story_s)
        for thread in world.scenario.threads
        if thread.id not in decided and thread.id in begun and not state.covers(thread.id) and state.closed.get(thread.id) != "merged"
    }


def _left_with(*good: tuple[Action, ...]) -> Action | None:
    """The silence that nobody's decision comes to, where silence was right; None where an answer was wanted."""
    right = {action for actions in good for action in actions} & SILENT_ACTIONS
    return Action.IGNORE if Action.IGNORE in right else next(iter(sorted(right)), None)


def _never_answered(world: World, state: RunState) -> list[ReviewedDecision]:
    found = []
    for thread_id, report in _no_replies(world, state).items():
        thread = thread_of(world, thread_id)
        lines = best_lines(world, state, thread, state.last_story_s)
        weighed = Weighed(report.total, lines[0].total if lines else report.total, bool(report.blockers), decided=False)
        found.append(
            ReviewedDecision(
                decision_id="",
                thread=thread_id,
                story_s=state.last_story_s,
                text="",
                action=None,
                report=report,
                mark=mark_of(weighed),
                post=post_of(world, state, thread),
                trust_moved=0.0,
                temperature_moved=0.0,
                best_lines=lines,
                cost=weighed.cost,
                waited_s=waited_s(state, thread, state.last_story_s),
                target_s=None if state.untimed else float(thread.target_s),
            )
        )
    return found
