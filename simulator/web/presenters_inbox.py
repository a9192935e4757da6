"""Show hand-overs: to the one who asked, in the run, and to the contact who is asked, in the inbox."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from simulator.content.model import Playbook, PlaybookContact, Scenario
from simulator.drills.state import HandOverState
from simulator.scoring.model import HandOver, HandOverAnswer
from simulator.scoring.vocabulary import Contact
from simulator.services.inbox_rows import InboxItem, InboxLine
from simulator.web.presenters_posts import PostView
from simulator.web.presenters_report import HandOverReportView, present_handover_report
from simulator.web.presenters_time import moment_label, story_label
from simulator.web.presenters_words import CONTACT, HANDOVER_FIELD, HANDOVER_HINT

FIELDS = ("what_happened", "who_where", "known_unknown", "asked", "by_when", "said_so_far")


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field of a hand-over: its name in forms, its label, a hint, and what was written."""

    name: str
    label: str
    hint: str
    text: str


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What a contact answered; `asks_back` means that there are no words to use yet."""

    may_say: str
    may_not_say: str
    owner: str
    next_time: str
    by: str
    at: str
    asks_back: bool


@dataclass(frozen=True, slots=True)
class HandOverView:
    """One hand-over as its sender sees it: what was asked, how complete it was, and the answer once it is there."""

    id: str
    contact: str
    who: str
    asked_at: str
    colleague: bool
    fields: tuple[FieldView, ...]
    report: HandOverReportView
    answer: AnswerView | None
    answer_report: HandOverReportView | None


@dataclass(frozen=True, slots=True)
class ContactChoice:
    """Somebody who can be asked: value for the form, name, what for, how fast, and which colleagues would answer."""

    value: str
    department: str
    name: str
    reach_for: str
    answers_within: int
    colleagues: tuple[str, ...]


def handover_fields(handover: HandOver | None) -> tuple[FieldView, ...]:
    """Return the six fields in the rubric's order, with what `handover` says in each."""
    return tuple(
        FieldView(name, str(HANDOVER_FIELD[name]), str(HANDOVER_HINT[name]), getattr(handover, name) if handover is not None else "")
        for name in FIELDS
    )


def present_answer(answer: HandOverAnswer, by: str, at: str) -> AnswerView:
    """Return a contact's answer as the sender reads it."""
    return AnswerView(
        may_say=answer.may_say,
        may_not_say=answer.may_not_say,
        owner=answer.owner,
        next_time=answer.next_time,
        by=by,
        at=at,
        asks_back=not answer.may_say.strip(),
    )


def present_handover(state: HandOverState, scenario: Scenario, playbook: Playbook) -> HandOverView:
    """Return one hand-over of a run as its sender sees it."""
    entry = contact_entry(playbook, state.handover.to)
    answered_at = story_label(scenario, state.answered_s) if state.answered_s is not None else ""
    return HandOverView(
        id=state.handover_id,
        contact=str(CONTACT[state.handover.to]),
        who=entry.name if entry is not None else str(CONTACT[state.handover.to]),
        asked_at=story_label(scenario, state.story_s),
        colleague=state.colleague,
        fields=tuple(field for field in handover_fields(state.handover) if field.text.strip()),
        report=present_handover_report(state.report),
        answer=present_answer(state.answer, state.answered_by, answered_at) if state.answer is not None else None,
        answer_report=present_handover_report(state.answer_report) if state.answer_report is not None else None,
    )


def contact_choices(playbook: Playbook, colleagues: dict[Contact, list[str]]) -> tuple[ContactChoice, ...]:
    """Return everybody in the playbook who can be asked."""
    return tuple(
        ContactChoice(
            value=entry.contact.value,
            department=str(CONTACT[entry.contact]),
            name=entry.name,
            reach_for=entry.reach_for,
            answers_within=entry.answers_within,
            colleagues=tuple(colleagues.get(entry.contact, ())),
        )
        for entry in playbook.contacts
    )


def contact_entry(playbook: Playbook, contact: Contact) -> PlaybookContact | None:
    """Return the playbook's entry for `contact`, if it has one."""
    return next((entry for entry in playbook.contacts if entry.contact is contact), None)


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One hand-over in the list. `when` is how long it has waited, or how long ago it was answered; `filed_ms` since the epoch."""

    id: str
    sender: str
    scenario: str
    contact: str
    asked: str
    by_when: str
    when: str
    filed_ms: int
    late: bool


@dataclass(frozen=True, slots=True)
class InboxView:
    """A contact's inbox: what waits, then what is answered."""

    waiting: tuple[InboxRow, ...]
    answered: tuple[InboxRow, ...]


@dataclass(frozen=True, slots=True)
class ItemView:
    """One hand-over as its contact sees it, with the thread as it stood."""

    row: InboxRow
    brand: str
    channel: str
    posts: tuple[PostView, ...]
    fields: tuple[FieldView, ...]
    known: tuple[str, ...]
    inside: tuple[str, ...]
    target: str
    answer: AnswerView | None
    report: HandOverReportView | None


def present_inbox(items: Sequence[InboxItem], now_ms: int) -> InboxView:
    """Return the inbox at real time `now_ms`, in the order given."""
    rows = [(item.answered_ms is None, _row(item, now_ms)) for item in items]
    return InboxView(tuple(row for waits, row in rows if waits), tuple(row for waits, row in rows if not waits))


def present_item(item: InboxItem, now_ms: int) -> ItemView:
    """Return one hand-over for its contact."""
    return ItemView(
        row=_row(item, now_ms),
        brand=item.brand,
        channel=item.channel.value,
        posts=tuple(_line(line, index, item) for index, line in enumerate(item.thread)),
        fields=handover_fields(item.handover),
        known=item.known,
        inside=item.inside,
        target=how_long(item.target_minutes) if item.target_minutes is not None else "",
        answer=present_answer(item.answer, item.answered_by, "") if item.answer is not None else None,
        report=present_handover_report(item.report) if item.report is not None else None,
    )


def _row(item: InboxItem, now_ms: int) -> InboxRow:
    since = item.answered_ms if item.answered_ms is not None else item.filed_ms
    waited = (now_ms - item.filed_ms) / 60_000
    return InboxRow(
        id=item.id,
        sender=item.sender_name or _("a colleague"),
        scenario=item.scenario_title,
        contact=str(CONTACT[item.contact]),
        asked=item.handover.asked or item.handover.what_happened,
        by_when=item.handover.by_when,
        when=how_long((now_ms - since) / 60_000),
        filed_ms=item.filed_ms,
        late=item.answered_ms is None and item.target_minutes is not None and waited > item.target_minutes,
    )


def _line(line: InboxLine, index: int, item: InboxItem) -> PostView:
    return PostView(
        name=line.name,
        text=line.text,
        handle=line.handle,
        seed=line.handle or line.name,
        id=f"{item.id}-{index}",
        when=moment_label(item.starts_s, line.story_s),
        reply=index > 0,
        ours=line.ours,
        private=line.private,
    )


def how_long(minutes: float) -> str:
    """Write a span of real minutes as a person would say it."""
    whole = max(0, round(minutes))
    if whole < 1:
        return _("less than a minute")
    if whole < 60:
        return _("%(minutes)s min", minutes=whole)
    hours = whole // 60
    return _("%(hours)s h", hours=hours) if hours < 48 else _("%(days)s days", days=hours // 24)
