"""Turn a hand-over into what a contact's inbox keeps, and back: the inbox must be readable without the run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from simulator.content.model import HIDDEN
from simulator.drills.events import Event, HandOverSent
from simulator.drills.state import RunState
from simulator.drills.timeline import visible_facts
from simulator.drills.world import US, World, posts_of
from simulator.persistence.rows import HandOverRow
from simulator.scoring import handover_report_from_json, handover_report_to_json
from simulator.scoring.model import HandOver, HandOverAnswer, HandOverReport
from simulator.scoring.vocabulary import Channel, Contact


@dataclass(frozen=True, slots=True)
class InboxLine:
    """One post of the thread as it stood when the hand-over was sent; `ours` tells our own."""

    name: str
    handle: str
    text: str
    story_s: float
    ours: bool
    private: bool


@dataclass(frozen=True, slots=True)
class InboxItem:
    """One hand-over as its contact sees it. The sender's own score is not in it. Times are milliseconds since the epoch.

    `known` are the facts that the sender could see, `inside` those that only the department knows (the contact may use
    them in the answer). `target_minutes` is how soon the playbook wants an answer, in story minutes while the drill
    runs; `report` is the receiver's side, once answered; `starts_s` is the scenario's, None in rows from before it.
    """

    id: str
    run_id: str
    contact: Contact
    sender_name: str
    scenario_title: str
    brand: str
    channel: Channel
    handover: HandOver
    thread: tuple[InboxLine, ...]
    known: tuple[str, ...]
    inside: tuple[str, ...]
    target_minutes: float | None
    filed_ms: int
    answered_ms: int | None = None
    answered_by: str = ""
    answer: HandOverAnswer | None = None
    report: HandOverReport | None = None
    starts_s: int | None = None


def inbox_row(row_id: str, run_id: str, sender_name: str, world: World, state: RunState, event: Event, sent: HandOverSent) -> HandOverRow:
    """Return the inbox row of a hand-over that `event` sent; `state` is the run at that time."""
    contact = world.contact(sent.handover.to)
    seen = visible_facts(world, state, event.story_s)
    body = {
        "scenario": world.scenario.title,
        "brand": world.scenario.brand.name,
        "channel": world.scenario.channel.value,
        "handover": asdict(sent.handover),
        "thread": [asdict(line) for line in _lines(world, state, sent.thread)],
        "known": [fact.say for fact in seen],
        "inside": [fact.say for fact in world.scenario.facts if fact.at == HIDDEN and fact not in seen],
        "target_minutes": float(contact.answers_within) if contact else None,
        "starts_s": world.scenario.starts_s,
    }
    return HandOverRow(row_id, run_id, sent.handover_id, sent.handover.to.value, sender_name, body, event.real_ms)


def _lines(world: World, state: RunState, thread: str) -> list[InboxLine]:
    brand = world.scenario.brand
    lines = []
    for post in posts_of(state, thread):
        persona = world.scenario.personas.get(post.by)
        name, handle = (brand.name, brand.handle) if persona is None else (persona.name, persona.handle)
        lines.append(InboxLine(name, handle, post.say, post.story_s, post.by == US, post.private))
    return lines


def answer_json(answer: HandOverAnswer, report: HandOverReport | None) -> dict[str, Any]:
    """Return what the inbox keeps of an answer."""
    return {"answer": asdict(answer), "report": None if report is None else handover_report_to_json(report)}


def inbox_item(row: HandOverRow) -> InboxItem:
    """Return the inbox item of a stored row."""
    body = row.body_json
    answered = row.answer_json or {}
    return InboxItem(
        id=row.id,
        run_id=row.run_id,
        contact=Contact(row.contact),
        sender_name=row.sender_name,
        scenario_title=body["scenario"],
        brand=body["brand"],
        channel=Channel(body["channel"]),
        handover=_handover(body["handover"]),
        thread=tuple(InboxLine(**line) for line in body["thread"]),
        known=tuple(body["known"]),
        inside=tuple(body["inside"]),
        target_minutes=body["target_minutes"],
        filed_ms=row.filed_ms,
        answered_ms=row.answered_ms,
        answered_by=row.answered_by or "",
        answer=HandOverAnswer(**answered["answer"]) if answered else None,
        report=handover_report_from_json(answered["report"]) if answered.get("report") else None,
        starts_s=body.get("starts_s"),
    )


def _handover(data: Mapping[str, Any]) -> HandOver:
    return HandOver(**{**data, "to": Contact(data["to"])})
