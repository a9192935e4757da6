"""Hold plans as values: what a tester does when, and what must then be true."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.content.model import Band
from simulator.scoring.model import HandOver
from simulator.scoring.vocabulary import Action


@dataclass(frozen=True, slots=True)
class Reply:
    """Send words to a thread, `at` story seconds."""

    at: int
    line: int
    thread: str
    action: Action
    text: str


@dataclass(frozen=True, slots=True)
class Silent:
    """Ignore, monitor or hide a thread, `at` story seconds."""

    at: int
    line: int
    thread: str
    action: Action


@dataclass(frozen=True, slots=True)
class Ask:
    """Hand a thread over to a contact, `at` story seconds. `thread` is empty where the plan leaves it to the scenario."""

    at: int
    line: int
    thread: str
    handover: HandOver


@dataclass(frozen=True, slots=True)
class Control:
    """Pause, resume or end the run, `at` story seconds; `command` is that word."""

    at: int
    line: int
    command: str


@dataclass(frozen=True, slots=True)
class Arrange:
    """Claim, snooze, rank or merge a thread of a shift, `at` story seconds. `value` is the time, the priority or the other thread."""

    at: int
    line: int
    verb: str
    thread: str
    value: str


@dataclass(frozen=True, slots=True)
class Declare:
    """Declare an incident over threads of a shift, `at` story seconds."""

    at: int
    line: int
    threads: tuple[str, ...]
    text: str


Step = Reply | Silent | Ask | Control | Arrange | Declare


@dataclass(frozen=True, slots=True)
class Expectation:
    """One thing that must be true after the plan.

    `what` tells which, and which fields are set:
    "ending" (`words` the thread's ending, `about` the thread or empty for the only one) · "run" (`words` finished,
    time_up or stopped) · "total" (`band`: mean total of the decisions) · "trust" (`band`) · "temperature" (`about` a
    persona, `band`) · "shift", "coverage", "order", "targets", "quality" (`band`: the score of a shift and its parts) ·
    "said" (`about` a persona, `words` part of a post of theirs, whatever its case).
    `negated` means that it must not be true. `written` is the line as it stands, for messages.
    """

    what: str
    line: int
    written: str
    about: str = ""
    words: str = ""
    band: Band | None = None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A named conversation: steps in time order, and expectations."""

    name: str
    seed: str
    steps: tuple[Step, ...]
    expectations: tuple[Expectation, ...]
    path: str
