"""Shares, rank correlations and their intervals, on cases whose right answer is known."""

from __future__ import annotations

import pytest

from simulator.scoring.agreement.bootstrap import Bootstrap
from simulator.scoring.agreement.figures import NOTHING, Tally, rank_moments, ranks, spearman


def tally(*cases: tuple[str, float]) -> Tally:
    """Make a tally from (post, right)."""
    counted = Tally()
    for name, right in cases:
        counted.add(name, right)
    return counted


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param([10, 30, 20], [1, 3, 2], id="all different"),
        pytest.param([5, 5, 9], [1.5, 1.5, 3], id="two share the lowest places"),
        pytest.param([7, 7, 7], [2, 2, 2], id="all the same"),
        pytest.param([], [], id="nothing"),
    ],
)
def test_equal_values_share_the_mean_of_their_ranks(values: list[float], expected: list[float]) -> None:
    assert ranks(values) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param([1, 2, 3], [10, 20, 900], 1.0, id="same order, other distances"),
        pytest.param([1, 2, 3], [3, 2, 1], -1.0, id="reversed"),
        pytest.param([1, 2, 3, 4, 5], [2, 1, 4, 3, 5], 0.8, id="1 - 6*4/(5*24) by hand"),
        pytest.param([1, 1, 2], [1, 2, 2], 0.5, id="ties on both sides"),
        pytest.param([1, 1, 1], [1, 2, 3], None, id="one side never varies"),
        pytest.param([1], [1], None, id="one case tells nothing"),
        pytest.param([], [], None, id="no case"),
    ],
)
def test_spearman_gives_the_known_answer(one: list[float], other: list[float], expected: float | None) -> None:
    assert spearman(list(zip(one, other, strict=True))) == pytest.approx(expected)


def test_the_same_seed_gives_the_same_interval_and_another_seed_another() -> None:
    counted = tally(*((f"p{place}", float(place % 3 == 0)) for place in range(60)))
    first, again, other = (Bootstrap(seed, 200).share(counted) for seed in (1, 1, 2))
    assert first == again
    assert Bootstrap(1, 5).draws(60) != Bootstrap(2, 5).draws(60)
    assert first.value == other.value == pytest.approx(1 / 3)


def test_an_interval_holds_its_figure_and_narrows_with_more_posts() -> None:
    few = Bootstrap(1, 500).share(tally(*((f"p{place}", float(place % 2)) for place in range(20))))
    many = Bootstrap(1, 500).share(tally(*((f"p{place}", float(place % 2)) for place in range(500))))
    for figure in (few, many):
        assert figure.low is not None
        assert figure.high is not None
        assert figure.low < 0.5 < figure.high
    assert (many.high or 0) - (many.low or 0) < (few.high or 0) - (few.low or 0)
    assert (few.high or 0) - (few.low or 0) == pytest.approx(2 * 1.96 * (0.25 / 20) ** 0.5, abs=0.11)


def test_posts_are_drawn_whole() -> None:
    one_post = Bootstrap(1, 50).share(tally(("p1", 1), ("p1", 0), ("p1", 0), ("p1", 0)))
    assert (one_post.value, one_post.low, one_post.high, one_post.count) == (0.25, 0.25, 0.25, 4)


def test_draws_reach_every_post_and_none_beyond() -> None:
    drawn = {place for draw in Bootstrap(3, 100).draws(7) for place in draw}
    assert drawn == set(range(7))


def test_nothing_counted_gives_no_figure() -> None:
    assert Bootstrap(1, 10).share(Tally()) == NOTHING
    assert Bootstrap(1, 10).spearman([]) == NOTHING


def test_a_correlation_gets_an_interval_around_it() -> None:
    rows = [(f"p{place}", float(place), float(place + 15 * (place % 4))) for place in range(80)]
    figure = Bootstrap(1, 300).spearman(rank_moments(rows))
    assert figure.value == pytest.approx(spearman([(one, other) for _, one, other in rows]))
    assert (figure.low or 0) < (figure.value or 0) < (figure.high or 0) <= 1
    assert figure.count == 80


def test_tallies_add_up() -> None:
    whole = tally(("a", 1), ("b", 0))
    whole.merge(tally(("b", 1), ("c", 1)))
    assert (whole.share, whole.cases) == (0.75, 4)
