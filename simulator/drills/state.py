"""Hold what a run has come to: the fold of its events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.core.clock import StoryClock
from simulator.drills.confidence import Confidence
from simulator.scoring.model import HandOver, HandOverAnswer, HandOverReport, Report
from simulator.scoring.vocabulary import Action, Urgency

INCIDENT = "incident"
"""What a thread is merged into that belongs to the declared incident."""


@dataclass(frozen=True, slots=True)
class ShownPost:
    """One post on the street, ours included (`by` is then "us")."""

    post_id: str
    thread: str
    by: str
    say: str
    story_s: float
    seq: int
    likes: int = 0
    stars: int | None = None
    image: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing the player decided, with what the judge said and how it moved the street."""

    decision_id: str
    thread: str
    text: str
    action: Action
    report: Report
    story_s: float
    seq: int
    token: str
    trust_before: float
    trust_after: float
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class HandOverState:
    """One hand-over and, once it has come, its answer."""

    handover_id: str
    thread: str
    handover: HandOver
    report: HandOverReport
    colleague: bool
    story_s: float
    token: str
    answer: HandOverAnswer | None = None
    answered_by: str = ""
    answered_s: float | None = None
    answer_report: HandOverReport | None = None
    real_ms: int = 0


@dataclass(frozen=True, slots=True)
class Planned:
    """Something due later: a reaction of a thread (and the decision that set it off), or the scenario's answer to a hand-over."""

    due_s: float
    thread: str = ""
    reaction: int | None = None
    handover_id: str = ""
    answer: int | None = None
    decision_id: str = ""


@dataclass(frozen=True, slots=True)
class MoodPoint:
    """The street's mood at one story second, for the curves of the review."""

    story_s: float
    trust: float
    temperature: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class MergeState:
    """One thread that the player took for a repeat of another (`into`; INCIDENT for the incident's). `right` tells whether it is."""

    thread: str
    into: str
    right: bool
    story_s: float
    seq: int


@dataclass(frozen=True, slots=True)
class IncidentState:
    """A declared incident: its statement, what the judge said, and the threads that it answers."""

    incident_id: str
    text: str
    threads: tuple[str, ...]
    report: Report
    story_s: float
    seq: int
    token: str


@dataclass(frozen=True, slots=True)
class RunState:
    """What a run has come to. `status` is "new", "running", "paused" or "ended"; temperatures and trust are 0–100.

    `last_story_s` is the story time of the last event: the story never stands before it, whatever the real clock does.
    `readers` counts by thread who reads along. Of a shift: `claimed` threads, `snoozed` ones with the story second until
    when, `ranks` that the player gave, `merges`, the `incident`, and the tokens of `false_alarms`.
    """

    slug: str = ""
    seed: str = ""
    status: str = "new"
    untimed: bool = False
    clock: StoryClock = field(default_factory=lambda: StoryClock(at_ms=0, pace=1.0))
    posts: tuple[ShownPost, ...] = ()
    beats_done: frozenset[tuple[str, int]] = frozenset()
    reactions_done: frozenset[tuple[str, int]] = frozenset()
    planned: tuple[Planned, ...] = ()
    decisions: tuple[Decision, ...] = ()
    handovers: tuple[HandOverState, ...] = ()
    temperature: Mapping[str, float] = field(default_factory=dict)
    trust: float = 60.0
    onlookers: int = 0
    moods: tuple[MoodPoint, ...] = ()
    closed: Mapping[str, str] = field(default_factory=dict)
    revealed: frozenset[str] = frozenset()
    ending: str = ""
    last_seq: int = 0
    last_story_s: float = 0.0
    readers: Mapping[str, int] = field(default_factory=dict)
    claimed: frozenset[str] = frozenset()
    snoozed: Mapping[str, float] = field(default_factory=dict)
    ranks: Mapping[str, Urgency] = field(default_factory=dict)
    merges: tuple[MergeState, ...] = ()
    incident: IncidentState | None = None
    false_alarms: tuple[str, ...] = ()

    def covers(self, thread: str) -> bool:
        """Tell whether the statement of a declared incident answers a thread."""
        return self.incident is not None and thread in self.incident.threads
