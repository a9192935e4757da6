"""Turn events into JSON and back. The kind of an event is its class name in snake case."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from typing import Any

from simulator.drills import events
from simulator.drills.confidence import Confidence
from simulator.drills.events import Body
from simulator.scoring import handover_report_from_json, handover_report_to_json, report_from_json, report_to_json
from simulator.scoring.model import HandOver, HandOverAnswer, HandOverReport, Json, Report
from simulator.scoring.vocabulary import Action, Contact, Urgency

_BODIES: Mapping[str, type[Body]] = {
    re.sub(r"(?<=[a-z])(?=[A-Z])", "_", body.__name__).lower(): body
    for body in (
        events.RunStarted,
        events.PostAppeared,
        events.ReplySent,
        events.ReactionPlanned,
        events.MoodMoved,
        events.HandOverSent,
        events.AnswerPlanned,
        events.HandOverAnswered,
        events.Paused,
        events.Resumed,
        events.PaceSet,
        events.ThreadClosed,
        events.ThreadClaimed,
        events.ThreadSnoozed,
        events.ThreadRanked,
        events.ThreadsMerged,
        events.IncidentDeclared,
        events.RunEnded,
    )
}
_KINDS = {body: kind for kind, body in _BODIES.items()}


def event_to_json(body: Body) -> tuple[str, Json]:
    """Return the kind of an event and its body as plain JSON values."""
    return _KINDS[type(body)], {item.name: _out(getattr(body, item.name)) for item in fields(body)}


def event_from_json(kind: str, data: Json) -> Body:
    """Return the event that `event_to_json` wrote; raises ValueError for a kind that nobody writes.

    Fields that were added since get their defaults; fields that are no longer known are left aside.
    """
    body = _BODIES.get(kind)
    if body is None:
        raise ValueError(f"'{kind}' is not a kind of event")
    known = {item.name for item in fields(body)}
    values = {name: _IN.get((kind, name), _as_is)(value) for name, value in data.items() if name in known}
    return body(**values)


def _out(value: Any) -> Any:
    if isinstance(value, Report):
        return report_to_json(value)
    if isinstance(value, HandOverReport):
        return handover_report_to_json(value)
    if isinstance(value, HandOver | HandOverAnswer):
        return {name: _out(part) for name, part in asdict(value).items()}
    if isinstance(value, Urgency | Action | Contact | Confidence):
        return value.value
    return list(value) if isinstance(value, tuple) else value


def _as_is(value: Any) -> Any:
    return value


def _handover(value: Json) -> HandOver:
    return HandOver(**{**value, "to": Contact(value["to"])})


def _answer(value: Json) -> HandOverAnswer:
    return HandOverAnswer(**value)


def _maybe_confidence(value: str | None) -> Confidence | None:
    return None if value is None else Confidence(value)


def _maybe_report(value: Json | None) -> HandOverReport | None:
    return None if value is None else handover_report_from_json(value)


_IN: Mapping[tuple[str, str], Callable[[Any], Any]] = {
    ("reply_sent", "action"): Action,
    ("reply_sent", "report"): report_from_json,
    ("reply_sent", "confidence"): _maybe_confidence,
    ("hand_over_sent", "handover"): _handover,
    ("hand_over_sent", "report"): handover_report_from_json,
    ("hand_over_answered", "answer"): _answer,
    ("hand_over_answered", "report"): _maybe_report,
    ("hand_over_answered", "reveals"): tuple,
    ("thread_ranked", "priority"): Urgency,
    ("incident_declared", "threads"): tuple,
    ("incident_declared", "report"): report_from_json,
}
