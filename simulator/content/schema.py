"""Know the shape of scenario format 1, and publish it as JSON Schema."""

from __future__ import annotations

from typing import Any

from simulator.content.leaves import BandText, Choice, Pace, Slug, StoryTime, Text, TimeOfDay, Whole, YesNo
from simulator.content.model import DRILL, PHASES, SHIFT
from simulator.content.shape import Faults, ListOf, Named, Node, OneOrMore, Record, TextOr, optional
from simulator.core.yaml_lines import Value
from simulator.scoring.vocabulary import CODES, Action, Channel, Contact, Dimension, Kind, Urgency

POST_WORDS = 2_000
_SLOT_WORDS = Text(300)
TEMPERS = ("calm", "warm", "hot")
BANDS = ("total", *(str(name) for name in Dimension), "turn", "temperature", "opener", "trust", "unanswered_for")
COUNTS = ("turn", "unanswered_for")
"""Bands that count turns or minutes instead of points."""
CONTACTS = Choice.of(contact for contact in Contact if contact is not Contact.NONE)
FORMAT = Choice(("1",), code="S015")
_ACTION = Choice.of(Action)
_COUNT = Whole(0, 9_999_999)
_POINTS = Whole(0, 100)
_ONLY = optional(OneOrMore(Slug(), 12))
"""The happenings under which an entry exists. It is taken away before the shape is read (`content.variants`)."""

