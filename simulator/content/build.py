"""Turn a scenario's parts, found right in shape and meaning, into the values that a run is played on."""

from __future__ import annotations

from simulator.content.model import (
    DRILL,
    HIDDEN,
    Band,
    Beat,
    Brand,
    Condition,
    ContactAnswer,
    Exemplar,
    Fact,
    Incident,
    Persona,
    Reaction,
    Scenario,
    Thread,
)
from simulator.content.schema import BANDS
from simulator.content.shape import Node
from simulator.core.ids import content_hash
from simulator.scoring.model import Expected, ExpectedEscalation, MustAddress
from simulator.scoring.vocabulary import Action, Channel, Contact, Kind, Urgency


def build_scenario(node: Node, slug: str, source: str) -> Scenario:
    """Return the scenario of a node without faults."""
    personas, contacts = _part(node, "personas"), node.node("contacts")
    return Scenario(
        slug=slug,
        title=node.get("title"),
        summary=node.get("summary"),
        brief=node.get("brief"),
        brand=_brand(_part(node, "brand")),
        channel=Channel(node.get("channel")),
        level=node.get("level"),
        pace=node.get("pace"),
        minutes=node.get("minutes"),
        skills=node.many("skills"),
        playbook=node.get("playbook"),
        personas={name: _persona(name, _part(personas, name)) for name in personas.parts},
        facts=tuple(_fact(fact) for fact in node.nodes("facts")),
        threads=tuple(_thread(thread) for thread in node.nodes("threads")),
        contacts={Contact(name): tuple(map(_answer, contacts.nodes(name))) for name in contacts.parts} if contacts else {},
        ends_s=node.get("ends"),
        fingerprint=content_hash(source),
        source=source,
        starts_s=node.get("starts"),
        mode=node.get("mode", DRILL),
        incident=_incident(node.node("incident")),
    )


def _part(node: Node, key: str) -> Node:
    part = node.node(key)
    if part is None:
        raise ValueError(f"'{key}' is missing from a scenario that was found right")
    return part


def _brand(node: Node) -> Brand:
    return Brand(node.get("name"), node.get("handle"), node.get("industry"), node.get("voice"))


def _persona(name: str, node: Node) -> Persona:
    return Persona(
        name, node.get("name"), node.get("handle"), node.get("followers", 0), node.get("temper"), node.get("bio", ""), node.many("cares")
    )


def _fact(node: Node) -> Fact:
    return Fact(node.get("id"), node.get("say"), HIDDEN if node.get("hidden") else node.get("at", 0))


def _thread(node: Node) -> Thread:
    return Thread(
        id=node.get("id"),
        beats=tuple(_beat(beat) for beat in node.nodes("beats")),
        expected=_expected(node),
        reactions=tuple(_reaction(reaction) for reaction in node.nodes("reactions")),
        exemplars=tuple(
            Exemplar(line.get("say", ""), line.get("why"), Action(line.get("action")), line.get("turn", 0))
            for line in node.nodes("exemplars")
        ),
        target_s=node.get("target"),
        onlookers=node.get("onlookers", 0),
        channel=Channel(node.get("channel")) if node.get("channel") else None,
        priority=Urgency(node.get("priority")) if node.get("priority") else None,
        same_as=node.get("same_as", ""),
    )


def _incident(node: Node | None) -> Incident | None:
    """Build the incident; its statement is a public reply to a spike."""
    if node is None:
        return None
    expected = Expected(
        kind=Kind.SPIKE,
        best=(Action.REPLY_PUBLIC,),
        fine=(Action.ACKNOWLEDGE_THEN_PRIVATE, Action.ESCALATE_AND_REPLY),
        poor=(Action.IGNORE, Action.HIDE_REPORT),
        must_address=_must_address(node),
        escalation=_escalation(node.node("escalate")),
    )
    return Incident(
        title=node.get("title"),
        threads=node.many("threads"),
        reports=node.get("reports", 2),
        target_s=node.get("target"),
        expected=expected,
        exemplars=tuple(Exemplar(line.get("say"), line.get("why"), Action.REPLY_PUBLIC) for line in node.nodes("exemplars")),
    )


def _must_address(node: Node) -> tuple[MustAddress, ...]:
    return tuple(MustAddress(thing.get("id"), thing.many("say")) for thing in node.nodes("must_address"))


def _beat(node: Node) -> Beat:
    return Beat(
        at=node.get("at"),
        by=node.get("by"),
        say=node.get("say"),
        when=node.get("when", "always"),
        likes=node.get("likes", 0),
        stars=node.get("stars"),
        image=node.get("image", ""),
        reads=node.get("reads", 0),
        phase=node.get("phase", ""),
    )


def _expected(thread: Node) -> Expected:
    expect = _part(thread, "expect")
    actions = _part(expect, "actions")
    return Expected(
        kind=Kind(thread.get("kind")),
        best=tuple(Action(name) for name in actions.many("best")),
        fine=tuple(Action(name) for name in actions.many("fine")),
        poor=tuple(Action(name) for name in actions.many("poor")),
        must_address=_must_address(thread),
        escalation=_escalation(expect.node("escalate")),
    )


def _escalation(node: Node | None) -> ExpectedEscalation | None:
    if node is None:
        return None
    within = node.get("within")
    return ExpectedEscalation(Contact(node.get("to")), None if within is None else within / 60, node.many("must_tell"))


def _reaction(node: Node) -> Reaction:
    return Reaction(
        when=_condition(_part(node, "when")),
        by=node.get("by"),
        after=node.get("after"),
        say=node.get("say", ""),
        cools=node.get("cools", 0),
        heats=node.get("heats", 0),
        trust=node.get("trust", 0),
        likes=node.get("likes", 0),
        ends=node.get("ends", ""),
        stance=node.get("stance", ""),
    )


def _condition(node: Node) -> Condition:
    return Condition(
        bands={name: node.get(name) for name in BANDS if name in node.parts},
        missing=node.many("missing"),
        code=node.many("code"),
        blocker=node.get("blocker"),
        actions=tuple(Action(name) for name in node.many("action")),
        handover=node.get("handover", ""),
        incident=node.get("incident", ""),
        pasted=node.get("pasted"),
    )


def _answer(node: Node) -> ContactAnswer:
    return ContactAnswer(
        after=node.get("after"),
        may_say=node.get("may_say", ""),
        may_not_say=node.get("may_not_say", ""),
        owner=node.get("owner", ""),
        next_time=node.get("next", ""),
        complete=node.get("complete", Band(0, 100)),
        reveals=node.many("reveals"),
    )
