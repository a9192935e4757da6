"""Tell whether a text is in a language that the rules can speak about: English, for now."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ENGLISH = frozenset(
    "a an and any are as at be been but by can can't could day did didn't do does don't for from get go got had has have hello help her hi"
    " his how i i'm if in is it it's just like me my need never no not now of off on one only or our out please so some sorry thank thanks"
    " that the their them then there they this to too two up us very was we we're were what when where which who why will with won't would"
    " yes you you're your u ur im pls thx".split()
)
OTHERS = frozenset(
    "el la los las de del que y en un una por para con no es muy mi su le les des et est pas je vous nous pour dans une mais avec der die"
    " das und ist nicht ich sie wir ein eine mit auf für von zu il lo gli che di per non sono è molto het een van niet ik je wij met voor"
    " maar ang ng sa na ako nie jest się że jak og er ikke det jeg".split()
)
"""Everyday words of other European languages."""
_ONLY_OTHERS = OTHERS - _ENGLISH
_ENOUGH = 4


def is_english(text: str) -> bool:
    """Tell whether `text` can be read by English rules; very short texts get the benefit of the doubt.

    False where everyday words of other European languages outnumber the English ones, or where most letters are not Latin.
    """
    words = [word.lower() for word in _WORD.findall(text.replace("’", "'"))]
    if not text.isascii():
        letters = [char for char in text if char.isalpha()]
        if letters and sum(ord(char) > 0x24F for char in letters) * 2 > len(letters):
            return False
    if len(words) < _ENOUGH:
        return True
    english = sum(map(_ENGLISH.__contains__, words))
    return english >= sum(map(_ONLY_OTHERS.__contains__, words))
