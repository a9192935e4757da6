"""Name everything that can be asked of a run; `drills.engine.decide` answers with events or a refusal."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.drills.confidence import Confidence
from simulator.scoring.model import HandOver, HandOverAnswer
from simulator.scoring.vocabulary import Action, Urgency


@dataclass(frozen=True, slots=True)
class Start:
    """Start the clock. `pace_factor` multiplies the scenario's pace; `untimed` lets the story wait for the player."""

    seed: str = ""
    untimed: bool = False
    pace_factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Tick:
    """Play what is due by now."""


@dataclass(frozen=True, slots=True)
class Send:
    """Decide on a thread: words (dropped for a silent action) and an action. A repeated `token` does nothing.

    `confidence` is kept beside the decision and changes nothing about it.
    """

    thread: str
    text: str
    action: Action
    token: str
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class AskContact:
    """Hand a thread over to a contact. `handover_id` may be empty: it is then made from the event's place in the log."""

    thread: str
    handover: HandOver
    token: str
    colleague: bool = False
    handover_id: str = ""


@dataclass(frozen=True, slots=True)
class AnswerAsColleague:
    """Answer a hand-over that was sent to a colleague. `answered_by` is the colleague's name as the player sees it."""

    handover_id: str
    answer: HandOverAnswer
    answered_by: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Let the story stand still."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Let the story go on."""


@dataclass(frozen=True, slots=True)
class SetPace:
    """Run the story slower or faster than the scenario's own pace, or let it wait for the player (`untimed`)."""

    pace_factor: float = 1.0
    untimed: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """Take a thread of a shift on."""

    thread: str


@dataclass(frozen=True, slots=True)
class Snooze:
    """Put a thread of a shift off for `minutes` story minutes."""

    thread: str
    minutes: float


@dataclass(frozen=True, slots=True)
class Rank:
    """Give a thread of a shift a priority."""

    thread: str
    priority: Urgency


@dataclass(frozen=True, slots=True)
class Merge:
    """Take a thread of a shift for a repeat of `into`, or with "incident" for one of the declared incident's."""

    thread: str
    into: str


@dataclass(frozen=True, slots=True)
class Declare:
    """Declare an incident over `threads` with a statement. A repeated `token` does nothing."""

    threads: tuple[str, ...]
    text: str
    token: str


@dataclass(frozen=True, slots=True)
class End:
    """Stop the run here."""


Command = Start | Tick | Send | AskContact | AnswerAsColleague | Pause | Resume | SetPace | Claim | Snooze | Rank | Merge | Declare | End
