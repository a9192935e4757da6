"""Put a decision before the judge: which post it answers, and all that is known around it at that moment."""

from __future__ import annotations

from dataclasses import replace

from simulator.content.model import Thread
from simulator.drills.state import RunState, ShownPost
from simulator.drills.timeline import visible_facts
from simulator.drills.world import US, World, channel_of, decisions_of, posts_of, was_answered
from simulator.scoring import score
from simulator.scoring.model import Context, Draft, Expected, Post, Report
from simulator.scoring.vocabulary import Action


def judge(world: World, state: RunState, thread: Thread, text: str, action: Action | None, story_s: float) -> Report:
    """Return what a decision on `thread` would earn at story second `story_s`.

    No words (a silent action, or no decision at all) are judged as such: then only the decision counts.
    """
    draft = Draft(text) if text.strip() else None
    context = context_of(world, state, thread, action, story_s)
    return score(post_of(world, state, thread), draft, context, world.ruleset)


def post_of(world: World, state: RunState, thread: Thread) -> Post:
    """Return what the player has before them: the words that wait for an answer, with the earlier lines.

    Before the first word of ours these are all lines of the one who began; afterwards what somebody wrote since, of
    the one who began if they did, else the newest line of anybody.
    """
    posts = posts_of(state, thread.id)
    ours = [post.seq for post in posts if post.by == US]
    theirs = [post for post in posts if post.by != US]
    since = [post for post in theirs if post.seq > max(ours, default=0)] or theirs[-1:]
    opener = thread.beats[0].by
    asked = [post for post in since if post.by == opener] or since[-1:]
    earlier = tuple(f"{_name(world, post)}: {post.say}" for post in posts if post not in asked)
    author = world.scenario.personas.get(asked[-1].by if asked else opener)
    return Post(
        text="\n".join(post.say for post in asked) or thread.beats[0].say,
        author=author.name if author else "",
        followers=author.followers if author else None,
        thread=earlier,
    )


def _name(world: World, post: ShownPost) -> str:
    if post.by == US:
        return world.scenario.brand.name
    persona = world.scenario.personas.get(post.by)
    return persona.name if persona else post.by


def context_of(world: World, state: RunState, thread: Thread, action: Action | None, story_s: float) -> Context:
    """Return everything around a decision on `thread` at story second `story_s`.

    Speed counts for the first words only: afterwards there is neither elapsed time nor target.
    """
    first = not was_answered(state, thread.id)
    return Context(
        channel=channel_of(world, thread),
        brand=world.scenario.brand.name,
        facts=tuple(fact.say for fact in visible_facts(world, state, story_s)),
        action=action,
        elapsed_minutes=waited_s(state, thread, story_s) / 60 if first else None,
        answered=not first,
        target_minutes=thread.target_s / 60 if first else None,
        untimed=state.untimed,
        told=tuple(item.handover.to for item in state.handovers if item.thread == thread.id),
        expected=_still_expected(state, thread),
        house=world.playbook.house,
    )


def waited_s(state: RunState, thread: Thread, story_s: float) -> float:
    """Return how long the opening post has waited by `story_s`, in story seconds."""
    posts = posts_of(state, thread.id)
    opened = posts[0].story_s if posts else float(thread.beats[0].at)
    return max(0.0, story_s - opened)


def _still_expected(state: RunState, thread: Thread) -> Expected:
    """What our earlier replies took up already need not be taken up again."""
    said = " ".join(decision.text for decision in decisions_of(state, thread.id)).casefold()
    open_points = tuple(item for item in thread.expected.must_address if not any(word.casefold() in said for word in item.say))
    return replace(thread.expected, must_address=open_points)
