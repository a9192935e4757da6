"""Turn a shift into what its pages show: the inbox, what one can do with a thread of it, and its score in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from simulator.content.model import SHIFT, Message, Scenario
from simulator.drills.shift import ShiftFinding, ShiftReport, ThreadRow
from simulator.drills.shift_inbox import ORDER, inbox_order
from simulator.drills.world import channel_of_scenario
from simulator.scoring.vocabulary import Urgency
from simulator.services.run_views import RunView
from simulator.web.presenters_library import NETWORK
from simulator.web.presenters_street import ThreadView
from simulator.web.presenters_time import story_label
from simulator.web.presenters_words import number, signed

EXCERPT = 90
SNOOZES = ("5", "15", "30")
PART = {
    "coverage": (_l("Looked after"), _l("Everybody who needed you got an answer, or was rightly left alone.")),
    "order": (_l("Order"), _l("The dangerous one came first.")),
    "targets": (_l("In time"), _l("First answers came before their targets.")),
    "quality": (_l("Words"), _l("How good the replies were. Words that were only pasted earn little.")),
}
PRIORITY = {Urgency.CRITICAL: _l("Critical"), Urgency.HIGH: _l("High"), Urgency.NORMAL: _l("Normal"), Urgency.LOW: _l("Low")}
HOW = {
    "replied": _l("answered"),
    "left_alone": _l("left alone, rightly"),
    "merged": _l("merged as a repeat"),
    "statement": _l("answered by the statement"),
    "handed_over": _l("handed over"),
    "misread": _l("passed over, though it called for words"),
    "missed": _l("never dealt with"),
    "wrongly_merged": _l("merged, though it was no repeat"),
}


@dataclass(frozen=True, slots=True)
class InboxRowView:
    """One thread in the inbox. `group` is waiting, snoozed, done or closed; `mine` tells that the priority is the player's."""

    id: str
    name: str
    network: str
    words: str
    priority: str
    priority_word: str
    mine: bool
    claimed: bool
    snoozed_until: str
    group: str
    thread: ThreadView


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One choice of a select: its value and words."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class MessageView:
    """One pre-approved message; its blanks stand in square brackets."""

    id: str
    title: str
    say: str


@dataclass(frozen=True, slots=True)
class ShiftView:
    """The inbox beside the street, and what can be done with the thread that is open."""

    rows: tuple[InboxRowView, ...]
    waiting: int
    claimed: bool
    priorities: tuple[ChoiceView, ...]
    snoozes: tuple[ChoiceView, ...]
    merges: tuple[ChoiceView, ...]
    messages: tuple[MessageView, ...]
    declared: str
    declared_at: str
    covered: bool
    can_declare: bool


def present_shift(view: RunView, threads: tuple[ThreadView, ...], current: ThreadView | None) -> ShiftView | None:
    """Return the inbox of a shift, None for a drill."""
    if view.scenario.mode != SHIFT:
        return None
    by_id = {item.id: item for item in threads}
    priorities = {**view.suggested, **view.state.ranks}
    due = {item.id: float(item.due_s or 0) for item in threads}
    rows = tuple(_row(view, by_id[name], priorities) for name in inbox_order(view.state, view.waiting, priorities, due) if name in by_id)
    incident = view.state.incident
    return ShiftView(
        rows=rows,
        waiting=sum(row.group == "waiting" for row in rows),
        claimed=current is not None and current.id in view.state.claimed,
        priorities=tuple(
            ChoiceView(each.value, str(PRIORITY[each]), current is not None and priorities.get(current.id) is each) for each in ORDER
        ),
        snoozes=tuple(
            ChoiceView(minutes, ngettext("%(num)s minute", "%(num)s minutes", int(minutes)), minutes == "15") for minutes in SNOOZES
        ),
        merges=_merges(view, threads, current),
        messages=tuple(MessageView(each.id, each.title, each.say) for each in _fitting(view, current)),
        declared=incident.text if incident else "",
        declared_at=story_label(view.scenario, incident.story_s) if incident else "",
        covered=current is not None and view.state.covers(current.id),
        can_declare=incident is None,
    )


def first_in_inbox(view: RunView) -> str:
    """Return the thread that a shift opens on, the first of its inbox; empty for a drill."""
    if view.scenario.mode != SHIFT:
        return ""
    priorities = {**view.suggested, **view.state.ranks}
    order = inbox_order(view.state, view.waiting, priorities, {})
    return next(iter(order), "")


def _row(view: RunView, item: ThreadView, priorities: Mapping[str, Urgency]) -> InboxRowView:
    state = view.state
    priority = priorities.get(item.id, Urgency.NORMAL)
    until = state.snoozed.get(item.id)
    sleeping = until is not None and until > view.story_s and item.waiting
    group = "closed" if item.ending else "snoozed" if sleeping else "waiting" if item.waiting else "done"
    words = next((post.text for post in reversed(item.posts) if not post.ours), "")
    return InboxRowView(
        id=item.id,
        name=item.name,
        network=str(NETWORK[channel_of_scenario(view.scenario, item.id)]),
        words=words if len(words) <= EXCERPT else f"{words[: EXCERPT - 1].rstrip()}…",
        priority=priority.value,
        priority_word=str(PRIORITY[priority]),
        mine=item.id in state.ranks,
        claimed=item.id in state.claimed,
        snoozed_until=story_label(view.scenario, until) if sleeping and until is not None else "",
        group=group,
        thread=item,
    )


