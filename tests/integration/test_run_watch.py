"""One watcher a process hears of what other processes write, on both databases, and holds no connection while it waits."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from apiflask import APIFlask

from simulator.core.refusal import Refusal
from simulator.persistence.db import db
from simulator.persistence.runs import RunStore
from simulator.services.run_streams import Ending, Stream
from simulator.services.run_watch import RunWatch, StreamLimits
from tests.factories import HandClock
from tests.integration.playing import NELL, SAM, begin, process, refused, send

PATIENCE_S = 10.0


def make_watch(app: APIFlask, clock: HandClock, runs: RunStore | None = None) -> RunWatch:
    """Make the watcher of a process of its own."""
    _, log = process(clock)
    return RunWatch(runs=runs or RunStore(), run_log=log.log, now=clock, inside=app.app_context, limits=StreamLimits(10, 4))


def opened(answer: Stream | Refusal) -> Stream:
    """Return the stream; fail where it was refused."""
    assert isinstance(answer, Stream), answer
    return answer


@pytest.fixture
def watch(stored_app: APIFlask, clock: HandClock) -> Iterator[RunWatch]:
    """Watch in one process; the tests write in another."""
    watch = make_watch(stored_app, clock)
    yield watch
    watch.close()
    watch.join()


def test_what_another_process_writes_is_told(stored_app: APIFlask, watch: RunWatch, clock: HandClock) -> None:
    with stored_app.app_context():
        drills, log = process(clock)
        run_id = begin(drills)
        stream = opened(watch.follow(NELL, run_id, after=1, tab=""))
        first = stream.wait(PATIENCE_S)
        send(drills, run_id)
        told = stream.wait(PATIENCE_S)
        newest = log.log.load(run_id)
    assert first is not None
    assert not isinstance(newest, Refusal)
    assert told is not None
    assert told.seq == newest.state.last_seq > first.seq


def test_what_comes_due_is_told_though_nobody_writes(stored_app: APIFlask, watch: RunWatch, clock: HandClock) -> None:
    with stored_app.app_context():
        run_id = begin(process(clock)[0])
        stream = opened(watch.follow(NELL, run_id, after=99, tab=""))
        assert stream.wait(0.3) is None, "nothing is due yet"
        clock.forward(seconds=6.01)  # the fact at 02:00 comes up, which is no event
        fact = stream.wait(PATIENCE_S)
        assert stream.wait(0.3) is None, "told once"
        clock.forward(seconds=54)  # the beat at 20:00
        beat = stream.wait(PATIENCE_S)
    assert [fact is not None and fact.due, beat is not None and beat.due] == [True, True]


def test_a_paused_story_says_nothing(stored_app: APIFlask, watch: RunWatch, clock: HandClock) -> None:
    with stored_app.app_context():
        drills, _ = process(clock)
        run_id = begin(drills)
        drills.pause(NELL, run_id)
        stream = opened(watch.follow(NELL, run_id, after=99, tab=""))
        clock.forward(seconds=3600)
        assert stream.wait(0.6) is None


def test_the_end_of_a_run_ends_its_streams_alone(stored_app: APIFlask, watch: RunWatch, clock: HandClock) -> None:
    with stored_app.app_context():
        drills, _ = process(clock)
        run_id, other_id = begin(drills), begin(drills, SAM)
        stream = opened(watch.follow(NELL, run_id, after=99, tab=""))
        other = opened(watch.follow(SAM, other_id, after=99, tab=""))
        drills.end(NELL, run_id)
        told = stream.wait(PATIENCE_S)
        assert told is not None
        assert told.ending is Ending.OVER
        assert other.wait(0.3) is None


def test_somebody_elses_run_is_not_followed(stored_app: APIFlask, watch: RunWatch, clock: HandClock) -> None:
    with stored_app.app_context():
        run_id = begin(process(clock)[0])
        assert refused(watch.follow(SAM, run_id, after=0, tab="")).value == "not_found"
        assert refused(watch.follow(NELL, "nothing-here", after=0, tab="")).value == "not_found"
    assert watch.open_streams == 0


def test_waiting_holds_no_connection(stored_app: APIFlask, watch: RunWatch, clock: HandClock) -> None:
    with stored_app.app_context():
        run_id = begin(process(clock)[0])
        streams = [opened(watch.follow(NELL, run_id, after=99, tab=str(number))) for number in range(4)]
        held = []
        for stream in streams:
            stream.wait(0.1)
            held.append(db.engine.pool.checkedout())
        assert max(held) <= 1, "the watcher's own at most, while it looks"


def test_a_fault_ends_all_streams_so_that_pages_ask_for_themselves(stored_app: APIFlask, clock: HandClock) -> None:
    class Unreachable(RunStore):
        """A store whose database has gone away for the watcher."""

        def newest(self, run_ids: object) -> dict[str, tuple[int, str]]:
            raise OSError("the database can't be reached")

    watch = make_watch(stored_app, clock, Unreachable())
    with stored_app.app_context():
        run_id = begin(process(clock)[0])
        stream = opened(watch.follow(NELL, run_id, after=99, tab=""))
        told = stream.wait(PATIENCE_S)
    assert told is not None
    watch.join()
    assert told.ending is Ending.STOPPING
    assert watch.open_streams == 0
