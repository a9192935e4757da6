"""Decide what a command does to a run: new events, or a refusal. Pure: the real time is an argument."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from simulator.core.plain_text import DRAFT_LIMIT, NOTE_LIMIT, fit_text
from simulator.core.refusal import Refusal, RefusalCode
from simulator.drills import commands, events
from simulator.drills.commands import Command
from simulator.drills.engine_guards import open_thread, over
from simulator.drills.events import Event
from simulator.drills.judging import context_of, judge, post_of, waited_s
from simulator.drills.public import NOT_OURS, NOT_OURS_NUMBER
from simulator.drills.public_effects import take_in
from simulator.drills.public_moves import Heard
from simulator.drills.shift_acts import SHIFT_DECIDERS
from simulator.drills.shift_words import is_pasted
from simulator.drills.state import RunState
from simulator.drills.timeline import Log, close_if_finished, end_run, let_go_on, play_until
from simulator.drills.world import World, channel_of, story_now, was_answered
from simulator.scoring import score_answer, score_handover
from simulator.scoring.model import HandOver, HandOverAnswer
from simulator.scoring.vocabulary import CHANNEL_LIMIT, SILENT_ACTIONS, Action, Channel, Contact

SLOWEST, FASTEST = 0.1, 4.0
"""Bounds of the pace factor: a tenth of the scenario's own pace to four times it."""
_WORDLESS = SILENT_ACTIONS | {Action.ESCALATE_FIRST}
"""Actions that need no words: the silent ones, and handing over first without a holding line."""


def decide(world: World, state: RunState, command: Command, now_ms: int) -> list[Event] | Refusal:
    """Return the events that `command` brings about at real time `now_ms`, what was due before included, or a refusal.

    Nothing new (a repeated token, a second pause, a look when nothing is due) is an empty list. Events continue
    `state.last_seq`; a refusal changes nothing, what is due then comes with the next look.
    """
    if _is_repeat(state, command):
        return []
    log = Log(world, state)
    if state.status == "running":
        log = play_until(log, story_now(state, now_ms), now_ms)
    after = _DECIDERS[type(command)](log, command, now_ms)
    return after if isinstance(after, Refusal) else list(after.new)


def _is_repeat(state: RunState, command: Command) -> bool:
    token = command.token if isinstance(command, commands.Send | commands.AskContact | commands.Declare) else ""
    known = {item.token for item in state.decisions} | {item.token for item in state.handovers} | set(state.false_alarms)
    known |= {state.incident.token} if state.incident else set()
    return bool(token) and token in known


def _start(log: Log, command: commands.Start, now_ms: int) -> Log | Refusal:
    if log.state.status != "new":
        return Refusal(RefusalCode.ALREADY_DONE, "This drill has already started.")
    refusal = _pace_refusal(command.pace_factor)
    if refusal:
        return refusal
    scenario = log.world.scenario
    body = events.RunStarted(scenario.slug, command.seed, scenario.pace * command.pace_factor, command.untimed)
    return let_go_on(play_until(log.add(body, now_ms, 0.0), 0.0, now_ms), now_ms)


def _tick(log: Log, command: commands.Tick, now_ms: int) -> Log | Refusal:
    return log


def _send(log: Log, command: commands.Send, now_ms: int) -> Log | Refusal:
    thread = open_thread(log, command.thread, "Your reply was kept")
    if isinstance(thread, Refusal):
        return thread
    text = "" if command.action in SILENT_ACTIONS else fit_reply(channel_of(log.world, thread), command.text, command.action)
    if isinstance(text, Refusal):
        return text
    story_s = story_now(log.state, now_ms)
    report = judge(log.world, log.state, thread, text, command.action, story_s)
    first_words = bool(text) and not was_answered(log.state, thread.id)
    decision_id = f"d{log.next_seq}"
    sent = events.ReplySent(decision_id, thread.id, text, command.action, report, command.token, command.confidence)
    log = log.add(sent, now_ms, story_s)
    late_s = waited_s(log.state, thread, story_s) if first_words and not log.state.untimed else None
    heard = Heard(report, command.action, spoken=bool(text), late_s=late_s)
    pasted = bool(text) and is_pasted(log.world, log.state, text, decision_id)
    log = take_in(log, thread, heard, decision_id, pasted=pasted, real_ms=now_ms, story_s=story_s)
    log = close_if_finished(log)
    return let_go_on(log, now_ms)


def _ask(log: Log, command: commands.AskContact, now_ms: int) -> Log | Refusal:
    thread = open_thread(log, command.thread, "Your hand-over was kept")
    if isinstance(thread, Refusal):
        return thread
    handover = _fit_handover(log.world, command.handover)
    if isinstance(handover, Refusal):
        return handover
    story_s = story_now(log.state, now_ms)
    context = replace(context_of(log.world, log.state, thread, None, story_s), elapsed_minutes=waited_s(log.state, thread, story_s) / 60)
    report = score_handover(handover, post_of(log.world, log.state, thread), context, log.world.ruleset)
    handover_id = command.handover_id or f"h{log.next_seq}"
    body = events.HandOverSent(handover_id, thread.id, handover, report, command.colleague, command.token)
    log = log.add(body, now_ms, story_s)
    if not command.colleague:
        number, after = scripted_number(log.world, handover.to, report.completeness)
        log = log.add(events.AnswerPlanned(handover_id, number, story_s + after), now_ms, story_s)
    return let_go_on(log, now_ms)


def scripted_number(world: World, contact: Contact, complete: float) -> tuple[int, int]:
    """Return which of its answers the scenario's contact gives to a hand-over that complete, and after how many story seconds."""
    for number, answer in enumerate(world.scenario.contacts.get(contact, ())):
        if answer.complete.holds(complete):
            return number, answer.after
    return NOT_OURS_NUMBER, NOT_OURS.after


