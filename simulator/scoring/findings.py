"""Hold a finding before it is weighed: points on its dimension's own scale, words and reasons."""

from __future__ import annotations

from typing import NamedTuple

from simulator.scoring.model import Span
from simulator.scoring.vocabulary import Dimension


class RawFinding(NamedTuple):
    """One thing that earns or costs on one dimension, before clamping and weighting.

    `points` is on the dimension's 0–100 scale, positive for a virtue, negative for a flaw. The other fields mean what
    they mean in `simulator.scoring.model.Finding`. With `blocker` the engine also caps the total; with `exact` the points are what the
    dimension is moved by, after everything else, without diminishing.
    """

    code: str
    dimension: Dimension
    points: float
    why: str
    fix: str = ""
    span: Span | None = None
    quote: str = ""
    blocker: bool = False
    rule: str = ""
    exact: bool = False
