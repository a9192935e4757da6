"""A process may die between any two statements: the run is then as it was before the command, or as it is after it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass

import pytest
from apiflask import APIFlask

from simulator.core.refusal import Refusal
from simulator.drills.evolution import fold
from simulator.drills.review import run_total
from simulator.persistence.runs import RunStore
from simulator.services.drills import Drills
from simulator.services.handovers import HandOvers
from simulator.services.run_views import may_act
from tests.factories import HandClock
from tests.integration.crashing import ACTS, LATER_S, TOKEN
from tests.integration.playing import NELL, process
from tests.integration.storing import at_once


@dataclass(frozen=True)
class Killed:
    """A run whose process was killed at statement `number`, or (`whole`) came through."""

    number: int
    run_id: str
    whole: bool


def kill_everywhere(app: APIFlask, act: str) -> list[Killed]:
    """Let processes carry out `act` and be killed, each one statement later than the one before."""
    settings = app.extensions["composure_settings"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.integration.crashing", str(settings.instance_dir), settings.database_url, act],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.split("\n")[:-1]
    runs = [Killed(number, lines[at], lines[at + 1] != "killed") for number, at in enumerate(range(0, len(lines), 2), start=1)]
    assert lines[-1] == "ended 0", lines[-1]
    return runs


def consistent(log: HandOvers, run_id: str) -> int:
    """Fail unless the stored run is whole and its row says what its events come to; return its newest seq."""
    stored = RunStore().load(run_id)
    assert stored is not None
    loaded = log.log.load(run_id)
    assert not isinstance(loaded, Refusal)
    events = log.log.events(run_id)
    state = fold(events, loaded.world)
    assert [event.seq for event in events] == list(range(1, stored.row.last_seq + 1))
    assert (stored.row.status, stored.row.last_seq) == (state.status, state.last_seq)
    assert stored.row.total == run_total(loaded.world, state)
    assert (stored.row.ended_ms is not None) == (state.status == "ended")
    assert may_act(NELL)(stored.row) is None
    return state.last_seq


@pytest.mark.parametrize("act", sorted(ACTS))
def test_killed_between_any_two_statements_a_run_is_consistent_and_goes_on(stored_app: APIFlask, act: str) -> None:
    runs = kill_everywhere(stored_app, act)
    assert len(runs) >= 5, "a command is more than a statement or two"
    assert [run.whole for run in runs] == [False] * (len(runs) - 1) + [True]
    with stored_app.app_context():
        clock = HandClock()
        clock.forward(seconds=LATER_S)
        drills, log = process(clock)
        before = [consistent(log, run.run_id) for run in runs]
        unharmed, untouched = before[-1], before[0]
        assert unharmed > untouched
        assert set(before) == {untouched, unharmed}, "all of a command or nothing of it"
        assert before == sorted(before), "once it is stored it stays stored"
        for run, newest in zip(runs, before, strict=True):
            drafts = RunStore().drafts(run.run_id)
            assert bool(drafts) == (act != "send" or newest == untouched), "the draft goes with the reply, not before it"
            _again(drills, log, act, run, unharmed)


def _again(drills: Drills, log: HandOvers, act: str, run: Killed, unharmed: int) -> None:
    """The browser asks again: what was lost is done now, what was stored is not done twice."""
    assert not isinstance(ACTS[act](drills, run.run_id), Refusal)
    assert consistent(log, run.run_id) == unharmed
    loaded = log.log.load(run.run_id)
    assert not isinstance(loaded, Refusal)
    tokens = [item.token for item in (*loaded.state.decisions, *loaded.state.handovers)]
    assert tokens.count(TOKEN) == (1 if act in ("send", "ask") else 0)


def test_two_processes_writing_at_once_lose_and_double_nothing(stored_app: APIFlask) -> None:
    clock = HandClock()
    with stored_app.app_context():
        first = process(clock)
        run_id = str(first[0].start(NELL, "kite"))
    clock.forward(seconds=12)
    processes = [first[0], process(clock)[0]]

    def work(number: int) -> list[object]:
        drills = processes[number % 2]
        told: list[object] = [drills.look(NELL, run_id)]
        told.append(ACTS["send"](drills, run_id))
        told.append(drills.pause(NELL, run_id))
        told.append(drills.resume(NELL, run_id))
        told.append(drills.save_draft(NELL, run_id, thread="kite", text=f"tab {number}"))
        return told

    answers = at_once(stored_app, work, times=6)
    with stored_app.app_context():
        _, log = process(clock)
        consistent(log, run_id)
        loaded = log.log.load(run_id)
        assert not isinstance(loaded, Refusal)
        assert [item.token for item in loaded.state.decisions] == [TOKEN]
        seen = [event.body for event in log.log.events(run_id)]
    codes = {answer.code.value for told in answers for answer in told if isinstance(answer, Refusal)}
    assert codes <= {"run_paused", "busy"}, codes
    assert len(seen) == len({repr(body) for body in seen if type(body).__name__ == "PostAppeared"}) + sum(
        type(body).__name__ != "PostAppeared" for body in seen
    )
