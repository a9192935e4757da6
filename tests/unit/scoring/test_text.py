"""Spans found in the folded text hold for the text as it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.scoring.text import fold, read_text, stem


@given(st.text(max_size=300))
def test_folding_keeps_every_position(text: str) -> None:
    assert len(fold(text)) == len(text)
    for start, end in read_text(text).sentences:
        assert 0 <= start < end <= len(text)


def test_folding_makes_quotes_and_dashes_plain() -> None:
    assert fold("I’m “HERE” – İ") == 'i\'m "here" - İ'


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two!", ["One.", "Two!"]),
        ("Mr. Smith left at 5 p.m. yesterday.", ["Mr. Smith left at 5 p.m. yesterday."]),
        ("See pippit.example/fees for it.", ["See pippit.example/fees for it."]),
        ("It is booked. – Aoife", ["It is booked.", "Aoife"]),
        ("", []),
        ("!!!", []),
    ],
)
def test_sentences_are_cut_where_people_would(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in read_text(text).sentences] == sentences


@pytest.mark.parametrize(
    ("one", "other"), [("waiting", "waited"), ("told", "tell"), ("deliveries", "delivery"), ("bags", "bag"), ("stopped", "stop")]
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)
