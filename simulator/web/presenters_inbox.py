"""Show hand-overs: to the one who asked, in the run, and to the contact who is asked, in the inbox."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from simulator.content.model import Playbook, PlaybookContact
from simulator.core.clock import format_story_time
from simulator.drills.state import HandOverState
from simulator.scoring.model import HandOver, HandOverAnswer
from simulator.scoring.vocabulary import Contact
from simulator.web.presenters_report import HandOverReportView, present_handover_report
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


def present_handover(state: HandOverState, playbook: Playbook) -> HandOverView:
    """Return one hand-over of a run as its sender sees it."""
    entry = contact_entry(playbook, state.handover.to)
    answered_at = format_story_time(state.answered_s) if state.answered_s is not None else ""
    return HandOverView(
        id=state.handover_id,
        contact=str(CONTACT[state.handover.to]),
        who=entry.name if entry is not None else str(CONTACT[state.handover.to]),
        asked_at=format_story_time(state.story_s),
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


def how_long(minutes: float) -> str:
    """Write a span of real minutes as a person would say it."""
    whole = max(0, round(minutes))
    if whole < 1:
        return _("just now")
    if whole < 60:
        return _("%(minutes)s min", minutes=whole)
    hours = whole // 60
    return _("%(hours)s h", hours=hours) if hours < 48 else _("%(days)s days", days=hours // 24)
