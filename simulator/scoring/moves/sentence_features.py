"""Measure what a sentence of a draft has besides its words: ties to post and facts, who speaks, length. Training and judging share it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log1p

from simulator.scoring.model import Span
from simulator.scoring.relation import Lexicon
from simulator.scoring.sheet import Sheet
from simulator.scoring.text import Word

STEP = 0.25
"""Every feature is scaled by this, so that one count weighs about as much as a few words."""
_I = frozenset(("i", "i'll", "i'm", "i've", "i'd", "my"))
_WE = frozenset(("we", "we'll", "we're", "we've", "our", "us"))
_YOU = frozenset(("you", "your", "you're", "you've"))
_LONG = 18


def sentence_features(sheet: Sheet, lexicon: Lexicon) -> list[dict[str, float]]:
    """Return the features of each sentence of the draft, in order; counts are cut off where more says nothing new."""
    relation, draft = sheet.relation, sheet.draft
    found = []
    for span, words in zip(draft.sentences, draft.words_by_sentence, strict=True):
        text = draft.folded[span[0] : span[1]]
        ties = {
            "facts": min(4, _inside(relation.from_facts, span)),
            "taken": min(4, _inside(relation.taken_up, span)),
            "specifics": min(4, _inside(relation.specifics, span)),
        }
        marks = {"asks": float("?" in text), "exclaims": float("!" in text)}
        found.append({name: value * STEP for name, value in (ties | marks | _of_words(words, lexicon)).items()})
    return found


def _inside(spans: Iterable[Span], sentence: Span) -> int:
    return sum(1 for span in spans if sentence[0] <= span[0] < sentence[1])


def _of_words(words: Sequence[Word], lexicon: Lexicon) -> dict[str, float]:
    count = max(1, len(words))
    said = [word.folded for word in words]
    return {
        "i": min(2, sum(map(_I.__contains__, said))),
        "we": min(2, sum(map(_WE.__contains__, said))),
        "you": min(2, sum(map(_YOU.__contains__, said))),
        "numbers": min(2, sum(1 for word in said if not word.isalpha() and any(map(str.isdigit, word)))),
        "stock": min(6, sum(word.stem in lexicon.stock for word in words)),
        "length": log1p(count),
        "long_words": sum(map(len, said)) / count / 5,
        "overlong": max(0, count - _LONG) / 10,
    }
