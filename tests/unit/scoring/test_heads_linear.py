"""A head adds up, says the same each time, shows words that stand in the text, and is stored without loss that matters."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.scoring.heads import HEADS, HeadError, LinearHead, Link, head_from_json, head_to_json, load_heads, read_grams


def a_head(*, link: Link = Link.SOFTMAX) -> LinearHead:
    """Return a head of two labels that knows a few grams."""
    two = np.zeros(2, dtype=np.float32)
    weights = np.array([[0.5, 0.0], [2.0, -1.0], [1.0, -0.5], [-1.0, 1.5], [0.4, 0.1]], dtype=np.float32)
    return LinearHead(
        "small", ("cross", "glad"), link, {"broken": 1, "day 0": 2, "lovely": 3}, {"bro": 4}, {"caps": 0}, weights, two, two + 1, two
    )


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.lists(st.sampled_from(["broken", "İ", "😂", "day 4", "lovely", "\u200f", "ß!"]), max_size=6))
def test_evidence_stands_in_any_text_and_never_overlaps(text: str, words: list[str]) -> None:
    whole = " ".join([*words, text, *words])
    head = a_head()
    assert sum(head.scores(whole).values()) == pytest.approx(1, abs=1e-5)
    for label in head.labels:
        spans = sorted(weighed.span for weighed in head.evidence(whole, label))
        assert all(0 <= start < end <= len(whole) for start, end in spans)
        assert all(first[1] <= second[0] for first, second in pairwise(spans))


def test_the_words_that_moved_it_are_shown() -> None:
    text = "DAY 4 and it is Broken"
    assert {text[slice(*one.span)] for one in a_head().evidence(text, "cross")} == {"DAY 4", "Broken"}


def test_features_and_words_add_up() -> None:
    head = a_head(link=Link.IDENTITY)
    grams = read_grams("broken")
    by_hand = 2.0 / grams.word_count**0.5 + 0.4 / grams.char_count**0.5 + 0.5 * 2
    assert head.scores("broken", {"caps": 2, "unknown": 9})["cross"] == pytest.approx(by_hand, abs=1e-5)


def test_a_stored_head_reads_back_the_same_and_says_nearly_the_same() -> None:
    stored = head_to_json(a_head())
    again = head_from_json(stored)
    assert head_to_json(again) == stored
    assert again.digest
    assert again.scores("day 4, broken")["cross"] == pytest.approx(a_head().scores("day 4, broken")["cross"], abs=0.01)


@pytest.mark.parametrize("text", ["", "[]", "{}", head_to_json(a_head()).replace('"weights": "', '"weights": "?')])
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(HeadError):
        head_from_json(text)


def test_shipped_heads_load_have_data_sheets_and_stay_small() -> None:
    assert {"triage_kind", "triage_urgency", "triage_contact", "triage_usual"} <= load_heads().keys()
    assert all(path.with_suffix(".md").is_file() for path in HEADS.glob("*.json"))
    assert sum(path.stat().st_size for path in HEADS.glob("*.json")) < 1_900_000
