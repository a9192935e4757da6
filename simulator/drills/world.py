"""Hold what a run is played on, and look things up in it: threads, contacts, who still waits."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.content.model import Playbook, PlaybookContact, Scenario, Thread
from simulator.drills.state import Decision, RunState, ShownPost
from simulator.scoring import Ruleset
from simulator.scoring.vocabulary import Channel, Contact

US = "us"
"""The `by` of our own posts."""


@dataclass(frozen=True, slots=True)
class World:
    """What stays the same for a whole run: the scenario, the playbook and the ruleset it is judged by."""

    scenario: Scenario
    playbook: Playbook
    ruleset: Ruleset

    def thread(self, thread_id: str) -> Thread | None:
        """Return the thread called `thread_id`, if there is one."""
        return next((thread for thread in self.scenario.threads if thread.id == thread_id), None)

    def contact(self, contact: Contact) -> PlaybookContact | None:
        """Return the playbook's entry for `contact`, if it has one."""
        return next((entry for entry in self.playbook.contacts if entry.contact == contact), None)


def channel_of(world: World, thread: Thread) -> Channel:
    """Return the network of a thread: its own, else the scenario's."""
    return thread.channel or world.scenario.channel


def channel_of_scenario(scenario: Scenario, thread_id: str) -> Channel:
    """Return the network of one of a scenario's threads, by its id."""
    return next((thread.channel for thread in scenario.threads if thread.id == thread_id and thread.channel), scenario.channel)


def was_answered(state: RunState, thread_id: str) -> bool:
    """Tell whether somebody has had words of ours: in the thread, or in the statement about its incident."""
    return state.covers(thread_id) or any(decision.text for decision in decisions_of(state, thread_id))


def story_now(state: RunState, now_ms: int) -> float:
    """Return the story time in seconds at real time `now_ms`; never before the last event."""
    return max(state.last_story_s, state.clock.story_at(now_ms))


def posts_of(state: RunState, thread_id: str) -> tuple[ShownPost, ...]:
    """Return all posts of a thread, ours included, oldest first."""
    return tuple(post for post in state.posts if post.thread == thread_id)


def decisions_of(state: RunState, thread_id: str) -> tuple[Decision, ...]:
    """Return the decisions on a thread, oldest first."""
    return tuple(decision for decision in state.decisions if decision.thread == thread_id)


def is_open(state: RunState, thread_id: str) -> bool:
    """Tell whether a thread has begun and has not been closed."""
    return thread_id not in state.closed and any(post.thread == thread_id for post in state.posts)


def handled_seq(state: RunState, thread_id: str) -> int:
    """Return the last event in which the player dealt with a thread: a decision, a merge, or the statement; 0 for none."""
    dealt = [decision.seq for decision in decisions_of(state, thread_id)]
    dealt += [merge.seq for merge in state.merges if merge.thread == thread_id]
    if state.incident is not None and thread_id in state.incident.threads:
        dealt.append(state.incident.seq)
    return max(dealt, default=0)


def waiting_threads(world: World, state: RunState) -> tuple[str, ...]:
    """Return the open threads whose newest post by the public has not been dealt with yet, in the scenario's order."""
    if state.status == "ended":
        return ()
    waiting = []
    for thread in world.scenario.threads:
        theirs = [post.seq for post in posts_of(state, thread.id) if post.by != US]
        if theirs and thread.id not in state.closed and max(theirs) > handled_seq(state, thread.id):
            waiting.append(thread.id)
    return tuple(waiting)
