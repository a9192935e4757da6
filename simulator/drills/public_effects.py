"""Let the public take in what was said: moods move, reactions are planned, and a thread of a shift may settle."""

from __future__ import annotations

from collections.abc import Iterable

from simulator.content.model import SHIFT, Thread
from simulator.drills.events import MoodMoved, ReactionPlanned, ThreadClosed
from simulator.drills.public import ADEQUATE, SCREENSHOT, SCREENSHOT_AFTER, comes_back, within
from simulator.drills.public_conditions import chosen_reactions
from simulator.drills.public_moves import Heard, Move, moves_of_reply
from simulator.drills.timeline import Log
from simulator.scoring.vocabulary import SILENT_ACTIONS, Action


def take_in(log: Log, thread: Thread, heard: Heard, decision_id: str, *, pasted: bool, real_ms: int, story_s: float) -> Log:
    """Return `log` with all that a decision sets off; it is the newest one on `thread`."""
    log = move(log, thread, moves_of_reply(log.world, log.state, thread, heard), decision_id, real_ms, story_s)
    return plan_reactions(log, thread, heard, decision_id, pasted=pasted, real_ms=real_ms, story_s=story_s)


def move(log: Log, thread: Thread, moves: Iterable[Move], decision_id: str, real_ms: int, story_s: float) -> Log:
    """Return `log` with the moods moved, one event a move."""
    for each in moves:
        temperature = within(log.state.temperature.get(each.persona, 50.0) + each.degrees)
        body = MoodMoved(thread.id, each.persona, temperature, within(log.state.trust + each.trust), each.why, decision_id)
        log = log.add(body, real_ms, story_s)
    return log


def plan_reactions(log: Log, thread: Thread, heard: Heard, decision_id: str, *, pasted: bool, real_ms: int, story_s: float) -> Log:
    """Return `log` with what people will say next; what was hidden wrongly comes back by itself where nobody has words for it."""
    chosen = chosen_reactions(log.state, thread, heard.report, heard.action, pasted=pasted)
    for number in chosen:
        log = log.add(ReactionPlanned(thread.id, number, story_s + thread.reactions[number].after, decision_id), real_ms, story_s)
    spoken_of = any(Action.HIDE_REPORT in thread.reactions[number].when.actions for number in chosen)
    seen = (thread.id, SCREENSHOT) in log.state.reactions_done
    if comes_back(thread, heard.action) and not spoken_of and not seen:
        log = log.add(ReactionPlanned(thread.id, SCREENSHOT, story_s + SCREENSHOT_AFTER, decision_id), real_ms, story_s)
    return settle(log, thread, heard, real_ms, story_s)


def settle(log: Log, thread: Thread, heard: Heard, real_ms: int, story_s: float) -> Log:
    """Return `log` with a thread of a shift closed that nobody will say more in.

    It is solved by an adequate reply, and left alone where that is right.
    """
    if log.world.scenario.mode != SHIFT or thread.reactions or thread.id in log.state.closed:
        return log
    if heard.spoken:
        ending = "solved" if heard.report.total >= ADEQUATE else ""
    else:
        right = (*thread.expected.best, *thread.expected.fine)
        ending = "left_alone" if heard.action in SILENT_ACTIONS and heard.action in right else ""
    return log.add(ThreadClosed(thread.id, ending), real_ms, story_s) if ending else log
