"""Measure how hard a text is to read, with the few textstat metrics that need no dictionary.

This is the only module that imports textstat: most of its other functions download word lists at run time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import textstat

from simulator.scoring.text import Text

ENOUGH_WORDS = 20
"""Below about this many words a readability grade means nothing."""

_ACRONYM = re.compile(r"\b[A-Z]{3,}\b")
_EMOJI = re.compile(r"[\U0001F300-\U0001FAFF\u2600-\u27BF\U0001F1E6-\U0001F1FF]")


@dataclass(frozen=True, slots=True)
class Readability:
    """Counts and grades of one text.

    `lix` is Björnsson's index (words a sentence + percentage of words over six letters): under 30 is easy, over 55 dense.
    `ari` and `coleman_liau` are United States school grades. All three are None under `ENOUGH_WORDS` words.
    """

    words: int
    characters: int
    longest_sentence: int
    mean_sentence: float
    exclamations: int
    emoji: int
    shouted_share: float
    ari: float | None
    coleman_liau: float | None
    lix: float | None


def measure_readability(text: Text) -> Readability:
    """Measure `text`."""
    counts = [len(words) for words in text.words_by_sentence()]
    enough = len(text.words) >= ENOUGH_WORDS
    return Readability(
        words=len(text.words),
        characters=len(text.raw),
        longest_sentence=max(counts, default=0),
        mean_sentence=len(text.words) / max(1, len(counts)),
        exclamations=text.raw.count("!"),
        emoji=len(_EMOJI.findall(text.raw)),
        shouted_share=_shouted(text),
        ari=float(textstat.automated_readability_index(text.raw)) if enough else None,
        coleman_liau=float(textstat.coleman_liau_index(text.raw)) if enough else None,
        lix=float(textstat.lix(text.raw)) if enough else None,
    )


def _shouted(text: Text) -> float:
    letters = sum(1 for char in text.raw if char.isalpha())
    return sum(len(match) for match in _ACRONYM.findall(text.raw)) / letters if letters else 0.0
