"""Compile the decision pack: what actions, contacts, order and time are worth for each kind of post."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from simulator.core.diagnostics import Diagnostic
from simulator.core.yaml_lines import Mapped, Scalar, Value
from simulator.scoring.pack_fields import PackFields, Word
from simulator.scoring.vocabulary import CODES, Action, Contact, Kind, Urgency


class Fit(StrEnum):
    """Say how well an action fits a post."""

    BEST = "best"
    FINE = "fine"
    NEITHER = "neither"
    POOR = "poor"


class Deduction(StrEnum):
    """Name what costs points besides the action."""

    WRONG_CONTACT = "wrong_contact"
    NO_ESCALATION = "no_escalation"
    ESCALATED_LATE = "escalated_late"
    SILENT_BEFORE_DANGER = "silent_before_danger"


@dataclass(frozen=True, slots=True)
class UsualActions:
    """The actions for one kind of post, by how well they fit; best first."""

    best: tuple[Action, ...]
    fine: tuple[Action, ...]
    poor: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class UsualEscalation:
    """Who must know of a kind, who else would do, and whether before any word on substance."""

    to: Contact
    also: tuple[Contact, ...]
    first: bool


@dataclass(frozen=True, slots=True)
class Words:
    """The reason and the next step that go with one code."""

    why: str
    fix: str


@dataclass(frozen=True, slots=True)
class DecisionRules:
    """The compiled decision pack. `targets` in minutes; `zero_at` is the multiple of the target at which Speed is 0."""

    targets: Mapping[Urgency, float]
    zero_at: float
    worth: Mapping[Fit, float]
    deductions: Mapping[Deduction, float]
    usual: Mapping[Kind, UsualActions]
    escalates: Mapping[Kind, UsualEscalation]
    fair: frozenset[Kind]
    danger: frozenset[Kind]
    says: Mapping[str, Words]


_KEYS = ("format", "targets", "speed", "worth", "deductions", "usual", "escalates", "fair", "danger", "says")


def compile_decision(mapped: Mapped, path: str) -> tuple[DecisionRules | None, list[Diagnostic]]:
    """Return the rules of one decision pack, or None and every fault in it (codes R101 to R106)."""
    fields = PackFields(path)
    fields.keys(mapped, needed=_KEYS, optional=("about",))
    said = mapped.entries
    speed = fields.mapped(said.get("speed"), mapped.line, "speed")
    fields.keys(speed, needed=("zero_at", "source"))
    zero_at = fields.number(speed.entries.get("zero_at"), speed.line, "zero_at")
    if zero_at <= 1:
        fields.fault(speed.line, "R104", "zero_at must be more than 1")
    rules = DecisionRules(
        targets=_whole(fields, Urgency, said.get("targets"), mapped, "targets"),
        zero_at=zero_at,
        worth=_whole(fields, Fit, said.get("worth"), mapped, "worth"),
        deductions=_whole(fields, Deduction, said.get("deductions"), mapped, "deductions"),
        usual=_usual(fields, fields.mapped(said.get("usual"), mapped.line, "usual")),
        escalates=_escalates(fields, fields.mapped(said.get("escalates"), mapped.line, "escalates")),
        fair=frozenset(_words(fields, Kind, said.get("fair"), mapped.line, "fair")),
        danger=frozenset(_words(fields, Kind, said.get("danger"), mapped.line, "danger")),
        says=_says(fields, fields.mapped(said.get("says"), mapped.line, "says")),
    )
    return (None, sorted(fields.found)) if fields.found else (rules, [])


def _whole(fields: PackFields, kind: type[Word], value: Value | None, above: Mapped, what: str) -> Mapping[Word, float]:
    read = fields.weights(kind, value, above.line, what)
    for word in kind:
        if word not in read:
            fields.fault(value.line if value else above.line, "R101", f"{what}: '{word}' is missing")
    return read


def _words(fields: PackFields, kind: type[Word], value: Value | None, line: int, what: str) -> tuple[Word, ...]:
    return tuple(fields.word(kind, item, line, what) for item in fields.items(value, line, what))


def _usual(fields: PackFields, written: Mapped) -> dict[Kind, UsualActions]:
    usual: dict[Kind, UsualActions] = {}
    for key, value in written.entries.items():
        line = written.key_lines[key]
        entry = fields.mapped(value, line, key)
        fields.keys(entry, needed=("best",), optional=("fine", "poor"))
        lists = {part: _words(fields, Action, item, line, part) for part, item in entry.entries.items()}
        if not lists.get("best"):
            fields.fault(line, "R102", f"{key} needs a best action")
        usual[fields.word(Kind, Scalar(key, line), line, "kind")] = UsualActions(
            lists.get("best", ()), lists.get("fine", ()), lists.get("poor", ())
        )
    for kind in Kind:
        if kind not in usual:
            fields.fault(written.line, "R101", f"usual: '{kind}' is missing")
    return usual


def _escalates(fields: PackFields, written: Mapped) -> dict[Kind, UsualEscalation]:
    escalates: dict[Kind, UsualEscalation] = {}
    for key, value in written.entries.items():
        line = written.key_lines[key]
        entry = fields.mapped(value, line, key)
        fields.keys(entry, needed=("to", "first"), optional=("also",))
        first = fields.text(entry.entries.get("first"), line, "first")
        if first not in ("yes", "no"):
            fields.fault(line, "R103", f"first must be yes or no, not '{first}'")
        escalates[fields.word(Kind, Scalar(key, line), line, "kind")] = UsualEscalation(
            to=fields.word(Contact, entry.entries.get("to"), line, "to"),
            also=_words(fields, Contact, entry.entries["also"], line, "also") if "also" in entry.entries else (),
            first=first == "yes",
        )
    return escalates


def _says(fields: PackFields, written: Mapped) -> dict[str, Words]:
    needed = (
        *("in_time", "answered_late", "no_reply", "right_action", "fine_action", "wrong_action", "right_contact"),
        *("wrong_contact", "no_escalation", "escalated_late", "hid_criticism", "unsafe_advice"),
    )
    fields.keys(written, needed=needed)
    says: dict[str, Words] = {}
    for key, value in written.entries.items():
        line = written.key_lines[key]
        if key not in CODES:
            fields.fault(line, "R103", f"'{key}' is not one of the codes of findings")
        entry = fields.mapped(value, line, key)
        fields.keys(entry, needed=("why", "fix"))
        fix = entry.entries.get("fix")
        says[key] = Words(fields.text(entry.entries.get("why"), line, "why"), fix.text if isinstance(fix, Scalar) else "")
    return says
