"""Say how sure a figure is: draw the posts again with replacement, many times, and see where the middle 95 % fall.

Whole posts are drawn, because replies to one post stand or fall together. The draws come from SHAKE-256 of the seed, so the
same seed gives the same interval on every machine. Percentile bootstrap, Efron & Tibshirani 1993, chapter 13.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Sequence
from hashlib import shake_256
from operator import attrgetter

from simulator.scoring.agreement.figures import NOTHING, Figure, Moments, Tally, correlation

TIMES = 1_000
_TAIL = 0.025


class Bootstrap:
    """Give figures their intervals; the draws for a number of posts are made once."""

    def __init__(self, seed: int, times: int = TIMES) -> None:
        self._seed = seed
        self._times = times
        self._draws: dict[int, list[array[int]]] = {}

    def draws(self, posts: int) -> list[array[int]]:
        """Return, for each repetition, `posts` places from 0 to `posts` - 1 drawn with replacement."""
        if posts not in self._draws:
            self._draws[posts] = [self._draw(posts, repetition) for repetition in range(self._times)]
        return self._draws[posts]

    def _draw(self, posts: int, repetition: int) -> array[int]:
        noise = shake_256(f"{self._seed}/{posts}/{repetition}".encode()).digest(4 * posts)
        return array("L", (number % posts for number in struct.unpack(f"<{posts}I", noise)))

    def share(self, tally: Tally) -> Figure:
        """Return the share of cases that went right."""
        right, cases = tally.rows()
        if not cases:
            return NOTHING
        got, had = right.__getitem__, cases.__getitem__
        values = [sum(map(got, draw)) / sum(map(had, draw)) for draw in self.draws(len(cases))]
        return _figure(tally.share, values, tally.cases)

    def spearman(self, rows: Sequence[Moments]) -> Figure:
        """Return the rank correlation behind `rows` (see `rank_moments`); ranks are those of the whole set in every draw."""
        columns = [list(map(attrgetter(name), rows)) for name in ("n", "x", "y", "xx", "yy", "xy")]
        value = correlation(*map(sum, columns)) if rows else None
        if value is None:
            return NOTHING
        found = [correlation(*(sum(map(column.__getitem__, draw)) for column in columns)) for draw in self.draws(len(rows))]
        return _figure(value, [one for one in found if one is not None], round(sum(columns[0])))


def _figure(value: float | None, values: list[float], count: int) -> Figure:
    values.sort()
    if not values:
        return Figure(value, None, None, count)
    last = len(values) - 1
    return Figure(value, values[round(_TAIL * last)], values[round((1 - _TAIL) * last)], count)
