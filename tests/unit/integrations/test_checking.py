"""Of an answer only what holds is believed: ratings on the scale, quotes that stand in the draft, words fit to show."""

from __future__ import annotations

import json
from typing import Any

import pytest

from simulator.integrations.llm.base import Rated
from simulator.integrations.llm.checking import LeftOut, check, opinion_from_json, opinion_to_json
from simulator.scoring.vocabulary import WORDS, Dimension
from tests.openai_server import make_rated

DRAFT = "Third time this week: I’m sorry.\nI'll write here by 9:30 – Tolu"


def checked(**changes: Any) -> Any:
    """Check an answer that differs from an ordinary one by `changes`."""
    return check(Rated.model_validate(make_rated(**changes)), DRAFT)


@pytest.mark.parametrize(
    ("quote", "kept"),
    [
        ("Third time this week", "Third time this week"),
        ("I'm sorry", "I’m sorry"),
        ("“by 9:30 - Tolu”", "by 9:30 – Tolu"),
        ("sorry. I'll write", "sorry.\nI'll write"),
        (None, ""),
        ("  ", ""),
    ],
)
def test_a_quote_is_shown_as_it_stands_in_the_draft(quote: str | None, kept: str) -> None:
    opinion = checked(listen={"quote": quote})
    assert opinion.ratings[Dimension.LISTEN].quote == kept
    assert opinion.left_out == ()


@pytest.mark.parametrize("quote", ["Third time this month", "I’m so sorry", DRAFT + "!", "third time"])
def test_a_quote_that_is_not_there_is_dropped_and_said(quote: str) -> None:
    opinion = checked(listen={"quote": quote})
    rating = opinion.ratings[Dimension.LISTEN]
    assert (rating.step, rating.quote, rating.span) == (3, "", None)
    assert opinion.left_out == ((Dimension.LISTEN, LeftOut.QUOTE),)


@pytest.mark.parametrize("rating", [-1, 5, 100, 10**30])
def test_a_rating_off_the_scale_is_left_out_and_said(rating: int) -> None:
    opinion = checked(resolve=rating, overall=rating)
    assert set(opinion.ratings) == set(WORDS) - {Dimension.RESOLVE}
    assert opinion.overall is None
    assert opinion.left_out == ((Dimension.RESOLVE, LeftOut.RATING), (None, LeftOut.RATING))


@pytest.mark.parametrize("rating", [None, 9])
def test_without_one_believable_rating_there_is_no_opinion(rating: int | None) -> None:
    assert checked(**dict.fromkeys(make_rated(), rating)) is None


def test_reasons_are_one_line_without_characters_that_turn_words_around() -> None:
    opinion = checked(tone={"reason": f" Good\x00\u202e and\n\n\u200bplain. {'long ' * 200}"})
    reason = opinion.ratings[Dimension.TONE].reason
    assert reason.startswith("Good and plain. long")
    assert len(reason) <= 300
    assert reason.endswith("…")


def test_what_is_kept_holds_no_words_of_the_draft_and_reads_back_the_same() -> None:
    opinion = checked(listen={"quote": "Third time this week"}, tone=9, nurture=None)
    kept = json.dumps(opinion_to_json(opinion))
    assert "Third" not in kept
    assert opinion_from_json(json.loads(kept), DRAFT) == opinion
