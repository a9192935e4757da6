"""Load all packs whole or not at all, and give the result a fingerprint that changes with every word of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar

from simulator.core.diagnostics import Diagnostic
from simulator.core.ids import content_hash
from simulator.core.yaml_lines import Mapped, read_own_yaml
from simulator.scoring.decision_pack import DecisionRules, compile_decision
from simulator.scoring.examples import ExampleRules, compile_examples, harsh_words
from simulator.scoring.handover import HandOverRules, compile_handover
from simulator.scoring.heads import HeadError, LinearHead, load_heads
from simulator.scoring.house_style import HouseStyle, describe_house, fit_book, fit_rubric, guarded_names
from simulator.scoring.model import House
from simulator.scoring.moves.compile import RuleCompiler
from simulator.scoring.moves.heads_pack import HeadRules, compile_heads
from simulator.scoring.moves.rule import Rule
from simulator.scoring.moves.rules import RuleBook, make_rule_book
from simulator.scoring.pack_fields import PackFields
from simulator.scoring.relation import Lexicon
from simulator.scoring.rubric import Rubric, compile_rubric
from simulator.scoring.text import stem
from simulator.scoring.triage_heads import join_triage_heads
from simulator.scoring.triage_pack import TriageRules, compile_triage
from simulator.scoring.wording import english

PACKS = Path(__file__).parent / "packs"
RULE_PACKS = (
    "listen",
    "acknowledge",
    "resolve",
    "nurture",
    "tone",
    "clarity",
    "blockers",
    "people",
    "exposure",
    "emptiness",
    "brief",
    "bonus",
)
NEEDED_PACKS = ("words", "rubric", *RULE_PACKS, "heads", "examples", "triage", "decision", "handover")
ENGINE_VERSION = "5"
"""Part of the fingerprint; raise it when code that decides points changes."""


class RulesetError(Exception):
    """Say that the packs can't be used, with every fault at its place."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(diagnostics))
        super().__init__("\n".join(str(diagnostic) for diagnostic in self.diagnostics))


@dataclass(frozen=True, slots=True)
class Ruleset:
    """Everything the judge needs, compiled. `packs` holds each pack as it was written; `fingerprint` is 16 hex digits.

    `heads` are the trained heads by name; the fingerprint changes with each of them. `style` is the house that it is fitted to,
    `plain` the ruleset as it was before that.
    """

    book: RuleBook
    rubric: Rubric
    lexicon: Lexicon
    triage: TriageRules
    decision: DecisionRules
    handover: HandOverRules
    head_rules: HeadRules
    heads: Mapping[str, LinearHead]
    packs: Mapping[str, Mapped]
    base: str
    fingerprint: str
    examples: ExampleRules
    style: HouseStyle
    plain: Ruleset | None = None

    def for_house(self, house: House) -> Ruleset:
        """Return this ruleset as `house` wants it, with a fingerprint that speaks for all that it has decided."""
        plain = self.plain or self
        return plain if house == House() else _fitted(_Held(plain), _Held(house))


Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, eq=False)
class _Held(Generic[Value]):
    """Stand for one very object as a key, so that nothing of it need be compared."""

    value: Value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)


@lru_cache(maxsize=64)
def _fitted(plain: _Held[Ruleset], house: _Held[House]) -> Ruleset:
    """Fit a ruleset to a house once: there are few houses, and each judges many drafts."""
    ruleset, wants = plain.value, house.value
    style = HouseStyle.of(wants, guarded_names(ruleset.book))
    return replace(
        ruleset,
        book=fit_book(ruleset.book, style),
        rubric=fit_rubric(ruleset.rubric, style),
        style=style,
        fingerprint=house_fingerprint(ruleset.base, wants),
        plain=ruleset,
    )


def house_fingerprint(base: str, house: House) -> str:
    """Return the fingerprint of a ruleset under `house`; the plain default house changes nothing."""
    return base if house == House() else content_hash(base, describe_house(house))


def load_ruleset(packs: Path | None = None, heads: Mapping[str, LinearHead] | None = None) -> Ruleset:
    """Read and compile every pack in `packs` (ours where None) with `heads` (the shipped ones where None).

    Raises RulesetError with all faults at once. Codes: Y001–Y005 of YAML, R001–R010 here and in the rules' compiler,
    R011 for a head that can't be read, R101 on for the shape of fields.
    """
    root = packs or PACKS
    found: list[Diagnostic] = []
    written: dict[str, Mapped] = {}
    texts: list[str] = []
    for name in NEEDED_PACKS:
        path = f"{name}.yaml"
        try:
            text = (root / path).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            found.append(Diagnostic(path, 1, "R010", f"the pack can't be read: {error.__class__.__name__}"))
            continue
        texts += [name, text]
        value, faults = read_own_yaml(text, path)
        found += faults
        if isinstance(value, Mapped):
            written[name] = value
        elif value is not None:
            found.append(Diagnostic(path, 1, "R010", "a pack must be a mapping"))
    trained = _load_heads(found) if heads is None else heads
    if found:
        raise RulesetError(found)
    digests = [text for name in sorted(trained) for text in (name, trained[name].digest)]
    return _compile(written, trained, content_hash(ENGINE_VERSION, english().digest, *texts, *digests))