def _merges(view: RunView, threads: tuple[ThreadView, ...], current: ThreadView | None) -> tuple[ChoiceView, ...]:
    if current is None:
        return ()
    others = [ChoiceView(item.id, _("%(name)s, %(network)s", name=item.name, network=_network(view, item))) for item in threads]
    into = [ChoiceView("incident", _("the incident"))] if view.state.incident and not view.state.covers(current.id) else []
    return (*into, *(each for each in others if each.value != current.id))


def _network(view: RunView, item: ThreadView) -> str:
    return str(NETWORK[channel_of_scenario(view.scenario, item.id)])


def _fitting(view: RunView, current: ThreadView | None) -> tuple[Message, ...]:
    thread = next((each for each in view.scenario.threads if current is not None and each.id == current.id), None)
    if thread is None:
        return ()
    return tuple(each for each in view.playbook.messages if not each.kinds or thread.expected.kind in each.kinds)


@dataclass(frozen=True, slots=True)
class PartView:
    """One part of the score; `value` is None where it does not apply."""

    name: str
    label: str
    meaning: str
    value: int | None


@dataclass(frozen=True, slots=True)
class FindingView:
    """One thing that earned or cost, in a sentence; `points` is signed text, empty for none."""

    words: str
    points: str
    gain: bool


@dataclass(frozen=True, slots=True)
class ShiftRowView:
    """What came of one thread."""

    name: str
    priority: str
    how: str
    at: str
    quality: str
    good: bool


@dataclass(frozen=True, slots=True)
class ShiftReportView:
    """The score of a shift, for `templates/review/_shift.html`."""

    total: str
    parts: tuple[PartView, ...]
    gains: tuple[FindingView, ...]
    costs: tuple[FindingView, ...]
    rows: tuple[ShiftRowView, ...]
    statement: str


def present_shift_report(scenario: Scenario, report: ShiftReport) -> ShiftReportView:
    """Return the score of a shift in words."""
    findings = [
        FindingView(_sentence(scenario, each), signed(each.points) if each.points else "", _is_gain(each)) for each in report.findings
    ]
    return ShiftReportView(
        total=number(report.total),
        parts=tuple(
            PartView(name, str(label), str(meaning), None if report.parts[name] is None else round(report.parts[name] or 0.0))
            for name, (label, meaning) in PART.items()
        ),
        gains=tuple(each for each in reversed(findings) if each.gain),
        costs=tuple(each for each in findings if not each.gain),
        rows=tuple(_report_row(scenario, row) for row in report.rows),
        statement="" if report.statement is None else number(report.statement),
    )


def _report_row(scenario: Scenario, row: ThreadRow) -> ShiftRowView:
    return ShiftRowView(
        name=_name(scenario, row.thread),
        priority=str(PRIORITY[row.priority]),
        how=str(HOW[row.how]),
        at="" if row.attended_s is None else story_label(scenario, row.attended_s),
        quality="" if row.quality is None else number(row.quality),
        good=row.covered == 1 and row.in_time is not False,
    )


def _name(scenario: Scenario, thread_id: str) -> str:
    thread = next((each for each in scenario.threads if each.id == thread_id), None)
    person = scenario.personas.get(thread.beats[0].by) if thread else None
    return _("%(name)s, %(network)s", name=person.name, network=NETWORK[channel_of_scenario(scenario, thread_id)]) if person else thread_id


def _is_gain(finding: ShiftFinding) -> bool:
    return finding.code in ("danger_first", "incident_declared", "merged")


def _sentence(scenario: Scenario, finding: ShiftFinding) -> str:
    name, other = _name(scenario, finding.thread), _name(scenario, finding.other) if finding.other else ""
    minutes = number(finding.minutes)
    words = {
        "missed": _("%(name)s: nobody dealt with it.", name=name),
        "misread": _("%(name)s: it called for words and got none.", name=name),
        "wrongly_merged": _("%(name)s: merged, but it was no repeat.", name=name),
        "waited_behind": _("%(name)s: it waited while %(other)s was dealt with.", name=name, other=other),
        "late": _("%(name)s: the first answer came %(minutes)s minutes after its target.", name=name, minutes=minutes),
        "pasted": _("%(name)s: the words were a message as it stands, or had been sent before. Make them this person's.", name=name),
        "weak": _("%(name)s: the reply was less than adequate.", name=name),
        "danger_first": _("%(name)s: dealt with before everything that waited beside it.", name=name),
        "incident_declared": _("One trouble from several sides was declared in time."),
        "incident_late": _("The incident was declared, but after its target."),
        "incident_missed": _("One trouble came from several sides and was never declared."),
        "false_alarm": _("An incident was declared that was none."),
        "merged": _("%(name)s: a repeat, merged.", name=name),
    }
    return words[finding.code]
