"""Turn a Report into what a page shows and what the coach answers; every number here can be followed to its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from simulator.scoring.model import Finding, HandOverReport, Report, Span
from simulator.scoring.vocabulary import Dimension
from simulator.web.presenters_findings import FindingView, effect_of, present_findings
from simulator.web.presenters_words import DIMENSION, HANDOVER_FIELD, LETTER, code_label, number, sentence

FIXES_SHOWN = 3
DOUBTED = 1.0
"""Points of the total."""
WHOLE_REPLY = 0.7
"""A gain over more of the reply than this speaks of all of it."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text under the same findings. `effect` is "", "gain", "cost" or "cue"; `notes` say why, one line each."""

    text: str
    effect: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DimensionView:
    """One dimension: `score` is None where this kind of post doesn't call for it; `weight` is a percentage as text.

    `small` are the findings that hardly moved it.
    """

    name: str
    label: str
    letter: str
    score: int | None
    weight: str
    findings: tuple[FindingView, ...]
    small: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """A whole report, ready to be shown. `sum_rows` add up to `total` exactly, as shown."""

    total: str
    total_value: float
    dimensions: tuple[DimensionView, ...]
    segments: tuple[Segment, ...]
    blockers: tuple[FindingView, ...]
    fixes: tuple[str, ...]
    example: str
    sum_rows: tuple[FindingView, ...]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class HandOverPointView:
    """One field of a hand-over or of its answer, judged."""

    label: str
    score: int
    why: str
    fix: str


@dataclass(frozen=True, slots=True)
class HandOverReportView:
    """One side of a hand-over, judged."""

    total: str
    points: tuple[HandOverPointView, ...]


def cut(text: str, spans: Sequence[tuple[Span, str, str]]) -> tuple[Segment, ...]:
    """Cut `text` at the borders of `spans` (span, effect, note), so that overlapping spans give one segment a stretch.

    Where a gain and a cost overlap the cost is shown: it is what can still be changed. Notes of all stay.
    """
    clamped = [((max(0, start), min(len(text), end)), effect, note) for (start, end), effect, note in spans]
    inside = [(span, effect, note) for span, effect, note in clamped if span[0] < span[1]]
    borders = sorted({0, len(text), *(edge for span, _, _ in inside for edge in span)})
    found: list[Segment] = []
    for start, end in pairwise(borders):
        over = [(effect, note) for span, effect, note in inside if span[0] <= start and end <= span[1]]
        effects = {effect for effect, _ in over}
        effect = "cost" if "cost" in effects else next(iter(sorted(effects)), "")
        notes = tuple(dict.fromkeys(note for _, note in over))
        if found and (found[-1].effect, found[-1].notes) == (effect, notes):
            found[-1] = Segment(found[-1].text + text[start:end], effect, notes)
        else:
            found.append(Segment(text[start:end], effect, notes))
    return tuple(found)


def underlined(findings: Iterable[Finding]) -> list[tuple[Span, Finding]]:
    """Return the findings that point at words, with their spans.

    Two kinds of gain stand in the report only, because underlined they would hide what earns and what costs: one for the
    reply as a whole ("warm and human", over WHOLE_REPLY of what lies before the end of the last finding), and one for a
    sentence with a fault in it. So does a cost under DOUBTED that no rule is sure of: a good sentence is not to look like a fault.
    """
    at_words = [
        (finding.span, finding)
        for finding in findings
        if finding.span is not None and effect_of(finding) and (finding.certain or not -DOUBTED < finding.points < 0)
    ]
    length = max((span[1] for span, _ in at_words), default=0)
    faults = [span for span, finding in at_words if effect_of(finding) == "cost"]
    return [
        (span, finding)
        for span, finding in at_words
        if effect_of(finding) == "cost"
        or (span[1] - span[0] <= WHOLE_REPLY * length and not any(span[0] <= start and end <= span[1] for start, end in faults))
    ]


def segments(text: str, findings: Iterable[Finding]) -> tuple[Segment, ...]:
    """Cut a reply at its findings' spans, each stretch with what it gains or costs and why."""
    return cut(text, [(span, effect_of(f), _note(f)) for span, f in underlined(findings)])


def present_report(report: Report, text: str) -> ReportView:
    """Return everything a page shows of `report` on the reply `text` (empty where nothing was said)."""
    findings = present_findings(report.findings, report.total)
    return ReportView(
        total=number(report.total),
        total_value=report.total,
        dimensions=tuple(
            dimension_view(report, dimension, findings.counting[dimension], findings.small[dimension]) for dimension in Dimension
        ),
        segments=segments(text, report.findings),
        blockers=tuple(view for view in findings.rows if view.blocker),
        fixes=tuple(sentence(fix.say) for fix in report.fixes[:FIXES_SHOWN]),
        example=report.fixes[0].example if report.fixes else "",
        sum_rows=findings.rows,
        fingerprint=report.fingerprint,
    )


def present_handover_report(report: HandOverReport) -> HandOverReportView:
    """Return one side of a hand-over, point by point."""
    return HandOverReportView(
        total=number(report.total),
        points=tuple(
            HandOverPointView(_field_label(point.field), round(point.score), sentence(point.why), sentence(point.fix))
            for point in report.points
        ),
    )


def dimension_view(
    report: Report, dimension: Dimension, findings: tuple[FindingView, ...] = (), small: tuple[FindingView, ...] = ()
) -> DimensionView:
    """Return one dimension of `report` with its `findings`, and beside them the `small` ones."""
    scored = report.dimensions.get(dimension)
    applicable = scored is not None and scored.applicable and scored.score is not None
    return DimensionView(
        name=dimension.value,
        label=str(DIMENSION[dimension]),
        letter=LETTER.get(dimension, ""),
        score=round(scored.score) if applicable and scored is not None and scored.score is not None else None,
        weight=f"{round(scored.weight * 100)} %" if applicable and scored is not None else "",
        findings=findings,
        small=small,
    )


def _field_label(name: str) -> str:
    known = HANDOVER_FIELD.get(name)
    return str(known) if known is not None else name.replace("_", " ").capitalize()


def _note(finding: Finding) -> str:
    return f"{code_label(finding.code)}: {sentence(finding.why)}"