def _load_heads(found: list[Diagnostic]) -> Mapping[str, LinearHead]:
    try:
        return load_heads()
    except HeadError as error:
        found.append(Diagnostic("heads", 1, "R011", str(error)))
        return {}


def _compile(written: Mapping[str, Mapped], heads: Mapping[str, LinearHead], fingerprint: str) -> Ruleset:
    found: list[Diagnostic] = []
    words_fields = PackFields("words.yaml", found)
    patterns, lexicon = _compile_words(written["words"], words_fields)
    rubric = compile_rubric(written["rubric"], PackFields("rubric.yaml", found))
    rules: list[Rule] = []
    for name in RULE_PACKS:
        rules += _compile_rules(written[name], PackFields(f"{name}.yaml", found), patterns)
    found += _repeated_ids(rules)
    head_rules = compile_heads(written["heads"], PackFields("heads.yaml", found))
    examples = compile_examples(written["examples"], PackFields("examples.yaml", found), lexicon, harsh_words(rules))
    triage, triage_faults = compile_triage(written["triage"], "triage.yaml")
    decision, decision_faults = compile_decision(written["decision"], "decision.yaml")
    handover, handover_faults = compile_handover(written["handover"], "handover.yaml")
    found += [*triage_faults, *decision_faults, *handover_faults]
    if found or triage is None or decision is None or handover is None:
        raise RulesetError(found)
    triage = replace(triage, heads=join_triage_heads(heads))
    book = make_rule_book(rules)
    return Ruleset(
        book=book,
        rubric=rubric,
        lexicon=lexicon,
        triage=triage,
        decision=decision,
        handover=handover,
        head_rules=head_rules,
        heads=heads,
        packs=written,
        base=fingerprint,
        fingerprint=fingerprint,
        examples=examples,
        style=HouseStyle.of(House(), guarded_names(book)),
    )


def _compile_rules(pack: Mapped, fields: PackFields, patterns: Mapping[str, str]) -> list[Rule]:
    fields.keys(pack, needed=("rules",), optional=("about",))
    compiler = RuleCompiler(fields, patterns)
    return [rule for item in fields.items(pack.entries.get("rules"), pack.line, "rules") if (rule := compiler.compile(item))]


def _repeated_ids(rules: list[Rule]) -> list[Diagnostic]:
    first: dict[str, Rule] = {}
    found = []
    for rule in rules:
        if rule.id in first:
            at = first[rule.id]
            found.append(Diagnostic(rule.path, rule.line, "R106", f"the id '{rule.id}' stands twice; it is also at {at.path}:{at.line}"))
        first.setdefault(rule.id, rule)
    return found


def _compile_words(pack: Mapped, fields: PackFields) -> tuple[dict[str, str], Lexicon]:
    fields.keys(pack, needed=("patterns", "stop", "stock", "common", "families", "given_names"), optional=("about",))
    table = fields.mapped(pack.entries.get("patterns"), pack.line, "patterns")
    compiler = RuleCompiler(fields, patterns := {})
    for name, value in table.entries.items():
        text = compiler.expand(fields.text(value, table.line, f"patterns: {name}"), table.key_lines[name])
        patterns[name] = f"(?:{text})"
    family: dict[str, str] = {}
    for item in fields.items(pack.entries.get("families"), pack.line, "families"):
        stems = _stems(fields.text(item, pack.line, "a family"))
        for member in stems:
            family.setdefault(member, stems[0])

    def stems_of(key: str) -> frozenset[str]:
        return frozenset(_stems(fields.text(pack.entries.get(key), pack.line, key)))

    lexicon = Lexicon(
        stop=stems_of("stop"),
        stock=stems_of("stock"),
        common=stems_of("common"),
        family=family,
        given_names=frozenset(fields.text(pack.entries.get("given_names"), pack.line, "given_names").lower().split()),
    )
    return patterns, lexicon


def _stems(text: str) -> list[str]:
    return [stem(word) for word in text.lower().split()]
