"""Say what a draft would earn if it were sent now, without storing anything."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.content.model import SHIFT
from simulator.core.refusal import Refusal, RefusalCode
from simulator.drills import commands
from simulator.drills.engine import decide
from simulator.drills.evolution import evolve
from simulator.drills.judging import judge
from simulator.drills.shift import PASTED_MOST
from simulator.drills.shift_words import is_pasted
from simulator.drills.state import RunState
from simulator.drills.world import is_open, story_now
from simulator.scoring.model import Report
from simulator.scoring.vocabulary import SILENT_ACTIONS, Action
from simulator.services.run_log import Loaded


@dataclass(frozen=True, slots=True)
class Coached:
    """What a draft would earn, and whether its words are only taken over; `pasted_most` is what such words count at most here."""

    report: Report
    pasted: bool
    pasted_most: float | None


def coach_draft(loaded: Loaded, thread: str, text: str, action: Action, now_ms: int) -> Coached | Refusal:
    """Judge a draft as it would be judged at `now_ms`, with what is due by then."""
    world, state = loaded.world, _as_of(loaded, now_ms)
    about = world.thread(thread)
    if state.status == "ended":
        return Refusal(RefusalCode.RUN_OVER, "This drill is over. Its review shows everything that happened.")
    if about is None or not is_open(state, thread):
        return Refusal(RefusalCode.STALE, "This conversation is not open.", "thread")
    said = "" if action in SILENT_ACTIONS else text
    return Coached(
        report=judge(world, state, about, said, action, story_now(state, now_ms)),
        pasted=bool(said) and is_pasted(world, state, said, decision_id=""),
        pasted_most=PASTED_MOST if world.scenario.mode == SHIFT else None,
    )


def _as_of(loaded: Loaded, now_ms: int) -> RunState:
    """Return the state with what is due by now, without storing it."""
    state = loaded.state
    due = decide(loaded.world, state, commands.Tick(), now_ms)
    for event in [] if isinstance(due, Refusal) else due:
        state = evolve(loaded.world, state, event)
    return state
