"""Decide which text from outside is fit to keep: length, encoding and control characters."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left

from simulator.core.refusal import Refusal, RefusalCode

DRAFT_LIMIT = 5_000
POST_LIMIT = 10_000
SHORT_LIMIT = 200
NOTE_LIMIT = 2_000
_ALLOWED_CONTROLS = frozenset("\n\t")


def fit_text(raw: str, *, limit: int, what: str, about: str = "", required: bool = False) -> str | Refusal:
    """Return `raw` with its line ends made `\\n`, or say why it can't be kept.

    `limit` counts characters, `what` is how the message names the text ("Your draft"). Control characters and
    lone surrogates are refused rather than dropped: dropping would move every highlight. Nothing else is changed,
    so spans found in the result hold for what the person typed.
    """
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > limit:
        message = f"{what} has {len(text):,} characters; the limit is {limit:,}. Nothing was lost: shorten it and send again."
        return Refusal(RefusalCode.TOO_LONG, message, about, {"limit": limit, "length": len(text)})
    for index, char in enumerate(text):
        if unicodedata.category(char) in ("Cc", "Cs") and char not in _ALLOWED_CONTROLS:
            message = f"{what} has a character at position {index + 1} that can't be shown (U+{ord(char):04X}). Delete it and send again."
            return Refusal(RefusalCode.BAD_TEXT, message, about, {"position": index + 1})
    if required and not text.strip():
        return Refusal(RefusalCode.EMPTY, f"{what} is empty.", about)
    return text


def span_as_sent(raw: str, span: tuple[int, int]) -> tuple[int, int]:
    """Return where `span`, found in what `fit_text` made of `raw`, stands in `raw` itself: there a line end may be two characters."""
    if "\r\n" not in raw:
        return span
    shortened = [found.start() - before for before, found in enumerate(re.finditer("\r\n", raw))]
    start, end = span
    return start + bisect_left(shortened, start), end + bisect_left(shortened, end)
