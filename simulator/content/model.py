"""Hold scenarios and playbooks as values. Story times are whole seconds from the start of the story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.scoring.model import Expected, House
from simulator.scoring.vocabulary import Action, Channel, Contact, Kind, Urgency

DRILL, SHIFT = "drill", "shift"
PHASES = ("witnesses", "echo", "press", "grievances")
"""How an unanswered thread spreads, in this order."""
HIDDEN = -1
"""The `at` of a fact that only a contact's answer reveals."""


@dataclass(frozen=True, slots=True)
class Brand:
    """Who the player speaks for."""

    name: str
    handle: str
    industry: str
    voice: str


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody in the street. `temper` is calm, warm or hot and sets the starting temperature.

    `cares` names the dimensions that this person hears first: half of how they take a reply.
    """

    id: str
    name: str
    handle: str
    followers: int
    temper: str
    bio: str = ""
    cares: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the agent may look up; visible from story second `at` on, or only once revealed (HIDDEN)."""

    id: str
    say: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class Beat:
    """Something the story does at its time.

    `when` is "always", "unanswered" or "answered" (the thread, by then), "undeclared" or "declared" (the incident).
    `phase` says how far an unanswered thread has spread: witnesses, echo, press or grievances; empty goes by its turn.
    """

    at: int
    by: str
    say: str
    when: str = "always"
    likes: int = 0
    stars: int | None = None
    image: str = ""
    reads: int = 0
    phase: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """An inclusive range on 0–100 (or a count): `low <= x <= high`."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Tell whether `value` lies in the band."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Condition:
    """When a reaction applies: all that is given must hold. The set is closed.

    `bands` maps "total", a dimension, "turn" (replies so far in this thread, this one included), "temperature" (of
    `by`), "opener" (the temperature of the one who began), "trust" or "unanswered_for" (story minutes that the public
    waited for this reply) to a band; `missing` names dimensions that scored under 50 or are not there; `code` names
    findings of which one must be there; `actions` lists actions of which one was chosen; `handover` is "", "none",
    "sent" or "answered"; `incident` is "", "none" or "declared"; `pasted` tells of words sent as they stand in the
    playbook's messages, or sent before.
    """

    bands: Mapping[str, Band] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    blocker: bool | None = None
    actions: tuple[Action, ...] = ()
    handover: str = ""
    incident: str = ""
    pasted: bool | None = None


@dataclass(frozen=True, slots=True)
class Reaction:
    """What somebody says after a reply, `after` story seconds later.

    `cools` and `heats` move the temperature of `by`, `trust` moves the onlookers' trust (points, may be negative);
    `ends` closes the thread: "", "solved", "cooled", "lost" or "handed_over". An empty `say` moves moods without words.
    `stance` is "", "piles_on" or "defends": what a bystander's words do to the one who began (drills/public.py).
    """

    when: Condition
    by: str
    after: int
    say: str
    cools: int = 0
    heats: int = 0
    trust: int = 0
    likes: int = 0
    ends: str = ""
    stance: str = ""


@dataclass(frozen=True, slots=True)
class Exemplar:
    """One reply that an experienced lead would be glad to sign, and why. `turn` is which of our replies it would be; 0 is any."""

    say: str
    why: str
    action: Action
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Thread:
    """One conversation. Its first beat is the opening post; `target_s` is the first reply's target in story seconds.

    `channel` is None where it is the scenario's own. `priority` is how soon somebody must act, None where it goes by
    the kind. `same_as` names the thread that this one only repeats.
    """

    id: str
    beats: tuple[Beat, ...]
    expected: Expected
    reactions: tuple[Reaction, ...]
    exemplars: tuple[Exemplar, ...]
    target_s: int
    onlookers: int = 0
    channel: Channel | None = None
    priority: Urgency | None = None
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class Incident:
    """One trouble behind several threads of a shift, to be declared with a statement.

    It can be declared once `reports` of `threads` have begun; from then on `target_s` story seconds run. `expected` is of
    kind spike.
    """

    title: str
    threads: tuple[str, ...]
    reports: int
    target_s: int
    expected: Expected
    exemplars: tuple[Exemplar, ...]


@dataclass(frozen=True, slots=True)
class Variety:
    """What varies from one playing to the next, and which variant this is (0 is as written).

    `slots` maps each slot to how many values it has, `one_of` each happening to its options, `chosen` all of them to what
    this variant has (the number of the value, or the option). `shuffle` lists threads that trade places.
    """

    slots: Mapping[str, int]
    one_of: Mapping[str, tuple[str, ...]]
    shuffle: tuple[str, ...]
    chosen: Mapping[str, str]
    number: int = 0


@dataclass(frozen=True, slots=True)
class ContactAnswer:
    """What a scenario's contact answers, `after` story seconds after a hand-over that scored in `complete`.

    `reveals` lists ids of facts that become visible with the answer.
    """

    after: int
    may_say: str
    may_not_say: str = ""
    owner: str = ""
    next_time: str = ""
    complete: Band = Band(0, 100)
    reveals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """One whole scenario. `pace` is story seconds per real second, `ends_s` the latest story time, `minutes` about how long it takes.

    `starts_s` is the time of day at story second 0, in seconds since midnight; None where the story names none.
    `mode` is DRILL or SHIFT: in a shift many threads wait at once, in an inbox.
    `source` is the text it was compiled from: what a run keeps as its snapshot.
    """

    slug: str
    title: str
    summary: str
    brief: str
    brand: Brand
    channel: Channel
    level: int
    pace: float
    minutes: int
    skills: tuple[str, ...]
    playbook: str
    personas: Mapping[str, Persona]
    facts: tuple[Fact, ...]
    threads: tuple[Thread, ...]
    contacts: Mapping[Contact, tuple[ContactAnswer, ...]]
    ends_s: int
    fingerprint: str
    source: str = field(default="", repr=False, compare=False)
    starts_s: int | None = None
    mode: str = DRILL
    incident: Incident | None = None
    variety: Variety | None = None

    @property
    def seed_class(self) -> str:
        """Return what runs must share to be compared: the version of the scenario, and how much of it varies."""
        level = "fixed" if self.variety is None else "written" if self.variety.number == 0 else "varied"
        return f"{self.fingerprint[:12]}.{level}"


@dataclass(frozen=True, slots=True)
class Message:
    """Words agreed beforehand, to be made one's own: blanks stand in square brackets. `kinds` is for which posts; empty is any."""

    id: str
    title: str
    say: str
    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaybookContact:
    """Whom to ask: a department, who answers there, what for, and how fast (real minutes)."""

    contact: Contact
    name: str
    reach_for: str
    answers_within: int


@dataclass(frozen=True, slots=True)
class Playbook:
    """A brand's contacts, targets and voice; `house` is what the judge needs of it.

    `source` is the text it was compiled from.
    """

    slug: str
    title: str
    contacts: tuple[PlaybookContact, ...]
    targets: Mapping[Urgency, float]
    house: House
    fingerprint: str
    messages: tuple[Message, ...] = ()
    source: str = field(default="", repr=False, compare=False)
