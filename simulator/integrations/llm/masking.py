"""Take out of a text whatever tells who somebody is, before it leaves this process."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from simulator.scoring.privacy import mask

_LINK = re.compile(r"(?P<kept>\b(?:https?://|www\.)[^\s?#<>\"']+)[?#][^\s<>\"']*", re.I)
_ACCOUNT = re.compile(r"(?<![\w@.])@[\w](?:[\w.-]*\w)?")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_LEAST = 3
_NO_NAMES = frozenset(
    "the and for not you your our are was has had but from with this that they them her his its mrs all any one two off out very just real"
    " mum dad daily miss customer user guest angry happy sad reviews review fan club team official".split()
)
"""Words in the author's name that say nothing of who it is; masking them would only make the text unreadable."""


class Mask:
    """Mask the texts of one question alike, so that the same person keeps the same stand-in in post and reply.

    The post's author becomes `[customer]` wherever their name or handle appears, other accounts `[account 1]`…, other given
    names `[name 1]`… (so that a wrong name can still be told from the right one), the rest what `privacy.mask` makes of it.
    `given_names` are in lower case.
    """

    def __init__(self, author: str, given_names: Collection[str]) -> None:
        self._author = {
            part for word in _WORD.findall(author.replace("_", " ")) if (part := _plain(word)) not in _NO_NAMES and len(part) >= _LEAST
        }
        self._handle = author.strip().lstrip("@").casefold()
        self._given = given_names
        self._stand_ins: dict[tuple[str, str], str] = {}

    def __call__(self, text: str) -> str:
        """Return `text` with nothing left that tells who somebody is, as far as it can be told."""
        text = mask(_LINK.sub(r"\g<kept>", text))
        text = _ACCOUNT.sub(self._account, text)
        return _WORD.sub(self._word, text)

    def _account(self, found: re.Match[str]) -> str:
        handle = found.group()[1:].casefold()
        return "[customer]" if handle == self._handle else self._stand_in("account", handle)

    def _word(self, found: re.Match[str]) -> str:
        written = found.group()
        bare = _POSSESSIVE.sub("", written)
        plain = _plain(bare)
        if plain in self._author:
            return "[customer]" + written[len(bare) :]
        if written[0].isupper() and plain in self._given:
            return self._stand_in("name", plain) + written[len(bare) :]
        return written

    def _stand_in(self, kind: str, what: str) -> str:
        number = 1 + sum(1 for known, _ in self._stand_ins if known == kind)
        return self._stand_ins.setdefault((kind, what), f"[{kind} {number}]")


def _plain(word: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char)).casefold()
