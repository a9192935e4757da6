"""Offer variants of a drill to somebody who has played it: the same again, or one they have not had yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from simulator.content import variant_number
from simulator.content.model import Scenario, Variety
from simulator.content.variants import MOST_NUMBER
from simulator.persistence.rows import RunRow


@dataclass(frozen=True, slots=True)
class VariantsView:
    """The number of the variant played last, and of the next that the player has not had."""

    last: int
    next: int


def present_variants(scenario: Scenario, runs: Sequence[RunRow]) -> VariantsView | None:
    """Return the choice, or None for a drill that does not vary or that was never played: it begins as written."""
    mine = sorted((run for run in runs if run.slug == scenario.slug), key=lambda run: run.created_ms)
    if scenario.variety is None or not mine:
        return None
    played = [variant_number(run.seed) for run in mine]
    count = min(how_many(scenario.variety), MOST_NUMBER + 1)
    fresh = next((number for number in range(count) if number not in played), None)
    return VariantsView(played[-1], (played[-1] + 1) % count if fresh is None else fresh)


def how_many(variety: Variety) -> int:
    """Return how many different variants there are."""
    return prod((*variety.slots.values(), *map(len, variety.one_of.values()), max(1, len(variety.shuffle))))
