"""Fork a run: what happened up to an event becomes the beginning of a new one, whose story goes on from there now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from simulator.core.refusal import Refusal, RefusalCode
from simulator.drills import events
from simulator.drills.engine import scripted_number
from simulator.drills.events import Event
from simulator.drills.evolution import fold
from simulator.drills.timeline import Log, play_on, play_until
from simulator.drills.world import World, story_now

REDONE = (events.ReplySent, events.HandOverSent, events.ThreadsMerged, events.IncidentDeclared)
"""What the player did: a fork stands just before it, so that it can be done otherwise."""
FOLLOWERS = (events.MoodMoved, events.ReactionPlanned, events.AnswerPlanned, events.ThreadClosed)
"""What belongs to the event before it: a log is never cut in front of these."""


def cut_at(past: Sequence[Event], seq: int) -> int | None:
    """Return how many events a fork at event `seq` keeps: those before something the player did, or a post with all that belongs to it.

    None where a run can't be forked: in the middle of something, or once it is over.
    """
    if not 2 <= seq <= len(past):
        return None
    body, ending = past[seq - 1].body, _ending_at(past)
    if isinstance(body, REDONE):
        kept = seq - 1
    elif isinstance(body, events.PostAppeared) and body.say:
        kept = seq
        while kept < ending and isinstance(past[kept].body, FOLLOWERS):
            kept += 1
    else:
        return None
    over = seq > ending or (kept < len(past) and past[kept].body == events.RunEnded("finished"))
    return None if over else kept


def _ending_at(past: Sequence[Event]) -> int:
    """Return how many events come before the run was ended, the threads that this closed included; all of them while it goes on."""
    place = next((number for number, event in enumerate(past) if isinstance(event.body, events.RunEnded)), len(past))
    if place == len(past) or past[place].body == events.RunEnded("finished"):
        return place
    moment = past[place].real_ms, past[place].story_s
    while isinstance(past[place - 1].body, events.ThreadClosed) and (past[place - 1].real_ms, past[place - 1].story_s) == moment:
        place -= 1
    return place


def forkable(past: Sequence[Event]) -> tuple[int, ...]:
    """Return the places (`seq`) of the events that a run may be forked at, in their order."""
    return tuple(event.seq for event in past if cut_at(past, event.seq) is not None)


def fork_at(world: World, past: Sequence[Event], seq: int, now_ms: int) -> list[Event] | Refusal:
    """Return the events of a new run that stands, at real time `now_ms`, where `past` stood at event `seq` (see `cut_at`).

    Real times move on together, so that the story stands now where it stood then and pauses keep their length. Seed,
    pace and everything said stay. A colleague has not been asked again: where their answer was still to come, the
    scenario's own contact gives it.
    """
    cut = cut_at(past, seq)
    if cut is None:
        return Refusal(RefusalCode.BAD_VALUE, "A drill can't be played on from there. Choose a moment that the review offers.", "at")
    ahead_ms = now_ms - past[seq - 1].real_ms
    kept = [replace(event, real_ms=event.real_ms + ahead_ms) for event in past[:cut]]
    own = _without_colleagues(kept)
    log = _ask_own_contacts(Log(world, fold(own, world), tuple(own)), kept, now_ms)
    if log.state.status == "running":
        log = play_until(log, story_now(log.state, now_ms), now_ms)
        log = play_on(log, now_ms) if log.state.untimed else log
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
