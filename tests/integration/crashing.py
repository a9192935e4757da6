"""Play one drill against a database and be killed at a given statement: `python -m tests.integration.crashing FOLDER URL NUMBER`.

Statements are counted from the moment a command begins; the process kills itself with SIGKILL just before the one with
the given number, so that nothing can be tidied up. A commit counts as a statement, and so does the moment after it.
Prints the run's id as soon as it is stored; ends by itself with status 0 where there are fewer statements than that.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import event

from simulator.persistence.db import db
from simulator.scoring.vocabulary import Action
from simulator.services.drills import Drills
from tests.app_fixtures import build_app, settings_for, shipped_content
from tests.factories import HandClock, make_handover
from tests.integration.playing import NELL, REPLY, begin, process

TOKEN = "token-of-the-killed"
LATER_S = 61
"""Real seconds after the start: a beat is due, so that every command has something to store."""
Act = Callable[[Drills, str], Any]


def tick(drills: Drills, run_id: str) -> Any:
    """Look at the run a good while later: beats come up."""
    return drills.look(NELL, run_id)


def send(drills: Drills, run_id: str) -> Any:
    """Send a reply, whose kept draft goes with it."""
    return drills.send(NELL, run_id, thread="kite", text=REPLY, action=Action.REPLY_PUBLIC, token=TOKEN)


def ask(drills: Drills, run_id: str) -> Any:
    """Hand over to the scenario's contact."""
    return drills.ask_contact(NELL, run_id, thread="kite", handover=make_handover(), colleague=False, token=TOKEN)


def end(drills: Drills, run_id: str) -> Any:
    """Stop the run."""
    return drills.end(NELL, run_id)


ACTS: dict[str, Act] = {"tick": tick, "send": send, "ask": ask, "end": end}


def die_at(number: int) -> Callable[[], None]:
    """Return what to call before each statement: the call with `number` is the last thing this process does."""
    count = 0

    def one_more() -> None:
        nonlocal count
        count += 1
        if count == number:
            os.kill(os.getpid(), signal.SIGKILL)

    return one_more


def play(act: Act, drills: Drills, clock: HandClock, number: int) -> str:
    """Begin a run and carry out `act` a minute later, to be killed at statement `number`; returns the run's id."""
    run_id = begin(drills)
    drills.save_draft(NELL, run_id, thread="kite", text=REPLY)
    print(run_id, flush=True)
    clock.forward(seconds=LATER_S)
    one_more = die_at(number)
    event.listen(db.engine, "before_cursor_execute", lambda *_: one_more())
    event.listen(db.engine, "commit", lambda *_: one_more())
    act(drills, run_id)
    one_more()
    return run_id


def fork(act: Act, folder: Path, url: str, number: int) -> int:
    """Play in a child process of its own; returns its exit status, negative for the signal that killed it."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    clock = HandClock()
    app = build_app(settings_for(folder, DATABASE_URL=url), now=clock)
    with app.app_context():
        play(act, process(clock)[0], clock, number)
    os._exit(0)


def main(folder: str, url: str, name: str) -> None:
    """Kill one child before each statement in turn, until one comes through unharmed."""
    shipped_content()  # compiled once, for all children
    for number in range(1, 200):
        status = fork(ACTS[name], Path(folder), url, number)
        print("killed" if status == -signal.SIGKILL else f"ended {status}", flush=True)
        if status != -signal.SIGKILL:
            return


if __name__ == "__main__":
    main(*sys.argv[1:])
