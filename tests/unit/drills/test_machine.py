"""Two writers of one run, in any order, each on what it last read: no event is lost, none is doubled, the log is whole.

A Hypothesis state machine plays the part of the store: an append counts only where it continues the log, as
`unique(run_id, seq)` has it. A writer that comes second reads anew and decides again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, precondition, rule

from simulator.core.refusal import Refusal
from simulator.drills.commands import (
    AnswerAsColleague,
    AskContact,
    Claim,
    Command,
    Declare,
    End,
    Merge,
    Pause,
    Rank,
    Resume,
    Send,
    SetPace,
    Snooze,
    Start,
    Tick,
)
from simulator.drills.confidence import Confidence
from simulator.drills.engine import decide
from simulator.drills.events import (
    AnswerPlanned,
    Event,
    HandOverAnswered,
    HandOverSent,
    IncidentDeclared,
    PostAppeared,
    ReactionPlanned,
    ReplySent,
    RunEnded,
    RunStarted,
    ThreadClosed,
)
from simulator.drills.evolution import evolve, fold
from simulator.drills.fork import fork_at, forkable
from simulator.drills.review import review_run
from simulator.drills.state import INCIDENT, RunState
from simulator.drills.timeline import next_moment_ms
from simulator.drills.wire import event_from_json, event_to_json
from simulator.drills.world import World, story_now, waiting_threads
from simulator.scoring.model import HandOver
from simulator.scoring.vocabulary import Action, Contact, Urgency
from tests.factories import NOON, make_answer, make_handover
from tests.unit.drills.stage import COLD, WARM
from tests.unit.drills.test_histories import WORLD
from tests.unit.drills.test_shift import STATEMENT, make_shift

THREADS = st.sampled_from(["bag", "praise", "twin", "twin-again", "cat"])
TOKENS = st.sampled_from([f"token-{number}" for number in range(5)])
TEXTS = st.sampled_from([WARM, COLD, "", "ok 🧳"])
SURE = st.sampled_from([None, *Confidence])
HANDOVERS = st.sampled_from([make_handover(), HandOver(Contact.LEGAL, "x")])


@dataclass
class Writer:
    """One process or tab: the run as it last read it."""

    state: RunState
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Held:
    """A decision that a writer has made and not yet stored."""

    writer: int
    command: Command
    after_seq: int
    new: tuple[Event, ...]


class TwoWriters(RuleBasedStateMachine):
    """Play one run with two writers and one store."""

    world: ClassVar[World] = WORLD
    held = Bundle("held")

    @initialize(untimed=st.booleans(), pace=st.sampled_from([0.5, 1.0, 4.0]))
    def start(self, untimed: bool, pace: float) -> None:
        self.now_ms = NOON
        begun = decide(self.world, RunState(), Start("seed", untimed, pace), self.now_ms)
        assert isinstance(begun, list)
        self.log: list[Event] = list(begun)
        self.acknowledged: list[Event] = list(begun)
        self.forks = 0
        self.writers = [self._read(), self._read()]

    def _read(self) -> Writer:
        return Writer(fold(self.log, self.world), tuple(self.log))

    def _store(self, after_seq: int, new: tuple[Event, ...]) -> bool:
        """Append as the database does: only where nobody has continued the log in between."""
        if len(self.log) != after_seq:
            return False
        self.log.extend(new)
        self.acknowledged.extend(new)
        return True

    def _do(self, number: int, command: Command) -> None:
        """Carry out a command as `RunLog` does: decide, append, read anew where another writer was first."""
        for _ in range(2):
            writer = self.writers[number]
            new = decide(self.world, writer.state, command, self.now_ms)
            if isinstance(new, Refusal) or not new:
                return
            if self._store(writer.state.last_seq, tuple(new)):
                for event in new:
                    writer.state = evolve(self.world, writer.state, event)
                writer.events = (*writer.events, *new)
                return
            self.writers[number] = self._read()
        raise AssertionError("alone with the log, a writer that has just read it can't lose")

    @rule(passes_ms=st.integers(-1_500, 90_000))
    def time_passes(self, passes_ms: int) -> None:
        self.now_ms += passes_ms

    @rule(number=st.integers(0, 1), command=st.sampled_from([Tick(), Pause(), Resume(), Start("again")]))
    def a_plain_command(self, number: int, command: Command) -> None:
        self._do(number, command)

    @rule(number=st.integers(0, 1), thread=THREADS, text=TEXTS, action=st.sampled_from(list(Action)), token=TOKENS, sure=SURE)
    def a_decision(self, number: int, thread: str, text: str, action: Action, token: str, sure: Confidence | None) -> None:
        self._do(number, Send(thread, text, action, token, confidence=sure))

    @rule(number=st.integers(0, 1), thread=THREADS, handover=HANDOVERS, token=TOKENS, colleague=st.booleans())
    def a_hand_over(self, number: int, thread: str, handover: HandOver, token: str, colleague: bool) -> None:
        self._do(number, AskContact(thread, handover, token, colleague=colleague))

    @rule(number=st.integers(0, 1), place=st.integers(0, 3))
    def an_answer(self, number: int, place: int) -> None:
        asked = [item.handover_id for item in self.writers[number].state.handovers]
        self._do(number, AnswerAsColleague(asked[place] if place < len(asked) else "h0", make_answer(), "Omar"))

    @rule(number=st.integers(0, 1), pace=st.sampled_from([0.1, 1.0, 4.0, 9.0]), untimed=st.booleans())
    def another_pace(self, number: int, pace: float, untimed: bool) -> None:
        self._do(number, SetPace(pace, untimed))

    @rule(number=st.integers(0, 1))
    @precondition(lambda self: len(self.log) > 12)
    def the_end(self, number: int) -> None:
        self._do(number, End())

    @rule(target=held, number=st.integers(0, 1), thread=THREADS, text=TEXTS, token=TOKENS)
    def decide_and_dawdle(self, number: int, thread: str, text: str, token: str) -> object:
        """A writer decides, and is overtaken or killed before it stores."""
        writer = self.writers[number]
        command = Send(thread, text, Action.REPLY_PUBLIC, token)
        new = decide(self.world, writer.state, command, self.now_ms)
        return multiple() if isinstance(new, Refusal) or not new else Held(number, command, writer.state.last_seq, tuple(new))

    @rule(late=consumes(held), dies=st.booleans())
    def store_at_last(self, late: Held, dies: bool) -> None:
        before = tuple(self.log)
        if dies:
            self.writers[late.writer] = self._read()
            assert tuple(self.log) == before, "what was not stored leaves no trace"
            return
        if not self._store(late.after_seq, late.new):
            assert tuple(self.log) == before, "who comes second leaves no trace"
            self._do(late.writer, late.command)
            return
        self.writers[late.writer] = self._read()

    @rule(number=st.integers(0, 1))
    def a_process_is_killed(self, number: int) -> None:
        """What a new process reads is what the old one had come to, as far as that was stored."""
        old = self.writers[number]
        self.writers[number] = self._read()
        assert self.log[: len(old.events)] == list(old.events)

    @rule(place=st.integers(0, 20))
    @precondition(lambda self: self.forks < 2 and forkable(self.log))
    def a_fork(self, place: int) -> None:
        """Both writers go on in a fork; the run it comes from stays as it was."""
        places = forkable(self.log)
        before = tuple(self.log)
        begun = fork_at(self.world, before, places[place % len(places)], self.now_ms)
        assert isinstance(begun, list)
        assert tuple(self.log) == before
        self.log, self.acknowledged = list(begun), list(begun)
        self.forks += 1
        self.writers = [self._read(), self._read()]

    @invariant()
    def no_event_is_lost_and_the_log_is_in_order(self) -> None:
        assert self.log == self.acknowledged
        assert [event.seq for event in self.log] == list(range(1, len(self.log) + 1))
        assert all(before.story_s <= after.story_s for before, after in pairwise(self.log))

    @invariant()
    def a_writer_holds_what_its_part_of_the_log_comes_to(self) -> None:
        for writer in self.writers:
            assert writer.state == fold(self.log[: writer.state.last_seq], self.world)

    @invariant()
    def moods_stay_in_range(self) -> None:
        for point in fold(self.log, self.world).moods:
            assert 0 <= point.trust <= 100
            assert all(0 <= heat <= 100 for heat in point.temperature.values())

    @invariant()
    def nothing_is_doubled(self) -> None:
        bodies = [event.body for event in self.log]
        once = (
            [(body.thread, body.beat, body.reaction) for body in bodies if isinstance(body, PostAppeared)],
            [body.post_id for body in bodies if isinstance(body, PostAppeared)],
            [body.token for body in bodies if isinstance(body, ReplySent | HandOverSent)],
            [body.handover_id for body in bodies if isinstance(body, HandOverAnswered)],
            [body.handover_id for body in bodies if isinstance(body, AnswerPlanned)],
            [(body.thread, body.reaction) for body in bodies if isinstance(body, ReactionPlanned)],
            [body.thread for body in bodies if isinstance(body, ThreadClosed)],
            ["start" for body in bodies if isinstance(body, RunStarted)],
            ["end" for body in bodies if isinstance(body, RunEnded)],
        )
        for found in once:
            assert len(found) == len(set(found)), found

    @invariant()
    def the_next_moment_is_when_something_happens(self) -> None:
        """Whoever looks then finds the run on, and nothing is due before: what live updates rest on."""
        state = fold(self.log, self.world)
        moment = next_moment_ms(self.world, state, self.now_ms)
        if state.status != "running" or state.untimed:
            assert moment is None
            return
        assert moment is not None
        if moment - 2 <= self.now_ms:  # due already, or in this very millisecond
            return
        early = decide(self.world, state, Tick(), moment - 2)
        assert early == [], "a look before that brings nothing"
        facts = {fact.at for fact in self.world.scenario.facts if fact.at > 0}
        comes_up = any(story_now(state, moment - 2) < at <= story_now(state, moment) for at in facts)
        assert comes_up or decide(self.world, state, Tick(), moment) != []

    def teardown(self) -> None:
        if not hasattr(self, "log"):
            return
        stored = [event_to_json(event.body) for event in self.log]
        read = [event_from_json(kind, json.loads(json.dumps(data))) for kind, data in stored]
        assert read == [event.body for event in self.log], "the log survives being stored"
        review = review_run(self.world, self.log)
        assert review.state == fold(self.log, self.world)
        if review.state.status == "ended":
            assert waiting_threads(self.world, review.state) == ()


class TwoInAShift(TwoWriters):
    """The same in a shift: two writers at one inbox."""

    world: ClassVar[World] = make_shift()

    @rule(number=st.integers(0, 1), thread=THREADS, minutes=st.sampled_from([-1.0, 2.0, 30.0]), priority=st.sampled_from(list(Urgency)))
    def an_entry_of_the_inbox(self, number: int, thread: str, minutes: float, priority: Urgency) -> None:
        for command in (Claim(thread), Rank(thread, priority), Snooze(thread, minutes)):
            self._do(number, command)

    @rule(number=st.integers(0, 1), thread=THREADS, into=st.one_of(THREADS, st.just(INCIDENT)))
    def a_merge(self, number: int, thread: str, into: str) -> None:
        self._do(number, Merge(thread, into))

    @rule(number=st.integers(0, 1), threads=st.lists(THREADS, max_size=4), text=st.sampled_from([STATEMENT, "", COLD]), token=TOKENS)
    def an_incident(self, number: int, threads: list[str], text: str, token: str) -> None:
        self._do(number, Declare(tuple(threads), text, token))

    @invariant()
    def an_incident_is_declared_once(self) -> None:
        """False alarms name no threads, and there may be several of them."""
        assert sum(isinstance(event.body, IncidentDeclared) and bool(event.body.threads) for event in self.log) <= 1


TwoWriters.TestCase.settings = TwoInAShift.TestCase.settings = settings(max_examples=30, stateful_step_count=30, deadline=None)
TestTwoWriters = TwoWriters.TestCase
TestTwoInAShift = TwoInAShift.TestCase


def test_what_is_due_is_due_now_though_the_machine_s_clock_was_set_back() -> None:
    run = TwoWriters()
    run.start(untimed=True, pace=0.5)
    for token in ("token-0", "token-1"):
        run.a_hand_over(number=0, thread="bag", handover=make_handover(), token=token, colleague=False)
    run.another_pace(number=0, pace=0.1, untimed=False)
    run.time_passes(-2)
    run.a_decision(number=0, thread="praise", text=WARM, action=Action.REPLY_PUBLIC, token="token-2", sure=None)
    state = fold(run.log, run.world)
    assert next_moment_ms(run.world, state, run.now_ms) == run.now_ms
    assert decide(run.world, state, Tick(), run.now_ms) != []
