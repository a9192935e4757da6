"""Know the inbox of a shift: which priority is suggested, and in which order the threads stand."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.content.model import SHIFT
from simulator.drills.judging import context_of
from simulator.drills.state import RunState
from simulator.drills.world import World, posts_of
from simulator.scoring import triage
from simulator.scoring.model import Post
from simulator.scoring.vocabulary import Urgency

ORDER = tuple(reversed(Urgency))
"""The most urgent first."""


def suggested_priorities(world: World, state: RunState, story_s: float) -> Mapping[str, Urgency]:
    """Return how soon somebody must act on each thread that has begun, as the judge sorts its opening post; empty for drills."""
    if world.scenario.mode != SHIFT:
        return {}
    found = {}
    for thread in world.scenario.threads:
        posts = posts_of(state, thread.id)
        if posts:
            author = world.scenario.personas.get(posts[0].by)
            post = Post(text=posts[0].say, author=author.name if author else "", followers=author.followers if author else None)
            found[thread.id] = triage(post, context_of(world, state, thread, None, story_s), world.ruleset).urgency
    return found


def inbox_order(state: RunState, waiting: tuple[str, ...], priorities: Mapping[str, Urgency], due: Mapping[str, float]) -> tuple[str, ...]:
    """Return the threads that have begun in the order of the inbox.

    First those that wait: claimed ones, then by priority, then by what is due first; then those put off; then those that
    were dealt with, and last those that are closed.
    """

    def place(thread: str) -> tuple[int, int, int, float]:
        group = 3 if thread in state.closed else 2 if thread not in waiting else 1 if thread in state.snoozed else 0
        return group, 0 if thread in state.claimed else 1, ORDER.index(priorities.get(thread, Urgency.NORMAL)), due.get(thread, 0.0)

    return tuple(sorted(dict.fromkeys(post.thread for post in state.posts), key=place))
