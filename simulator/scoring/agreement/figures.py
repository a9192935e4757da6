"""Hold figures: shares counted post by post, correlations, and the interval that a bootstrap over posts gives them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value with its 95 % interval; `count` is how many cases it stands on. None where there was no case."""

    value: float | None
    low: float | None
    high: float | None
    count: int


NOTHING = Figure(None, None, None, 0)


class Tally:
    """Count, per post, how many cases there were and how many went right; a tie counts half."""

    def __init__(self) -> None:
        self._right: dict[str, float] = {}
        self._cases: dict[str, int] = {}

    def add(self, post: str, right: float | bool) -> None:
        """Note one case of `post` that went right (1), wrong (0) or half."""
        self._right[post] = self._right.get(post, 0.0) + float(right)
        self._cases[post] = self._cases.get(post, 0) + 1

    def merge(self, other: Tally) -> None:
        """Take in the cases of `other`."""
        for post, cases in other._cases.items():
            self._right[post] = self._right.get(post, 0.0) + other._right[post]
            self._cases[post] = self._cases.get(post, 0) + cases

    def __bool__(self) -> bool:
        return bool(self._cases)

    @property
    def cases(self) -> int:
        """Return how many cases were noted."""
        return sum(self._cases.values())

    @property
    def share(self) -> float | None:
        """Return the share that went right."""
        return sum(self._right.values()) / self.cases if self._cases else None

    def rows(self) -> tuple[list[float], list[int]]:
        """Return right and cases, one entry a post, in the order of the posts' ids."""
        posts = sorted(self._cases)
        return [self._right[post] for post in posts], [self._cases[post] for post in posts]


def ranks(values: Sequence[float]) -> list[float]:
    """Return each value's rank from 1, equal values sharing the mean of their ranks."""
    order = sorted(range(len(values)), key=values.__getitem__)
    found = [0.0] * len(values)
    for first, last in _runs(order, values):
        for place in range(first, last):
            found[order[place]] = (first + 1 + last) / 2
    return found


def _runs(order: Sequence[int], values: Sequence[float]) -> Iterator[tuple[int, int]]:
    first = 0
    for place in range(1, len(order) + 1):
        if place == len(order) or values[order[place]] != values[order[first]]:
            yield first, place
            first = place


@dataclass(frozen=True, slots=True)
class Moments:
    """Sums of two variables over some cases: count, x, y, xx, yy, xy."""

    n: float = 0.0
    x: float = 0.0
    y: float = 0.0
    xx: float = 0.0
    yy: float = 0.0
    xy: float = 0.0


def correlation(n: float, x: float, y: float, xx: float, yy: float, xy: float) -> float | None:
    """Return Pearson's correlation from sums; None where one side does not vary."""
    spread = (n * xx - x * x) * (n * yy - y * y)
    return (n * xy - x * y) / spread**0.5 if n >= 2 and spread > 1e-9 else None


def rank_moments(pairs: Iterable[tuple[str, float, float]]) -> list[Moments]:
    """Rank both sides of (post, one, other) over all cases and return the sums, one entry a post: Spearman's ingredients."""
    rows = sorted(pairs)
    ones, others = ranks([one for _, one, _ in rows]), ranks([other for _, _, other in rows])
    middle = (len(rows) + 1) / 2
    sums: dict[str, list[float]] = {}
    for (post, _, _), one, other in zip(rows, ones, others, strict=True):
        a, b = one - middle, other - middle
        mine = sums.setdefault(post, [0.0] * 6)
        for place, value in enumerate((1.0, a, b, a * a, b * b, a * b)):
            mine[place] += value
    return [Moments(*row) for row in sums.values()]


def spearman(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Return Spearman's rank correlation of (one, other) pairs; None where one side does not vary."""
    rows = rank_moments((str(place), one, other) for place, (one, other) in enumerate(pairs))
    columns = [sum(column) for column in zip(*((row.n, row.x, row.y, row.xx, row.yy, row.xy) for row in rows), strict=True)]
    return correlation(*columns) if columns else None
