"""Show the street: threads with their posts in the network's look, and how hot and how trusting it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from flask_babel import gettext as _

from simulator.content.model import Scenario, Thread
from simulator.core.clock import format_story_time
from simulator.drills.state import RunState, ShownPost
from simulator.drills.world import US, channel_of_scenario
from simulator.services.run_views import RunView
from simulator.web.presenters_posts import PostView
from simulator.web.presenters_time import story_label
from simulator.web.presenters_words import THREAD_ENDING

NEW_FOR_S = 12
"""How many real seconds something that came up counts as new."""


class Standing(Protocol):
    """What a post is drawn from: the scenario, and the run as it stands at a story second."""

    @property
    def scenario(self) -> Scenario: ...

    @property
    def state(self) -> RunState: ...

    @property
    def story_s(self) -> float: ...


@dataclass(frozen=True, slots=True)
class MeterView:
    """One mood: 0–100 with a word beside it; `short` is the label where there is little room."""

    label: str
    short: str
    value: int
    word: str


@dataclass(frozen=True, slots=True)
class ThreadView:
    """One thread of the street. `due_s` is the story second of the first reply's target, None once it was answered."""

    id: str
    name: str
    posts: tuple[PostView, ...]
    waiting: bool
    ending: str
    due_s: int | None
    due_text: str
    late: bool
    target_s: int
    answered: str
    current: bool
    channel: str = ""


def present_threads(view: RunView, chosen: str) -> tuple[ThreadView, ...]:
    """Return the threads that have begun; exactly one is current: `chosen`, else the first waiting, else the first open."""
    begun = [thread for thread in view.scenario.threads if any(post.thread == thread.id for post in view.state.posts)]
    ids = [thread.id for thread in begun]
    open_ids = [each for each in ids if each not in view.state.closed]
    current = chosen if chosen in ids else next(iter([*(each for each in view.waiting if each in ids), *open_ids, *ids]), "")
    return tuple(_thread(view, thread, thread.id == current) for thread in begun)


def present_post(view: Standing, thread: Thread, shown: ShownPost) -> PostView:
    """Return one post as its network draws it."""
    scenario = view.scenario
    opener = scenario.personas.get(thread.beats[0].by)
    is_first = next((post.post_id for post in view.state.posts if post.thread == thread.id), "") == shown.post_id
    comments = sum(post.thread == thread.id for post in view.state.posts) - 1
    person = scenario.personas.get(shown.by)
    ours = shown.by == US
    return PostView(
        name=scenario.brand.name if ours else (person.name if person is not None else shown.by),
        text=shown.say,
        handle=scenario.brand.handle if ours else (person.handle if person is not None else ""),
        seed=scenario.brand.handle if ours else (person.handle if person is not None else shown.by),
        id=shown.post_id,
        followers=None if ours or person is None else person.followers,
        when=story_label(scenario, shown.story_s),
        likes=shown.likes,
        replies=comments if is_first else 0,
        stars=shown.stars,
        image=shown.image,
        reply=not is_first,
        ours=ours,
        new=not ours and shown.story_s > 0 and is_new(view, shown.story_s),
        private=shown.private,
        to=opener.name if shown.private and opener is not None else "",
    )


def is_new(view: Standing, story_s: float) -> bool:
    """Tell whether something that came up at story second `story_s` did so within the last real seconds."""
    return view.state.status != "ended" and view.story_s - story_s <= NEW_FOR_S * max(view.state.clock.pace, 0.1)


def heat_word(temperature: float) -> str:
    """Say how hot somebody is."""
    words = (_("calm"), _("uneasy"), _("annoyed"), _("angry"), _("furious"))
    return words[min(4, int(max(0.0, temperature) // 20.01))]


def trust_word(trust: float) -> str:
    """Say how much the onlookers trust."""
    words = (_("low"), _("shaky"), _("steady"), _("high"))
    return words[sum(trust >= border for border in (30, 50, 70))]


def newcomer_words(view: RunView, after: int) -> str:
    """Say who wrote what since event `after`, for the live region; empty when nobody of the public did."""
    people = view.scenario.personas
    fresh = [post for post in view.state.posts if post.seq > after and post.by in people]
    return " ".join(_("%(name)s wrote: %(words)s", name=people[post.by].name, words=post.say) for post in fresh)


@dataclass(frozen=True, slots=True)
class Fresh:
    """What came up since an event: the threads that began, and the new posts of the others as (thread id, post)."""

    new_threads: tuple[str, ...]
    posts: tuple[tuple[str, PostView], ...]


def present_posts_since(threads: tuple[ThreadView, ...], view: RunView, after: int) -> Fresh:
    """Return what of `threads` came up after event `after`."""
    seqs = {post.post_id: post.seq for post in view.state.posts}
    begun = tuple(item.id for item in threads if all(seqs[post.id] > after for post in item.posts))
    posts = tuple((item.id, post) for item in threads if item.id not in begun for post in item.posts if seqs[post.id] > after)
    return Fresh(begun, posts)


def present_temperature(view: RunView, current: ThreadView | None) -> MeterView | None:
    thread = next((item for item in view.scenario.threads if current is not None and item.id == current.id), None)
    if thread is None or thread.beats[0].by not in view.state.temperature:
        return None
    by = thread.beats[0].by
    value = view.state.temperature[by]
    return MeterView(
        _("%(name)s's temperature", name=view.scenario.personas[by].name), view.scenario.personas[by].name, round(value), heat_word(value)
    )


def _thread(view: RunView, thread: Thread, current: bool) -> ThreadView:
    state = view.state
    posts = tuple(present_post(view, thread, post) for post in state.posts if post.thread == thread.id)
    opened = next(post.story_s for post in state.posts if post.thread == thread.id)
    first = next((decision for decision in state.decisions if decision.thread == thread.id), None)
    due = round(opened + thread.target_s)
    timed = first is None and not state.untimed and thread.id not in state.closed and state.status != "ended"
    left = due - view.story_s
    return ThreadView(
        id=thread.id,
        name=posts[0].name,
        posts=posts,
        waiting=thread.id in view.waiting,
        ending=str(THREAD_ENDING[state.closed[thread.id]])
        if state.closed.get(thread.id) in THREAD_ENDING
        else state.closed.get(thread.id, ""),
        due_s=due if timed else None,
        due_text=_("late by %(time)s", time=format_story_time(-left)) if left < 0 else format_story_time(left),
        late=left < 0,
        target_s=thread.target_s,
        answered=story_label(view.scenario, first.story_s) if first is not None else "",
        current=current,
        channel=channel_of_scenario(view.scenario, thread.id).value,
    )
