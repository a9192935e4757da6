"""Look back at runs: one run's review, the same moments in earlier attempts, and how well somebody knew how they did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.core.refusal import Refusal, RefusalCode
from simulator.drills.commands import Tick
from simulator.drills.confidence import Confidence, Hits, calibration_from_json, together
from simulator.drills.fork import REDONE
from simulator.drills.review import Review, review_run
from simulator.drills.state import Decision
from simulator.persistence.rows import RunRow
from simulator.persistence.runs import RunStore
from simulator.scoring import compare
from simulator.scoring.compare import Comparison
from simulator.services.run_log import Right, RunLog
from simulator.services.run_views import ReviewView, owns
from simulator.services.viewer import Viewer
from simulator.services.worlds import Recent

ATTEMPTS_SHOWN = 4
"""How many earlier attempts a decision is put beside: the latest ones."""
REVIEWS_KEPT = 64
"""How many reviews a process remembers: each judges every best line of its run again."""
Moment = tuple[str, int]
"""A thread, and which of the decisions on it."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """The same moment in an earlier run. `edit` says what today's words won and lost against these; None under other rules."""

    run: RunRow
    decision: Decision
    edit: Comparison | None


@dataclass(frozen=True, slots=True)
class Past:
    """What went before a run: its player's finished runs of the same scenario and seed class (this one included, first to last).

    A fork also names the run it came from, and the story second at which it left it.
    """

    runs: tuple[RunRow, ...]
    attempts: Mapping[Moment, tuple[Attempt, ...]]
    parent: RunRow | None
    parent_s: float = 0.0


class Reviews:
    """Look back at runs. `right` decides who may; everything beyond the run itself is for its player alone."""

    def __init__(self, *, log: RunLog, runs: RunStore) -> None:
        self._log = log
        self._runs = runs
        self._kept: Recent[Review] = Recent(REVIEWS_KEPT)

    def look_back(self, viewer: Viewer, run_id: str, right: Right) -> ReviewView | Refusal:
        """Return the review of a run that is over, if `right` has nothing against it."""
        loaded = self._log.carry_out(run_id, right, Tick())
        if isinstance(loaded, Refusal):
            return loaded
        if loaded.state.status != "ended":
            return Refusal(RefusalCode.STALE, "This drill is still going on. Its review is ready when it is over.")
        key = f"{run_id} {loaded.state.last_seq}"
        review = self._kept.get(key)
        if review is None:
            review = review_run(loaded.world, self._log.events(run_id))
            self._kept.put(key, review)
        return ReviewView(run_id, loaded.world.scenario, loaded.world.playbook, review, owns(viewer, loaded.row), loaded.row)

    def past_of(self, viewer: Viewer, seen: ReviewView) -> Past:
        """Return what went before a run of the viewer's own; nothing for anybody else."""
        if not seen.mine:
            return Past((), {}, None)
        mine = self._runs.runs_of(user=viewer.user_id, guest=viewer.guest_id)
        alike = [row for row in mine if (row.slug, row.seed_class) == (seen.row.slug, seen.row.seed_class)]
        finished = [row for row in alike if row.status == "ended" and row.total is not None]
        finished.sort(key=lambda row: (row.created_ms, row.ended_ms or 0))
        earlier = [row for row in finished if row.created_ms < seen.row.created_ms]
        parent = next((row for row in mine if row.id == seen.row.parent_run), None)
        attempts = self._attempts(seen, earlier[-ATTEMPTS_SHOWN:])
        if parent is None:
            return Past(tuple(finished), attempts, None)
        copied = [event for event in self._log.events(seen.run_id) if event.seq < (seen.row.parent_seq or 0)]
        left_out = [event for event in self._log.events(parent.id) if event.seq == seen.row.parent_seq]
        redone = bool(left_out) and isinstance(left_out[0].body, REDONE)
        left_at = left_out[0].story_s if redone else (copied[-1].story_s if copied else 0.0)
        return Past(tuple(finished), attempts, parent, left_at)

    def calibration(self, viewer: Viewer) -> dict[Confidence, Hits]:
        """Return how often the viewer was how sure, and right, in all runs they finished."""
        if viewer.user_id is None:
            return {}
        return together(calibration_from_json(row.calibration) for row in self._runs.runs_of(user=viewer.user_id))

    def _attempts(self, seen: ReviewView, earlier: list[RunRow]) -> dict[Moment, tuple[Attempt, ...]]:
        """The latest attempt comes first. What was copied from the run that this one was forked from is no attempt of its own."""
        now = {(item.thread, item.number): item for item in seen.review.decisions if item.decision_id}
        found: dict[Moment, tuple[Attempt, ...]] = {}
        for row in reversed(earlier):
            loaded = self._log.load(row.id)
            for moment, decision in _by_moment(() if isinstance(loaded, Refusal) else loaded.state.decisions).items():
                item = now.get(moment)
                if item is None or (decision.text, decision.action, decision.report) == (item.text, item.action, item.report):
                    continue
                same_rules = decision.report.fingerprint == item.report.fingerprint
                edit = compare(decision.report, item.report) if same_rules else None
                found[moment] = (*found.get(moment, ()), Attempt(row, decision, edit))
        return found


def _by_moment(decisions: tuple[Decision, ...]) -> dict[Moment, Decision]:
    found: dict[Moment, Decision] = {}
    counts: dict[str, int] = {}
    for decision in decisions:
        counts[decision.thread] = counts.get(decision.thread, 0) + 1
        found[decision.thread, counts[decision.thread]] = decision
    return found