_BRAND = Record("the brand", {"name": Text(60), "handle": Text(40), "industry": Text(60), "voice": Text(120)})
_PERSONA = Record(
    "a persona",
    {
        "name": Text(60),
        "handle": Text(40),
        "followers": optional(Whole(0, 999_999_999)),
        "temper": Choice(TEMPERS),
        "bio": optional(Text(160, blank=True)),
        "cares": optional(OneOrMore(Choice.of(Dimension), 3)),
        "only": _ONLY,
    },
)
_FACT = Record("a fact", {"id": Slug(), "say": Text(500), "at": optional(StoryTime()), "hidden": optional(YesNo()), "only": _ONLY})
_MUST = Record("a thing to address", {"id": Slug(), "say": ListOf(Text(60), 1, 20, unique=True)})
_BEAT = Record(
    "a beat",
    {
        "at": StoryTime(),
        "by": Slug(),
        "say": Text(POST_WORDS),
        "when": optional(Choice(("always", "unanswered", "answered", "undeclared", "declared"))),
        "phase": optional(Choice(PHASES)),
        "likes": optional(_COUNT),
        "stars": optional(Whole(1, 5)),
        "image": optional(Text(300)),
        "reads": optional(_COUNT),
        "only": _ONLY,
    },
)
_ACTIONS = Record(
    "the expected actions",
    {
        "best": ListOf(_ACTION, 1, 8, unique=True),
        "fine": optional(ListOf(_ACTION, 0, 8, unique=True)),
        "poor": optional(ListOf(_ACTION, 0, 8, unique=True)),
    },
)
_ESCALATE = Record(
    "the escalation", {"to": CONTACTS, "within": optional(StoryTime()), "must_tell": optional(ListOf(Text(80), 0, 12, unique=True))}
)
_EXPECT = Record("what is expected", {"actions": _ACTIONS, "escalate": optional(_ESCALATE)})
_WHEN = Record(
    "the condition",
    {
        **{name: optional(BandText(count=name in COUNTS)) for name in BANDS},
        "missing": optional(OneOrMore(Choice.of(Dimension), 8)),
        "code": optional(OneOrMore(Choice(tuple(sorted(CODES))), 20)),
        "blocker": optional(YesNo()),
        "action": optional(OneOrMore(_ACTION, 8)),
        "handover": optional(Choice(("none", "sent", "answered"))),
        "incident": optional(Choice(("none", "declared"))),
        "pasted": optional(YesNo()),
    },
)
_REACTION = Record(
    "a reaction",
    {
        "when": _WHEN,
        "by": Slug(),
        "after": StoryTime(),
        "say": optional(Text(POST_WORDS, blank=True)),
        "cools": optional(_POINTS),
        "heats": optional(_POINTS),
        "trust": optional(Whole(-100, 100)),
        "likes": optional(_COUNT),
        "ends": optional(Choice(("solved", "cooled", "lost", "handed_over"))),
        "stance": optional(Choice(("piles_on", "defends"))),
        "only": _ONLY,
    },
)
_EXEMPLAR = Record(
    "an exemplar",
    {"say": optional(Text(POST_WORDS, blank=True)), "action": _ACTION, "why": Text(500), "turn": optional(Whole(1, 9)), "only": _ONLY},
)
_THREAD = Record(
    "a thread",
    {
        "id": Slug(),
        "kind": Choice.of(Kind),
        "onlookers": optional(_COUNT),
        "target": StoryTime(),
        "must_address": optional(ListOf(_MUST, 0, 8)),
        "beats": ListOf(_BEAT, 1, 40),
        "expect": _EXPECT,
        "reactions": optional(ListOf(_REACTION, 0, 40)),
        "exemplars": optional(ListOf(_EXEMPLAR, 0, 6)),
        "channel": optional(Choice.of(Channel)),
        "priority": optional(Choice.of(Urgency)),
        "same_as": optional(Slug()),
        "only": _ONLY,
    },
)
_INCIDENT = Record(
    "the incident",
    {
        "title": Text(80),
        "threads": ListOf(Slug(), 2, 20, unique=True),
        "reports": optional(Whole(1, 9)),
        "target": StoryTime(),
        "must_address": optional(ListOf(_MUST, 0, 8)),
        "escalate": optional(_ESCALATE),
        "exemplars": ListOf(Record("a statement", {"say": Text(POST_WORDS), "why": Text(500)}), 1, 4),
    },
)
_VARIANTS = Record(
    "the variants",
    {
        "slots": optional(Named(Slug(), ListOf(TextOr(_SLOT_WORDS, Named(Slug(), _SLOT_WORDS, 1, 12)), 2, 12), 0, 24)),
        "one_of": optional(Named(Slug(), ListOf(Slug(), 2, 6, unique=True), 0, 6)),
        "shuffle": optional(ListOf(Slug(), 2, 20, unique=True)),
    },
)
_ANSWER = Record(
    "a contact's answer",
    {
        "after": StoryTime(),
        "complete": optional(BandText()),
        "may_say": optional(Text(1_000, blank=True)),
        "may_not_say": optional(Text(1_000, blank=True)),
        "owner": optional(Text(60, blank=True)),
        "next": optional(Text(500, blank=True)),
        "reveals": optional(ListOf(Slug(), 0, 20, unique=True)),
        "only": _ONLY,
    },
)
SCENARIO = Record(
    "a scenario",
    {
        "format": FORMAT,
        "title": Text(80),
        "summary": Text(200),
        "brief": Text(1_200),
        "brand": _BRAND,
        "channel": Choice.of(Channel),
        "level": Whole(1, 5),
        "pace": Pace(),
        "minutes": Whole(1, 99),
        "skills": ListOf(Choice.of(Dimension), 1, 8, unique=True),
        "playbook": Slug(),
        "ends": StoryTime(),
        "starts": optional(TimeOfDay()),
        "mode": optional(Choice((DRILL, SHIFT))),
        "personas": Named(Slug(), _PERSONA, 1, 60),
        "facts": optional(ListOf(_FACT, 0, 40)),
        "threads": ListOf(_THREAD, 1, 40),
        "contacts": optional(Named(CONTACTS, ListOf(_ANSWER, 1, 8), 0, 9)),
        "incident": optional(_INCIDENT),
        "variants": optional(_VARIANTS),
    },
)


def read_variants(document: Value, faults: Faults) -> Node | None:
    """Return what a scenario says of its variants, or nothing where it says nothing."""
    return _VARIANTS.read(document, "variants", faults)


def read_shape(document: Value, faults: Faults) -> Node | None:
    """Return the parts of a scenario that have the right shape; everything else is noted in `faults`."""
    return SCENARIO.read(document, "scenario", faults)


def scenario_schema() -> dict[str, Any]:
    """Return JSON Schema (2020-12) of scenario format 1.

    It knows the shape, not the meaning (codes S1xx). Numbers may be numbers or strings, story times are always strings:
    a typed YAML reader would turn an unquoted 20:00 into 1200.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Composure scenario, format 1",
        "description": 'Story times are strings: "mm:ss" or "h:mm:ss"; a time of day is a string "hh:mm".',
        **SCENARIO.json(),
    }
