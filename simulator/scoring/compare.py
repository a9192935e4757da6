"""Say what an edit won and lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.scoring.model import Finding, Report
from simulator.scoring.vocabulary import Dimension


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that an edit changed: `points` on the total, positive for a gain, and the finding that tells of it."""

    code: str
    dimension: Dimension
    points: float
    finding: Finding
    appeared: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of a report through an edit. `total` and `dimensions` are differences, after minus before.

    `dimensions` leaves out those that do not apply in both reports. `changes` are ordered by size.
    """

    total: float
    dimensions: dict[Dimension, float]
    changes: tuple[Change, ...]


def compare(before: Report, after: Report) -> Comparison:
    """Return what the edit from `before` to `after` won and lost; both must be of the same post to mean anything."""
    dimensions = {}
    for dimension, score in after.dimensions.items():
        earlier = before.dimensions[dimension].score
        if score.score is not None and earlier is not None:
            dimensions[dimension] = round(score.score - earlier, 1) + 0.0
    changes = _changes(before.findings, after.findings)
    return Comparison(round(after.total - before.total, 1) + 0.0, dimensions, changes)


def _changes(before: Sequence[Finding], after: Sequence[Finding]) -> tuple[Change, ...]:
    sums_before, sums_after = _sums(before), _sums(after)
    changes = []
    for key in sums_before | sums_after:
        difference = sums_after.get(key, 0.0) - sums_before.get(key, 0.0)
        if abs(difference) >= 0.05:
            told = next(finding for finding in (*after, *before) if (finding.code, finding.dimension) == key)
            changes.append(Change(*key, points=round(difference, 1), finding=told, appeared=key in sums_after))
    return tuple(sorted(changes, key=lambda change: (-abs(change.points), change.code, change.dimension)))


def _sums(findings: Sequence[Finding]) -> dict[tuple[str, Dimension], float]:
    sums: dict[tuple[str, Dimension], float] = {}
    for finding in findings:
        key = finding.code, finding.dimension
        sums[key] = sums.get(key, 0.0) + finding.points
    return sums
