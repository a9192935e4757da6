"""Compile the triage pack: what each kind of post calls for, and the cues that tell the kinds apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from simulator.core.diagnostics import Diagnostic
from simulator.core.yaml_lines import Mapped, Scalar, Value
from simulator.scoring.pack_fields import PackFields
from simulator.scoring.reading import FIELDS, MEASURES, CueFinder, CueRule
from simulator.scoring.triage_heads import TriageHeads
from simulator.scoring.vocabulary import CUES, Action, Contact, Kind, Urgency

_KIND_KEYS = ("says", "urgency", "action", "contact")
_CUE_KEYS = ("id", "code", "why", "source")
_CUE_OPTIONAL = (
    *("in", "phrases", "pattern", "unless", "measure", "at_least", "most"),
    *("kinds", "contacts", "signals", "heat", "pass", "fail"),
)


@dataclass(frozen=True, slots=True)
class KindRule:
    """What one kind calls for when nothing else is known. `gate` is the score from which it goes before all later kinds; None: never."""

    kind: Kind
    says: str
    urgency: Urgency
    action: Action
    contact: Contact
    prior: float = 0.0
    gate: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class TriageRules:
    """The compiled triage pack. `kinds` stand in the rubric's order of questions; `heads` are the trained ones, None for cues alone."""

    kinds: Mapping[Kind, KindRule]
    cues: tuple[CueRule, ...]
    signals: frozenset[str]
    finder: CueFinder
    heads: TriageHeads | None = None


def compile_triage(mapped: Mapped, path: str) -> tuple[TriageRules | None, list[Diagnostic]]:
    """Return the rules of one triage pack, or None and every fault in it (codes R101 to R106)."""
    fields = PackFields(path)
    fields.keys(mapped, needed=("format", "kinds", "signals", "cues"), optional=("about",))
    kinds = _kinds(fields, mapped)
    signals = frozenset(fields.mapped(mapped.entries.get("signals"), mapped.line, "signals").entries)
    cues: list[CueRule] = []
    seen: dict[str, int] = {}
    for item in fields.items(mapped.entries.get("cues"), mapped.line, "cues"):
        cue = _cue(fields, fields.mapped(item, item.line, "each cue"), signals)
        if cue.id in seen:
            fields.fault(cue.line, "R106", f"the id '{cue.id}' stands twice; it is also on line {seen[cue.id]}")
        seen[cue.id] = cue.line
        cues.append(cue)
    if fields.found:
        return None, sorted(fields.found)
    return TriageRules(kinds, tuple(cues), signals, CueFinder(cues)), []


def _kinds(fields: PackFields, mapped: Mapped) -> dict[Kind, KindRule]:
    written = fields.mapped(mapped.entries.get("kinds"), mapped.line, "kinds")
    kinds: dict[Kind, KindRule] = {}
    for key, value in written.entries.items():
        line = written.key_lines[key]
        kind = fields.word(Kind, Scalar(key, line), line, "kind")
        entry = fields.mapped(value, line, f"kind {key}")
        fields.keys(entry, needed=_KIND_KEYS, optional=("prior", "gate"))
        kinds[kind] = KindRule(
            kind=kind,
            says=fields.text(entry.entries.get("says"), line, "says"),
            urgency=fields.word(Urgency, entry.entries.get("urgency"), line, "urgency"),
            action=fields.word(Action, entry.entries.get("action"), line, "action"),
            contact=fields.word(Contact, entry.entries.get("contact"), line, "contact"),
            prior=_number(fields, entry, "prior", 0.0),
            gate=_number(fields, entry, "gate", 0.0) if "gate" in entry.entries else None,
        )
    for kind in Kind:
        if kind not in kinds:
            fields.fault(written.line, "R101", f"the kind '{kind}' is missing")
    return kinds


def _cue(fields: PackFields, cue: Mapped, signals: frozenset[str]) -> CueRule:
    fields.keys(cue, needed=_CUE_KEYS, optional=_CUE_OPTIONAL)
    said = cue.entries
    measure = _measure(fields, cue)
    phrases = fields.texts(said["phrases"], cue.line, "phrases") if "phrases" in said else ()
    pattern = _pattern(fields, said.get("pattern"))
    if not (phrases or pattern or measure):
        fields.fault(cue.line, "R101", "a cue needs phrases, a pattern or a measure")
    if not measure and not ("pass" in said and "fail" in said):
        fields.fault(cue.line, "R101", "a cue of words needs 'pass' (texts it is found in) and 'fail' (texts it is not found in)")
    return CueRule(
        id=fields.text(said.get("id"), cue.line, "id"),
        code=_among(fields, cue, "code", CUES),
        why=fields.text(said.get("why"), cue.line, "why"),
        source=fields.text(said.get("source"), cue.line, "source"),
        field=_among(fields, cue, "in", FIELDS) if "in" in said else "text",
        phrases=phrases,
        pattern=pattern,
        unless=_pattern(fields, said.get("unless")),
        measure=measure,
        at_least=_number(fields, cue, "at_least", 0.0),
        most=int(_number(fields, cue, "most", 1)),
        kinds=tuple(fields.weights(Kind, said["kinds"], cue.line, "kinds").items()) if "kinds" in said else (),
        contacts=tuple(fields.weights(Contact, said["contacts"], cue.line, "contacts").items()) if "contacts" in said else (),
        signals=_signals(fields, cue, signals),
        heat=_number(fields, cue, "heat", 0.0),
        line=cue.line,
        examples=fields.texts(said["pass"], cue.line, "pass") if "pass" in said else (),
        counterexamples=fields.texts(said["fail"], cue.line, "fail") if "fail" in said else (),
    )


def _measure(fields: PackFields, cue: Mapped) -> str:
    if "measure" not in cue.entries:
        return ""
    if "at_least" not in cue.entries:
        fields.fault(cue.line, "R101", "a measure needs 'at_least'")
    return _among(fields, cue, "measure", MEASURES)


def _signals(fields: PackFields, cue: Mapped, known: frozenset[str]) -> tuple[str, ...]:
    if "signals" not in cue.entries:
        return ()
    written = fields.texts(cue.entries["signals"], cue.line, "signals")
    for signal in written:
        if signal not in known:
            fields.fault(cue.line, "R103", f"the signal '{signal}' is not one of {', '.join(sorted(known))}")
    return written


def _among(fields: PackFields, cue: Mapped, key: str, words: frozenset[str]) -> str:
    written = fields.text(cue.entries.get(key), cue.line, key)
    if written not in words:
        fields.fault(cue.line, "R103", f"{key} '{written}' is not one of {', '.join(sorted(words))}")
    return written


def _number(fields: PackFields, entry: Mapped, key: str, default: float) -> float:
    return fields.number(entry.entries[key], entry.line, key) if key in entry.entries else default


def _pattern(fields: PackFields, value: Value | None) -> re.Pattern[str] | None:
    if value is None:
        return None
    written = fields.text(value, value.line, "pattern")
    try:
        return re.compile(written)
    except re.error as error:
        fields.fault(value.line, "R105", f"this pattern can't be read: {error}")
        return None
