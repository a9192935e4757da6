"""Say what each event does to the state of a run; the state is the fold of all events and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from simulator.core.clock import StoryClock
from simulator.drills import events
from simulator.drills.events import Event
from simulator.drills.state import INCIDENT, Decision, HandOverState, IncidentState, MergeState, MoodPoint, Planned, RunState, ShownPost
from simulator.drills.world import US, World
from simulator.scoring.vocabulary import Action

TEMPERATURE_AT_START = {"calm": 20.0, "warm": 50.0, "hot": 80.0}
"""How hot a persona comes in, by temper: below 40 people listen, above 70 they shout (the steps of FORMAT)."""
TRUST_AT_START = 60.0
"""Onlookers start a little above neutral: most come with goodwill that a bad reply can spend."""


def evolve(world: World, state: RunState, event: Event) -> RunState:
    """Return the state after `event`."""
    after = _STEPS[type(event.body)](world, state, event, event.body)
    return replace(after, last_seq=event.seq, last_story_s=max(state.last_story_s, event.story_s))


def fold(past: Iterable[Event], world: World) -> RunState:
    """Return what a run has come to after all events of `past`, in their order."""
    state = RunState()
    for event in past:
        state = evolve(world, state, event)
    return state


def _started(world: World, state: RunState, event: Event, body: events.RunStarted) -> RunState:
    temperature = {persona.id: TEMPERATURE_AT_START.get(persona.temper, 50.0) for persona in world.scenario.personas.values()}
    return replace(
        state,
        slug=body.slug,
        seed=body.seed,
        status="running",
        untimed=body.untimed,
        clock=_clock(event, body.pace, body.untimed),
        temperature=temperature,
        trust=TRUST_AT_START,
        moods=(MoodPoint(event.story_s, TRUST_AT_START, temperature),),
    )


def _clock(event: Event, pace: float, untimed: bool) -> StoryClock:
    """Untimed, the clock has no pace: the story moves on only with what the player does."""
    return StoryClock(at_ms=event.real_ms, pace=0.0 if untimed else pace, story_s=event.story_s)


def _appeared(world: World, state: RunState, event: Event, body: events.PostAppeared) -> RunState:
    shown = ShownPost(
        body.post_id, body.thread, body.by, body.say, event.story_s, event.seq, likes=body.likes, stars=body.stars, image=body.image
    )
    beats = state.beats_done if body.beat is None else state.beats_done | {(body.thread, body.beat)}
    planned = state.planned
    if body.reaction is not None:
        planned = tuple(item for item in planned if (item.thread, item.reaction) != (body.thread, body.reaction))
    return replace(
        state,
        posts=(*state.posts, shown) if body.say else state.posts,
        beats_done=beats,
        planned=planned,
        onlookers=state.onlookers + body.reads,
        snoozed=_without(state.snoozed, body.thread) if body.say else state.snoozed,
        readers={**state.readers, body.thread: state.readers.get(body.thread, 0) + body.reads},
    )


def _replied(world: World, state: RunState, event: Event, body: events.ReplySent) -> RunState:
    decision = Decision(
        body.decision_id,
        body.thread,
        body.text,
        body.action,
        body.report,
        event.story_s,
        event.seq,
        body.token,
        trust_before=state.trust,
        trust_after=state.trust,
        confidence=body.confidence,
    )
    posts = state.posts
    if body.text:
        private = body.action is Action.REPLY_PRIVATE
        posts = (*posts, ShownPost(f"p{event.seq}", body.thread, US, body.text, event.story_s, event.seq, private=private))
    return replace(state, posts=posts, decisions=(*state.decisions, decision))


def _planned(world: World, state: RunState, event: Event, body: events.ReactionPlanned) -> RunState:
    newest = next((decision.decision_id for decision in reversed(state.decisions) if decision.thread == body.thread), "")
    cause = body.decision_id or newest
    item = Planned(body.due_s, thread=body.thread, reaction=body.reaction, decision_id=cause)
    done = state.reactions_done | {(body.thread, body.reaction)}
    return replace(state, planned=(*state.planned, item), reactions_done=done)


def _mood(world: World, state: RunState, event: Event, body: events.MoodMoved) -> RunState:
    temperature = {**state.temperature, body.persona: body.temperature}
    moved = body.trust - state.trust
    decisions = tuple(
        replace(decision, trust_after=min(100.0, max(0.0, decision.trust_after + moved)))
        if body.decision_id and decision.decision_id == body.decision_id
        else decision
        for decision in state.decisions
    )
    point = MoodPoint(event.story_s, body.trust, temperature)
    return replace(state, temperature=temperature, trust=body.trust, decisions=decisions, moods=(*state.moods, point))


def _asked(world: World, state: RunState, event: Event, body: events.HandOverSent) -> RunState:
    handover = HandOverState(
        body.handover_id, body.thread, body.handover, body.report, body.colleague, event.story_s, body.token, real_ms=event.real_ms
    )
    return replace(state, handovers=(*state.handovers, handover))


def _answer_planned(world: World, state: RunState, event: Event, body: events.AnswerPlanned) -> RunState:
    item = Planned(body.due_s, handover_id=body.handover_id, answer=body.answer)
    return replace(state, planned=(*state.planned, item))


def _answered(world: World, state: RunState, event: Event, body: events.HandOverAnswered) -> RunState:
    handovers = tuple(
        replace(item, answer=body.answer, answered_by=body.answered_by, answered_s=event.story_s, answer_report=body.report)
        if item.handover_id == body.handover_id
        else item
        for item in state.handovers
    )
    planned = tuple(item for item in state.planned if item.handover_id != body.handover_id)
    return replace(state, handovers=handovers, planned=planned, revealed=state.revealed | set(body.reveals))


def _paused(world: World, state: RunState, event: Event, body: events.Paused) -> RunState:
    clock = replace(state.clock, at_ms=event.real_ms, story_s=event.story_s, paused=True)
    return replace(state, status="paused", clock=clock)


def _resumed(world: World, state: RunState, event: Event, body: events.Resumed) -> RunState:
    clock = replace(state.clock, at_ms=event.real_ms, story_s=event.story_s, paused=False)
    return replace(state, status="running", clock=clock)


def _paced(world: World, state: RunState, event: Event, body: events.PaceSet) -> RunState:
    clock = replace(_clock(event, body.pace, body.untimed), paused=state.clock.paused)
    return replace(state, untimed=body.untimed, clock=clock)


def _closed(world: World, state: RunState, event: Event, body: events.ThreadClosed) -> RunState:
    return replace(state, closed={**state.closed, body.thread: body.ending})


def _claimed(world: World, state: RunState, event: Event, body: events.ThreadClaimed) -> RunState:
    return replace(state, claimed=state.claimed | {body.thread}, snoozed=_without(state.snoozed, body.thread))


def _snoozed(world: World, state: RunState, event: Event, body: events.ThreadSnoozed) -> RunState:
    return replace(state, claimed=state.claimed - {body.thread}, snoozed={**state.snoozed, body.thread: body.until_s})


def _ranked(world: World, state: RunState, event: Event, body: events.ThreadRanked) -> RunState:
    return replace(state, ranks={**state.ranks, body.thread: body.priority})


def _merged(world: World, state: RunState, event: Event, body: events.ThreadsMerged) -> RunState:
    merge = MergeState(body.thread, body.into, body.right, event.story_s, event.seq)
    incident = state.incident
    if body.right and body.into == INCIDENT and incident is not None:
        incident = replace(incident, threads=(*incident.threads, body.thread))
    return replace(state, merges=(*state.merges, merge), incident=incident)


def _declared(world: World, state: RunState, event: Event, body: events.IncidentDeclared) -> RunState:
    """The statement stands as ours under each of its threads."""
    if not body.threads:
        return replace(state, false_alarms=(*state.false_alarms, body.token))
    incident = IncidentState(body.incident_id, body.text, body.threads, body.report, event.story_s, event.seq, body.token)
    said = tuple(
        ShownPost(f"p{event.seq}-{number}", thread, US, body.text, event.story_s, event.seq) for number, thread in enumerate(body.threads)
    )
    return replace(state, posts=(*state.posts, *said), incident=incident)


def _without(snoozed: Mapping[str, float], thread: str) -> dict[str, float]:
    return {name: until for name, until in snoozed.items() if name != thread}


def _ended(world: World, state: RunState, event: Event, body: events.RunEnded) -> RunState:
    clock = replace(state.clock, at_ms=event.real_ms, story_s=event.story_s, paused=True)
    last = MoodPoint(event.story_s, state.trust, state.temperature)
    return replace(state, status="ended", ending=body.ending, clock=clock, planned=(), moods=(*state.moods, last))


_STEPS: Mapping[type, Callable[[World, RunState, Event, Any], RunState]] = {
    events.RunStarted: _started,
    events.PostAppeared: _appeared,
    events.ReplySent: _replied,
    events.ReactionPlanned: _planned,
    events.MoodMoved: _mood,
    events.HandOverSent: _asked,
    events.AnswerPlanned: _answer_planned,
    events.HandOverAnswered: _answered,
    events.Paused: _paused,
    events.Resumed: _resumed,
    events.PaceSet: _paced,
    events.ThreadClosed: _closed,
    events.ThreadClaimed: _claimed,
    events.ThreadSnoozed: _snoozed,
    events.ThreadRanked: _ranked,
    events.ThreadsMerged: _merged,
    events.IncidentDeclared: _declared,
    events.RunEnded: _ended,
}
