"""Know what is due by a story time, and play it in story order, each thing at its own time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from simulator.content.model import HIDDEN, SHIFT, Beat, ContactAnswer, Fact, Thread
from simulator.drills.events import Body, Event, HandOverAnswered, MoodMoved, PostAppeared, RunEnded, ThreadClosed
from simulator.drills.evolution import evolve
from simulator.drills.public import (
    CLOSE_TRUST,
    ESCALATIONS,
    HIDE_HEAT,
    HIDE_TRUST,
    NOT_OURS,
    NOT_OURS_NUMBER,
    SCREENSHOT,
    SCREENSHOT_READS,
    SILENCE_HEAT,
    SILENCE_READS,
    SILENCE_TRUST,
    ending_of,
    phase_of,
    reach,
    within,
)
from simulator.drills.public_moves import Move, moves_of_reaction
from simulator.drills.state import HandOverState, Planned, RunState
from simulator.drills.world import US, World, decisions_of, is_open, story_now, waiting_threads
from simulator.scoring.model import HandOverAnswer

AT_ONCE = 4
"""Threads that wait at once in an untimed shift: enough that their order matters."""


@dataclass(frozen=True, slots=True)
class Log:
    """The state of a run and the events that are new since it was loaded."""

    world: World
    state: RunState
    new: tuple[Event, ...] = ()

    def add(self, body: Body, real_ms: int, story_s: float) -> Log:
        """Return this log with one more event at the end; its story time is never before the last one's."""
        event = Event(self.state.last_seq + 1, real_ms, max(story_s, self.state.last_story_s), body)
        return Log(self.world, evolve(self.world, self.state, event), (*self.new, event))

    @property
    def next_seq(self) -> int:
        """Return the place of the next event: ids are made from it."""
        return self.state.last_seq + 1


@dataclass(frozen=True, slots=True)
class _Due:
    """One thing that will happen: a beat, something planned, or the end (neither)."""

    at_s: float
    thread: Thread | None = None
    beat: int | None = None
    planned: Planned | None = None


def play_until(log: Log, until_s: float, now_ms: int) -> Log:
    """Return `log` with everything that is due by story second `until_s`, in story order.

    Each event gets its own story time and the real time at which it was due, however late anybody looked.
    """
    while log.state.status == "running":
        due = _next_due(log.world, log.state)
        if due.at_s > until_s:
            break
        log = close_if_finished(_happen(log, due, _real_ms(log.state, due.at_s, now_ms)))
    return log


def play_on(log: Log, now_ms: int) -> Log:
    """Return `log` moved on as far as an untimed story goes by itself.

    All that is planned comes at once. Then, while nobody waits for the player and the player waits for nobody, the
    story goes from beat to beat and at last to its end.
    """
    while log.state.status == "running":
        if log.state.planned:
            until = max(item.due_s for item in log.state.planned)
        elif len(waiting_threads(log.world, log.state)) >= _enough_waiting(log) or _player_has_more_to_do(log.state):
            break
        else:
            until = _next_due(log.world, log.state).at_s
        log = play_until(log, until, now_ms)
    return log


def let_go_on(log: Log, now_ms: int) -> Log:
    """Return `log` moved on as far as the story goes by itself where nothing but the player moves it."""
    return play_on(log, now_ms) if log.state.untimed and log.state.status == "running" else log


def _enough_waiting(log: Log) -> int:
    """How many threads must wait for the story to stand still: one, and in a shift a handful while more is to come."""
    more = _next_due(log.world, log.state).at_s < log.world.scenario.ends_s
    return AT_ONCE if log.world.scenario.mode == SHIFT and more else 1


def visible_facts(world: World, state: RunState, story_s: float) -> tuple[Fact, ...]:
    """Return the facts that the player may look up at story second `story_s`, in the scenario's order.

    Where the story waits for the player, time in which nothing else would happen is free: facts come up to what is due next.
    """
    until = max(story_s, _next_due(world, state).at_s) if state.untimed and state.status != "ended" else story_s
    return tuple(fact for fact in world.scenario.facts if fact.id in state.revealed or (fact.at != HIDDEN and fact.at <= until))


_A_HAIR = 1e-6
"""Milliseconds that sums of floats may be too high by: without this a whole number of them would be rounded up to the next."""


