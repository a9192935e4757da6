"""Fork a run: what happened up to an event becomes the beginning of a new one, whose story goes on from there now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from simulator.core.refusal import Refusal, RefusalCode
from simulator.drills import events
from simulator.drills.engine import scripted_number
from simulator.drills.events import Event
from simulator.drills.evolution import fold
from simulator.drills.timeline import Log, play_on
from simulator.drills.world import World

ROOTS = (events.ReplySent, events.HandOverSent, events.PostAppeared, events.ThreadsMerged, events.IncidentDeclared)
"""What a run may be forked just before: each begins something. The moods, plans and ends that follow belong to what set them off."""


def forkable(past: Sequence[Event]) -> tuple[int, ...]:
    """Return the places (`seq`) of the events that a run may be forked just before, in their order."""
    ended = next((event.seq for event in past if isinstance(event.body, events.RunEnded)), len(past) + 1)
    return tuple(event.seq for event in past[1:] if isinstance(event.body, ROOTS) and event.seq < ended)


def fork_at(world: World, past: Sequence[Event], seq: int, now_ms: int) -> list[Event] | Refusal:
    """Return the events of a new run that is what `past` was just before event `seq`, as of real time `now_ms`.

    Real times move on together, so that the story stands now where it stood then and pauses keep their length. Seed,
    pace and everything said stay. A colleague has not been asked again: where their answer was still to come, the
    scenario's own contact gives it.
    """
    if seq not in forkable(past):
        return Refusal(
            RefusalCode.BAD_VALUE, "A drill can't be played on from there. Choose one of the moments that the review offers.", "at"
        )
    ahead_ms = now_ms - past[seq - 1].real_ms
    kept = [replace(event, real_ms=event.real_ms + ahead_ms) for event in past[: seq - 1]]
    own = _without_colleagues(kept)
    log = _ask_own_contacts(Log(world, fold(own, world), tuple(own)), kept, now_ms)
    if log.state.untimed and log.state.status == "running":
        log = play_on(log, now_ms)
    return list(log.new)


def _unanswered(kept: Sequence[Event]) -> dict[str, Event]:
    """Return the hand-overs to a colleague whose answer is still to come, by id."""
    answered = {event.body.handover_id for event in kept if isinstance(event.body, events.HandOverAnswered)}
    asked = {event.body.handover_id: event for event in kept if isinstance(event.body, events.HandOverSent) and event.body.colleague}
    return {handover_id: event for handover_id, event in asked.items() if handover_id not in answered}


def _without_colleagues(kept: Sequence[Event]) -> list[Event]:
    waiting = _unanswered(kept)
    return [
        replace(event, body=replace(event.body, colleague=False))
        if isinstance(event.body, events.HandOverSent) and event.body.handover_id in waiting
        else event
        for event in kept
    ]


def _ask_own_contacts(log: Log, kept: Sequence[Event], now_ms: int) -> Log:
    for handover_id, event in _unanswered(kept).items():
        if isinstance(event.body, events.HandOverSent):
            number, after_s = scripted_number(log.world, event.body.handover.to, event.body.report.completeness)
            log = log.add(events.AnswerPlanned(handover_id, number, event.story_s + after_s), now_ms, log.state.last_story_s)
    return log
