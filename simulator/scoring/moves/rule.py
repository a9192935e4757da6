"""Hold one rule of the packs: what it looks for, what that is worth, and why a care lead would agree."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from simulator.scoring.vocabulary import VIRTUES, Dimension, Kind

Patterns = tuple[re.Pattern[str], ...]


class RuleKind(StrEnum):
    """The seven ways a rule can look at a draft; everything else about a rule is YAML."""

    PHRASE = "phrase"
    PATTERN = "pattern"
    ABSENCE = "absence"
    ORDER = "order"
    COUNT = "count"
    METRIC = "metric"
    ECHO = "echo"


@dataclass(frozen=True, slots=True)
class Example:
    """One text that a rule must, or must not, fire on, with as much around it as the rule needs."""

    draft: str
    post: str = ""
    author: str = ""
    facts: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    kind: Kind | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """Say what to look for and what it is worth.

    `points` are on the dimension's 0–100 scale; `also` gives further dimensions their share. `post`/`post_unless` must
    (not) match the customer's post, `draft`/`draft_unless` the whole draft, `unless` the sentence of the hit.
    `most` above 1 lets strength grow with the number of things found (metric and count rules).
    """

    id: str
    kind: RuleKind
    code: str
    dimension: Dimension
    points: float
    why: str
    source: str
    fix: str
    passes: tuple[Example, ...]
    fails: tuple[Example, ...]
    also: Mapping[Dimension, float] = field(default_factory=dict)
    only_kinds: frozenset[Kind] = frozenset()
    not_kinds: frozenset[Kind] = frozenset()
    blocker: bool = False
    forfeits: bool = False
    public_only: bool = False
    phrases: tuple[str, ...] = ()
    match: Patterns = ()
    raw: bool = False
    unless: Patterns = ()
    post: Patterns = ()
    post_unless: Patterns = ()
    draft: Patterns = ()
    draft_unless: Patterns = ()
    where: str = ""
    codes: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    metric: str = ""
    over: float | None = None
    under: float | None = None
    at_least: float = 1
    most: float = 1
    path: str = ""
    line: int = 0

    @property
    def virtue(self) -> bool:
        """Tell whether this rule rewards; else it marks a flaw."""
        return self.code in VIRTUES

    def concerns(self, kind: Kind) -> bool:
        """Tell whether this rule speaks about posts of `kind`."""
        return kind not in self.not_kinds and (not self.only_kinds or kind in self.only_kinds)
