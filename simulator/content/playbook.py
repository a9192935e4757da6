"""Compile one playbook: whole, or with every fault."""

from __future__ import annotations

from math import ceil

from simulator.content.document import read_document
from simulator.content.leaves import StoryTime, Text
from simulator.content.model import Playbook, PlaybookContact
from simulator.content.schema import CONTACTS, FORMAT
from simulator.content.shape import Faults, Leaf, ListOf, Named, Node, Record, TextOr, optional, quoted
from simulator.core.diagnostics import Diagnostic
from simulator.core.ids import content_hash
from simulator.scoring.model import House
from simulator.scoring.vocabulary import Contact, Urgency

_PHRASE = Text(200)
_BANNED = TextOr(_PHRASE, Record("a banned phrase", {"say": _PHRASE, "why": optional(Text(300))}))
_CONTACT = Record("a contact", {"name": Text(80), "reach_for": Text(200), "answers_within": StoryTime()})
_BY_URGENCY = tuple(reversed(Urgency))
_TARGETS = Record("the targets", {str(urgency): StoryTime() for urgency in _BY_URGENCY})
PLAYBOOK = Record(
    "a playbook",
    {
        "format": FORMAT,
        "title": Text(80),
        "voice": Text(120),
        "support_handle": optional(Text(40, blank=True)),
        "targets": _TARGETS,
        "contacts": Named(CONTACTS, _CONTACT, 1, 9),
        "approved": optional(ListOf(_PHRASE, 0, 200)),
        "banned": optional(ListOf(_BANNED, 0, 200)),
    },
)


def compile_playbook(text: str, path: str, slug: str) -> Playbook | list[Diagnostic]:
    """Return the playbook of `text`, or all that is wrong with it, sorted by line. `path` is only for the messages."""
    faults = Faults(path)
    document = read_document(text, faults)
    node = None if document is None else PLAYBOOK.read(document, "playbook", faults)
    if node is not None:
        _lint_targets(node, faults)
        _lint_phrases(node, faults)
    if faults.found or node is None:
        return sorted(set(faults.found))
    return _build(node, slug, text)


def _lint_targets(node: Node, faults: Faults) -> None:
    targets = node.node("targets")
    if targets is None:
        return
    longest, name = 0, ""
    for urgency in _BY_URGENCY:
        seconds = targets.get(urgency)
        if seconds is None:
            continue
        if seconds < longest:
            message = f"'{urgency}' has a shorter target than '{name}', which is more urgent; lengthen it"
            faults.add(targets.line_of(urgency), "B101", message)
        if seconds >= longest:
            longest, name = seconds, str(urgency)


def _banned(node: Node) -> list[Leaf]:
    part = node.parts.get("banned")
    said = [item.parts.get("say") if isinstance(item, Node) else item for item in part] if isinstance(part, tuple) else []
    return [leaf for leaf in said if isinstance(leaf, Leaf)]


def _lint_phrases(node: Node, faults: Faults) -> None:
    approved: dict[str, int] = {}
    banned: dict[str, int] = {}
    for leaves, seen in ((node.leaves("approved"), approved), (_banned(node), banned)):
        for leaf in leaves:
            phrase = leaf.value.casefold()
            if phrase in seen:
                faults.add(leaf.line, "B103", f"{quoted(leaf.value)} stands twice; it is also on line {seen[phrase]}")
            elif phrase in approved:
                faults.add(leaf.line, "B102", f"{quoted(leaf.value)} is approved on line {approved[phrase]} and banned here; choose one")
            seen.setdefault(phrase, leaf.line)


def _build(node: Node, slug: str, text: str) -> Playbook:
    contacts, targets = node.node("contacts"), node.node("targets")
    assert contacts is not None
    assert targets is not None
    minutes = {urgency: targets.get(urgency) / 60 for urgency in Urgency}
    entries = {name: contacts.node(name) for name in contacts.parts}
    why = {item.get("say"): item.get("why") for item in node.nodes("banned") if item.get("why")}
    return Playbook(
        slug=slug,
        title=node.get("title"),
        contacts=tuple(_contact(name, entry) for name, entry in entries.items() if entry is not None),
        targets=minutes,
        house=House(
            name=slug,
            voice=node.get("voice"),
            targets=minutes,
            support_handle=node.get("support_handle", ""),
            approved=node.many("approved"),
            banned=tuple(leaf.value for leaf in _banned(node)),
        ),
        fingerprint=content_hash(text),
        banned_why=why,
        source=text,
    )


def _contact(name: str, node: Node) -> PlaybookContact:
    return PlaybookContact(Contact(name), node.get("name"), node.get("reach_for"), max(1, ceil(node.get("answers_within") / 60)))
