"""Score a shift: how much was looked after, in which order, in time, and how well. Pure, from the state alone.

Each thread weighs by its priority (WEIGHT). Four parts, each 0 to 100, make the total by SHARE; a part that does not
apply (targets without a clock, order where nothing ever waited beside something else) leaves its share to coverage.
The formula with its reasons is in docs/patterns.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean

from simulator.content.model import Thread
from simulator.drills.incident import incident_since
from simulator.drills.public import ADEQUATE
from simulator.drills.shift_words import is_pasted
from simulator.drills.state import INCIDENT, RunState
from simulator.drills.world import World, decisions_of, posts_of
from simulator.scoring.vocabulary import SILENT_ACTIONS, Action, Kind, Urgency

SHARE: Mapping[str, float] = {"coverage": 0.3, "order": 0.15, "targets": 0.15, "quality": 0.4}
"""What a shift is for: what was said is worth most, then that nobody was left; the dangerous one first, and in time."""
WEIGHT: Mapping[Urgency, float] = {Urgency.CRITICAL: 8.0, Urgency.HIGH: 4.0, Urgency.NORMAL: 2.0, Urgency.LOW: 1.0}
"""Each step of urgency weighs twice the one below: one missed danger is worth a good deal of noise well kept."""
PASTED_MOST = 40.0
"""What a reply earns at most in a shift whose words are not one's own: under "adequate", so that it never pays."""
HALF = 0.5
"""What an answer covers that is not adequate, and what it covers to have left alone by accident what one may leave."""
SAME_MOMENT = 1.0
"""Story seconds within which two threads count as attended at once."""

CRITICAL_KINDS = frozenset({Kind.SELF_HARM, Kind.VIOLENCE_THREAT, Kind.SAFETY})
HIGH_KINDS = frozenset({Kind.LEGAL_THREAT, Kind.PERSONAL_DATA, Kind.PRESS, Kind.SPIKE, Kind.HEATED_COMPLAINT})
LOW_KINDS = frozenset({Kind.PRAISE, Kind.SPAM, Kind.TROLL, Kind.OFF_TOPIC, Kind.SUGGESTION, Kind.RAGER})


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """What came of one thread. Times are story seconds; `attended_s` is when it was first dealt with, None for never.

    `how` is replied, left_alone, merged, statement, handed_over, misread (silent where words were due), missed or
    wrongly_merged. `covered` is 1 where that was right, HALF where no answer was adequate or nobody decided, else 0.
    `in_time` is None where no reply was due, or without a clock; `quality` is the mean of the replies, None without words.
    """

    thread: str
    priority: Urgency
    opened_s: float
    attended_s: float | None
    target_s: float
    how: str
    covered: float
    in_time: bool | None
    quality: float | None


@dataclass(frozen=True, slots=True)
class ShiftFinding:
    """One thing that earned or cost. `code` is a key of FINDINGS; `points` are of the total's 100; `other` is a second thread."""

    code: str
    thread: str
    points: float
    other: str = ""
    minutes: float = 0.0


@dataclass(frozen=True, slots=True)
class ShiftReport:
    """The score of a shift. `parts` maps coverage, order, targets and quality to 0–100, None where it does not apply.

    `incident` is "" (there was none), "declared", "late" (after its target), "missed" or "false_alarm"; `statement` is the
    total of the statement.
    """

    total: float
    parts: Mapping[str, float | None]
    rows: tuple[ThreadRow, ...]
    findings: tuple[ShiftFinding, ...]
    incident: str
    statement: float | None


FINDINGS: Mapping[str, str] = {
    "missed": "nobody dealt with it",
    "misread": "it called for words and got none",
    "wrongly_merged": "it was merged, but it was no repeat",
    "waited_behind": "it waited while something less urgent was dealt with",
    "late": "its first answer came after its target",
    "pasted": "the words were a message as it stands, or had been sent before",
    "weak": "the reply was under what is adequate",
    "danger_first": "the dangerous one was dealt with before all that waited beside it",
    "incident_declared": "one trouble from several sides was declared in time",
    "incident_late": "the incident was declared after its target",
    "incident_missed": "one trouble came from several sides and was never declared",
    "false_alarm": "an incident was declared that was none",
    "merged": "a repeat was merged",
}
"""Every code of a finding, in words."""


def priority_of(thread: Thread) -> Urgency:
    """Return how soon somebody must act on a thread: as written, else by its kind."""
    if thread.priority is not None:
        return thread.priority
    kind = thread.expected.kind
    if kind in CRITICAL_KINDS:
        return Urgency.CRITICAL
    return Urgency.HIGH if kind in HIGH_KINDS else Urgency.LOW if kind in LOW_KINDS else Urgency.NORMAL


