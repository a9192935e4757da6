"""Baselines: each prefers what it says, and the trained one never sees what it scores."""

from __future__ import annotations

import pytest

from simulator.scoring.agreement.baselines import by_length, by_ngrams, by_overlap, by_sentiment, fit_ridge, hashed_ngrams
from simulator.scoring.agreement.judging import split
from tests.unit.scoring_agreement.cases import post, reply

TWO = post("p1", reply("good", text="The kettle leaks? Send it back."), reply("bad", text="Thank you for your message to us all, friend."))


def test_length_prefers_more_characters() -> None:
    assert by_length([TWO]) == {("p1", 0): 31, ("p1", 1): 45}


def test_overlap_counts_different_words_of_the_post_in_any_form() -> None:
    assert by_overlap([TWO]) == {("p1", 0): 2, ("p1", 1): 0}


def test_sentiment_is_whatever_the_given_scorer_says() -> None:
    assert by_sentiment([TWO], lambda text: float("Thank" in text)) == {("p1", 0): 0, ("p1", 1): 1}


def test_ngrams_of_a_text_have_length_one_and_hold_words_and_pairs() -> None:
    row = hashed_ngrams("Sorry, sorry again")
    assert sum(value * value for value in row.values()) == pytest.approx(1)
    assert len(row) == 2 + 4  # sorry, again; <s> sorry, sorry sorry, sorry again, again </s>
    assert hashed_ngrams("SORRY sorry AGAIN") == row


def test_ridge_finds_the_weights_that_one_can_find_by_hand() -> None:
    weights = fit_ridge([{1: 1.0}, {1: 1.0, 2: 2.0}], [1.0, 3.0], penalty=0.5)
    # (XtX + I/2) w = Xty: [[2.5, 2], [2, 4.5]] w = [4, 6]
    assert weights[1] == pytest.approx((4 * 4.5 - 2 * 6) / (2.5 * 4.5 - 4))
    assert weights[2] == pytest.approx((2.5 * 6 - 2 * 4) / (2.5 * 4.5 - 4))


def test_ngrams_learn_from_other_posts_and_never_from_the_post_itself() -> None:
    shared = [post(f"p{place}", reply("exemplary", text="gladly today"), reply("bad", text="whatever mate")) for place in range(8)]
    scores = by_ngrams(shared, split(shared, 4, seed=1))
    assert all(scores[one.id, 0] > scores[one.id, 1] for one in shared)

    own = [post(f"p{place}", reply("exemplary", text=f"yes{place}"), reply("bad", text=f"no{place}")) for place in range(8)]
    alone = by_ngrams(own, split(own, 4, seed=1))
    assert all(alone[one.id, 0] == pytest.approx(alone[one.id, 1], abs=0.05) for one in own if one.id != "p0")
