"""Compile one playbook: whole, or with every fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import ceil

from simulator.content.document import read_document
from simulator.content.leaves import Choice, Slug, StoryTime, Text, Whole
from simulator.content.lint_house import RuleNames, lint_house, shipped_rule_names
from simulator.content.model import Message, Playbook, PlaybookContact
from simulator.content.schema import CONTACTS, FORMAT
from simulator.content.shape import Faults, Leaf, ListOf, Named, Node, Record, TextOr, optional, quoted
from simulator.core.diagnostics import Diagnostic
from simulator.core.ids import content_hash
from simulator.scoring.model import House, Switch
from simulator.scoring.vocabulary import WORDS, Contact, Dimension, Kind, SignOff, Urgency

_PHRASE = Text(200)
_BANNED = TextOr(_PHRASE, Record("a banned phrase", {"say": _PHRASE, "why": optional(Text(300))}))
_CONTACT = Record("a contact", {"name": Text(80), "reach_for": Text(200), "answers_within": StoryTime()})
_BY_URGENCY = tuple(reversed(Urgency))
_TARGETS = Record("the targets", {str(urgency): StoryTime() for urgency in _BY_URGENCY})
_PERCENT = Whole(0, 999)
_SWITCH = Record("a switched rule", {"rule": Text(60), "keep": Whole(0, 99), "why": Text(300)})
_EVERY_KIND = "every_kind"
_WEIGHTS = Record(
    "the weights",
    {
        _EVERY_KIND: optional(Record("the weights of every kind", {str(name): optional(_PERCENT) for name in Dimension})),
        **{str(kind): optional(Record(f"the weights of {kind}", {str(name): optional(_PERCENT) for name in WORDS})) for kind in Kind},
    },
)
_READING = Record("the reading limit", {"lix": optional(Whole(0, 99)), "grade": optional(Whole(0, 99))})
_MESSAGE = Record(
    "a message",
    {"id": Slug(), "title": Text(80), "say": Text(1_000), "kinds": optional(ListOf(Choice.of(Kind), 1, 19, unique=True))},
)
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
        "rules": optional(ListOf(_SWITCH, 0, 40)),
        "weights": optional(_WEIGHTS),
        "sign_off": optional(Choice.of(SignOff)),
        "team": optional(Text(40)),
        "reading": optional(_READING),
        "messages": optional(ListOf(_MESSAGE, 0, 60)),
    },
)


def compile_playbook(text: str, path: str, slug: str, names: RuleNames | None = None) -> Playbook | list[Diagnostic]:
    """Return the playbook of `text`, or all that is wrong with it, sorted by line. `path` is only for the messages.

    `names` are the rules that it may switch: where None, those of the packs we ship, read only when the playbook
    switches or weighs any.
    """

    def check(node: Node, faults: Faults) -> None:
        _lint_targets(node, faults)
        _lint_phrases(node, faults)
        _lint_messages(node, faults)
        leans = node.has("rules") or node.has("weights")
        lint_house(node, names or (shipped_rule_names() if leans else RuleNames()), faults)

    return _compile(text, path, slug, check)


def recall_playbook(text: str, path: str, slug: str) -> Playbook | list[Diagnostic]:
    """Return the playbook of a text that compiled when a run began on it: only its shape is checked (see `recall_scenario`)."""
    return _compile(text, path, slug, lambda _node, _faults: None)


def _compile(text: str, path: str, slug: str, check: Callable[[Node, Faults], None]) -> Playbook | list[Diagnostic]:
    faults = Faults(path)
    document = read_document(text, faults)
    node = None if document is None else PLAYBOOK.read(document, "playbook", faults)
    if node is not None:
        check(node, faults)
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


def _lint_messages(node: Node, faults: Faults) -> None:
    seen: dict[str, int] = {}
    for item in node.nodes("messages"):
        name = item.get("id")
        if name in seen:
            faults.add(item.line_of("id"), "B103", f"the message {quoted(name)} stands twice; it is also on line {seen[name]}")
        elif name is not None:
            seen[name] = item.line_of("id")


def _build(node: Node, slug: str, text: str) -> Playbook:
    contacts, targets = node.node("contacts"), node.node("targets")
    weights, reading = node.node("weights"), node.node("reading")
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
            banned_why=why,
            switches=tuple(Switch(item.get("rule"), item.get("keep") / 100, item.get("why")) for item in node.nodes("rules")),
            weights=_factors(weights.node(_EVERY_KIND), Dimension) if weights else {},
            kind_weights={kind: _factors(row, WORDS) for kind in Kind if weights and (row := weights.node(kind))},
            sign_off=SignOff(node.get("sign_off", SignOff.ANY)),
            team=node.get("team", ""),
            most_lix=reading.get("lix") if reading else None,
            most_grade=reading.get("grade") if reading else None,
        ),
        fingerprint=content_hash(text),
        messages=tuple(
            Message(item.get("id"), item.get("title"), item.get("say"), tuple(Kind(kind) for kind in item.many("kinds")))
            for item in node.nodes("messages")
        ),
        source=text,
    )


def _factors(row: Node | None, names: Iterable[Dimension]) -> dict[Dimension, float]:
    return {name: row.get(name) / 100 for name in names if row is not None and row.get(name) is not None}


def _contact(name: str, node: Node) -> PlaybookContact:
    return PlaybookContact(Contact(name), node.get("name"), node.get("reach_for"), max(1, ceil(node.get("answers_within") / 60)))
