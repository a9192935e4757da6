"""Compile the hand-over pack: the words for each field of both sides of an escalation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from simulator.core.diagnostics import Diagnostic
from simulator.core.yaml_lines import Mapped
from simulator.scoring.model import DECIDED_FIELDS
from simulator.scoring.pack_fields import PackFields

SENDER = ("what_happened", "who_where", "known_unknown", "asked", "by_when", "said_so_far")
SIGNS = (
    *("time", "exact_time", "who", "where", "unknown", "ask", "nothing_said"),
    *("stalling", "public_voice", "instruction", "team", "nothing_held"),
)
RECEIVER = ("after_minutes", "may_say", "may_not_say", "owner", "next_time")


@dataclass(frozen=True, slots=True)
class FieldWords:
    """What is said of one field: reasons by how it is (`good`, `weak`, `thin`, `long`, `empty`), and the fix."""

    why: Mapping[str, str]
    fix: str
    source: str


@dataclass(frozen=True, slots=True)
class HandOverRules:
    """The compiled hand-over pack. `missing_cost` is what a thing that must be told costs on its field, 0–100."""

    empty_words: frozenset[str]
    signs: Mapping[str, re.Pattern[str]]
    sender: Mapping[str, FieldWords]
    decided: Mapping[str, FieldWords]
    receiver: Mapping[str, FieldWords]
    missing_why: str
    missing_fix: str
    missing_cost: float

    def shows(self, sign: str, folded: str) -> bool:
        """Tell whether folded text shows one of the pack's signs."""
        return self.signs[sign].search(folded) is not None


def compile_handover(mapped: Mapped, path: str) -> tuple[HandOverRules | None, list[Diagnostic]]:
    """Return the rules of one hand-over pack, or None and every fault in it (codes R101 to R106)."""
    fields = PackFields(path)
    fields.keys(mapped, needed=("format", "empty_words", "signs", "sender", "decided", "must_tell", "receiver"), optional=("about",))
    said = mapped.entries
    must = fields.mapped(said.get("must_tell"), mapped.line, "must_tell")
    fields.keys(must, needed=("why", "fix", "cost"))
    empty = fields.items(said.get("empty_words"), mapped.line, "empty_words")
    rules = HandOverRules(
        empty_words=frozenset(getattr(item, "text", "") for item in empty),
        signs=_signs(fields, fields.mapped(said.get("signs"), mapped.line, "signs")),
        sender=_side(fields, mapped, "sender", SENDER),
        decided=_side(fields, mapped, "decided", DECIDED_FIELDS),
        receiver=_side(fields, mapped, "receiver", RECEIVER),
        missing_why=fields.text(must.entries.get("why"), must.line, "why"),
        missing_fix=fields.text(must.entries.get("fix"), must.line, "fix"),
        missing_cost=fields.number(must.entries.get("cost"), must.line, "cost"),
    )
    return (None, sorted(fields.found)) if fields.found else (rules, [])


def _side(fields: PackFields, mapped: Mapped, side: str, names: tuple[str, ...]) -> dict[str, FieldWords]:
    written = fields.mapped(mapped.entries.get(side), mapped.line, side)
    fields.keys(written, needed=names)
    words: dict[str, FieldWords] = {}
    for name in names:
        entry = fields.mapped(written.entries.get(name), written.line, name)
        fields.keys(entry, needed=("source", "why_good", "why_empty", "fix"), optional=("why_weak", "why_thin", "why_long"))
        why = {
            key.removeprefix("why_"): fields.text(value, entry.line, key) for key, value in entry.entries.items() if key.startswith("why_")
        }
        words[name] = FieldWords(
            why, fields.text(entry.entries.get("fix"), entry.line, "fix"), fields.text(entry.entries.get("source"), entry.line, "source")
        )
    return words


def _signs(fields: PackFields, written: Mapped) -> dict[str, re.Pattern[str]]:
    fields.keys(written, needed=SIGNS)
    signs: dict[str, re.Pattern[str]] = {}
    for name, value in written.entries.items():
        line = written.key_lines[name]
        try:
            signs[name] = re.compile("|".join(fields.texts(value, line, name)))
        except re.error as error:
            fields.fault(line, "R105", f"a pattern of '{name}' can't be read: {error}")
    return signs
