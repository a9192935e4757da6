"""Hold what the judge reads and what it says: plain frozen values, no behaviour beyond turning into JSON and back.

Units: points and dimension scores are 0–100; times are minutes of story time; spans are half-open `(start, end)`
character offsets into the text they speak of, always on character boundaries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.scoring.vocabulary import Action, Channel, Contact, Dimension, Kind, SignOff, Urgency

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Post:
    """What the customer wrote. `thread` holds earlier lines, oldest first, as `name: words`."""

    text: str
    author: str = ""
    followers: int | None = None
    thread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What the agent means to send."""

    text: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """What the sender of an escalation tells a contact: the six fields of the rubric, plain text each."""

    to: Contact
    what_happened: str = ""
    who_where: str = ""
    known_unknown: str = ""
    asked: str = ""
    by_when: str = ""
    said_so_far: str = ""


@dataclass(frozen=True, slots=True)
class HandOverAnswer:
    """What the contact answers: words that may be said, what may not, who owns it, and when the next word comes.

    `after_minutes` is how long the answer took, in story minutes for a scenario's contact, in real minutes
    for a person, who can't hurry with the story.
    """

    may_say: str = ""
    may_not_say: str = ""
    owner: str = ""
    next_time: str = ""
    after_minutes: float | None = None


@dataclass(frozen=True, slots=True)
class MustAddress:
    """One thing in the post that a reply has to take up; `say` lists words that count as taking it up."""

    id: str
    say: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExpectedEscalation:
    """Who must be told, within how many story minutes, and which things the hand-over must contain."""

    to: Contact
    within_minutes: float | None = None
    must_tell: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """What a scenario knows about its own thread; on the live desk there is none."""

    kind: Kind | None = None
    best: tuple[Action, ...] = ()
    fine: tuple[Action, ...] = ()
    poor: tuple[Action, ...] = ()
    must_address: tuple[MustAddress, ...] = ()
    escalation: ExpectedEscalation | None = None


@dataclass(frozen=True, slots=True)
class Switch:
    """A rule, by its id, or all rules of a code, of which a house keeps only a share of the points: 0 is off, 0.5 is half."""

    name: str
    keep: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class House:
    """What a brand has decided for itself, from its playbook. The fingerprint changes with it.

    `targets` maps an urgency to the first reply's target in minutes; `support_handle` is an account that one may
    point people to without passing the buck, by its name, with the reason, and with some help already; `approved` and `banned` are phrases;
    `banned_why` gives the house's reason for a banned one, where it has one.
    `weights` and `kind_weights` are factors on the rubric's weights, for every kind or for one, which then stands alone.
    `team` is the name that a team signs with; `most_lix` and `most_grade` are the hardest text that Clarity lets pass.
    """

    name: str = "default"
    voice: str = "warm and plain"
    targets: Mapping[Urgency, float] = field(default_factory=dict)
    support_handle: str = ""
    approved: tuple[str, ...] = ()
    banned: tuple[str, ...] = ()
    banned_why: Mapping[str, str] = field(default_factory=dict)
    switches: tuple[Switch, ...] = ()
    weights: Mapping[Dimension, float] = field(default_factory=dict)
    kind_weights: Mapping[Kind, Mapping[Dimension, float]] = field(default_factory=dict)
    sign_off: SignOff = SignOff.ANY
    team: str = ""
    most_lix: float | None = None
    most_grade: float | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """Everything around the draft. All optional: a pasted post and a draft are enough.

    `elapsed_minutes` is how long the post has waited; `target_minutes` overrides the house's target; `untimed`
    leaves Speed out. `told` lists the contacts that had a hand-over before this reply, in order; `answered` tells that the
    thread has had words of ours before.
    """

    channel: Channel = Channel.MICROBLOG
    brand: str = ""
    facts: tuple[str, ...] = ()
    action: Action | None = None
    elapsed_minutes: float | None = None
    target_minutes: float | None = None
    untimed: bool = False
    told: tuple[Contact, ...] = ()
    answered: bool = False
    expected: Expected | None = None
    house: House = field(default_factory=House)


@dataclass(frozen=True, slots=True)
class Cue:
    """Words of the post that made triage think so."""

    span: Span
    quote: str
    code: str


Kinds = tuple[tuple[Kind, float], ...]
"""Kinds that a post may be, each with its share (0–1)."""


@dataclass(frozen=True, slots=True)
class Triage:
    """What the post is and what it asks for. `confidence` is 0–1; `or_kind` is the runner-up where it is unsure.

    `kinds` are all that it may well be, with their shares (0–1), its kind first; empty where no trained head has looked.
    """

    kind: Kind
    urgency: Urgency
    action: Action
    contact: Contact
    confidence: float
    cues: tuple[Cue, ...] = ()
    or_kind: Kind | None = None
    why: str = ""
    kinds: Kinds = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that earned or cost points.

    `points` is what it adds to the total (0–100), so that all findings of a report add up to its total;
    `dimension_points` is the same on its dimension's own 0–100 scale. `span` is None where something is missing or
    where it speaks of the decision; `quote` is then empty. `why` is the reason, `fix` the next step, both plain
    sentences about the words, never about the person. `rule` is the rule's id.
    """

    code: str
    dimension: Dimension
    points: float
    dimension_points: float
    why: str
    fix: str = ""
    span: Span | None = None
    quote: str = ""
    blocker: bool = False
    rule: str = ""

    @property
    def certain(self) -> bool:
        """Tell whether a rule found it, and not the trained head by likeness alone: only then does the public of a drill react to it."""
        return not self.rule.startswith("reads-")


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """One dimension: 0–100, or None where this kind of post does not call for it. `weight` is its share of the total, 0–1."""

    score: float | None
    applicable: bool
    weight: float


@dataclass(frozen=True, slots=True)
class Fix:
    """One useful next step: what it could win on the total, in one kind sentence, and where it points.

    `example` shows it in words about this very post, with what only the agent knows in square brackets; it may be empty.
    """

    code: str
    dimension: Dimension
    gain: float
    say: str
    span: Span | None = None
    example: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What the judge says of one decision. `total` is the sum of the findings' points, rounded to one decimal."""

    total: float
    dimensions: Mapping[Dimension, DimensionScore]
    findings: tuple[Finding, ...]
    triage: Triage
    fixes: tuple[Fix, ...]
    fingerprint: str

    @property
    def blockers(self) -> tuple[str, ...]:
        """Return the codes of the findings that cap the total."""
        return tuple(dict.fromkeys(finding.code for finding in self.findings if finding.blocker))


DECIDED_FIELDS = ("contact", "order")
"""Points of a hand-over that are about the decision, not about the words in its fields."""


@dataclass(frozen=True, slots=True)
class HandOverPoint:
    """One field of a hand-over or of its answer: 0–100, a reason, and a fix where points are missing."""

    field: str
    score: float
    why: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class HandOverReport:
    """What the judge says of one side of an escalation. `total` is the mean of the points' scores."""

    side: str
    total: float
    points: tuple[HandOverPoint, ...]
    fingerprint: str

    @property
    def completeness(self) -> float:
        """Return the mean of what was written, 0-100: whether it went to the right contact in time is left out."""
        written = [point.score for point in self.points if point.field not in DECIDED_FIELDS]
        return sum(written) / len(written) if written else 0.0


Json = dict[str, Any]
