"""Know the rubric: which dimensions a kind of post calls for, where each starts, how repeats and blockers count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.core.yaml_lines import Mapped, Value
from simulator.scoring.pack_fields import PackFields
from simulator.scoring.vocabulary import FLAWS, VIRTUES, WORDS, Dimension, Kind


@dataclass(frozen=True, slots=True)
class Wanted:
    """A virtue that a reply of some kinds should have: what its lack is told as. `gain` is on the dimension's scale."""

    code: str
    dimension: Dimension
    gain: float
    say: str
    kinds: frozenset[Kind]
    unless: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rubric:
    """Hold the table of RUBRIC.md and how points add up.

    `weights` are 3, 2 or 1 for high, normal, low; a dimension that is missing there does not apply. `starts` are the levels
    a reply has before anything is said of it, 0–100. `ease_up` and `ease_down` say how soon returns diminish: a virtue of
    p points raises a level by (100 - level)·(1 - e^(-p/ease_up)), a flaw lowers it to level·(1 - p/100)^(100/ease_down), so
    that one of 100 points takes all. `second` is the share of its points that a virtue or flaw earns or costs the second
    time; further times count nothing. `cancels` names, for a flaw, the virtues its words can't also earn.
    """

    starts: Mapping[Dimension, float]
    baseline: Mapping[Dimension, str]
    weights: Mapping[Kind, Mapping[Dimension, float]]
    decision_weights: Mapping[Dimension, float]
    blocker_cap: float
    ease_up: float
    ease_down: float
    second: float
    cancels: Mapping[str, frozenset[str]]
    no_words: str
    wanted: tuple[Wanted, ...]


def compile_rubric(mapped: Mapped, fields: PackFields) -> Rubric:
    """Compile rubric.yaml; faults are noted in `fields` (R009: the table is not whole)."""
    numbers = ("blocker_cap", "ease_up", "ease_down", "second")
    keys = ("starts", "baseline", "weights", "decision_weights", *numbers, "cancels", "no_words", "wanted")
    fields.keys(mapped, needed=keys, optional=("about",))
    get, line = mapped.entries.get, mapped.line
    starts = fields.weights(Dimension, get("starts"), line, "starts")
    baseline_map = fields.mapped(get("baseline"), line, "baseline")
    baseline = {
        dimension: fields.text(baseline_map.entries.get(dimension), baseline_map.line, f"baseline: {dimension}") for dimension in WORDS
    }
    table = fields.mapped(get("weights"), line, "weights")
    weights = {kind: fields.weights(Dimension, table.entries.get(kind), table.line, f"weights: {kind}") for kind in Kind}
    for dimension in WORDS:
        if dimension not in starts:
            fields.fault(line, "R009", f"starts has no level for {dimension}")
    return Rubric(
        starts=starts,
        baseline=baseline,
        weights=weights,
        decision_weights=fields.weights(Dimension, get("decision_weights"), line, "decision_weights"),
        blocker_cap=fields.number(get("blocker_cap"), line, "blocker_cap"),
        ease_up=_above_zero(get("ease_up"), line, "ease_up", fields),
        ease_down=_above_zero(get("ease_down"), line, "ease_down", fields),
        second=fields.number(get("second"), line, "second"),
        cancels=_cancels(mapped, fields),
        no_words=fields.text(get("no_words"), line, "no_words"),
        wanted=tuple(_wanted(item, fields) for item in fields.items(get("wanted"), line, "wanted")),
    )


def _above_zero(value: Value | None, line: int, what: str, fields: PackFields) -> float:
    number = fields.number(value, line, what)
    if number > 0:
        return number
    fields.fault(line, "R104", f"{what} must be above 0")
    return 1.0


def _cancels(mapped: Mapped, fields: PackFields) -> dict[str, frozenset[str]]:
    table = fields.mapped(mapped.entries.get("cancels"), mapped.line, "cancels")
    read = {}
    for flaw, value in table.entries.items():
        virtues = frozenset(fields.texts(value, table.line, f"cancels: {flaw}"))
        for code in (flaw, *virtues):
            if code not in FLAWS | VIRTUES:
                fields.fault(table.key_lines[flaw], "R002", f"'{code}' is not one of the published codes")
        read[flaw] = virtues
    return read


def _wanted(value: object, fields: PackFields) -> Wanted:
    mapped = value if isinstance(value, Mapped) else Mapped({}, 1, {})
    fields.keys(mapped, needed=("code", "dimension", "gain", "say"), optional=("kinds", "unless"))
    get, line = mapped.entries.get, mapped.line
    kinds = fields.items(get("kinds"), line, "kinds") if "kinds" in mapped.entries else ()
    code = fields.text(get("code"), line, "code")
    if code not in VIRTUES:
        fields.fault(line, "R002", f"'{code}' is not one of the published virtues")
    return Wanted(
        code=code,
        dimension=fields.word(Dimension, get("dimension"), line, "dimension"),
        gain=fields.number(get("gain"), line, "gain"),
        say=fields.text(get("say"), line, "say"),
        kinds=frozenset(fields.word(Kind, item, item.line, "kinds") for item in kinds),
        unless=frozenset(fields.texts(get("unless"), line, "unless")) if "unless" in mapped.entries else frozenset(),
    )
