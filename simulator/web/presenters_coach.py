"""Say what the coach says of a draft while it is typed, and how a post was sorted: the same for play and check."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from simulator.scoring.model import Cue, Finding, Report, Triage
from simulator.scoring.vocabulary import WORDS, Contact, Dimension
from simulator.services.coaching import Coached
from simulator.web.presenters_findings import FindingView, effect_of, finding_view
from simulator.web.presenters_report import Segment, cut, dimension_view, underlined
from simulator.web.presenters_words import ACTION, CONTACT, CUE, DIMENSION, KIND, LETTER, URGENCY, code_label, number, sentence

SURE = 0.6
"""From this confidence on a sorting is stated; below it the runner-up is named too."""
SUREST = 99
"""Per cent: no sorting is certain (docs/agreement.md, calibration), whatever a figure rounds to."""
FAINT = 0.25
"""Below this no reason is claimed: next to nothing in the words speaks for it."""


@dataclass(frozen=True, slots=True)
class ChipView:
    """One dimension beside the draft. `known` tells whether there were words to judge."""

    name: str
    label: str
    letter: str
    score: int | None
    known: bool


@dataclass(frozen=True, slots=True)
class FixView:
    """One next step and what it could win, as text, with an example where there is one."""

    say: str
    gain: str
    example: str = ""


@dataclass(frozen=True, slots=True)
class CoachView:
    """The coach as the server draws it, before any script asks again."""

    known: bool
    chips: tuple[ChipView, ...]
    fixes: tuple[FixView, ...]
    blockers: tuple[FindingView, ...]
    words_blank: str
    words_fine: str


@dataclass(frozen=True, slots=True)
class TriageView:
    """How a post was sorted. `sure` False means that `or_kind` is the other reading."""

    kind: str
    or_kind: str
    sure: bool
    confidence: str
    urgency: str
    urgency_name: str
    action: str
    contact: str
    why: str
    segments: tuple[Segment, ...]


def pasted_fix(coached: Coached) -> tuple[FixView, ...]:
    """Warn of words that are only taken over, in the words in which a shift's score tells of them."""
    if not coached.pasted:
        return ()
    lead = _("Counts %(most)s at most", most=number(coached.pasted_most)) if coached.pasted_most is not None else _("Not your own words")
    return (FixView(_("The words are a message as it stands, or have been sent before. Make them this person's."), lead),)


def coach_json(report: Report, *, seq: int, decision: bool, first: Sequence[FixView] = ()) -> dict[str, Any]:
    """Return the coach's answer on a draft, for play and check alike. `seq` echoes the request's.

    Shape: total, dimensions [{name, label, letter, score, applicable}], marks [{start, end, effect, label, why}] in code
    points, fixes [{say, gain, label, example}], blockers [{label, why}]. Only the words' dimensions are shown while typing; with
    `decision` False nothing is said of the choice of action either, because in a drill that is the player's to make. What is to be
    mended `first` stands before the other fixes, with a gain of 0: its label says what there is to say.
    """
    marks = [
        {"start": start, "end": end, "effect": effect_of(f), "label": code_label(f.code), "why": sentence(f.why)}
        for (start, end), f in underlined(report.findings)
    ]
    fixes = [fix for fix in report.fixes if decision or fix.dimension in WORDS]
    return {
        "seq": seq,
        "total": report.total,
        "dimensions": [_coach_dimension(report, dimension) for dimension in WORDS],
        "marks": marks,
        "fixes": [{"say": fix.say, "gain": 0, "label": fix.gain, "example": fix.example} for fix in first]
        + [
            {"say": sentence(fix.say), "gain": round(fix.gain), "label": str(DIMENSION[fix.dimension]), "example": fix.example}
            for fix in fixes
        ],
        "blockers": [{"label": code_label(f.code), "why": sentence(f.why)} for f in _blockers(report, decision)],
    }


def present_coach(report: Report | None, *, decision: bool, first: Sequence[FixView] = ()) -> CoachView:
    """Return the coach as the page first shows it; None where there are no words yet."""
    told = coach_json(report, seq=0, decision=decision, first=first) if report is not None else None
    return CoachView(
        known=told is not None,
        chips=tuple(_chip(report, dimension) for dimension in WORDS),
        fixes=tuple(FixView(fix["say"], _lead(fix["gain"], fix["label"]), fix["example"]) for fix in told["fixes"]) if told else (),
        blockers=tuple(finding_view([f], f.points) for f in _blockers(report, decision)) if report is not None else (),
        words_blank=_("Write, and after a short rest the coach says what the words earn."),
        words_fine=_("Nothing stands out to mend. Read it once as the other person would."),
    )


def present_triage(triage: Triage, text: str) -> TriageView:
    """Return how the post `text` was sorted, with its cues marked and an honest word where it is unsure."""
    unsure = triage.confidence < SURE and triage.or_kind is not None
    return TriageView(
        kind=str(KIND[triage.kind]),
        or_kind=str(KIND[triage.or_kind]) if triage.or_kind is not None else "",
        sure=not unsure,
        confidence=_("%(percent)s %% sure", percent=min(SUREST, round(triage.confidence * 100))),
        urgency=str(URGENCY[triage.urgency]),
        urgency_name=triage.urgency.value,
        action=str(ACTION[triage.action]),
        contact="" if triage.contact is Contact.NONE else str(CONTACT[triage.contact]),
        why=triage.why if triage.confidence >= FAINT else _("No words here decide it. Read it in its thread before you act on this."),
        segments=cue_segments(text, triage.cues),
    )


def triage_json(triage: Triage) -> dict[str, Any]:
    """Return how a post was sorted, for the coach's answer in check."""
    view = present_triage(triage, "")
    return {
        "kind": view.kind,
        "or_kind": view.or_kind,
        "sure": view.sure,
        "confidence": view.confidence,
        "urgency": view.urgency,
        "urgency_name": view.urgency_name,
        "action": view.action,
        "contact": view.contact,
        "why": view.why,
        "cues": [
            {"start": c.span[0], "end": c.span[1], "effect": "cue", "label": str(CUE.get(c.code, c.code)), "why": ""} for c in triage.cues
        ],
    }


def cue_segments(text: str, cues: Iterable[Cue]) -> tuple[Segment, ...]:
    """Cut a post at the cues that the sorting relied on."""
    return cut(text, [(cue.span, "cue", str(CUE.get(cue.code, cue.code.replace("_", " ")))) for cue in cues])


def _lead(gain: int, label: str) -> str:
    return f"+{gain} {label}" if gain else label


def _coach_dimension(report: Report, dimension: Dimension) -> dict[str, Any]:
    view = dimension_view(report, dimension)
    return {"name": view.name, "label": view.label, "letter": view.letter, "score": view.score, "applicable": view.score is not None}


def _chip(report: Report | None, dimension: Dimension) -> ChipView:
    score = dimension_view(report, dimension).score if report is not None else None
    return ChipView(dimension.value, str(DIMENSION[dimension]), LETTER.get(dimension, ""), score, report is not None)


def _blockers(report: Report, decision: bool) -> list[Finding]:
    return [f for f in report.findings if f.blocker and (decision or f.dimension in WORDS)]
