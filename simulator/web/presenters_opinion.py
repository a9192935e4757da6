"""Show a second opinion beside the judge's report: what each says, and where they differ by more than one step."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from simulator.core.refusal import Refusal
from simulator.integrations.llm.base import Failure, FailureCode
from simulator.integrations.llm.checking import LeftOut, Opinion, Rating
from simulator.scoring.model import Report
from simulator.scoring.vocabulary import WORDS, Dimension
from simulator.services.second_opinion import Difference, SecondOpinions, compare_opinions
from simulator.web.presenters_words import DIMENSION, LETTER, sentence

STEP = (
    lazy_gettext("harmful"),
    lazy_gettext("missing"),
    lazy_gettext("partly"),
    lazy_gettext("good"),
    lazy_gettext("exemplary"),
)
"""The rubric's five steps, 0 to 4."""
WHY_NONE = {
    FailureCode.OFF: lazy_gettext("No model is set here."),
    FailureCode.BUSY: lazy_gettext("Others are being answered just now. Try again in a minute."),
    FailureCode.CAPPED: lazy_gettext("Today's limit is used up. It starts anew at midnight UTC."),
    FailureCode.SLOW: lazy_gettext("The model took too long."),
    FailureCode.UNREACHABLE: lazy_gettext("The model can't be reached just now."),
    FailureCode.REJECTED: lazy_gettext(
        "The model's server turned the question down. Whoever runs this installation finds the reason in the log."
    ),
    FailureCode.DECLINED: lazy_gettext("The model declined to rate this one."),
    FailureCode.TOO_LONG: lazy_gettext("The model's answer was cut off before its end."),
    FailureCode.BROKEN: lazy_gettext("The model's answer could not be used."),
}


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """One dimension as both see it. `ours` and `theirs` are 0–100 or None; `apart` says how far, where that is more than a step."""

    name: str
    label: str
    letter: str
    ours: int | None
    theirs: int | None
    step: str
    reason: str
    quote: str
    left_out: bool
    apart: str


@dataclass(frozen=True, slots=True)
class OpinionView:
    """The panel. `state` is idle, given, none (with `problem`) or refused (with `problem`)."""

    state: str
    model: str
    place: str
    problem: str = ""
    whole: OpinionRow | None = None
    rows: tuple[OpinionRow, ...] = ()
    summary: str = ""
    notes: tuple[str, ...] = ()


def present_opinion(opinions: SecondOpinions, report: Report | None, found: Opinion | Failure | Refusal | None) -> OpinionView | None:
    """Return the panel, None where there is nobody to ask. `found` is None while nobody has asked."""
    if not opinions.available:
        return None
    if isinstance(found, Opinion) and report is not None:
        return _given(opinions, report, found)
    if isinstance(found, Failure):
        return OpinionView("none", opinions.model, opinions.place, problem=str(WHY_NONE[found.code]))
    if isinstance(found, Refusal):
        return OpinionView("refused", opinions.model, opinions.place, problem=found.message)
    return OpinionView("idle", opinions.model, opinions.place)


def _given(opinions: SecondOpinions, report: Report, opinion: Opinion) -> OpinionView:
    differences = compare_opinions(report, opinion)
    rows = tuple(_row(dimension, report, opinion, differences[dimension]) for dimension in WORDS)
    whole = OpinionRow(
        name="overall",
        label=_("On the whole"),
        letter="",
        ours=round(report.total),
        apart=_apart(differences[None]),
        **_theirs(opinion.overall),
    )
    apart = [row.label for row in (*rows, whole) if row.apart]
    summary = (
        _("More than one step apart: %(names)s. Read both reasons, then trust your own eyes.", names=", ".join(apart))
        if apart
        else _("The two are nowhere more than one step apart.")
    )
    return OpinionView("given", opinions.model, opinions.place, whole=whole, rows=rows, summary=summary, notes=_notes(opinion))


def _row(dimension: Dimension, report: Report, opinion: Opinion, difference: Difference) -> OpinionRow:
    scored = report.dimensions.get(dimension)
    return OpinionRow(
        name=dimension.value,
        label=str(DIMENSION[dimension]),
        letter=LETTER.get(dimension, ""),
        ours=round(scored.score) if scored is not None and scored.applicable and scored.score is not None else None,
        apart=_apart(difference),
        **_theirs(opinion.ratings.get(dimension)),
    )


def _theirs(rating: Rating | None) -> dict[str, Any]:
    if rating is None:
        return {"theirs": None, "step": "", "reason": "", "quote": "", "left_out": True}
    step = rating.step
    return {
        "theirs": None if step is None else step * 25,
        "step": "" if step is None else str(STEP[step]),
        "reason": sentence(rating.reason),
        "quote": rating.quote,
        "left_out": False,
    }


def _apart(difference: Difference) -> str:
    if not difference.is_wide or difference.steps is None:
        return ""
    steps = f"{abs(difference.steps):.1f}".removesuffix(".0")
    words = _("model %(steps)s steps kinder", steps=steps) if difference.steps > 0 else _("model %(steps)s steps stricter", steps=steps)
    return str(words)


def _notes(opinion: Opinion) -> tuple[str, ...]:
    count = Counter(what for _about, what in opinion.left_out)
    quotes, ratings = count[LeftOut.QUOTE], count[LeftOut.RATING]
    notes = []
    if quotes:
        told = ngettext(
            "One of its quotes does not stand in the draft and was left out.",
            "%(num)d of its quotes do not stand in the draft and were left out.",
            quotes,
        )
        notes.append(told)
    if ratings:
        told = ngettext(
            "One of its ratings is not on the scale and was left out.",
            "%(num)d of its ratings are not on the scale and were left out.",
            ratings,
        )
        notes.append(told)
    return tuple(notes)
