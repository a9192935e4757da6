"""Know which words English has and which of them stand side by side, so that a heap of words is told from sentences.

What is known lies in `heads/word_pairs.txt`: the common words as they are, all other words and the pairs as two tables of bits.
A pair is of common words, or of the shape of a rarer one ("~ing"), so that words which were never seen can stand in a known pair.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from pathlib import Path
from zlib import crc32

from simulator.core.ids import content_hash
from simulator.scoring.text import Text

PLACE = Path(__file__).parent / "heads" / "word_pairs.txt"
FORMAT = 1
MOST_WORDS = 400
"""No more words than this are looked at; what follows says no more about whether they are sentences."""
STOP, BREAK, NUMBER, NAME = ".", ",", "0", "Name"
_STOPS = re.compile(r"[.!?…\n]")
_ENDINGS = ("tion", "ment", "ness", "able", "ing", "ful", "ous", "est", "ity", "ed", "ly", "er", "al", "ic", "'s", "s", "y", "e")
_SECOND = 2654435761
"""Knuth's multiplier: turns one hash into a second one."""


class WordingError(Exception):
    """Say that the file of words and pairs can't be used."""


@dataclass(frozen=True, slots=True)
class Bits:
    """A set of texts as bits, two for each: what was put in is always found; a few others are too."""

    table: bytes

    @classmethod
    def of(cls, texts: Iterable[str], power: int) -> Bits:
        """Put `texts` into a table of two to the `power` bits."""
        table = bytearray(1 << power >> 3)
        for text in texts:
            for place in _places(text, len(table)):
                table[place >> 3] |= 1 << (place & 7)
        return cls(bytes(table))

    def __contains__(self, text: str) -> bool:
        """Tell whether `text` seems to be in the set."""
        first, second = _places(text, len(self.table))
        return bool(self.table[first >> 3] >> (first & 7) & 1 and self.table[second >> 3] >> (second & 7) & 1)


def _places(text: str, size: int) -> tuple[int, int]:
    mask, one = (size << 3) - 1, crc32(text.encode())
    return one & mask, (one * _SECOND >> 11) & mask


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """English as far as it is known: `common` words, every known `word`, and `pairs` of shapes that stand side by side."""

    common: frozenset[str]
    words: Bits
    pairs: Bits
    digest: str = ""

    def knows(self, folded: str) -> bool:
        """Tell whether a folded word is English, or a figure."""
        return folded in self.common or _known(self, folded)

    def known_pairs(self, text: Text) -> float:
        """Return the share of neighbours in `text`, ends of sentences among them, that sentences have; 1 where there are none."""
        shapes = shapes_of(text, self.common)
        known = sum(map(_stand_together, repeat(self), shapes, shapes[1:]))
        return known / (len(shapes) - 1) if len(shapes) > 1 else 1.0


@lru_cache(maxsize=20_000)
def _known(wording: Wording, folded: str) -> bool:
    return not folded.replace("'", "").isalpha() or folded in wording.words


@lru_cache(maxsize=50_000)
def _stand_together(wording: Wording, one: str, other: str) -> bool:
    return f"{one} {other}" in wording.pairs


def shapes_of(text: Text, common: Collection[str]) -> list[str]:
    """Return the words of `text` as what they count as in a pair, with a mark where a sentence ends or a breath is taken."""
    shapes = [STOP]
    raw, end = text.raw, -1
    for (start, after), folded, _ in text.words[:MOST_WORDS]:
        gap = raw[end:start] if end >= 0 else ""
        # Most words have one blank between them, which is no mark.
        if gap != " " and (gap := gap.strip(" '\"")):
            shapes.append(STOP if _STOPS.search(gap) else BREAK)
        shapes.append(folded if folded in common else _shape(folded, shapes[-1] != STOP and raw[start].isupper()))
        end = after
    shapes.append(STOP)
    return shapes


@lru_cache(maxsize=20_000)
def _shape(folded: str, named: bool) -> str:
    if any(char.isdigit() for char in folded):
        return NUMBER
    if named:
        return NAME
    return "~" + next((ending for ending in _ENDINGS if folded.endswith(ending) and len(folded) > len(ending) + 2), "")


def wording_to_text(wording: Wording) -> str:
    """Return `wording` as it is stored."""
    document = {
        "format": FORMAT,
        "common": " ".join(sorted(wording.common)),
        "words": base64.b64encode(wording.words.table).decode("ascii"),
        "pairs": base64.b64encode(wording.pairs.table).decode("ascii"),
    }
    return json.dumps(document, ensure_ascii=False, indent=0) + "\n"


def wording_from_text(text: str) -> Wording:
    """Read a stored wording. Raises WordingError where the text is none."""
    try:
        document = json.loads(text)
        if document["format"] != FORMAT:
            raise ValueError(f"format {document['format']} is not {FORMAT}")
        words, pairs = (Bits(base64.b64decode(document[key], validate=True)) for key in ("words", "pairs"))
        return Wording(frozenset(document["common"].split()), words, pairs, content_hash(text))
    except (KeyError, TypeError, ValueError, AttributeError, binascii.Error) as error:
        raise WordingError(f"this is no wording: {error!r}") from error


@lru_cache(maxsize=1)
def english() -> Wording:
    """Return the shipped wording, read once."""
    return wording_from_text(PLACE.read_text(encoding="utf-8"))
