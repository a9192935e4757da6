"""Read a text once: folded characters, words with stems, sentences; every offset holds for the text as it was typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import accumulate
from typing import NamedTuple

from simulator.scoring.model import Span

_STRAIGHT = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "´": "'", "“": '"', "”": '"', "„": '"', "\u00a0": " ", "‑": "-", "–": "-", "—": "-"}
)
_WORD = re.compile(r"([^\W_]+(?:'[^\W_]+)*)")
_WORDY = re.compile(r"[^\W_]")
_SENTENCE_END = re.compile(r"[.!?…]+[\"')\]]*(?=\s|$)|\n+|(?<=\s)[-](?=\s)")
_ABBREVIATION = re.compile(r"(?:\b(?:mr|mrs|ms|dr|st|no|vs|approx|e\.g|i\.e|a\.m|p\.m|etc)|\b[a-z])\.$")
KEPT_LENGTH = 4_000
"""Longer texts, in characters, are read anew each time, so that what is kept stays small."""
POSTS_KEPT = 64
"""For so many posts at once what was read of them is kept while their replies are being typed."""
_SUFFIXES = tuple(
    (suffix, instead)
    for suffix, _, instead in (
        pair.partition(">")
        for pair in (
            "ational>ate ization>ize isation>ize fulness>ful ingly> edly> ments> ment> ness> ings> ing>"
            " ies>y ied>y ers> er> est> ely> ly> ed> es> 's> s>"
        ).split()
    )
)
_FORMS = """
be: wasn't
birthday: bday
break: broke broken
burn: burnt
buy: bought
child: children kids kid
come: came
die: dead died dying
fall: fell fallen
find: found
foot: feet
forget: forgot forgotten
freeze: froze frozen
get: got
give: gave given
go: went gone
hear: heard
keep: kept
leave: left
lose: lost
make: made
man: men
meet: met
pay: paid
photo: pics pic picture
ring: rang rung
run: ran
say: said
send: sent
shut: shut
speak: spoke spoken
steal: stole stolen
take: took taken
tell: told
throw: thrown threw
wait: waited
woman: women
write: wrote written
"""
_IRREGULAR = {form: base for base, forms in (line.split(": ") for line in _FORMS.strip().splitlines()) for form in forms.split()}


def fold(text: str) -> str:
    """Return `text` lower-cased with straight quotes and plain hyphens, with exactly as many characters as before."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lowered if lowered.isascii() else lowered.translate(_STRAIGHT)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the part of a folded English word that its forms share; a light suffix cut, not a dictionary."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) <= 3:
        return word
    for suffix, instead in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) + len(instead) >= 3:
            cut = word[: len(word) - len(suffix)] + instead
            if suffix == "s" and word.endswith(("ss", "us", "is")):
                break
            word = cut
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sle":
        word = word[:-1]
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    if len(word) > 3 and word.endswith("y"):
        word = word[:-1] + "i"
    return word


class Word(NamedTuple):
    """One word: its span, its folded form and its stem."""

    span: Span
    folded: str
    stem: str


_word: Callable[[tuple[Span, str, str]], Word] = partial(tuple.__new__, Word)
"""Make a word without a call of Python code: a report makes hundreds."""


@dataclass(frozen=True)
class Text:
    """A text with what every rule needs of it, computed once, when it is first asked for."""

    raw: str
    folded: str

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Return its words, in order."""
        # Every second piece is a word, so that spans are sums of lengths: a third of the time that a match for each word takes.
        pieces = _WORD.split(self.folded)
        edges, words = list(accumulate(map(len, pieces))), pieces[1::2]
        return tuple(map(_word, zip(zip(edges[::2], edges[1::2], strict=False), words, map(stem, words), strict=False)))

    @cached_property
    def said(self) -> list[str]:
        """Return its folded words, in order."""
        return [word.folded for word in self.words]

    @cached_property
    def stems(self) -> frozenset[str]:
        """Return the stems of its words."""
        return frozenset([word.stem for word in self.words])

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Return where its sentences stand, in order."""
        return _sentences(self.folded)

    def quote(self, span: Span | None) -> str:
        """Return the words at `span` as they were typed."""
        return self.raw[span[0] : span[1]] if span else ""

    def sentence_of(self, position: int) -> Span:
        """Return the sentence that `position` stands in; the whole text where there is none."""
        for start, end in self.sentences:
            if start <= position < end:
                return start, end
        return 0, len(self.raw)

    @cached_property
    def words_by_sentence(self) -> list[list[Word]]:
        """Return the words of each sentence, in one pass."""
        found: list[list[Word]] = []
        words, index, last = self.words, 0, len(self.words)
        for start, end in self.sentences:
            while index < last and words[index].span[0] < start:
                index += 1
            first = index
            while index < last and words[index].span[0] < end:
                index += 1
            found.append(list(words[first:index]))
        return found


def read_text(raw: str) -> Text:
    """Read `raw` into words and sentences."""
    return Text(raw, fold(raw))


def read_again(raw: str) -> Text:
    """Do what `read_text` does for a text that is met again and again, such as a post while its reply is being typed."""
    return _read_once(raw) if len(raw) <= KEPT_LENGTH else read_text(raw)


_read_once = lru_cache(maxsize=256)(read_text)


def phrase_spans(folded: str, phrases: Iterable[str]) -> tuple[Span, ...]:
    """Return where `phrases` stand in a folded text as whole words, in order; blank phrases stand nowhere."""
    found: list[Span] = []
    for phrase in phrases:
        wanted = fold(phrase.strip())
        at = folded.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            inside = at > 0 and folded[at].isalnum() and folded[at - 1].isalnum()
            if not inside and not (end < len(folded) and folded[end - 1].isalnum() and folded[end].isalnum()):
                found.append((at, end))
            at = folded.find(wanted, end)
    return tuple(sorted(found))


def _sentences(folded: str) -> tuple[Span, ...]:
    spans: list[Span] = []
    start = 0
    for match in _SENTENCE_END.finditer(folded):
        at, end = match.span()
        if folded[at] == "." and _ABBREVIATION.search(folded, max(start, at - 8), at + 1):
            continue
        _keep(folded, start, end, spans)
        start = end
    _keep(folded, start, len(folded), spans)
    return tuple(spans)


def _keep(folded: str, start: int, end: int, spans: list[Span]) -> None:
    """Keep the stretch without the blanks around it, where it has a letter or a figure."""
    stretch = folded[start:end]
    if _WORDY.search(stretch):
        start += len(stretch) - len(stretch.lstrip())
        spans.append((start, start + len(stretch.strip())))
