"""Which of two replies is better: pairs, ties, edits and the questions asked of them."""

from __future__ import annotations

import pytest

from simulator.scoring.agreement.pairs import ALL, APART, EDITS, PASSING, pairs_of, tally_edits, tally_kinds, tally_pairs
from simulator.scoring.vocabulary import Kind
from tests.unit.scoring_agreement.cases import post, reply, totals

FOUR = ("exemplary", "good", "weak", "bad")


@pytest.mark.parametrize(
    ("tiers", "scores", "right", "pairs"),
    [
        pytest.param(FOUR, [90, 70, 40, 10], 1.0, 6, id="perfect order"),
        pytest.param(FOUR, [10, 40, 70, 90], 0.0, 6, id="reversed order"),
        pytest.param(FOUR, [50, 50, 50, 50], 0.5, 6, id="all tied: each pair counts half"),
        pytest.param(("good", "bad"), [60, 20], 1.0, 1, id="one pair, right"),
        pytest.param(("bad", "good"), [60, 20], 0.0, 1, id="one pair, wrong, better reply listed last"),
        pytest.param(("exemplary", "good", "weak"), [90, 40, 60], 2 / 3, 3, id="one of three pairs wrong"),
        pytest.param(("bad", "bad"), [60, 20], None, 0, id="same tier: there is no right order"),
        pytest.param(("good",), [60], None, 0, id="a reply alone gives no pair"),
    ],
)
def test_a_pair_is_right_when_the_better_reply_has_more_points(
    tiers: tuple[str, ...], scores: list[float], right: float | None, pairs: int
) -> None:
    tally = tally_pairs([post("p1", *map(reply, tiers))], totals(p1=scores))[ALL]
    assert tally.cases == pairs
    assert tally.share == pytest.approx(right)


def test_each_question_asks_only_its_own_pairs() -> None:
    tallies = tally_pairs([post("p1", *map(reply, FOUR))], totals(p1=[90, 80, 70, 60]))
    assert {question: tally.cases for question, tally in tallies.items()} == {ALL: 6, APART: 3, PASSING: 4, EDITS: 0}


def test_an_edit_is_asked_against_the_reply_it_was_made_from_and_no_other() -> None:
    edited = post("p1", reply("exemplary"), reply("good"), reply("weak", flaws="vague_promise", edit_of=0))
    assert [(pair.better, pair.worse) for pair in pairs_of(edited) if pair.edit] == [(("p1", 0), ("p1", 2))]
    assert tally_pairs([edited], totals(p1=[90, 10, 50]))[EDITS].share == 1


def test_an_edit_counts_for_each_flaw_that_was_put_in_and_not_for_those_that_were_there() -> None:
    edited = post("p1", reply("good", flaws="jargon"), reply("bad", flaws="jargon insult profanity", edit_of=0))
    tallies = tally_edits([edited], totals(p1=[50, 60]))
    assert {code: tally.share for code, tally in tallies.items()} == {"insult": 0, "profanity": 0}


def test_pairs_are_counted_for_the_kind_of_their_post() -> None:
    posts = [post("a", reply("good"), reply("bad"), kind=Kind.PRAISE), post("b", reply("good"), reply("bad"), kind=Kind.SPAM)]
    tallies = tally_kinds(posts, totals(a=[2, 1], b=[1, 2]))
    assert (tallies["praise"].share, tallies["spam"].share, tallies["question"].share) == (1, 0, None)
