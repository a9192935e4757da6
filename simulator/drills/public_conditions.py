"""Say who reacts to a decision: the first reaction of each persona whose conditions hold and that has not been used."""

from __future__ import annotations

from simulator.content.model import Condition, Reaction, Thread
from simulator.drills.public import PRESENT
from simulator.drills.state import RunState
from simulator.drills.world import US, decisions_of, posts_of
from simulator.scoring.model import Report
from simulator.scoring.vocabulary import Action, Dimension


def chosen_reactions(state: RunState, thread: Thread, report: Report, action: Action, *, pasted: bool = False) -> tuple[int, ...]:
    """Return the numbers of the reactions that the newest decision on `thread`, or the statement, sets off.

    For each persona the first one whose condition holds and that has not been used in this run. `state` already
    holds the decision and the moods it moved; `pasted` tells whether its words are somebody else's, or were sent before.
    """
    chosen: dict[str, int] = {}
    for number, reaction in enumerate(thread.reactions):
        used = (thread.id, number) in state.reactions_done
        if not used and reaction.by not in chosen and holds(reaction.when, state, thread, reaction, report, action, pasted=pasted):
            chosen[reaction.by] = number
    return tuple(sorted(chosen.values()))


def holds(
    when: Condition, state: RunState, thread: Thread, reaction: Reaction, report: Report, action: Action, *, pasted: bool = False
) -> bool:
    """Tell whether all that `when` names is so."""
    values: dict[str, float | None] = {
        "total": report.total,
        "turn": len(decisions_of(state, thread.id)),
        "temperature": state.temperature.get(reaction.by),
        "opener": state.temperature.get(thread.beats[0].by),
        "trust": state.trust,
        "unanswered_for": waited_minutes(state, thread),
        **{str(dimension): _points(report, dimension) for dimension in Dimension},
    }
    figures = [values.get(name) for name in when.bands]
    return (
        all(value is not None and band.holds(value) for value, band in zip(figures, when.bands.values(), strict=True))
        and all((_points(report, Dimension(name)) or 0.0) < PRESENT for name in when.missing)
        and (not when.code or any(finding.code in when.code and finding.certain for finding in report.findings))
        and (when.blocker is None or when.blocker == bool(report.blockers))
        and (not when.actions or action in when.actions)
        and (not when.handover or when.handover in _handover_states(state, thread.id))
        and (not when.incident or (when.incident == "declared") == (state.incident is not None))
        and (when.pasted is None or when.pasted == pasted)
    )


def waited_minutes(state: RunState, thread: Thread) -> float:
    """Return how many story minutes the public had waited for the newest decision, since the first post after our last words."""
    decisions = decisions_of(state, thread.id)
    until = (decisions[-1].seq, decisions[-1].story_s) if decisions else (state.last_seq + 1, state.last_story_s)
    ours = max((post.seq for post in posts_of(state, thread.id) if post.by == US and post.seq < until[0]), default=0)
    waiting = [post.story_s for post in posts_of(state, thread.id) if post.by != US and ours < post.seq < until[0]]
    return round((until[1] - waiting[0]) / 60, 2) if waiting else 0.0


def _points(report: Report, dimension: Dimension) -> float | None:
    entry = report.dimensions.get(dimension)
    return entry.score if entry is not None and entry.applicable else None


def _handover_states(state: RunState, thread_id: str) -> frozenset[str]:
    """A hand-over that was answered has been sent as well."""
    ours = [item for item in state.handovers if item.thread == thread_id]
    if not ours:
        return frozenset({"none"})
    return frozenset({"sent", "answered"} if any(item.answer for item in ours) else {"sent"})