def _answer(log: Log, command: commands.AnswerAsColleague, now_ms: int) -> Log | Refusal:
    """A colleague may answer whenever they get to it: the run may be paused or over by then."""
    asked = next((item for item in log.state.handovers if item.handover_id == command.handover_id), None)
    if asked is None:
        return Refusal(RefusalCode.NOT_FOUND, "There is no such hand-over in this drill.")
    if not asked.colleague:
        return Refusal(RefusalCode.NOT_ALLOWED, "This hand-over went to the scenario's contact, not to a colleague.")
    if asked.answer is not None:
        return Refusal(RefusalCode.ALREADY_DONE, f"{asked.answered_by} has already answered this hand-over.")
    fitted = _fit_fields(command.answer, ("may_say", "may_not_say", "owner", "next_time"), "Your answer")
    if isinstance(fitted, Refusal):
        return fitted
    story_s = story_now(log.state, now_ms)
    minutes = max(0, now_ms - asked.real_ms) / 60_000  # a person answers in real time: at pace 20 story time would call everybody late
    answer = replace(command.answer, **fitted, after_minutes=round(minutes, 2))
    contact = log.world.contact(asked.handover.to)
    report = score_answer(answer, float(contact.answers_within) if contact else None, log.world.ruleset)
    log = log.add(events.HandOverAnswered(asked.handover_id, answer, command.answered_by, report), now_ms, story_s)
    return let_go_on(log, now_ms)


def _pause(log: Log, command: commands.Pause, now_ms: int) -> Log | Refusal:
    if log.state.status == "ended":
        return over()
    if log.state.status != "running":
        return log
    return log.add(events.Paused(), now_ms, story_now(log.state, now_ms))


def _resume(log: Log, command: commands.Resume, now_ms: int) -> Log | Refusal:
    if log.state.status == "ended":
        return over()
    if log.state.status != "paused":
        return log
    return let_go_on(log.add(events.Resumed(), now_ms, story_now(log.state, now_ms)), now_ms)


def _set_pace(log: Log, command: commands.SetPace, now_ms: int) -> Log | Refusal:
    if log.state.status == "ended":
        return over()
    refusal = _pace_refusal(command.pace_factor)
    if refusal:
        return refusal
    pace = log.world.scenario.pace * command.pace_factor
    same = log.state.untimed == command.untimed and (command.untimed or log.state.clock.pace == pace)
    if same:
        return log
    return let_go_on(log.add(events.PaceSet(pace, command.untimed), now_ms, story_now(log.state, now_ms)), now_ms)


def _end(log: Log, command: commands.End, now_ms: int) -> Log | Refusal:
    if log.state.status in ("new", "ended"):
        return log
    return end_run(log, "stopped", now_ms, story_now(log.state, now_ms))


def _pace_refusal(factor: float) -> Refusal | None:
    if SLOWEST <= factor <= FASTEST:
        return None
    message = f"The clock can run between {SLOWEST:g} and {FASTEST:g} times its usual pace."
    return Refusal(RefusalCode.BAD_VALUE, message, "pace", {"least": SLOWEST, "most": FASTEST})


def fit_reply(channel: Channel, raw: str, action: Action) -> str | Refusal:
    """Return the words of a reply as they are kept, or why they can't be sent with `action`.

    An action that needs no words may come without; a public reply must fit the network's limit.
    """
    text = fit_text(raw, limit=DRAFT_LIMIT, what="Your reply", about="text")
    if isinstance(text, Refusal):
        return text
    if not text.strip():
        if action in _WORDLESS:
            return ""
        return Refusal(RefusalCode.EMPTY, "There are no words to send yet. Write the reply, or choose to leave the post alone.", "text")
    limit = CHANNEL_LIMIT.get(channel)
    if limit is not None and action is not Action.REPLY_PRIVATE and len(text) > limit:
        message = (
            f"This network takes at most {limit} characters in public; the reply has {len(text)}. "
            f"Nothing was lost: shorten it by {len(text) - limit} and send again."
        )
        return Refusal(RefusalCode.TOO_LONG, message, "text", {"limit": limit, "length": len(text)})
    return text


def _fit_handover(world: World, handover: HandOver) -> HandOver | Refusal:
    if world.contact(handover.to) is None:
        return Refusal(RefusalCode.BAD_VALUE, "The playbook has no such contact. Choose one of those it names.", "to")
    names = tuple(item.name for item in fields(HandOver) if item.name != "to")
    fitted = _fit_fields(handover, names, "Your hand-over")
    return fitted if isinstance(fitted, Refusal) else replace(handover, **fitted)


def _fit_fields(value: HandOver | HandOverAnswer, names: tuple[str, ...], what: str) -> dict[str, Any] | Refusal:
    fitted: dict[str, Any] = {}
    for name in names:
        text = fit_text(getattr(value, name), limit=NOTE_LIMIT, what=f"{what} ({name.replace('_', ' ')})", about=name)
        if isinstance(text, Refusal):
            return text
        fitted[name] = text
    if not any(text.strip() for text in fitted.values()):
        return Refusal(RefusalCode.EMPTY, f"{what} is empty. Fill in at least one field.", names[0])
    return fitted


_DECIDERS: Mapping[type, Callable[[Log, Any, int], Log | Refusal]] = {
    commands.Start: _start,
    commands.Tick: _tick,
    commands.Send: _send,
    commands.AskContact: _ask,
    commands.AnswerAsColleague: _answer,
    commands.Pause: _pause,
    commands.Resume: _resume,
    commands.SetPace: _set_pace,
    commands.End: _end,
    **SHIFT_DECIDERS,
}
