"""Cut a text into the n-grams that heads weigh: the same cut in training and at run time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

from simulator.scoring.model import Span
from simulator.scoring.text import fold

_TOKEN = re.compile(r"(?:https?://|www\.)\S+|@\w+|[^\W_]+(?:'[^\W_]+)*|[^\w\s]")
_DIGIT = re.compile(r"\d")
WORD_LIMIT = 24
"""Longer tokens are cut before their character n-grams are taken, so that a wall of letters costs no more than a word."""
TOKEN_LIMIT = 3_000
"""No more tokens than this are weighed; what follows says no more about what a text is."""
CHAR_SIZES = (3, 4, 5)


@dataclass(frozen=True, slots=True)
class Grams:
    """The tokens of a text in their written forms, and what a head counts of them.

    `tokens` are folded, with every digit as 0, links as `url` and account names as `@name`; `different` are these without repetition.
    `pairs` are the different word 2-grams, `char_count` is the number of different character 3–5-grams (0 where they were not
    asked for); heads divide by the square roots of how many there are.
    """

    text: str
    tokens: tuple[str, ...]
    different: frozenset[str]
    pairs: frozenset[str]
    char_count: int

    def spans(self, most: int = TOKEN_LIMIT) -> list[Span]:
        """Return where the tokens, the first `most` of them, stand in the text as it was typed."""
        return [match.span() for match in islice(_TOKEN.finditer(fold(self.text)), most)]

    @property
    def word_count(self) -> int:
        """Return how many different word 1–2-grams there are."""
        return len(self.different) + len(self.pairs)

    def words(self) -> list[str]:
        """Return the word 1- and 2-grams in order, with repetitions: all single tokens first, then the pairs."""
        return [*self.tokens, *(f"{first} {second}" for first, second in pairwise(self.tokens))]


def read_grams(text: str, *, chars: bool = True) -> Grams:
    """Return the grams of `text`. Without `chars` no character n-grams are counted."""
    tokens = tokens_of(fold(text))
    different = frozenset(tokens)
    char_count = len(_NONE.union(*map(_char_set, different))) if chars else 0
    return Grams(text, tuple(tokens), different, frozenset(map(" ".join, pairwise(tokens))), char_count)


def tokens_of(folded: str) -> list[str]:
    """Return the tokens of a folded text in their written forms."""
    return [token if token.isalpha() else _written(token) for token in _TOKEN.findall(folded)[:TOKEN_LIMIT]]


NO_GRAMS = Grams("", (), frozenset(), frozenset(), 0)
"""The grams of no words at all."""


@lru_cache(maxsize=20_000)
def _written(token: str) -> str:
    if token[0] == "@" and len(token) > 1:
        return "@name"
    if token.startswith(("http://", "https://", "www.")):
        return "url"
    return _DIGIT.sub("0", token)


@lru_cache(maxsize=20_000)
def char_grams(token: str) -> tuple[str, ...]:
    """Return the character 3–5-grams of one token with a space on each side; none for punctuation."""
    if not token[0].isalnum():
        return ()
    padded = f" {token[:WORD_LIMIT]} "
    return tuple(dict.fromkeys(padded[at : at + size] for size in CHAR_SIZES for at in range(len(padded) - size + 1)))


_NONE: frozenset[str] = frozenset()


@lru_cache(maxsize=20_000)
def _char_set(token: str) -> frozenset[str]:
    return frozenset(char_grams(token))
