"""Know which words a text must hold before a pattern can match it at all, so that most patterns need not be tried.

For each pattern sets of literal stretches are worked out; every match contains at least one of each set (`needs`). `sieve.py` looks
for all of them at once. A word boundary is part of a stretch: `BOUNDARY` stands at each one, in the stretches and in the text that is
searched. Whatever is not understood is taken as "may match", so a sieve never changes a result.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from math import exp
from typing import Any

BOUNDARY = "\x1f"
MOST_LITERALS = 96
"""No more stretches than this are kept of one place in a pattern; a place with more says too little."""
MOST_CHARACTERS = 24
"""Longer stretches find nothing that their beginning does not."""
MOST_NEEDS = 2
"""So many sets of stretches are asked for at most; the next would hold few patterns back."""
TELLING = -0.3
"""Sets of less worth than this stand in too many texts to be asked for beside a better one."""

# What the compiler itself reads in a pattern. It is private to `re`, but a second reading of our own could err without a sound;
# a test holds the result to what patterns really match.
PARSER = import_module("re._parser")
CHARACTER = PARSER.LITERAL
_LOOSE_PART = re.compile(r"\(\?[a-z]*i[a-z]*:")
"""Where a stretch of a pattern ignores case."""
_EDGE = re.compile(r"\b")
_COMMON = re.compile(
    r"\b(?:a|all|am|an|and|any|are|as|at|be|been|but|by|can|could|do|does|for|from|get|had|has|have|he|her|his|how|i|if|in|is|it|just|me|my"
    r"|no|not|of|on|or|our|out|she|so|that|the|their|them|they|this|to|up|us|was|we|were|what|when|will|with|would|you|your)\b"
)

Literals = frozenset[str]
Needs = tuple[Literals, ...]
NOTHING: Literals = frozenset(("",))


def needs(pattern: re.Pattern[str]) -> Needs:
    """Return sets of stretches, the most telling first; any match of `pattern` holds at least one of each. Boundaries are marked.

    A pattern of which any part ignores case is to be looked for in lower case. None are returned where there is nothing to go by.
    """
    if pattern.flags & (re.ASCII | re.LOCALE):
        return ()
    found = _Place.of(PARSER.parse(pattern.pattern, pattern.flags)).all_held()
    if ignores_case(pattern):
        found = tuple(frozenset(one.lower() for one in literals) for literals in found if all(map(str.isascii, literals)))
    return tuple(frozenset(map(_marked, literals)) for literals in found)


def ignores_case(pattern: re.Pattern[str]) -> bool:
    """Tell whether `pattern`, or any part of it, ignores case."""
    return bool(pattern.flags & re.IGNORECASE) or _LOOSE_PART.search(pattern.pattern) is not None


def _marked(literal: str) -> str:
    """Put a mark at each boundary inside `literal`; at its ends there is one only where the pattern asks for it."""
    bare = literal.replace(BOUNDARY, "")
    inner = _EDGE.sub(BOUNDARY, bare).strip(BOUNDARY)
    return BOUNDARY * literal.startswith(BOUNDARY) + inner + BOUNDARY * literal.endswith(BOUNDARY)


@lru_cache(maxsize=4_096)
def _worth(found: Literals) -> float:
    """Return how seldom a text will hold one of `found`: more letters outside everyday words are worth more, more stretches less."""
    return -sum(exp(-_telling(literal)) for literal in found)


@lru_cache(maxsize=16_384)
def _telling(literal: str) -> float:
    bare = literal.replace(BOUNDARY, "")
    rest = _COMMON.sub("", bare) if BOUNDARY in literal or " " in bare else bare
    return len(rest.replace(" ", "")) + 0.5 * len(literal) * (len(bare) > 0)


@dataclass(frozen=True, slots=True)
class _Place:
    """What is known of a pattern up to some place: every text that it can match (`exact`, None where they are too many), or of which
    sets of stretches each such text holds one (`held`, the most telling first) and on which it ends (`last`)."""

    exact: Literals | None
    held: Needs = ()
    last: Literals = NOTHING

    @classmethod
    def of(cls, nodes: Iterable[Any], before: Literals = NOTHING) -> _Place:
        """Read nodes that stand one after the other, with the stretches that can stand right `before` them."""
        exact, whole = before, True
        held: Needs = ()
        for node in _with_words(nodes):
            place = _place(node, exact)
            if place.exact is not None:
                exact = place.exact
                continue
            whole = False
            held = _most_telling(held, place.held)
            exact = place.last
        return cls(exact) if whole else cls(None, _most_telling(held, _usable(exact)), exact)

    def all_held(self) -> Needs:
        """Return the sets that say most of this place."""
        return _most_telling(self.held, _usable(self.exact) if self.exact is not None else ())


def _followed(before: Literals, after: Literals) -> _Place:
    """Put two places together; where that gives too many stretches, or too long ones, keep both and go on from the second."""
    if len(before) * len(after) <= MOST_LITERALS:
        joined = frozenset(one + other for one in before for other in after)
        if all(len(one) <= MOST_CHARACTERS for one in joined):
            return _Place(joined)
    return _Place(None, _most_telling(_usable(before), _usable(after)), after)


def _usable(exact: Literals) -> Needs:
    """Return `exact` where each of its stretches has a character to look for."""
    return () if any(not one.replace(BOUNDARY, "") for one in exact) else (exact,)


def _most_telling(one: Needs, other: Needs) -> Needs:
    """Return the best set of two lists, and the next ones as far as they say much."""
    if not one or not other:
        return one or other
    found = sorted(dict.fromkeys(one + other), key=_worth, reverse=True)[:MOST_NEEDS]
    return tuple(needed for rank, needed in enumerate(found) if rank == 0 or _worth(needed) > TELLING)


def _with_words(nodes: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """Yield nodes with their names, characters that stand side by side as one."""
    word = ""
    for kind, value in nodes:
        if kind is CHARACTER:
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
        if kind is CHARACTER:
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
    held = [branch.all_held() for branch in branches]
    if not all(held):
        return _unknown(before)
    # Each branch has its own sets: their first ones together are needed, their second ones too, where a branch has no more its last again.
    ranks = range(max(map(len, held)))
    joined = [frozenset(literal for needs in held for literal in needs[min(rank, len(needs) - 1)]) for rank in ranks]
    return _Place(None, _most_telling(tuple(joined), _usable(before)))


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
    return _Place(None, first.all_held(), again or NOTHING)


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
