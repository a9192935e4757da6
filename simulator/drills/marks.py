"""Mark decisions like moves in a game of chess: by what they cost against the best that could be had at that moment."""

from __future__ import annotations

from dataclasses import dataclass

BRILLIANT, GOOD, FINE, INACCURACY, MISTAKE, BLUNDER = "!!", "!", "✓", "?!", "?", "??"
RIGHT = frozenset({BRILLIANT, GOOD, FINE})
"""The marks of a decision that will do: "sure" was right with one of these."""

LEVEL = 25.0
"""One step of the rubric (missing, partly, good, …) in points."""
MOST_COST = ((0.5 * LEVEL, GOOD), (LEVEL, FINE), (1.5 * LEVEL, INACCURACY), (2 * LEVEL, MISTAKE))
"""The most that each mark may have cost: half a step of the rubric more each time. Beyond is a blunder."""
AS_GOOD = 3.0
"""Within this of the best line is as good as it: less than the judge can tell apart."""
HIGH = 75.0
"""Only what is good on the rubric by itself can be brilliant: the least bad way out is not."""
_ORDER = (BRILLIANT, GOOD, FINE, INACCURACY, MISTAKE, BLUNDER)


@dataclass(frozen=True, slots=True)
class Weighed:
    """One decision beside the best that could be had. `earned` and `best` are totals by the same judge at the same moment.

    `blocker`: something in it may never be sent. `poor`, `best_action`: what the scenario thinks of the action.
    `trust_moved` adds up all it set off. `decided` is False where nobody decided anything.
    """

    earned: float
    best: float
    blocker: bool = False
    poor: bool = False
    best_action: bool = True
    trust_moved: float = 0.0
    decided: bool = True

    @property
    def cost(self) -> float:
        """Return how many points the best available option would have earned on top; negative where this was better."""
        return round(self.best - self.earned, 1) + 0.0


def mark_of(weighed: Weighed) -> str:
    """Return the mark of a decision: !!, !, ✓, ?!, ? or ??.

    A blocker is a blunder. Else the cost decides (MOST_COST); an action that the scenario calls poor is a mistake at
    best, and not deciding at all is fine at best. Brilliant is as good as the best line (AS_GOOD) with the best action,
    good by itself (HIGH), and without losing the onlookers' trust.
    """
    if weighed.blocker:
        return BLUNDER
    mark = next((name for most, name in MOST_COST if weighed.cost <= most), BLUNDER)
    if weighed.poor:
        return _worse(mark, MISTAKE)
    if not weighed.decided:
        return _worse(mark, FINE)
    shines = weighed.cost <= AS_GOOD and weighed.earned >= HIGH and weighed.best_action and weighed.trust_moved >= 0
    return BRILLIANT if shines else mark


def _worse(mark: str, other: str) -> str:
    return max(mark, other, key=_ORDER.index)
