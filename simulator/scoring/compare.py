"""Say what an edit won and lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.scoring.model import Finding, Report
from simulator.scoring.vocabulary import Dimension

MOST_QUOTED = 60


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that an edit changed: `points` on the total, positive for a gain, and the finding that tells of it.

    `appeared` says that it is there after the edit; `say` tells the change in words, without its points.
    """

    code: str
    dimension: Dimension
    points: float
    finding: Finding
    appeared: bool
    say: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of a report through an edit. `total` and `dimensions` are differences, after minus before.

    `dimensions` leaves out those that do not apply in both reports. `changes` are ordered by size; `say` sums them up in a sentence or two.
    """

    total: float
    dimensions: dict[Dimension, float]
    changes: tuple[Change, ...]
    say: str = ""


def compare(before: Report, after: Report) -> Comparison:
    """Return what the edit from `before` to `after` won and lost; both must be of the same post to mean anything."""
    dimensions = {}
    for dimension, score in after.dimensions.items():
        earlier = before.dimensions[dimension].score
        if score.score is not None and earlier is not None:
            dimensions[dimension] = round(score.score - earlier, 1) + 0.0
    changes = _changes(before.findings, after.findings)
    total = round(after.total - before.total, 1) + 0.0
    return Comparison(total, dimensions, changes, _sum_up(total, changes))


def _changes(before: Sequence[Finding], after: Sequence[Finding]) -> tuple[Change, ...]:
    sums_before, sums_after = _sums(before), _sums(after)
    changes = []
    for key in sums_before | sums_after:
        difference = sums_after.get(key, 0.0) - sums_before.get(key, 0.0)
        if abs(difference) >= 0.05:
            told = next(finding for finding in (*after, *before) if (finding.code, finding.dimension) == key)
            said = _say(told, difference, before=key in sums_before, after=key in sums_after)
            changes.append(Change(*key, points=round(difference, 1), finding=told, appeared=key in sums_after, say=said))
    return tuple(sorted(changes, key=lambda change: (-abs(change.points), change.code, change.dimension)))


def _say(told: Finding, difference: float, *, before: bool, after: bool) -> str:
    """Say one change: what is new, gone, or counts otherwise than before, with its words where it has any."""
    if before and after:
        begin = "Counts more" if difference > 0 else "Counts less"
        if told.points < 0:
            begin = "Costs less" if difference > 0 else "Costs more"
    elif after:
        begin = "New"
    else:
        begin = "Mended" if difference > 0 else "Lost"
    words = f" (“{_short(told.quote)}”)" if told.quote else ""
    return f"{begin}: {told.why.rstrip('.')}{words}."


def _short(quote: str) -> str:
    flat = " ".join(quote.split()).lstrip(".,;:!?–- ")
    return flat if len(flat) <= MOST_QUOTED else flat[: MOST_QUOTED - 1].rstrip() + "…"


def _sum_up(total: float, changes: Sequence[Change]) -> str:
    """Say what the edit did on the whole, and what won and what lost most."""
    if not changes:
        return "The edit changes nothing that counts."
    by = f"{abs(total):g} {'point' if abs(total) == 1 else 'points'}"
    parts = [f"The edit wins {by}." if total > 0 else f"The edit loses {by}." if total < 0 else "The edit wins as much as it loses."]
    won = next((change for change in changes if change.points > 0), None)
    lost = next((change for change in changes if change.points < 0), None)
    for change in (lost, won) if total < 0 else (won, lost):
        if change is not None:
            parts.append(f"{change.say[:-1]}: {change.points:+g}.")
    return " ".join(parts)


def _sums(findings: Sequence[Finding]) -> dict[tuple[str, Dimension], float]:
    sums: dict[tuple[str, Dimension], float] = {}
    for finding in findings:
        key = finding.code, finding.dimension
        sums[key] = sums.get(key, 0.0) + finding.points
    return sums
