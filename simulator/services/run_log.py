"""Carry out commands on stored runs: load, decide, append, and decide anew where another writer got there first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from threading import Lock

from simulator.core.clock import Now
from simulator.core.ids import content_hash
from simulator.core.refusal import Refusal, RefusalCode
from simulator.drills.commands import Command
from simulator.drills.confidence import calibration_to_json
from simulator.drills.engine import decide
from simulator.drills.events import Event, ReplySent, RunEnded
from simulator.drills.evolution import evolve, fold
from simulator.drills.review import calibration_of, review_run, run_total
from simulator.drills.state import RunState
from simulator.drills.wire import event_from_json, event_to_json
from simulator.drills.world import World
from simulator.persistence.db import transaction
from simulator.persistence.rows import RunRow, RunSummary, StoredEvent
from simulator.persistence.runs import RunStore
from simulator.services.worlds import Recent, Worlds

ROUNDS = 5
"""How often a command is decided anew when another process got there first."""
QUEUES = 64
"""Threads of this process that act on one run wait for each other instead of losing races; runs share the queues by chance."""
RUNS_KEPT = 512
"""How many folded runs a process remembers; each is checked against the log's last number before it is used."""

Right = Callable[[RunRow], Refusal | None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A stored run: its row, what it is played on, and what it has come to."""

    row: RunRow
    world: World
    state: RunState


Also = Callable[[Loaded, Sequence[Event]], None]
"""What else to store with new events: gets the run before them, and them."""


class RunLog:
    """Keep the logs of runs. What is in memory is only a fold of what is stored."""

    def __init__(self, *, worlds: Worlds, runs: RunStore, now: Now) -> None:
        self._worlds = worlds
        self._runs = runs
        self._now = now
        self._folded: Recent[Loaded] = Recent(RUNS_KEPT)
        self._queues = tuple(Lock() for _ in range(QUEUES))

    def load(self, run_id: str) -> Loaded | Refusal:
        """Return a run as it is stored; nothing that has become due since is in it."""
        row = self._runs.row(run_id)
        if row is None:
            return no_such_run()
        known = self._folded.get(run_id)
        if known is not None and known.state.last_seq == row.last_seq:
            return replace(known, row=row)
        if known is not None and known.state.last_seq < row.last_seq:
            return self._catch_up(known, row)
        stored = self._runs.load(run_id)
        if stored is None:
            return no_such_run()
        world = self._worlds.reload(stored.row.slug, stored.texts, _seed(stored.events))
        if isinstance(world, Refusal):
            return world
        loaded = Loaded(stored.row, world, fold((_event(event) for event in stored.events), world))
        self._folded.put(run_id, loaded)
        return loaded

    def _catch_up(self, known: Loaded, row: RunRow) -> Loaded:
        """Take up what another process has added: only that is read."""
        state = known.state
        for event in self._runs.between(row.id, state.last_seq, row.last_seq):
            state = evolve(known.world, state, _event(event))
        loaded = Loaded(row, known.world, state)
        self._folded.put(row.id, loaded)
        return loaded

    def load_for(self, right: Right, run_id: str) -> Loaded | Refusal:
        """Return a run as it is stored, if `right` has nothing against it."""
        loaded = self.load(run_id)
        return loaded if isinstance(loaded, Refusal) else right(loaded.row) or loaded

    def events(self, run_id: str) -> tuple[Event, ...]:
        """Return all events of a run in their order; none where there is no such run."""
        stored = self._runs.load(run_id)
        return tuple(_event(event) for event in stored.events) if stored else ()

    def carry_out(self, run_id: str, right: Right, command: Command, also: Also | None = None) -> Loaded | Refusal:
        """Decide `command` on a run and store what comes of it, if `right` has nothing against it.

        `also` is called with the run as it was and the new events inside the transaction that stores them, only when there are any.
        """
        with self._queues[hash(run_id) % QUEUES]:
            return self._carry_out(run_id, right, command, also)

    def _carry_out(self, run_id: str, right: Right, command: Command, also: Also | None) -> Loaded | Refusal:
        for _ in range(ROUNDS):
            loaded = self.load_for(right, run_id)
            if isinstance(loaded, Refusal):
                return loaded
            new = decide(loaded.world, loaded.state, command, self._now())
            if isinstance(new, Refusal):
                return new
            after = self._append(loaded, new, also) if new else loaded
            if after is not None:
                return after
        return Refusal(RefusalCode.BUSY, "Too much happened at once. Nothing was lost: please try again.")

    def id_for(self, token: str, *chosen: str) -> str:
        """Return the id of the run that a form with this token and these choices begins: the same for a repeat, until that run is over."""
        ids = (content_hash(token, *chosen, str(number)) for number in count())
        return next(run_id for run_id in ids if (row := self._runs.row(run_id)) is None or row.status != "ended")

    def create(self, row: RunRow, world: World, texts: Mapping[str, str], events: Sequence[Event]) -> bool:
        """Store a new run with its first events; what the row says of them is filled in here. False where its id is taken."""
        state = fold(events, world)
        filled = replace(
            row,
            status=state.status,
            created_ms=row.created_ms or events[0].real_ms,
            updated_ms=events[-1].real_ms,
            ended_ms=_ended_ms(events),
            last_seq=state.last_seq,
            total=run_total(world, state),
            fingerprint=self._worlds.fingerprint,
            seed=state.seed,
            seed_class=world.scenario.seed_class,
            calibration=_calibration(world, events, row.parent_seq) if state.status == "ended" else None,
        )
        return self._runs.create(filled, texts, [_stored(event) for event in events])

    def _append(self, loaded: Loaded, new: Sequence[Event], also: Also | None) -> Loaded | None:
        state = loaded.state
        for event in new:
            state = evolve(loaded.world, state, event)
        ended_ms = loaded.row.ended_ms if loaded.row.ended_ms is not None else _ended_ms(new)
        calibration = loaded.row.calibration
        if any(isinstance(event.body, RunEnded) for event in new):
            calibration = _calibration(loaded.world, (*self.events(loaded.row.id), *new), loaded.row.parent_seq)
        summary = RunSummary(updated_ms=self._now(), total=run_total(loaded.world, state), ended_ms=ended_ms, calibration=calibration)
        stored = [_stored(event) for event in new]
        with transaction():
            if not self._runs.append(loaded.row.id, loaded.state.last_seq, stored, status=state.status, summary=summary):
                return None
            if also is not None:
                also(loaded, new)
        row = replace(
            loaded.row,
            status=state.status,
            updated_ms=summary.updated_ms,
            ended_ms=ended_ms,
            last_seq=state.last_seq,
            total=summary.total,
            calibration=calibration,
        )
        after = Loaded(row, loaded.world, state)
        self._folded.put(row.id, after)
        return after


def _seed(events: Sequence[StoredEvent]) -> str:
    """A run is played on the variant that its first event names: a fork has it from the run that it was forked from."""
    return str(events[0].body_json.get("seed", "")) if events else ""


def no_such_run() -> Refusal:
    """Say that there is no such run; somebody else's is not told apart from none."""
    return Refusal(RefusalCode.NOT_FOUND, "There is no such drill, or it belongs to somebody else.")


def _ended_ms(events: Sequence[Event]) -> int | None:
    return next((event.real_ms for event in events if isinstance(event.body, RunEnded)), None)


def _calibration(world: World, events: Sequence[Event], parent_seq: int | None) -> dict[str, list[int]]:
    """Say how sure the player was and how often right; what a fork copied was said in the run it came from."""
    if not any(isinstance(event.body, ReplySent) and event.body.confidence for event in events):
        return {}
    return calibration_to_json(calibration_of(review_run(world, events), after_seq=(parent_seq or 1) - 1))


def _stored(event: Event) -> StoredEvent:
    kind, body = event_to_json(event.body)
    return StoredEvent(event.seq, kind, event.real_ms, event.story_s, body)


def _event(stored: StoredEvent) -> Event:
    return Event(stored.seq, stored.real_ms, stored.story_s, event_from_json(stored.kind, dict(stored.body_json)))
