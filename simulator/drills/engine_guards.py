"""Refuse what can't be asked of a run now."""

from __future__ import annotations

from simulator.content.model import Thread
from simulator.core.refusal import Refusal, RefusalCode
from simulator.drills.timeline import Log
from simulator.drills.world import is_open


def over() -> Refusal:
    """Say that the run has ended."""
    return Refusal(RefusalCode.RUN_OVER, "This drill is over. Its review shows everything that happened.")


def not_going_on(log: Log, kept: str) -> Refusal | None:
    """Return why nothing can be sent now: the run is over, or paused. `kept` says what was not lost."""
    if log.state.status == "ended":
        return Refusal(RefusalCode.RUN_OVER, f"This drill is over, so nothing was sent. {kept}; the review shows what happened.")
    if log.state.status == "paused":
        return Refusal(RefusalCode.RUN_PAUSED, f"The story is paused. {kept}: go on with the story, then send it.")
    return None


def open_thread(log: Log, thread_id: str, kept: str) -> Thread | Refusal:
    """Return the thread if something can be sent to it now."""
    thread, refusal = log.world.thread(thread_id), not_going_on(log, kept)
    if refusal is not None:
        return refusal
    if thread is None or not (is_open(log.state, thread_id) or thread_id in log.state.closed):
        return Refusal(RefusalCode.NOT_FOUND, "There is no such conversation in this drill.", "thread")
    if thread_id in log.state.closed:
        return Refusal(RefusalCode.STALE, f"This conversation has ended in the meantime, so nothing was sent. {kept}.", "thread")
    return thread
