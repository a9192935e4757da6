"""Decide what the inbox of a shift lets a player do: claim, put off, rank, merge, and declare an incident."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from simulator.content.model import SHIFT, Thread
from simulator.core.plain_text import DRAFT_LIMIT, fit_text
from simulator.core.refusal import Refusal, RefusalCode
from simulator.drills import commands, events
from simulator.drills.engine_guards import not_going_on, open_thread
from simulator.drills.incident import FEWEST, belonging, judge_statement
from simulator.drills.public import degrees_of, reach_of, taken, trust_of
from simulator.drills.public_effects import move, plan_reactions
from simulator.drills.public_moves import Heard, Move
from simulator.drills.state import INCIDENT
from simulator.drills.timeline import Log, close_if_finished, let_go_on
from simulator.drills.world import is_open, story_now
from simulator.scoring.model import Report
from simulator.scoring.vocabulary import Action

LONGEST_SNOOZE = 600.0
"""Story minutes for which a thread can be put off."""
FALSE_ALARM_TRUST = 3.0
"""What it costs to tell everybody of a trouble that is none."""


def _claim(log: Log, command: commands.Claim, now_ms: int) -> Log | Refusal:
    thread = _in_inbox(log, command.thread)
    if isinstance(thread, Refusal):
        return thread
    return log if thread.id in log.state.claimed else log.add(events.ThreadClaimed(thread.id), now_ms, story_now(log.state, now_ms))


def _snooze(log: Log, command: commands.Snooze, now_ms: int) -> Log | Refusal:
    thread = _in_inbox(log, command.thread)
    if isinstance(thread, Refusal):
        return thread
    if not 0 < command.minutes <= LONGEST_SNOOZE:
        return Refusal(RefusalCode.BAD_VALUE, f"A thread can be put off for up to {LONGEST_SNOOZE:g} minutes.", "minutes")
    story_s = story_now(log.state, now_ms)
    return log.add(events.ThreadSnoozed(thread.id, story_s + command.minutes * 60), now_ms, story_s)


def _rank(log: Log, command: commands.Rank, now_ms: int) -> Log | Refusal:
    thread = _in_inbox(log, command.thread)
    if isinstance(thread, Refusal):
        return thread
    if log.state.ranks.get(thread.id) is command.priority:
        return log
    return log.add(events.ThreadRanked(thread.id, command.priority), now_ms, story_now(log.state, now_ms))


def _merge(log: Log, command: commands.Merge, now_ms: int) -> Log | Refusal:
    """Merge a thread away. A wrong merge only takes it out of sight, until its writer says more."""
    thread = _in_inbox(log, command.thread)
    if isinstance(thread, Refusal):
        return thread
    refusal = _no_such_target(log, thread, command.into)
    if refusal is not None:
        return refusal
    real, story_s = command.into == INCIDENT, story_now(log.state, now_ms)
    right = bool(belonging(log.world, (thread.id,))) if real else _same(log, thread, command.into)
    log = log.add(events.ThreadsMerged(thread.id, command.into, right), now_ms, story_s)
    incident = log.state.incident
    if right and real and incident is not None:
        log = _statement_heard(log, (thread,), incident.report, incident.incident_id, now_ms, story_s)
    elif right:
        log = log.add(events.ThreadClosed(thread.id, "merged"), now_ms, story_s)
    return let_go_on(close_if_finished(log), now_ms)


def _no_such_target(log: Log, thread: Thread, into: str) -> Refusal | None:
    if into == INCIDENT:
        if log.state.incident is None:
            return Refusal(RefusalCode.BAD_VALUE, "No incident has been declared yet. Declare it first, with a statement.", "into")
        if log.state.covers(thread.id):
            return Refusal(RefusalCode.ALREADY_DONE, "This thread belongs to the incident already.", "into")
        return None
    begun = is_open(log.state, into) or into in log.state.closed
    if into == thread.id or not begun:
        return Refusal(RefusalCode.BAD_VALUE, "Choose another thread of this inbox to merge it into.", "into")
    return None


def _same(log: Log, thread: Thread, into: str) -> bool:
    """Two threads are one where either repeats the other, or both repeat a third."""
    other = log.world.thread(into)
    root, root_of_other = thread.same_as or thread.id, (other.same_as if other else "") or into
    return root == root_of_other


def _declare(log: Log, command: commands.Declare, now_ms: int) -> Log | Refusal:
    refusal = not_going_on(log, "Your statement was kept") or _not_a_shift(log)
    if refusal is not None:
        return refusal
    if log.state.incident is not None:
        return Refusal(RefusalCode.ALREADY_DONE, "The incident is declared already. Add threads to it from the inbox.")
    text = fit_text(command.text, limit=DRAFT_LIMIT, what="Your statement", about="text")
    if isinstance(text, Refusal):
        return text
    if not text.strip():
        return Refusal(RefusalCode.EMPTY, "Write the statement first: what it is, whom it meets, when you will say more.", "text")
    chosen = tuple(name for name in dict.fromkeys(command.threads) if is_open(log.state, name))
    if len(chosen) < FEWEST:
        return Refusal(RefusalCode.BAD_VALUE, "Choose at least two open threads that tell of the same trouble.", "threads")
    return let_go_on(close_if_finished(_declared(log, chosen, text, command.token, now_ms)), now_ms)


def _declared(log: Log, chosen: tuple[str, ...], text: str, token: str, now_ms: int) -> Log:
    story_s, incident_id = story_now(log.state, now_ms), f"i{log.next_seq}"
    threads = belonging(log.world, chosen)
    threads = threads if len(threads) >= FEWEST else ()
    report = judge_statement(log.world, log.state, threads or chosen, text, story_s)
    log = log.add(events.IncidentDeclared(incident_id, text, threads, report, token), now_ms, story_s)
    about = tuple(thread for thread in log.world.scenario.threads if thread.id in (threads or chosen))
    if not threads:
        alarmed = Move(about[0].beats[0].by, 0.0, -FALSE_ALARM_TRUST, "false_alarm")
        return move(log, about[0], (alarmed,), "", now_ms, story_s)
    readers = sum(log.state.readers.get(name, 0) for name in threads)
    won = Move(about[0].beats[0].by, 0.0, trust_of(report.total) * reach_of(readers), "statement")
    log = move(log, about[0], (won,), incident_id, now_ms, story_s)
    return _statement_heard(log, about, report, incident_id, now_ms, story_s)


def _statement_heard(log: Log, threads: tuple[Thread, ...], report: Report, incident_id: str, now_ms: int, story_s: float) -> Log:
    """Whoever wrote one of the threads takes the statement as they would a reply."""
    heard = Heard(report, Action.REPLY_PUBLIC, spoken=True)
    for thread in threads:
        opener = thread.beats[0].by
        degrees = degrees_of(taken(report, log.world.scenario.personas.get(opener)))
        log = move(log, thread, (Move(opener, degrees, 0.0, "statement"),), incident_id, now_ms, story_s)
        log = plan_reactions(log, thread, heard, incident_id, pasted=False, real_ms=now_ms, story_s=story_s)
    return log


def _in_inbox(log: Log, thread_id: str) -> Thread | Refusal:
    return _not_a_shift(log) or open_thread(log, thread_id, "Nothing was changed")


def _not_a_shift(log: Log) -> Refusal | None:
    if log.world.scenario.mode == SHIFT:
        return None
    return Refusal(RefusalCode.BAD_VALUE, "Only a shift has an inbox. This drill is played thread by thread.")


SHIFT_DECIDERS: Mapping[type, Callable[[Log, Any, int], Log | Refusal]] = {
    commands.Claim: _claim,
    commands.Snooze: _snooze,
    commands.Rank: _rank,
    commands.Merge: _merge,
    commands.Declare: _declare,
}
