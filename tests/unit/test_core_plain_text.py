"""Which text from outside is kept, and what is said about the rest."""

from __future__ import annotations

import pytest

from simulator.core.plain_text import fit_text, span_as_sent
from simulator.core.refusal import Refusal, RefusalCode


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("plain", "plain"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("  spaces stay  ", "  spaces stay  "),
        ("👩‍👩‍👧 🇳🇱 שלום é", "👩‍👩‍👧 🇳🇱 שלום é"),
        ("", ""),
    ],
)
def test_text_is_kept_as_it_was_typed(raw: str, kept: str) -> None:
    assert fit_text(raw, limit=100, what="Your draft") == kept


@pytest.mark.parametrize(
    ("case", "raw", "code", "says"),
    [
        ("too long", "x" * 11, RefusalCode.TOO_LONG, "has 11 characters; the limit is 10"),
        ("NUL", "a\x00b", RefusalCode.BAD_TEXT, "position 2"),
        ("escape", "\x1b[31m", RefusalCode.BAD_TEXT, "U+001B"),
        ("lone surrogate", "a\ud83d", RefusalCode.BAD_TEXT, "U+D83D"),
        ("C1 control", "\x85", RefusalCode.BAD_TEXT, "U+0085"),
        ("only blanks", " \n ", RefusalCode.EMPTY, "Your draft is empty"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(case: str, raw: str, code: RefusalCode, says: str) -> None:
    answer = fit_text(raw, limit=10, what="Your draft", about="text", required=True)
    assert isinstance(answer, Refusal), case
    assert (answer.code, answer.about) == (code, "text")
    assert says in answer.message


def test_the_limit_counts_characters_after_line_ends_are_made_one() -> None:
    assert fit_text("a\r\n" * 5, limit=10, what="Your draft") == "a\n" * 5


@pytest.mark.parametrize("raw", ["", "plain", "a\r\nb", "\r\n\r\nb\r\n", "a\rb\r\r\nc", "one\ntwo\r\nthree\rfour\r\n"])
def test_places_are_found_again_in_the_text_as_it_was_sent(raw: str) -> None:
    fitted = fit_text(raw, limit=100, what="The draft")
    assert isinstance(fitted, str)
    for start in range(len(fitted) + 1):
        for end in range(start, len(fitted) + 1):
            first, last = span_as_sent(raw, (start, end))
            assert fit_text(raw[first:last], limit=100, what="The quote") == fitted[start:end]