def next_moment_ms(world: World, state: RunState, now_ms: int) -> int | None:
    """Return the real time at which something is due or a fact comes up; None while the story stands still or waits.

    A time not after `now_ms` means that something is due already and has not been played yet. One to come is a millisecond
    late, so that rounding never makes it early.
    """
    clock = state.clock
    if state.status != "running" or clock.paused or clock.pace <= 0:
        return None
    story_s = story_now(state, now_ms)
    facts = (float(fact.at) for fact in world.scenario.facts if fact.at != HIDDEN and fact.at > story_s)
    at_s = min(_next_due(world, state).at_s, *facts, float(world.scenario.ends_s))
    moment = clock.at_ms + ceil(max(0.0, at_s - clock.story_s) / clock.pace * 1000 - _A_HAIR) + 1
    # A machine whose clock was set back is before the story's start, and what is due is due all the same.
    return min(moment, now_ms) if at_s <= story_s else moment


def _player_has_more_to_do(state: RunState) -> bool:
    """Tell whether a colleague has still to answer, an answer is still to be used, or an escalation to be closed."""
    if any(item.colleague and item.answer is None for item in state.handovers):
        return True
    for thread_id in {decision.thread for decision in state.decisions} - set(state.closed):
        last = decisions_of(state, thread_id)[-1]
        answered = [item.answered_s for item in state.handovers if item.thread == thread_id and item.answered_s is not None]
        if last.action in ESCALATIONS or any(at_s >= last.story_s for at_s in answered):
            return True
    return False


def _real_ms(state: RunState, at_s: float, now_ms: int) -> int:
    clock = state.clock
    if clock.paused or clock.pace <= 0:
        return now_ms
    return min(now_ms, clock.at_ms + ceil(max(0.0, at_s - clock.story_s) / clock.pace * 1000))


def _next_due(world: World, state: RunState) -> _Due:
    """At the same second: beats, then what was planned, then the end."""
    coming = [*_beats(world, state), *(_Due(item.due_s, planned=item) for item in state.planned), _Due(float(world.scenario.ends_s))]
    return min(coming, key=lambda due: due.at_s)


def _beats(world: World, state: RunState) -> Iterator[_Due]:
    for thread in world.scenario.threads:
        if thread.id in state.closed:
            continue
        for number, beat in enumerate(thread.beats):
            if (thread.id, number) not in state.beats_done and _beat_holds(state, thread, beat):
                yield _Due(float(beat.at), thread, beat=number)


def _beat_holds(state: RunState, thread: Thread, beat: Beat) -> bool:
    """Judge a beat as of its own time: what is decided at that very second or later comes too late for it."""
    if beat.when == "always":
        return True
    declared = state.incident is not None and state.incident.story_s < beat.at
    if beat.when in ("undeclared", "declared"):
        return declared == (beat.when == "declared")
    answered = any(decision.text and decision.story_s < beat.at for decision in decisions_of(state, thread.id))
    return (answered or (declared and state.covers(thread.id))) == (beat.when == "answered")


def _happen(log: Log, due: _Due, real_ms: int) -> Log:
    if due.thread is not None and due.beat is not None:
        return _play_beat(log, due.thread, due.beat, real_ms)
    if due.planned is None:
        return end_run(log, "time_up", real_ms, due.at_s)
    if due.planned.reaction is None:
        return _play_answer(log, due.planned, real_ms)
    return _play_reaction(log, due.planned, real_ms)


def _play_beat(log: Log, thread: Thread, number: int, real_ms: int) -> Log:
    beat = thread.beats[number]
    phase = phase_of(log.state, thread, number) if beat.when == "unanswered" else ""
    readers = log.state.readers.get(thread.id, 0)
    reads = beat.reads + (thread.onlookers if number == 0 else 0)
    if phase and not beat.reads:
        reads = round(readers * SILENCE_READS[phase])
    said = (beat.say, beat.likes, beat.stars, beat.image)
    log = log.add(PostAppeared(f"p{log.next_seq}", thread.id, beat.by, *said, reads=reads, beat=number, phase=phase), real_ms, beat.at)
    if not phase:
        return log
    temperature = within(log.state.temperature.get(beat.by, 50.0) + SILENCE_HEAT)
    trust = within(log.state.trust - SILENCE_TRUST[phase] * reach(log.world, log.state, thread))
    return log.add(MoodMoved(thread.id, beat.by, temperature, trust, "silence"), real_ms, beat.at)


