"""Whatever is typed: no exception, evidence inside the text, and points that add up to the number on the screen."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.scoring import Report, compare, report_from_json, report_to_json
from simulator.scoring.vocabulary import Action, Dimension, Kind
from tests.unit.scoring.replies import BAG, GOOD, TEMPLATE, judge, ruleset

PIECES = st.sampled_from(
    [
        GOOD,
        TEMPLATE,
        BAG,
        "I'm sorry. ",
        "We'll look into it. ",
        "idiot ",
        "DM us ",
        "!!!",
        "İ",
        "ß",
        "😂",
        "\ud800",
        "\u202e",
        "a" * 900,
        "? ",
        "£50 ",
    ]
)
TEXTS = st.one_of(st.text(max_size=600), st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=8).map("".join))


def adds_up(report: Report, draft: str) -> None:
    """Assert what must hold for every report."""
    assert 0 <= report.total <= 100
    assert round(sum(finding.points for finding in report.findings), 1) == report.total
    assert sum(score.weight for score in report.dimensions.values()) == pytest.approx(1)
    for dimension, score in report.dimensions.items():
        own = [finding for finding in report.findings if finding.dimension is dimension]
        if score.applicable:
            assert 0 <= score.score <= 100
            assert sum(finding.dimension_points for finding in own) == pytest.approx(score.score, abs=0.06)
        else:
            assert all(finding.dimension_points == 0 for finding in own)
    for finding in report.findings:
        if finding.span is None:
            assert finding.quote == ""
        else:
            start, end = finding.span
            assert 0 <= start < end <= len(draft)
            assert draft[start:end] == finding.quote


@settings(max_examples=120, deadline=None)
@given(draft=TEXTS, post=TEXTS, kind=st.sampled_from([None, *Kind]))
def test_any_text_is_judged_and_adds_up(draft: str, post: str, kind: Kind | None) -> None:
    report = judge(draft, post=post, kind=kind, facts=(post[:80],))
    adds_up(report, draft)
    assert report == judge(draft, post=post, kind=kind, facts=(post[:80],))
    assert report_from_json(report_to_json(report)) == report


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("action", [None, *Action])
def test_every_kind_and_action_adds_up(kind: Kind, action: Action | None) -> None:
    for draft in (GOOD, TEMPLATE, GOOD + " You idiot."):
        adds_up(judge(draft, kind=kind, action=action, elapsed=30.0 if action else None), draft)


@settings(max_examples=60, deadline=None)
@given(draft=TEXTS.filter(str.strip), kind=st.sampled_from(list(Kind)))
def test_an_insult_never_raises_the_total(draft: str, kind: Kind) -> None:
    before = judge(draft, kind=kind)
    after = judge(draft + " You are an idiot.", kind=kind)
    assert after.total <= min(before.total, 20)


def test_what_an_edit_won_is_told_by_code() -> None:
    comparison = compare(judge("We'll look into it."), judge("I'm sorry about the suitcase. I'll ring Cork and tell you by 6 tonight."))
    assert comparison.total > 0
    gained = {change.code for change in comparison.changes if change.points > 0}
    assert {"plain_apology", "time_frame", "vague_promise"} <= gained
    assert comparison.dimensions[Dimension.RESOLVE] > 0


def test_a_dimension_stays_within_bounds_however_much_is_said() -> None:
    assert judge(GOOD * 4).dimensions[Dimension.RESOLVE].score <= 100
    assert ruleset().rubric.blocker_cap == 20


def test_an_edit_is_told_in_words() -> None:
    before, after = judge("We'll look into it. – Aoife"), judge("I'm sorry about the suitcase. I'll ring Cork and tell you by 6 tonight.")
    won, lost = compare(before, after), compare(after, before)
    assert won.say.startswith(f"The edit wins {won.total:g} points. ")
    assert lost.say.startswith(f"The edit loses {won.total:g} points. ")
    assert any(change.say.startswith("New: ") and change.points > 0 for change in won.changes)
    assert any(change.say.startswith("Mended: ") for change in won.changes)
    assert any(change.say == "Lost: A person signs (“Aoife”)." and change.points < 0 for change in won.changes)
    assert compare(after, after).say == "The edit changes nothing that counts."
