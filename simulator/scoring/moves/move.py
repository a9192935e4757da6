"""Hold one move: what some words of a draft do, how strongly, and who says so."""

from __future__ import annotations

from typing import NamedTuple

from simulator.scoring.model import Span


class Move(NamedTuple):
    """Name what the words at `span` do.

    `span` is None where something is missing from the draft. `strength` multiplies the points of the rule it belongs to
    (1 is the ordinary case, a count for rules that pay per thing). `source` is the id of the rule or head that says so.
    """

    code: str
    span: Span | None
    strength: float
    source: str
