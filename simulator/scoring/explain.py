"""Say in three kind sentences what would help most, by the points they could win, in this post's words where possible."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import exp

from simulator.scoring.model import DimensionScore, Finding, Fix
from simulator.scoring.rubric import Rubric, Wanted
from simulator.scoring.sheet import Sheet
from simulator.scoring.vocabulary import Dimension

MOST_FIXES = 3
LEAST_GAIN = 0.5
"""A step that could win less than half a point is not worth a sentence."""


def best_fixes(
    findings: Sequence[Finding],
    dimensions: Mapping[Dimension, DimensionScore],
    sheet: Sheet | None,
    rubric: Rubric,
    said: Collection[str] = (),
) -> tuple[Fix, ...]:
    """Return up to three steps, the most useful first: mending what costs points, or adding what is missing.

    What is already `said` is not asked for, even where other words took its points.
    """
    candidates = [*_mends(findings), *(_additions(findings, dimensions, sheet, rubric, said) if sheet else ())]
    candidates.sort(key=lambda fix: (-fix.gain, fix.code))
    chosen: list[Fix] = []
    for fix in candidates:
        if fix.gain >= LEAST_GAIN and all(fix.code != other.code and fix.say != other.say for other in chosen):
            chosen.append(fix)
    return tuple(chosen[:MOST_FIXES])


def _mends(findings: Sequence[Finding]) -> Iterable[Fix]:
    """Take every code that costs points: what it costs in all is what mending it could win; its dearest finding words the step."""
    by_code: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.points < 0 and finding.fix:
            by_code.setdefault(finding.code, []).append(finding)
    for code, costs in by_code.items():
        dearest = min(costs, key=lambda finding: finding.points)
        yield Fix(code, dearest.dimension, round(-sum(finding.points for finding in costs), 1), dearest.fix, dearest.span)


def _additions(
    findings: Sequence[Finding], dimensions: Mapping[Dimension, DimensionScore], sheet: Sheet, rubric: Rubric, said: Collection[str]
) -> Iterable[Fix]:
    have = {finding.code for finding in findings}.union(said)
    for wanted in rubric.wanted:
        dimension = dimensions[wanted.dimension]
        if wanted.code in have or wanted.unless & have or dimension.score is None:
            continue
        if wanted.kinds and sheet.kind not in wanted.kinds:
            continue
        gain = (100 - dimension.score) * (1 - exp(-wanted.gain / rubric.ease_up)) * dimension.weight
        if say := _in_their_words(wanted, sheet):
            yield Fix(wanted.code, wanted.dimension, round(gain, 1), say)


def _in_their_words(wanted: Wanted, sheet: Sheet) -> str:
    """Fill in what the post is about; a sentence that needs words which the post does not give is left unsaid."""
    slots = {
        "{issue}": sheet.relation.issue,
        "{part}": next(iter((*sheet.relation.missed_must, *sheet.relation.missed_parts)), ""),
    }
    say = wanted.say
    for slot, words in slots.items():
        if slot in say:
            if not words:
                return ""
            say = say.replace(slot, words)
    return say
