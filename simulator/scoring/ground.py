"""Read what a post and its known facts offer any draft, once for all drafts that are typed under it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from simulator.scoring.text import KEPT_LENGTH, POSTS_KEPT, Text, Word, read_again

RUN = 6
"""Words in a row that are copied, not taken up."""
ISSUE_WORDS = 7
"""Most words of the post that a fix quotes: enough to point, too few to be pasted."""
_CLAUSE_END = re.compile(r"[,;:.!?()\n\u2013\u2014]|\s-\s")
_HANDLE = re.compile(r"@\w+")
_ASK = re.compile(
    r"\?|\b(?:how (?:do|can|long|much|many)|can (?:i|you|we|someone|anyone)|could (?:you|i|we)|is (?:there|it)|do (?:you|i)|what do i"
    r"|where (?:do|is|are)"
    r"|when (?:do|is|will|does)|anyone know|please (?:can|could|tell|explain|help|check))\b"
)


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Words the relation needs from the packs, as stems: `stop` says nothing, `stock` stands under any post.

    `family` maps a stem to the stem that stands for all its synonyms; `common` are content words that say little alone.
    """

    stop: frozenset[str]
    stock: frozenset[str]
    common: frozenset[str]
    family: Mapping[str, str]
    given_names: frozenset[str] = frozenset()

    @cached_property
    def idle(self) -> frozenset[str]:
        """Return the stems that tie a text to nothing."""
        return self.stop | self.stock


@dataclass(frozen=True, slots=True)
class Ground:
    """What a post and its facts offer, whatever the draft: content words, said words, six-word runs, and the sentences to answer."""

    words: Collection[str]
    facts: Collection[str]
    brand: frozenset[str]
    asks: int
    issue: str
    said: frozenset[str]
    runs: frozenset[tuple[str, ...]]
    parts: Sequence[tuple[str, set[str]]]
    open_parts: Sequence[tuple[str, set[str]]]


def read_ground(post_text: str, newest: str, facts: str, brand: str, lexicon: Lexicon) -> Ground:
    """Read what stays the same while a draft is typed. `newest` is the post without its thread, which is part of `post_text`."""
    kept = len(post_text) + len(facts) <= KEPT_LENGTH
    return (_read_once if kept else _read)(post_text, newest, facts, brand, lexicon)


def _read(post_text: str, newest: str, facts: str, brand: str, lexicon: Lexicon) -> Ground:
    whole, own = read_again(post_text), read_again(newest)
    brand_words = frozenset(lexicon.family.get(word.stem, word.stem) for word in read_again(brand).words)
    theirs = whole.said
    parts = _parts(whole, lexicon, brand_words)
    return Ground(
        words=_content(whole, lexicon),
        facts=_content(read_again(facts), lexicon),
        brand=brand_words,
        asks=len(_ASK.findall(whole.folded)),
        # What a fix quotes is the post's own: an earlier line may be ours, or a bystander's.
        issue=_issue(own, lexicon, brand_words),
        said=frozenset(theirs),
        runs=frozenset(zip(*(theirs[index:] for index in range(RUN)), strict=False)),
        parts=parts,
        open_parts=parts if own is whole else _parts(own, lexicon, brand_words),
    )


_read_once = lru_cache(maxsize=POSTS_KEPT)(_read)


def _content(text: Text, lexicon: Lexicon) -> dict[str, int]:
    handles = [match.span() for match in _HANDLE.finditer(text.folded)] if "@" in text.folded else []
    found: dict[str, int] = {}
    stop, family = lexicon.stop, lexicon.family
    for index, word in enumerate(text.words):
        if word.stem in stop or any(start <= word.span[0] < end for start, end in handles):
            continue
        found.setdefault(family.get(word.stem, word.stem), index)
    return found


def _issue(post_text: Text, lexicon: Lexicon, brand: Collection[str]) -> str:
    """Return a short stretch of the post that says what it is about: the fullest ISSUE_WORDS words in one clause of it."""
    most, best, raw = 0.0, (0, 0), post_text.raw
    for words in post_text.words_by_sentence:
        weights = [_content_weight(word, raw, lexicon, brand) for word in words]
        gaps = [raw[one.span[1] : other.span[0]] for one, other in pairwise(words)]
        ends = [gap != " " and _CLAUSE_END.search(gap) is not None for gap in gaps]
        for first, weight in enumerate(weights):
            if not weight:
                continue
            sum_of = 0.0
            for last in range(first, min(len(words), first + ISSUE_WORDS)):
                if last > first and ends[last - 1]:
                    break
                sum_of += weights[last]
                if weights[last] and sum_of > most:
                    most, best = sum_of, (words[first].span[0], words[last].span[1])
    return " ".join(raw[slice(*best)].split())


def _content_weight(word: Word, raw: str, lexicon: Lexicon, brand: Collection[str]) -> float:
    (start, _), _, root = word
    if root in lexicon.stop:
        return 0.0
    key = lexicon.family.get(root, root)
    if key in brand or key in lexicon.stock or raw[max(0, start - 1) : start] in ("@", "#"):
        return 0.0
    return 0.5 if key in lexicon.common else 1.0


def _parts(post_text: Text, lexicon: Lexicon, brand: frozenset[str]) -> list[tuple[str, set[str]]]:
    """Return the sentences of the post that say enough to be answered on their own, each with its content words."""
    parts = []
    stop, family = lexicon.stop, lexicon.family
    for (start, end), words in zip(post_text.sentences, post_text.words_by_sentence, strict=True):
        keys = {family.get(word.stem, word.stem) for word in words if word.stem not in stop} - brand
        if len(keys) >= 3:
            parts.append((" ".join(post_text.raw[start:end].split()), keys))
    return parts
