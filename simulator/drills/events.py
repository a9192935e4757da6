"""Name everything that can happen in a run. A run is the list of these; its state is their fold.

Each event is stored with its `seq` (from 1), `real_ms` (milliseconds since the epoch) and `story_s` (story seconds);
the body below is what else it says. Bodies are plain values that `drills.wire` turns into JSON and back.
"""

from __future__ import annotations

from dataclasses import dataclass

from simulator.drills.confidence import Confidence
from simulator.scoring.model import HandOver, HandOverAnswer, HandOverReport, Report
from simulator.scoring.vocabulary import Action, Urgency


@dataclass(frozen=True, slots=True)
class RunStarted:
    """The clock starts. `untimed` means that Speed is left out of the scores."""

    slug: str
    seed: str
    pace: float
    untimed: bool


@dataclass(frozen=True, slots=True)
class PostAppeared:
    """Somebody of the public said something. `post_id` is unique in the run; `reads` is added to the onlookers.

    Number `beat` or `reaction` of the thread is done with it. An empty `say` (a reaction without words) shows no post.
    `phase` says how far an unanswered thread has spread with it: a key of `drills.public.SILENCE_TRUST`.
    """

    post_id: str
    thread: str
    by: str
    say: str
    likes: int = 0
    stars: int | None = None
    image: str = ""
    reads: int = 0
    beat: int | None = None
    reaction: int | None = None
    phase: str = ""


@dataclass(frozen=True, slots=True)
class ReplySent:
    """The player decided: words (empty for a silent action), action, and what the judge said. `token` makes it idempotent.

    `confidence` is how sure they said they were, if they said it; the report knows nothing of it.
    """

    decision_id: str
    thread: str
    text: str
    action: Action
    report: Report
    token: str
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class ReactionPlanned:
    """A reply set off reaction number `reaction` of its thread, due at story second `due_s`; -1 is a screenshot of what was hidden.

    `decision_id` names the decision or the statement; empty for the newest decision on the thread.
    """

    thread: str
    reaction: int
    due_s: float
    decision_id: str = ""


@dataclass(frozen=True, slots=True)
class MoodMoved:
    """A persona's temperature or the onlookers' trust moved; both are the new values, 0–100.

    `why` is a key of `drills.public.MOVES`; `decision_id` names the decision that brought it about, if one did.
    """

    thread: str
    persona: str
    temperature: float
    trust: float
    why: str
    decision_id: str = ""


@dataclass(frozen=True, slots=True)
class HandOverSent:
    """The player asked a contact. `colleague` means that a signed-in contact is asked to answer, not the script."""

    handover_id: str
    thread: str
    handover: HandOver
    report: HandOverReport
    colleague: bool
    token: str


@dataclass(frozen=True, slots=True)
class AnswerPlanned:
    """The scenario's contact will answer hand-over `handover_id` with its answer number `answer` at `due_s`."""

    handover_id: str
    answer: int
    due_s: float


@dataclass(frozen=True, slots=True)
class HandOverAnswered:
    """A contact answered. `report` judges a colleague's answer and is None for the script; `reveals` are fact ids."""

    handover_id: str
    answer: HandOverAnswer
    answered_by: str
    report: HandOverReport | None
    reveals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paused:
    """The story stands still."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """The story goes on."""


@dataclass(frozen=True, slots=True)
class PaceSet:
    """The story runs at another pace (story seconds per real second), timed or untimed."""

    pace: float
    untimed: bool


@dataclass(frozen=True, slots=True)
class ThreadClosed:
    """A thread came to its end.

    "solved", "cooled", "lost", "handed_over", "left_alone", "unanswered", "left_open" by stopping, or "merged" as a repeat.
    """

    thread: str
    ending: str


@dataclass(frozen=True, slots=True)
class ThreadClaimed:
    """The player took a thread of the inbox on; it stands first there."""

    thread: str


@dataclass(frozen=True, slots=True)
class ThreadSnoozed:
    """The player put a thread off until story second `until_s`, or until somebody writes in it."""

    thread: str
    until_s: float


@dataclass(frozen=True, slots=True)
class ThreadRanked:
    """The player gave a thread a priority of their own."""

    thread: str
    priority: Urgency


@dataclass(frozen=True, slots=True)
class ThreadsMerged:
    """The player took `thread` for a repeat of `into` ("incident" for the incident's); `right` tells whether it is."""

    thread: str
    into: str
    right: bool


@dataclass(frozen=True, slots=True)
class IncidentDeclared:
    """The player declared an incident over `threads` (those that belong to it), and what the judge said of the statement.

    Without any such thread it was a false alarm: nothing is posted.
    """

    incident_id: str
    text: str
    threads: tuple[str, ...]
    report: Report
    token: str


@dataclass(frozen=True, slots=True)
class RunEnded:
    """The run is over: "finished" (every thread closed), "time_up" or "stopped" (by the player)."""

    ending: str


Body = (
    RunStarted
    | PostAppeared
    | ReplySent
    | ReactionPlanned
    | MoodMoved
    | HandOverSent
    | AnswerPlanned
    | HandOverAnswered
    | Paused
    | Resumed
    | PaceSet
    | ThreadClosed
    | ThreadClaimed
    | ThreadSnoozed
    | ThreadRanked
    | ThreadsMerged
    | IncidentDeclared
    | RunEnded
)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, in its place in the log."""

    seq: int
    real_ms: int
    story_s: float
    body: Body