def shift_report(world: World, state: RunState) -> ShiftReport:
    """Return the score of a shift as far as it has come; threads that have not begun count for nothing."""
    rows = tuple(_row(world, state, thread) for thread in world.scenario.threads if posts_of(state, thread.id))
    incident = _incident(world, state)
    inversions = _inversions(rows)
    parts: dict[str, float | None] = {
        "coverage": _weighted([(row.priority, row.covered) for row in rows]),
        "order": _order(rows, inversions),
        "targets": _weighted([(row.priority, row.in_time * row.covered) for row in rows if row.in_time is not None]),
        "quality": _quality(world, state),
    }
    shares = _shares(parts)
    total = sum(shares[name] * (value or 0.0) for name, value in parts.items())
    findings = (*_row_findings(rows, shares), *_order_findings(rows, inversions, shares), *_word_findings(world, state, shares))
    found = sorted((*findings, *_incident_findings(incident)), key=lambda each: (each.points, each.thread))
    statement = state.incident.report.total if state.incident else None
    return ShiftReport(round(total, 1), parts, rows, tuple(found), incident, statement)


def _row(world: World, state: RunState, thread: Thread) -> ThreadRow:
    how, attended = _dealt(state, thread)
    opened = posts_of(state, thread.id)[0].story_s
    replied = how in ("replied", "statement", "handed_over")
    due = any(action not in SILENT_ACTIONS for action in thread.expected.best) and how != "merged"
    overdue = state.last_story_s > opened + thread.target_s
    in_time = None
    if not state.untimed and due and (attended is not None or overdue or state.status == "ended"):
        in_time = replied and attended is not None and attended <= opened + thread.target_s
    totals = _totals(world, state, thread.id)
    covered = 1.0 if how in ("replied", "left_alone", "merged", "statement", "handed_over") else 0.0
    chosen = attended is not None or {Action.IGNORE, Action.MONITOR} & set(thread.expected.best)
    if (how == "replied" and max(totals) < ADEQUATE) or (how == "left_alone" and not chosen):
        covered = HALF
    return ThreadRow(
        thread.id,
        priority_of(thread),
        opened,
        attended,
        thread.target_s,
        how,
        covered,
        in_time,
        round(fmean(totals), 1) if totals else None,
    )


def _dealt(state: RunState, thread: Thread) -> tuple[str, float | None]:
    """Return how a thread was dealt with and when first. Any answer counts here; how good it is, counts as quality."""
    right = (*thread.expected.best, *thread.expected.fine)
    decisions = decisions_of(state, thread.id)
    moments = [(item.story_s, "replied") for item in decisions if item.text]
    moments += [(item.story_s, "handed_over") for item in state.handovers if item.thread == thread.id]
    moments += [(item.story_s, "left_alone") for item in decisions if not item.text and item.action in right]
    moments += [
        (merge.story_s, "merged" if merge.into != INCIDENT else "statement")
        for merge in state.merges
        if merge.thread == thread.id and merge.right
    ]
    if state.incident is not None and state.covers(thread.id):
        moments.append((max(state.incident.story_s, posts_of(state, thread.id)[0].story_s), "statement"))
    if moments:
        first = min(moments)
        return first[1], first[0]
    wrong = [(item.story_s, "misread") for item in decisions]
    wrong += [(merge.story_s, "wrongly_merged") for merge in state.merges if merge.thread == thread.id]
    if wrong:
        return min(wrong)[1], min(wrong)[0]
    return ("left_alone" if {Action.IGNORE, Action.MONITOR} & set(right) else "missed"), None


def _weighted(values: Sequence[tuple[Urgency, float]]) -> float | None:
    weight = sum(WEIGHT[priority] for priority, _ in values)
    return round(100 * sum(WEIGHT[priority] * value for priority, value in values) / weight, 1) if weight else None


def _pairs(rows: Sequence[ThreadRow]) -> list[tuple[ThreadRow, ThreadRow]]:
    """Return (more urgent, less urgent) for all that waited side by side, where the less urgent was dealt with at all."""
    found = []
    for one, other in combinations(rows, 2):
        if one.priority is other.priority:
            continue
        urgent, less = (one, other) if WEIGHT[one.priority] > WEIGHT[other.priority] else (other, one)
        if less.attended_s is None:
            continue
        ends = [row.attended_s for row in (urgent, less) if row.attended_s is not None]
        if max(urgent.opened_s, less.opened_s) <= min(ends):
            found.append((urgent, less))
    return found


def _is_inversion(urgent: ThreadRow, less: ThreadRow) -> bool:
    if less.attended_s is None:
        return False
    return urgent.attended_s is None or urgent.attended_s > less.attended_s + SAME_MOMENT


def _inversions(rows: Sequence[ThreadRow]) -> list[tuple[ThreadRow, ThreadRow]]:
    return [(urgent, less) for urgent, less in _pairs(rows) if _is_inversion(urgent, less)]


