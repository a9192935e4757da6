"""Measure how hard a text is to read, with three indices that need no dictionary.

They are counted here, with the same result as textstat's (a test holds them to it): importing that library takes most of a second
and 120 MB, because it brings its natural-language toolkit along for its other functions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from simulator.scoring.text import Text

ENOUGH_WORDS = 20
"""Below about this many words a readability grade means nothing."""

_ACRONYM = re.compile(r"\b[A-Z]{3,}\b")
_NO_WORD = re.compile(r"[^\w\s]")
_WORDS = re.compile(r"\w\S*")
_SENTENCE = re.compile(r"\b[^.!?]+[.!?]*")
_FRAGMENT = 2
"""Stretches of at most so many words are not counted as sentences."""
_LONG = 6
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
    counts = [len(words) for words in text.words_by_sentence]
    ari, coleman_liau, lix = _grades(text.raw) if len(text.words) >= ENOUGH_WORDS else (None, None, None)
    return Readability(
        words=len(text.words),
        characters=len(text.raw),
        longest_sentence=max(counts, default=0),
        mean_sentence=len(text.words) / max(1, len(counts)),
        exclamations=text.raw.count("!"),
        emoji=0 if text.raw.isascii() else len(_EMOJI.findall(text.raw)),
        shouted_share=_shouted(text),
        ari=ari,
        coleman_liau=coleman_liau,
        lix=lix,
    )


def _grades(raw: str) -> tuple[float, float, float]:
    """Return ARI (Smith and Senter 1967), Coleman–Liau (1975) and LIX (Björnsson 1968) of a text that has words.

    ARI counts every character between spaces, the others letters and digits only.
    """
    chunks = raw.split()
    lengths = list(map(len, _NO_WORD.sub("", raw).split()))
    words, letters = len(lengths), sum(lengths)
    stretches = _SENTENCE.findall(raw)
    fragments = sum([len(_WORDS.findall(stretch)) <= _FRAGMENT for stretch in stretches])
    sentences = max(1, len(stretches) - fragments)
    ari = 4.71 * (sum(map(len, chunks)) / len(chunks)) + 0.5 * (words / sentences) - 21.43
    coleman_liau = 0.058 * (letters / words * 100) - 0.296 * (sentences / words * 100) - 15.8
    lix = words / sentences + 100 * sum(1 for length in lengths if length > _LONG) / words
    return ari, coleman_liau, lix


def _shouted(text: Text) -> float:
    shouted = sum(map(len, _ACRONYM.findall(text.raw)))
    return shouted / sum(map(str.isalpha, text.raw)) if shouted else 0.0
