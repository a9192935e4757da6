"""The mark of a decision follows from what it cost, by a table that anybody can read."""

import pytest

from simulator.drills.marks import Weighed, mark_of


def weigh(words: str) -> Weighed:
    """Read a row: "earned of best", then what else is so."""
    figures, _, rest = words.partition(",")
    earned, _, best = figures.partition(" of ")
    told = {item.strip() for item in rest.split(",") if item.strip()}
    known = {"blocker", "poor action", "another action", "trust lost", "nobody decided"}
    assert told <= known, told - known
    return Weighed(
        earned=float(earned),
        best=float(best),
        blocker="blocker" in told,
        poor="poor action" in told,
        best_action="another action" not in told,
        trust_moved=-1.0 if "trust lost" in told else 2.0,
        decided="nobody decided" not in told,
    )


@pytest.mark.parametrize(
    ("decision", "mark"),
    [
        ("93 of 93", "!!"),
        ("90 of 93", "!!"),
        ("98 of 93", "!!"),
        ("93 of 93, trust lost", "!"),
        ("93 of 93, another action", "!"),
        ("70 of 71", "!"),
        ("81 of 93", "!"),
        ("80 of 93", "✓"),
        ("68 of 93", "✓"),
        ("67 of 93", "?!"),
        ("56 of 93", "?!"),
        ("55 of 93", "?"),
        ("43 of 93", "?"),
        ("42 of 93", "??"),
        ("0 of 84", "??"),
        ("20 of 22", "!"),
        ("93 of 93, blocker", "??"),
        ("93 of 93, poor action", "?"),
        ("30 of 93, poor action", "??"),
        ("100 of 100, nobody decided", "✓"),
        ("60 of 93, nobody decided", "?!"),
        ("0 of 90, nobody decided", "??"),
    ],
)
def test_the_cost_decides(decision: str, mark: str) -> None:
    assert mark_of(weigh(decision)) == mark


def test_earning_more_never_makes_a_mark_worse() -> None:
    order = ("!!", "!", "✓", "?!", "?", "??")
    marks = [order.index(mark_of(Weighed(earned, 90.0))) for earned in range(101)]
    assert marks == sorted(marks, reverse=True)


def test_the_cost_is_negative_where_the_decision_beat_the_best_line() -> None:
    assert Weighed(95.0, 90.2).cost == -4.8