def _gap(pair: tuple[ThreadRow, ThreadRow]) -> float:
    """A pair weighs by how far its two are apart: a danger that waits for a joke is worse than a complaint that waits for a question."""
    return WEIGHT[pair[0].priority] - WEIGHT[pair[1].priority]


def _order(rows: Sequence[ThreadRow], inversions: Sequence[tuple[ThreadRow, ThreadRow]]) -> float | None:
    whole = sum(map(_gap, _pairs(rows)))
    return round(100 * (1 - sum(map(_gap, inversions)) / whole), 1) if whole else None


def _totals(world: World, state: RunState, thread_id: str) -> list[float]:
    return [
        min(item.report.total, PASTED_MOST) if is_pasted(world, state, item.text, item.decision_id) else item.report.total
        for item in decisions_of(state, thread_id)
        if item.text
    ]


def _quality(world: World, state: RunState) -> float | None:
    """The mean of everything said: replies, and the statement as one of them for each thread that it answers, three at most."""
    totals = [total for thread in world.scenario.threads for total in _totals(world, state, thread.id)]
    if state.incident is not None:
        totals += [state.incident.report.total] * min(3, len(state.incident.threads))
    return round(fmean(totals), 1) if totals else None


def _shares(parts: Mapping[str, float | None]) -> dict[str, float]:
    spare = sum(SHARE[name] for name, value in parts.items() if value is None)
    own = {name: SHARE[name] if value is not None else 0.0 for name, value in parts.items()}
    return {**own, "coverage": own["coverage"] + spare} if parts["coverage"] is not None else own


def _incident(world: World, state: RunState) -> str:
    if state.incident is None:
        missed = world.scenario.incident is not None and incident_since(world, state) is not None
        return "missed" if missed else "false_alarm" if state.false_alarms else ""
    since, incident = incident_since(world, state), world.scenario.incident
    late = since is not None and incident is not None and not state.untimed and state.incident.story_s > since + incident.target_s
    return "late" if late else "declared"


def _row_findings(rows: Sequence[ThreadRow], shares: Mapping[str, float]) -> list[ShiftFinding]:
    whole = sum(WEIGHT[row.priority] for row in rows) or 1.0
    timed = sum(WEIGHT[row.priority] for row in rows if row.in_time is not None) or 1.0
    found = []
    for row in rows:
        cost = -100 * WEIGHT[row.priority] / whole * shares["coverage"]
        if row.how in ("missed", "misread", "wrongly_merged"):
            found.append(ShiftFinding(row.how, row.thread, round(cost, 1)))
        if row.how == "merged":
            found.append(ShiftFinding("merged", row.thread, round(-cost, 1)))
        if row.in_time is False and row.attended_s is not None:
            late = (row.attended_s - row.opened_s - row.target_s) / 60
            points = -100 * WEIGHT[row.priority] / timed * shares["targets"]
            found.append(ShiftFinding("late", row.thread, round(points, 1), minutes=round(max(0.0, late), 1)))
    return found


def _order_findings(
    rows: Sequence[ThreadRow], inversions: Sequence[tuple[ThreadRow, ThreadRow]], shares: Mapping[str, float]
) -> list[ShiftFinding]:
    """One finding for each thread that waited, naming the least urgent that went before it."""
    whole = sum(map(_gap, _pairs(rows))) or 1.0
    found = []
    for urgent in dict.fromkeys(pair[0] for pair in inversions):
        before = [pair for pair in inversions if pair[0] is urgent]
        points = -100 * sum(map(_gap, before)) / whole * shares["order"]
        worst = max(before, key=_gap)[1]
        found.append(ShiftFinding("waited_behind", urgent.thread, round(points, 1), other=worst.thread))
    for row in rows:
        mine = [pair for pair in _pairs(rows) if pair[0] is row]
        if row.priority is Urgency.CRITICAL and mine and row.attended_s is not None and not any(_is_inversion(*pair) for pair in mine):
            found.append(ShiftFinding("danger_first", row.thread, round(100 * sum(map(_gap, mine)) / whole * shares["order"], 1)))
    return found


def _word_findings(world: World, state: RunState, shares: Mapping[str, float]) -> list[ShiftFinding]:
    spoken = [item for item in state.decisions if item.text]
    each = shares["quality"] / max(1, len(spoken))
    found = []
    for item in spoken:
        total = item.report.total
        if is_pasted(world, state, item.text, item.decision_id) and total > PASTED_MOST:
            found.append(ShiftFinding("pasted", item.thread, round((PASTED_MOST - total) * each, 1)))
        elif total < ADEQUATE:
            found.append(ShiftFinding("weak", item.thread, round((total - ADEQUATE) * each, 1)))
    return found


def _incident_findings(incident: str) -> list[ShiftFinding]:
    code = {"declared": "incident_declared", "late": "incident_late", "missed": "incident_missed", "false_alarm": "false_alarm"}.get(
        incident
    )
    return [ShiftFinding(code, "", 0.0)] if code else []
