"""What changed between two attempts is marked where much stayed, and shown as it was where little did."""

from __future__ import annotations

import pytest

from simulator.web.presenters_edits import MOST_WORDS, changed_words


def told(before: str, after: str) -> list[tuple[str, str]]:
    """Return the stretches with their marks."""
    return [(part.text, part.change) for part in changed_words(before, after)]


def test_what_went_and_what_came_is_marked() -> None:
    assert told("We are sorry for your bag.", "We are so sorry about your bag.") == [
        ("We are ", ""),
        ("so ", "new"),
        ("sorry ", ""),
        ("for", "gone"),
        ("about", "new"),
        (" your bag.", ""),
    ]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Please fill in the form.", "Maya, a wedding without shoes is awful: I ask Lisbon now.", [("Please fill in the form.", "")]),
        ("", "Hello", []),
        ("", "", []),
        ("Same words", "Same words", [("Same words", "")]),
    ],
)
def test_a_new_text_does_not_hide_the_old_one(before: str, after: str, shown: list[tuple[str, str]]) -> None:
    assert told(before, after) == shown


def test_a_long_text_is_shown_as_it_was() -> None:
    long = "word " * MOST_WORDS
    assert told(long, long + "more") == [(long, "")]


def test_both_texts_can_be_read_back() -> None:
    before, after = "Dear Nell, your dog 🐕 is safe with us.", "Nell, your dog 🐕 is safe on deck 3 with us."
    parts = changed_words(before, after)
    assert "".join(part.text for part in parts if part.change != "new") == before
    assert "".join(part.text for part in parts if part.change != "gone") == after
