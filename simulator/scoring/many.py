"""Judge many decisions: the same reports as one by one, sooner, because the replies to a post are judged together."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import chain, islice

from simulator.scoring.engine import score
from simulator.scoring.model import Context, Draft, Post, Report
from simulator.scoring.ruleset import Ruleset

CHUNK = 1_000
"""So many decisions are looked at together; their reports wait for each other, about ten kilobytes each."""

Decision = tuple[Post, Draft | None, Context]


def score_many(decisions: Iterable[Decision], ruleset: Ruleset, *, chunk: int = CHUNK) -> Iterator[Report]:
    """Yield a report for each decision, in order; what a post offers is read once for all its replies in a chunk."""
    waiting = iter(decisions)
    while some := list(islice(waiting, chunk)):
        reports = {at: score(*some[at], ruleset) for at in post_by_post([post for post, _, _ in some])}
        yield from map(reports.__getitem__, range(len(some)))


def post_by_post(posts: Sequence[Hashable]) -> list[int]:
    """Return the places of `posts` so that equal ones stand side by side, in the order in which they first come."""
    places: dict[Hashable, list[int]] = {}
    for at, post in enumerate(posts):
        places.setdefault(post, []).append(at)
    return list(chain.from_iterable(places.values()))
