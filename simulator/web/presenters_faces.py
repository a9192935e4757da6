"""Draw the same face for the same person every time: initials, colours and a pattern, chosen by seed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from simulator.core.ids import pick

_GROUNDS = (
    ("#8a4b9e", "#6f3a80"),
    ("#3d6b57", "#2d5243"),
    ("#a3472f", "#833723"),
    ("#2f5f9e", "#244b7e"),
    ("#7a5a16", "#5f4610"),
    ("#9e3b63", "#7f2d4e"),
    ("#4a5a8c", "#394670"),
    ("#2b6f74", "#1f5659"),
    ("#6b4f3a", "#533c2b"),
    ("#5b4bb0", "#473990"),
)
"""Ground and a darker shade; white letters keep at least 4.5:1 on both."""
_PATTERNS = ("hills", "sun", "slope", "ring", "stripes")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Face:
    """How to draw one avatar: `turn` shifts the pattern (8 to 36)."""

    initials: str
    ground: str
    shade: str
    pattern: str
    turn: int


def face_of(seed: str, name: str) -> Face:
    """Return the face of `name`; `seed` (a handle or an id) chooses its look."""
    key = seed or name
    ground, shade = pick(key, "ground", _GROUNDS)
    return Face(initials_of(name), ground, shade, pick(key, "pattern", _PATTERNS), pick(key, "turn", range(8, 37)))


def initials_of(name: str) -> str:
    """Return one or two capital letters for `name`, or a dot where it has no letter."""
    words = _WORD.findall(name)
    if not words:
        return "·"
    letters = words[0][0] if len(words) == 1 else words[0][0] + words[-1][0]
    return letters.upper()[:2]
