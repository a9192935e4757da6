"""Tell in one pass over a text which of many patterns could match it; only those need be tried.

An automaton finds the stretches that their matches can't do without (`needed_words.py`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache, reduce
from operator import itemgetter, or_
from typing import Any

import ahocorasick

from simulator.scoring.model import Span
from simulator.scoring.needed_words import BOUNDARY, MOST_NEEDS, Literals, Needs, ignores_case, needs
from simulator.scoring.text import KEPT_LENGTH, fold

_ODD_CASE = re.compile("[\u0130\u0131\u017f\u212a\u02bc]")
"""The letters beyond ASCII that stand for an ASCII one where case is ignored, and that lower case leaves apart from it; and the one
letter that folding turns into a mark."""
_PLACE_OF_HIT = itemgetter(1)
_EVERYWHERE = re.compile(r"[a-z ]")
"""What nearly every text has: to find each of them takes longer than to try the pattern."""
_BETWEEN = re.compile(r"(\W+)")
"""Cut at what it finds, a text falls into pieces with a boundary between any two; its ends may be boundaries as well."""


class Sieve:
    """Tell which of many patterns could match a text. They are known by their place in `patterns`.

    Either all of them ignore case or none does.
    """

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._any_case = any(map(ignores_case, patterns))
        self._all = range(len(patterns))
        self._needed = _Needed(map(needs, patterns))

    def possible(self, text: str) -> Collection[int]:
        """Return the numbers of the patterns that may match in `text`, or in a part of it that is cut at blanks."""
        if self._any_case:
            if _is_odd(text):
                return self._all
            text = text.lower()
        return _numbers(self._needed.held_by(text))


class Finder:
    """Find patterns in a folded text, and those whose numbers are `typed` in the same text as it was typed.

    They are known by their place in `patterns`. A typed pattern is sifted by the folded text too, by its stretches folded.
    """

    def __init__(self, patterns: Sequence[re.Pattern[str]], typed: Collection[int] = ()) -> None:
        self._patterns = tuple((pattern.finditer, number in typed) for number, pattern in enumerate(patterns))
        self._typed = sum(1 << number for number in typed)
        self._needed = _Needed(
            _folded_needs(pattern) if number in typed else () if ignores_case(pattern) else needs(pattern)
            for number, pattern in enumerate(patterns)
        )

    def find(self, folded: str, raw: str, among: int = -1) -> Iterator[tuple[int, list[Span]]]:
        """Yield the number of each pattern that stands in a text, and where; empty matches are left out.

        `among` has the bits of the patterns to be looked for.
        """
        held = self._needed.held_by(folded)
        if _is_odd(raw):
            held |= self._typed
        for number in _numbers(held & among):
            finditer, typed = self._patterns[number]
            spans = [span for match in finditer(raw if typed else folded) if (span := match.span())[1] > span[0]]
            if spans:
                yield number, spans


class _Needed:
    """The stretches that each of some patterns can't do without, in one automaton.

    Patterns are the bits of a number, `MOST_NEEDS` times over: a stretch sets a pattern's bit in the part for the first, second … set of
    stretches that it needs. What a text holds is or-ed together; a pattern is let through where it has its bit in every part.
    """

    def __init__(self, needed: Iterable[Needs]) -> None:
        all_needs = list(needed)
        self._size = size = len(all_needs)
        self._always = 0
        wanting: dict[str, int] = {}
        for number, sets in enumerate(all_needs):
            for part in range(MOST_NEEDS):
                bit = 1 << part * size + number
                if part >= len(sets) or any(map(_EVERYWHERE.fullmatch, sets[part])):
                    self._always |= bit
                    continue
                for stretch in sets[part]:
                    wanting[stretch] = wanting.get(stretch, 0) | bit
        self._bits = tuple(wanting.values())
        self._automaton: Any = ahocorasick.Automaton()
        for place, stretch in enumerate(wanting):
            self._automaton.add_word(stretch, place)
        if wanting:
            self._automaton.make_automaton()

    def held_by(self, text: str) -> int:
        """Return the bits of the patterns of which `text` holds all that they need."""
        held = self._always
        if self._bits and text:
            hits = set(map(_PLACE_OF_HIT, self._automaton.iter((_marked_once if len(text) <= KEPT_LENGTH else _marked)(text))))
            held = reduce(or_, map(self._bits.__getitem__, hits), held)
        through = (1 << self._size) - 1
        for _ in range(MOST_NEEDS):
            through &= held
            held >>= self._size
        return through


def _numbers(bits: int) -> list[int]:
    """Return the places of the bits that are set."""
    found = []
    while bits:
        lowest = bits & -bits
        found.append(lowest.bit_length() - 1)
        bits ^= lowest
    return found


def _marked(text: str) -> str:
    """Return `text` with its boundaries marked."""
    return f"{BOUNDARY}{BOUNDARY.join(_BETWEEN.split(text))}{BOUNDARY}"


_marked_once = lru_cache(maxsize=16)(_marked)
"""The same for the few texts that several sieves look at while one reply is judged."""


def _folded_needs(pattern: re.Pattern[str]) -> Needs:
    """Return what folded text must hold for `pattern` to match the same text as it was typed."""
    return tuple(frozenset(map(fold, one)) for one in needs(pattern) if _folds_alone(one, ignores_case(pattern)))


def _folds_alone(stretches: Literals, loose: bool) -> bool:
    """Tell whether nothing but their own letters decides how `stretches` stand in folded text."""
    return not any("Σ" in one or _ODD_CASE.search(one) or (loose and not one.isascii()) for one in stretches)


def _is_odd(text: str) -> bool:
    return not text.isascii() and _ODD_CASE.search(text) is not None
