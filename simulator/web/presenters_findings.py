"""Turn findings into rows that can be read: twins joined, what hardly counts gathered, points that add up as shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import ngettext

from simulator.scoring.model import Finding
from simulator.scoring.vocabulary import Dimension
from simulator.web.presenters_words import DIMENSION, LETTER, code_label, sentence, signed

SMALL = 0.2
"""Less than this on the total is nothing that anybody could act on: it is told of, but not among what counts."""


@dataclass(frozen=True, slots=True)
class NoteView:
    """Why something counts, what would be better, and the words that it was seen in."""

    why: str
    fix: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindingView:
    """What one finding, or several of the same kind in one dimension, comes to.

    `points` is signed text on the total, `on_dimension` on its dimension's own scale.
    """

    label: str
    dimension: str
    letter: str
    effect: str
    points: str
    on_dimension: str
    notes: tuple[NoteView, ...]
    blocker: bool


@dataclass(frozen=True, slots=True)
class FindingsView:
    """A report's findings: those that count and the small ones by dimension, and rows whose points add up to the total as shown."""

    counting: dict[Dimension, tuple[FindingView, ...]]
    small: dict[Dimension, tuple[FindingView, ...]]
    rows: tuple[FindingView, ...]


def present_findings(findings: Sequence[Finding], total: float) -> FindingsView:
    """Return a report's findings in words; the small ones share one row of the sum."""
    groups = sorted(_joined(findings), key=lambda group: list(Dimension).index(group[0].dimension))
    big = [group for group in groups if _counts(group)]
    small = [group for group in groups if not _counts(group)]
    sums = [_points(group) for group in big]
    shares = shares_of_total([*sums, sum(map(_points, small))], total)
    shown = [finding_view(group, points) for group, points in zip(big, shares[:-1], strict=True)]
    quiet = [finding_view(group, 0.0) for group in small]
    return FindingsView(
        counting={dimension: _of(dimension, big, shown) for dimension in Dimension},
        small={dimension: _of(dimension, small, quiet) for dimension in Dimension},
        rows=(*shown, *([_together(len(small), shares[-1])] if shares[-1] else [])),
    )


def finding_view(group: Sequence[Finding], points: float) -> FindingView:
    """Return findings of one kind in words, with `points` as their share of the total."""
    first = group[0]
    quotes: dict[tuple[str, str], list[str]] = {}
    for finding in group:
        quotes.setdefault((sentence(finding.why), sentence(finding.fix)), []).append(finding.quote)
    return FindingView(
        label=code_label(first.code),
        dimension=str(DIMENSION[first.dimension]),
        letter=LETTER.get(first.dimension, ""),
        effect=next((effect for finding in group if (effect := effect_of(finding))), ""),
        points=signed(points),
        on_dimension=signed(sum(finding.dimension_points for finding in group), 0),
        notes=tuple(NoteView(why, fix, tuple(dict.fromkeys(filter(None, said)))) for (why, fix), said in quotes.items()),
        blocker=first.blocker,
    )


def effect_of(finding: Finding) -> str:
    """Return "gain" or "cost", or nothing where a finding moves nothing."""
    if finding.blocker or finding.dimension_points < 0:
        return "cost"
    return "gain" if finding.dimension_points > 0 else ""


def shares_of_total(values: Sequence[float], total: float) -> tuple[float, ...]:
    """Round `values` to tenths so that the rounded ones still add up to `total` (largest remainders first)."""
    tenths = [int(value * 10 // 1) for value in values]
    left = round(total * 10) - sum(tenths)
    order = sorted(range(len(values)), key=lambda index: tenths[index] - values[index] * 10)
    for index in order[: max(0, left)]:
        tenths[index] += 1
    return tuple(tenth / 10 for tenth in tenths)


def _joined(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Put findings of one code in a dimension together; a gain and a cost stay apart, and what moved nothing goes with either."""
    groups: dict[tuple[Dimension, str, bool], dict[str, list[Finding]]] = {}
    for finding in findings:
        groups.setdefault((finding.dimension, finding.code, finding.blocker), {}).setdefault(effect_of(finding), []).append(finding)
    for kinds in groups.values():
        idle = kinds.pop("", [])
        kinds.setdefault(next(iter(kinds), ""), []).extend(idle)
    return [group for kinds in groups.values() for group in kinds.values() if group]


def _points(group: Sequence[Finding]) -> float:
    return sum(finding.points for finding in group)


def _counts(group: Sequence[Finding]) -> bool:
    return group[0].blocker or abs(_points(group)) >= SMALL


def _of(dimension: Dimension, groups: Sequence[Sequence[Finding]], views: Sequence[FindingView]) -> tuple[FindingView, ...]:
    own = [view for group, view in zip(groups, views, strict=True) if group[0].dimension is dimension]
    return tuple(sorted(own, key=lambda view: not view.blocker))


def _together(count: int, points: float) -> FindingView:
    label = ngettext("%(num)s small thing", "%(num)s small things together", count)
    effect = "gain" if points > 0 else "cost"
    return FindingView(label, "", "", effect, signed(points), "", (), blocker=False)
