"""Highlights: overlapping findings cut the words cleanly, costs show over gains, and the whole reply is never underlined."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.scoring.model import Finding, Span
from simulator.scoring.vocabulary import Dimension
from simulator.web.presenters_report import cut, underlined


def make_finding(*, span: Span | None, points: float = 3.0, rule: str = "") -> Finding:
    """Make a finding that earns 3 points unless told otherwise."""
    return Finding("warm_human", Dimension.TONE, points, points * 4, "It sounds like a person.", span=span, rule=rule)


@pytest.mark.parametrize(
    ("spans", "shown"),
    [
        ([((0, 5), "gain")], [("Sorry", "gain"), (" about the bag", "")]),
        ([((0, 15), "gain"), ((6, 11), "cost")], [("Sorry ", "gain"), ("about", "cost"), (" the", "gain"), (" bag", "")]),
        ([((0, 5), "gain"), ((0, 5), "gain")], [("Sorry", "gain"), (" about the bag", "")]),
        ([((15, 400), "cost")], [("Sorry about the", ""), (" bag", "cost")]),
        ([], [("Sorry about the bag", "")]),
    ],
    ids=["one", "a cost inside a gain", "the same words twice", "past the end", "none"],
)
def test_words_are_cut_where_findings_begin_and_end(spans: list[tuple[Span, str]], shown: list[tuple[str, str]]) -> None:
    parts = cut("Sorry about the bag", [(span, effect, "why") for span, effect in spans])
    assert [(part.text, part.effect) for part in parts] == shown


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=8))
def test_no_word_is_lost_or_doubled_whatever_the_spans(text: str, spans: list[Span]) -> None:
    assert "".join(part.text for part in cut(text, [(span, "gain", "why") for span in spans])) == text


@pytest.mark.parametrize(
    ("case", "findings", "count"),
    [
        ("a gain for all of it", [make_finding(span=(0, 100))], 0),
        ("words that earn beside it", [make_finding(span=(0, 100)), make_finding(span=(90, 100))], 1),
        ("a cost for all of it", [make_finding(span=(0, 100), points=-3.0)], 1),
        (
            "a sentence with a fault in it",
            [make_finding(span=(0, 40)), make_finding(span=(10, 20), points=-3.0), make_finding(span=(90, 100))],
            2,
        ),
        ("something missing", [make_finding(span=None, points=-3.0)], 0),
        ("half a point that only likeness sees", [make_finding(span=(0, 40), points=-0.5, rule="reads-overpromise")], 0),
        ("half a point that a rule is sure of", [make_finding(span=(0, 40), points=-0.5, rule="vague-soon")], 1),
        ("three points that only likeness sees", [make_finding(span=(0, 40), points=-3.0, rule="reads-overpromise")], 1),
        ("nothing moved", [make_finding(span=(0, 5), points=0.0)], 0),
    ],
)
def test_only_words_that_earn_or_cost_by_themselves_are_underlined(case: str, findings: list[Finding], count: int) -> None:
    assert len(underlined(findings)) == count, case