def _play_reaction(log: Log, planned: Planned, real_ms: int) -> Log:
    thread = log.world.thread(planned.thread)
    number = planned.reaction
    if thread is None or number is None:
        return log
    if number == SCREENSHOT:
        return _play_screenshot(log, thread, planned, real_ms)
    reaction = thread.reactions[number]
    post = PostAppeared(f"p{log.next_seq}", thread.id, reaction.by, reaction.say, reaction.likes, reaction=number)
    log = log.add(post, real_ms, planned.due_s)
    for each in moves_of_reaction(log.world, log.state, thread, reaction):
        log = _move(log, thread, each, planned, real_ms)
    if reaction.ends and thread.id not in log.state.closed:
        if reaction.ends == "solved" and _in_public(log.state, thread.id):
            log = _move(
                log, thread, Move(thread.beats[0].by, 0.0, CLOSE_TRUST * reach(log.world, log.state, thread), "close"), planned, real_ms
            )
        log = log.add(ThreadClosed(thread.id, reaction.ends), real_ms, planned.due_s)
    return log


def _play_screenshot(log: Log, thread: Thread, planned: Planned, real_ms: int) -> Log:
    """What was hidden comes back in its writer's own words."""
    opening = thread.beats[0]
    reads = round(log.state.readers.get(thread.id, 0) * SCREENSHOT_READS)
    image = "Screenshot of a post that the brand has hidden"
    post = PostAppeared(f"p{log.next_seq}", thread.id, opening.by, opening.say, image=image, reads=reads, reaction=SCREENSHOT)
    log = log.add(post, real_ms, planned.due_s)
    far = reach(log.world, log.state, thread)
    return _move(log, thread, Move(opening.by, HIDE_HEAT, -HIDE_TRUST * far, "hidden"), planned, real_ms)


def _move(log: Log, thread: Thread, each: Move, planned: Planned, real_ms: int) -> Log:
    temperature = within(log.state.temperature.get(each.persona, 50.0) + each.degrees)
    body = MoodMoved(thread.id, each.persona, temperature, within(log.state.trust + each.trust), each.why, planned.decision_id)
    return log.add(body, real_ms, planned.due_s)


def _in_public(state: RunState, thread_id: str) -> bool:
    """Tell whether our last words in a thread could be read by everybody."""
    ours = [post for post in state.posts if post.thread == thread_id and post.by == US]
    return bool(ours) and not ours[-1].private


def _play_answer(log: Log, planned: Planned, real_ms: int) -> Log:
    asked = next(item for item in log.state.handovers if item.handover_id == planned.handover_id)
    scripted = scripted_answer(log.world, asked, planned.answer)
    contact = log.world.contact(asked.handover.to)
    after_minutes = (planned.due_s - asked.story_s) / 60
    answer = HandOverAnswer(scripted.may_say, scripted.may_not_say, scripted.owner, scripted.next_time, after_minutes)
    who = scripted.owner or (contact.name if contact else str(asked.handover.to))
    body = HandOverAnswered(asked.handover_id, answer, who, None, scripted.reveals)
    return log.add(body, real_ms, planned.due_s)


def scripted_answer(world: World, asked: HandOverState, number: int | None) -> ContactAnswer:
    """Return the scenario's answer `number` to a hand-over, or that it is not this contact's to answer."""
    if number is None or number == NOT_OURS_NUMBER:
        return NOT_OURS
    return world.scenario.contacts[asked.handover.to][number]


def end_run(log: Log, ending: str, real_ms: int, story_s: float) -> Log:
    """Return `log` with every open thread closed and the run ended."""
    for thread in log.world.scenario.threads:
        if is_open(log.state, thread.id):
            log = log.add(ThreadClosed(thread.id, ending_of(log.state, thread, stopped=ending == "stopped")), real_ms, story_s)
    return log.add(RunEnded(ending), real_ms, story_s)


def close_if_finished(log: Log) -> Log:
    """End the run once every thread is closed and the last words that were set off before have been said."""
    to_come = any(item.reaction is not None for item in log.state.planned)
    closed = all(thread.id in log.state.closed for thread in log.world.scenario.threads)
    if log.state.status != "running" or to_come or not closed:
        return log
    return log.add(RunEnded("finished"), log.new[-1].real_ms, log.state.last_story_s)
