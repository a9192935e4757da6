"""The bench's figures: percentiles by rank, and a table beside the bare endpoint."""

from __future__ import annotations

import pytest

from bench.figures import BARE, Figures, percentile


@pytest.mark.parametrize(
    ("values", "share", "found"),
    [([], 0.5, 0.0), ([7], 0.99, 7), ([3, 1, 2], 0.5, 2), (list(range(100)), 0.95, 95), (list(range(100)), 0.99, 99), ([1, 9], 1.0, 9)],
)
def test_a_percentile_is_a_value_that_was_measured(values: list[float], share: float, found: float) -> None:
    assert percentile(values, share) == found


def test_each_kind_stands_beside_the_bare_endpoint() -> None:
    figures = Figures()
    for ms in (2.0, 2.0, 4.0):
        figures.took(BARE, ms)
        figures.took("coach", ms * 3)
    _head, bare, coach = figures.rows(2.0)
    assert bare.split() == ["bare", "Flask", "3", "1.5", "2.0", "4.0", "4.0", "1.0", "/", "1.0", "/", "1.0"]
    assert coach.split() == ["coach", "3", "1.5", "6.0", "12.0", "12.0", "3.0", "/", "3.0", "/", "3.0"]


def test_a_table_without_the_bare_endpoint_divides_by_nothing() -> None:
    figures = Figures()
    figures.took("coach", 5.0)
    figures.failed("coach: 500")
    assert len(list(figures.rows(1.0))) == 2
    assert figures.errors.total() == 1
