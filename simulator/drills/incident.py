"""Judge the statement about an incident: which of the chosen threads it answers, and how good it is."""

from __future__ import annotations

from collections.abc import Iterable

from simulator.drills.state import RunState
from simulator.drills.timeline import visible_facts
from simulator.drills.world import US, World, posts_of
from simulator.scoring import score
from simulator.scoring.model import Context, Draft, Expected, Post, Report
from simulator.scoring.vocabulary import Action, Channel, Kind

FEWEST = 2
"""One complaint is a complaint; an incident is the same trouble from two sides or more."""
_ANY_SPIKE = Expected(Kind.SPIKE, (Action.REPLY_PUBLIC,), (), (), (), None)


def belonging(world: World, threads: Iterable[str]) -> tuple[str, ...]:
    """Return those of `threads` that belong to the scenario's incident."""
    incident = world.scenario.incident
    return tuple(dict.fromkeys(name for name in threads if incident is not None and name in incident.threads))


def incident_since(world: World, state: RunState) -> float | None:
    """Return the story second from which the incident could be seen: when enough of its threads had begun; None before."""
    incident = world.scenario.incident
    if incident is None:
        return None
    opened = sorted(posts[0].story_s for name in incident.threads if (posts := posts_of(state, name)))
    return opened[incident.reports - 1] if len(opened) >= incident.reports else None


def judge_statement(world: World, state: RunState, threads: tuple[str, ...], text: str, story_s: float) -> Report:
    """Return what a statement over `threads` would earn at story second `story_s`, as a public reply to a spike.

    It stands on our own page, where there is room; the post it answers is what the public wrote in those threads. Speed
    counts from the moment when the incident could be seen.
    """
    incident, since = world.scenario.incident, incident_since(world, state)
    said = [post for name in threads for post in posts_of(state, name) if post.by != US]
    authors = [world.scenario.personas[post.by].name for post in said if post.by in world.scenario.personas]
    context = Context(
        channel=Channel.PAGE,
        brand=world.scenario.brand.name,
        facts=tuple(fact.say for fact in visible_facts(world, state, story_s)),
        action=Action.REPLY_PUBLIC,
        elapsed_minutes=None if since is None else max(0.0, story_s - since) / 60,
        target_minutes=None if since is None or incident is None else incident.target_s / 60,
        untimed=state.untimed,
        told=tuple(item.handover.to for item in state.handovers),
        expected=_ANY_SPIKE if incident is None else incident.expected,
        house=world.playbook.house,
    )
    post = Post(text="\n".join(post.say for post in said), author=authors[0] if authors else "")
    return score(post, Draft(text), context, world.ruleset)
