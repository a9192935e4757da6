"""Read bands: the written form of an inclusive range on 0 to 100, or of a count."""

from __future__ import annotations

import math
import re

from simulator.content.model import Band

NUMBER = r"(?:100|[1-9]?[0-9](?:\.[0-9])?)"
BAND_PATTERN = rf"(?:(?:>=|<=) ?{NUMBER}|{NUMBER}|{NUMBER}\.\.{NUMBER})"
"""The written form as a regular expression that Python and JavaScript both read."""
_BAND = re.compile(BAND_PATTERN)


def parse_band(text: str, *, count: bool = False) -> Band | None:
    """Return the band of `>= 75`, `<= 40`, `40..74` or `3`, or None for anything else.

    Both ends are inclusive and take one decimal. An open upper end is 100, or infinity where `count` is true.
    A band written upside down (`74..40`) comes back as it is: it holds for nothing.
    """
    written = text.strip()
    if _BAND.fullmatch(written) is None:
        return None
    if written.startswith(">="):
        return Band(float(written[2:]), math.inf if count else 100)
    if written.startswith("<="):
        return Band(0, float(written[2:]))
    low, _, high = written.partition("..")
    return Band(float(low), float(high or low))
