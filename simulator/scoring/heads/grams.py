"""Cut a text into the n-grams that heads weigh: the same cut in training and at run time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from simulator.scoring.model import Span
from simulator.scoring.text import fold

_TOKEN = re.compile(r"(?:https?://|www\.)\S+|@\w+|[^\W_]+(?:'[^\W_]+)*|[^\w\s]")
_DIGIT = re.compile(r"\d")
WORD_LIMIT = 24
"""Longer tokens are cut before their character n-grams are taken, so that a wall of letters costs no more than a word."""
TOKEN_LIMIT = 3_000
"""No more tokens than this are weighed; what follows says no more about what a text is."""
CHAR_SIZES = (3, 4, 5)


@dataclass(frozen=True)
class Grams:
    """The tokens of a text with their spans and written forms, and what a head counts of them.

    `tokens` are folded, with every digit as 0, links as `url` and account names as `@name`. What is counted of them is worked out
    when a head first asks: a head without character n-grams never does.
    """

    text: str
    tokens: tuple[str, ...]
    spans: tuple[Span, ...]

    @cached_property
    def different(self) -> frozenset[str]:
        """Return the different tokens."""
        return frozenset(self.tokens)

    @cached_property
    def word_grams(self) -> frozenset[str]:
        """Return the different word 1–2-grams."""
        return self.different.union(map(" ".join, pairwise(self.tokens)))

    @cached_property
    def char_grams(self) -> frozenset[str]:
        """Return the different character 3–5-grams."""
        return frozenset().union(*map(char_grams, self.different))

    @property
    def word_count(self) -> int:
        """Return how many different word 1–2-grams there are; heads divide by its square root."""
        return len(self.word_grams)

    @property
    def char_count(self) -> int:
        """Return how many different character 3–5-grams there are; heads divide by its square root."""
        return len(self.char_grams)

    def words(self) -> list[str]:
        """Return the word 1- and 2-grams in order, with repetitions: all single tokens first, then the pairs."""
        return [*self.tokens, *(f"{first} {second}" for first, second in pairwise(self.tokens))]


def read_grams(text: str) -> Grams:
    """Return the grams of `text`; spans count in `text` as it was typed."""
    tokens: list[str] = []
    spans: list[Span] = []
    for match in _TOKEN.finditer(fold(text)):
        token = match.group()
        tokens.append(token if token.isalpha() else _written(token))
        spans.append(match.span())
        if len(tokens) == TOKEN_LIMIT:
            break
    return Grams(text, tuple(tokens), tuple(spans))


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
