"""Know which words a text must hold before a pattern can match it at all, so that most patterns need not be tried.

For each pattern a set of literal stretches is worked out of which every match contains at least one (`literals`); one pass of an
automaton over a text then tells which patterns are still possible (`Sieve`). A word boundary is part of a stretch: `BOUNDARY`
stands at each one, in the stretches and in the text that is searched. Whatever is not understood is taken as "may match",
so a sieve never changes a result.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from math import exp
from operator import itemgetter
from typing import Any

import ahocorasick

from simulator.scoring.text import KEPT_LENGTH

BOUNDARY = "\x1f"
MOST_LITERALS = 96
"""No more stretches than this are kept of one place in a pattern; a place with more says too little."""
MOST_CHARACTERS = 24
"""Longer stretches find nothing that their beginning does not."""

# What the compiler itself reads in a pattern. It is private to `re`, but a second reading of our own could err without a sound;
# a test holds the result to what patterns really match.
_PARSER = import_module("re._parser")
_CHARACTER = _PARSER.LITERAL
_LOOSE_PART = re.compile(r"\(\?[a-z]*i[a-z]*:")
"""Where a stretch of a pattern ignores case."""
_ODD_CASE = re.compile("[\u0130\u0131\u017f\u212a]")
"""The letters beyond ASCII that stand for an ASCII one where case is ignored, and that lower case leaves apart from it."""
_PLACE_OF_HIT = itemgetter(1)
_EVERYWHERE = re.compile(r"[a-z ]")
"""What nearly every text has: to find each of them takes longer than to try the pattern."""
_EDGE = re.compile(r"\b")
_BETWEEN = re.compile(r"(\W+)")
"""Cut at what it finds, a text falls into pieces with a boundary between any two; its ends may be boundaries as well."""
_COMMON = re.compile(
    r"\b(?:a|all|am|an|and|any|are|as|at|be|been|but|by|can|could|do|does|for|from|get|had|has|have|he|her|his|how|i|if|in|is|it|just|me|my"
    r"|no|not|of|on|or|our|out|she|so|that|the|their|them|they|this|to|up|us|was|we|were|what|when|will|with|would|you|your)\b"
)

Literals = frozenset[str]
NOTHING: Literals = frozenset(("",))


def literals(pattern: re.Pattern[str]) -> Literals | None:
    """Return stretches of which any match of `pattern` holds at least one, boundaries marked; None where there is nothing to go by.

    A pattern of which any part ignores case is to be looked for in lower case.
    """
    if pattern.flags & (re.ASCII | re.LOCALE):
        return None
    found = _Place.of(_PARSER.parse(pattern.pattern, pattern.flags)).best()
    if found and ignores_case(pattern):
        found = frozenset(one.lower() for one in found) if all(map(str.isascii, found)) else None
    return found and frozenset(_marked(one) for one in found)


def ignores_case(pattern: re.Pattern[str]) -> bool:
    """Tell whether `pattern`, or any part of it, ignores case."""
    return bool(pattern.flags & re.IGNORECASE) or _LOOSE_PART.search(pattern.pattern) is not None


class Sieve:
    """Tell in one pass which of many patterns could match a text. They are known by their place in `patterns`.

    Either all of them ignore case or none does.
    """

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._any_case = any(map(ignores_case, patterns))
        wanting: dict[str, list[int]] = {}
        always: set[int] = set()
        for number, pattern in enumerate(patterns):
            needed = literals(pattern)
            if needed is None or any(map(_EVERYWHERE.fullmatch, needed)):
                always.add(number)
                continue
            for literal in needed:
                wanting.setdefault(literal, []).append(number)
        self._always = frozenset(always)
        self._all = frozenset(range(len(patterns)))
        self._automaton: Any = ahocorasick.Automaton()
        self._wanting = tuple(map(frozenset, wanting.values()))
        for place, literal in enumerate(wanting):
            self._automaton.add_word(literal, place)
        if wanting:
            self._automaton.make_automaton()

    def possible(self, text: str) -> Collection[int]:
        """Return the numbers of the patterns that may match in `text`, or in a part of it that is cut at blanks."""
        if not self._wanting:
            return self._always
        if self._any_case:
            if _ODD_CASE.search(text):
                return self._all
            text = text.lower()
        hits = set(map(_PLACE_OF_HIT, self._automaton.iter((_searched_once if len(text) <= KEPT_LENGTH else _searched)(text))))
        return self._always.union(*map(self._wanting.__getitem__, hits))


def _searched(text: str) -> str:
    """Return `text` with its boundaries marked."""
    return f"{BOUNDARY}{BOUNDARY.join(_BETWEEN.split(text))}{BOUNDARY}"


_searched_once = lru_cache(maxsize=16)(_searched)
"""The same for the few texts that several sieves look at while one reply is judged."""


def _marked(literal: str) -> str:
    """Put a mark at each boundary inside `literal`; at its ends there is one only where the pattern asks for it."""
    bare = literal.replace(BOUNDARY, "")
    inner = _EDGE.sub(BOUNDARY, bare).strip(BOUNDARY)
    return BOUNDARY * literal.startswith(BOUNDARY) + inner + BOUNDARY * literal.endswith(BOUNDARY)


def _worth(found: Literals) -> float:
    """Return how seldom a text will hold one of `found`: more letters outside everyday words are worth more, more stretches less."""
    return -sum(exp(-_telling(literal)) for literal in found)


def _telling(literal: str) -> float:
    bare = literal.replace(BOUNDARY, "")
    rest = _COMMON.sub("", bare) if BOUNDARY in literal or " " in bare else bare
    return len(rest.replace(" ", "")) + 0.5 * len(literal) * (len(bare) > 0)


@dataclass(frozen=True, slots=True)
class _Place:
    """What is known of a pattern up to some place: every text that it can match (`exact`, None where they are too many), or of which
    stretches each such text holds one (`held`) and on which it ends (`last`)."""

    exact: Literals | None
    held: Literals | None = None
    last: Literals = NOTHING

    @classmethod
    def of(cls, nodes: Iterable[Any], before: Literals = NOTHING) -> _Place:
        """Read nodes that stand one after the other, with the stretches that can stand right `before` them."""
        exact, held, whole = before, None, True
        for node in _with_words(nodes):
            place = _place(node, exact)
            if place.exact is not None:
                exact = place.exact
                continue
            whole = False
            held = _better(held, place.held)
            exact = place.last
        return cls(exact) if whole else cls(None, _better(held, _usable(exact)), exact)

    def best(self) -> Literals | None:
        """Return the stretches that say most of this place."""
        return _better(self.held, _usable(self.exact) if self.exact is not None else None)


def _followed(before: Literals, after: Literals) -> _Place:
    """Put two places together; where that gives too many stretches, or too long ones, keep what says most and go on from the second."""
    if len(before) * len(after) <= MOST_LITERALS:
        joined = frozenset(one + other for one in before for other in after)
        if all(len(one) <= MOST_CHARACTERS for one in joined):
            return _Place(joined)
    return _Place(None, _better(_usable(before), _usable(after)), after)


def _usable(exact: Literals) -> Literals | None:
    """Return `exact` where each of its stretches has a character to look for."""
    return None if any(not one.replace(BOUNDARY, "") for one in exact) else exact


def _better(one: Literals | None, other: Literals | None) -> Literals | None:
    if one is None or other is None:
        return one if other is None else other
    return one if one == other or _worth(one) >= _worth(other) else other


def _with_words(nodes: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """Yield nodes with their names, characters that stand side by side as one."""
    word = ""
    for kind, value in nodes:
        if kind is _CHARACTER:
            word += chr(value)
            continue
        if word:
            yield "WORD", word
            word = ""
        yield str(kind), value
    if word:
        yield "WORD", word


def _place(node: tuple[str, Any], before: Literals) -> _Place:
    reader = _READERS.get(node[0])
    return reader(node[1], before) if reader else _unknown(before)


def _unknown(before: Literals) -> _Place:
    return _Place(None, _usable(before))


def _word(value: Any, before: Literals) -> _Place:
    return _followed(before, frozenset((value,)))


def _at(value: Any, before: Literals) -> _Place:
    return _followed(before, frozenset((BOUNDARY,))) if str(value) == "AT_BOUNDARY" else _Place(before)


def _one_of(value: Any, before: Literals) -> _Place:
    chars: set[str] = set()
    for kind, item in value:
        if kind is _CHARACTER:
            chars.add(chr(item))
        elif str(kind) == "RANGE" and item[1] - item[0] < MOST_LITERALS:
            chars.update(map(chr, range(item[0], item[1] + 1)))
        else:
            return _unknown(before)
    return _followed(before, frozenset(chars)) if len(chars) <= MOST_LITERALS else _unknown(before)


def _branch(value: Any, before: Literals) -> _Place:
    branches = [_Place.of(nodes, before) for nodes in value[1]]
    exact = frozenset(one for branch in branches for one in branch.exact or ())
    if all(branch.exact is not None for branch in branches) and len(exact) <= MOST_LITERALS:
        return _Place(exact)
    held = [branch.best() for branch in branches]
    known = None if any(one is None for one in held) else frozenset(literal for one in held for literal in one or ())
    return _Place(None, _better(known, _usable(before)))


def _group(value: Any, before: Literals) -> _Place:
    _, added, dropped, nodes = value
    return _unknown(before) if added & ~re.IGNORECASE or dropped else _Place.of(nodes, before)


def _repeat(value: Any, before: Literals) -> _Place:
    least, most, nodes = value
    if least == 0:
        once = _Place.of(nodes, before).exact if most == 1 else None
        return _unknown(before) if once is None or len(once | before) > MOST_LITERALS else _Place(once | before)
    first = _Place.of(nodes, before)
    if most == 1:
        return first
    again = _Place.of(nodes).exact
    return _Place(None, first.best(), again or NOTHING)


_READERS: Mapping[str, Callable[[Any, Literals], _Place]] = {
    "WORD": _word,
    "AT": _at,
    "IN": _one_of,
    "BRANCH": _branch,
    "SUBPATTERN": _group,
    "ATOMIC_GROUP": lambda nodes, before: _Place.of(nodes, before),
    "MAX_REPEAT": _repeat,
    "MIN_REPEAT": _repeat,
    "POSSESSIVE_REPEAT": _repeat,
    "ASSERT": lambda _, before: _Place(before),
    "ASSERT_NOT": lambda _, before: _Place(before),
}
"""How each kind of node in a parsed pattern is read; every other kind may match anything."""
