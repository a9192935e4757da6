"""Rows of a report: twins are one, small ones are told of without a number, and what is shown adds up."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_babel import Babel
from hypothesis import given
from hypothesis import strategies as st

from simulator.scoring.model import Finding
from simulator.scoring.vocabulary import Dimension
from simulator.web.presenters_findings import FindingsView, present_findings

CODES = ("warm_human", "time_frame", "robotic")


def found(points: float, code: str = "warm_human", *, why: str = "It sounds human.", quote: str = "", blocker: bool = False) -> Finding:
    """Make a finding in Tone whose weight is a quarter of the total."""
    return Finding(code, Dimension.TONE, points, points * 4, why, quote=quote, blocker=blocker)


def presented(*findings: Finding) -> FindingsView:
    """Present a report with these findings, whose total is their sum."""
    app = Flask(__name__)
    Babel(app)
    total = round(sum(finding.points for finding in findings), 1)
    with app.test_request_context():
        return present_findings(findings, total)


def value(points: str) -> float:
    """Read points as they are shown."""
    return float(points.replace("−", "-").replace("±", ""))


def test_two_of_a_kind_are_one_row_with_both_reasons_and_quotes() -> None:
    view = presented(
        found(4.0, quote="Nell"), found(2.0, quote="Sam"), found(1.0, why="It takes its time.", quote="today"), found(-3.0, "robotic")
    )
    first, second = view.counting[Dimension.TONE]
    assert (first.label, first.points, first.on_dimension) == ("Warm and human", "+7", "+28")
    assert [(note.why, note.quotes) for note in first.notes] == [
        ("It sounds human.", ("Nell", "Sam")),
        ("It takes its time.", ("today",)),
    ]
    assert second.points == "−3"


def test_a_gain_and_a_cost_of_one_kind_stay_apart_and_what_moved_nothing_goes_with_them() -> None:
    view = presented(found(4.0), found(-3.0), found(0.0))
    assert [row.points for row in view.counting[Dimension.TONE]] == ["+4", "−3"]
    assert view.small[Dimension.TONE] == ()


def test_what_hardly_counts_is_told_of_and_shares_a_row_of_the_sum() -> None:
    view = presented(found(50.0), found(-0.1, "robotic"), found(-0.12, "time_frame"), found(0.0, "typos"))
    assert [row.label for row in view.counting[Dimension.TONE]] == ["Warm and human"]
    assert [row.label for row in view.small[Dimension.TONE]] == ["Sounds like a robot", "Says by when", "Typing errors"]
    assert [(row.label, row.points) for row in view.rows] == [("Warm and human", "+50"), ("3 small things together", "−0.2")]


def test_a_blocker_is_never_small() -> None:
    view = presented(found(0.0, blocker=True), found(20.0))
    assert [row.blocker for row in view.counting[Dimension.TONE]] == [True, False]


@given(st.lists(st.tuples(st.floats(-9, 30), st.sampled_from(CODES), st.booleans()), max_size=12))
def test_the_rows_add_up_and_no_two_say_the_same(drawn: list[tuple[float, str, bool]]) -> None:
    view = presented(*(found(points if moves else 0.0, code) for points, code, moves in drawn))
    total = round(sum(points for points, _, moves in drawn if moves), 1)
    assert sum(value(row.points) for row in view.rows) == pytest.approx(total, abs=0.001)
    kinds = [(row.label, row.effect) for row in view.counting[Dimension.TONE]]
    assert len(kinds) == len(set(kinds))
