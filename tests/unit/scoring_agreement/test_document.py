"""The document: every level with an honest verdict, every weakness said, the same study the same page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.scoring.agreement.document import agreement_document
from simulator.scoring.agreement.figures import Figure
from simulator.scoring.agreement.levels import LEVELS, Level, verdicts
from simulator.scoring.agreement.study import Setting, Study, run_study
from simulator.scoring.agreement.tables import full, number, table
from simulator.scoring.vocabulary import Kind
from tests.unit.scoring_agreement.cases import corpus, judge, post, rating, reply

FOUR = {
    "exemplary": "I'm sorry, a new kettle goes out today.",
    "good": "Sorry, a new kettle comes soon.",
    "weak": "Sorry | about that.",
    "bad": "Whatever, mate.",
}
WORTH = {text: 90 - 25 * place for place, text in enumerate(FOUR.values())}


def study(*, reverse: bool = False, sentiment: bool = False, training: str = "") -> Study:
    """Study two files of three posts each with a judge that knows the right order, or its opposite."""
    posts = [
        post(
            f"p{place}",
            *(
                reply(tier, text=text, flaws="" if tier in ("exemplary", "good") else "dismissive", note=f"a {tier} | one")
                for tier, text in FOUR.items()
            ),
            kind=Kind.COMPLAINT if place % 2 else Kind.PRAISE,
            file="seen.jsonl" if place < 3 else "unseen.jsonl",
        )
        for place in range(6)
    ]
    ratings = [rating("p4", index, rater, overall=4 - index, listen=4 - index) for index in range(4) for rater in ("r1", "r2")]
    knowing = judge(lambda text: float(-WORTH.get(text, 0) if reverse else WORTH.get(text, 0)))
    scorer = (lambda text: float(len(text) % 7)) if sentiment else None
    return run_study(
        corpus(*posts, ratings=ratings, developed_on=["seen.jsonl"]), lambda fold: knowing, Setting(1, 3, training, times=50), scorer
    )


@pytest.mark.parametrize(
    ("value", "at_most", "expected"),
    [
        pytest.param(0.91, False, "aim", id="exactly the aim"),
        pytest.param(0.86, False, "reached", id="exactly the level"),
        pytest.param(0.8599, False, "below", id="shown as .860, still below"),
        pytest.param(0.0, True, "aim", id="none where few are allowed"),
        pytest.param(0.02, True, "reached", id="as many as are allowed"),
        pytest.param(0.021, True, "below", id="too many"),
        pytest.param(None, False, "not measured", id="no case"),
    ],
)
def test_a_level_is_reached_exactly_or_not(value: float | None, at_most: bool, expected: str) -> None:
    level = Level("x", ("a", "b", "c"), 0.02, 0.0, at_most=True) if at_most else Level("x", ("a", "b", "c"), 0.86, 0.91)
    assert level.verdict(Figure(value, None, None, 1)) == expected
    assert level.verdict(None) == "not measured"


def test_a_judge_that_knows_the_order_reaches_the_pairs_and_its_opposite_does_not() -> None:
    said = {level.title: verdict for level, verdict in verdicts(study())}
    opposite = {level.title: verdict for level, verdict in verdicts(study(reverse=True))}
    for title in ("pairs, all", "pairs two tiers apart", "Spearman of the total with the raters' mean"):
        assert (said[title], opposite[title]) == ("aim", "below")
    assert said["minimal edits"] == "not measured"
    assert said["risk kinds found"] == "not measured"


def test_the_page_names_every_level_and_what_is_below() -> None:
    page = agreement_document(study(reverse=True))
    assert [level.title for level in LEVELS if f"| {level.title} |" not in page] == []
    assert "levels are not reached yet:** pairs, all;" in page
    assert "| pairs, all | .86 | .91 | .000 (.000–.000) | .000 (.000–.000) | .000 (.000–.000) | below |" in page


def test_the_page_says_who_rated_and_what_was_held_out() -> None:
    page = agreement_document(study())
    assert "language models" in page
    assert "| seen.jsonl | developed on | 3 | 3 | 3 | 3 | 3 | 0 |" in page
    assert "| unseen.jsonl | held out | 3 | 3 | 3 | 3 | 3 | 0 |" in page
    assert "nothing in it was trained" in page
    assert "Heads were trained on sand." in agreement_document(study(training="Heads were trained on sand."))


def test_the_page_says_when_the_sentiment_baseline_is_missing() -> None:
    without, having = agreement_document(study()), agreement_document(study(sentiment=True))
    assert "The sentiment baseline is missing" in without
    assert "| VADER sentiment |" not in without
    assert "The sentiment baseline is missing" not in having
    assert having.count("\n| VADER sentiment | ") == 3


def test_files_left_out_decide_about_levels_where_they_were_measured() -> None:
    both = replace(study(), strict=study(reverse=True))
    assert dict(verdicts(both)) == dict(verdicts(study(reverse=True)))
    page = agreement_document(both)
    assert "| pairs, all | .86 | .91 | 1.000 (1.000–1.000) | 1.000 (1.000–1.000) | 1.000 (1.000–1.000) | .000 (.000–.000) | below |" in page
    assert "## The held-out files, each left out of training" in page
    assert "| unseen.jsonl | .000 | .000 | .000 |" in page
    assert "left out of training" not in agreement_document(study())


def test_the_hardest_cases_are_told_and_none_are_invented() -> None:
    assert "None: every pair is in order." in agreement_document(study())
    page = agreement_document(study(reverse=True))
    assert "1. **p0** (praise): reply 3, bad, got -15.0 points, reply 0, exemplary, only -90.0." in page
    assert "The post was sorted as complaint." in page
    assert "Flaws of reply 3 that were not seen: dismissive." in page


def test_the_same_study_gives_the_same_page() -> None:
    assert agreement_document(study()) == agreement_document(study())


def test_tables_keep_their_columns_whatever_stands_in_them() -> None:
    page = agreement_document(study(reverse=True))
    tables = [block.splitlines() for block in page.split("\n\n") if block.startswith("| ")]
    assert len(tables) > 12
    for rows in tables:
        assert {row.replace("\\|", "").count("|") for row in rows} == {rows[0].count("|")}
    assert table(["a", "b"], [["x | y", "1\n2"]]).splitlines()[-1] == "| x \\| y | 1 2 |"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(0.8, ".800", id="a share"),
        pytest.param(1.0, "1.000", id="all"),
        pytest.param(-0.25, "-.250", id="a negative correlation"),
        pytest.param(None, "–", id="nothing measured"),
    ],
)
def test_numbers_are_written_short(value: float | None, expected: str) -> None:
    assert number(value) == expected
    assert full(Figure(value, 0.1, 0.9, 3)).startswith(expected)
