"""Read heads.yaml: what the head's levels and likenesses are worth, and the words they are told in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.core.yaml_lines import Mapped
from simulator.scoring.pack_fields import PackFields
from simulator.scoring.vocabulary import FLAWS, VIRTUES, WORDS, Dimension, Kind


@dataclass(frozen=True, slots=True)
class LevelReading:
    """Say in what words a dimension's level is told; `lack` tells a cost that looks like no flaw."""

    dimension: Dimension
    code: str
    why: str
    fix: str
    lack: str


@dataclass(frozen=True, slots=True)
class FlawReading:
    """Say how a likeness to a flaw is told. With `missing` it is about what is not there, so no sentence is shown.

    Where rules found one of the virtues `unless`, the likeness is not told: the words are there that it would miss. A grave flaw is only
    told from `least` on, so that nobody is accused lightly.
    """

    code: str
    dimension: Dimension
    why: str
    fix: str
    missing: bool
    not_kinds: frozenset[Kind]
    unless: frozenset[str] = frozenset()
    least: float = 0.0

    def concerns(self, kind: Kind) -> bool:
        """Tell whether this flaw is looked for under posts of `kind`."""
        return kind not in self.not_kinds


@dataclass(frozen=True, slots=True)
class HeadRules:
    """Hold heads.yaml.

    `share` is how much of the way from the rules' level to the head's each dimension goes, unless that is under `least` points;
    from `grave_from` on, likeness to replies that do harm takes points from the head's levels, `gravity` of them where it is whole.
    Likenesses to flaws run from about 0 to 1: from `likely` on a flaw may name a cost, `elsewhere` of it counting in a dimension that
    is not its own; from `sure` on it costs of itself. What a rule's
    flaw costs is multiplied by `trust_least` where nothing else speaks for it, else by up to `trust_most`.
    The head is not told what rules of the packs `apart` found, which were written from replies that it learns from. Their blockers, and the
    rules `seconded`, cap only where the head finds harm, or that flaw, at least `second_from` likely, or where there is no head.
    """

    head: str
    share: float
    grave_from: float
    gravity: float
    least: float
    likely: float
    elsewhere: float
    sure: float
    flaw_points: float
    most_flaws: int
    trust_least: float
    trust_most: float
    apart: frozenset[str]
    seconded: frozenset[str]
    second_from: float
    levels: tuple[LevelReading, ...]
    flaws: Mapping[str, FlawReading]


def compile_heads(mapped: Mapped, fields: PackFields) -> HeadRules:
    """Compile heads.yaml; faults are noted in `fields` (R002: no published code, R009: a level is missing)."""
    numbers = (
        "share",
        "grave_from",
        "gravity",
        "least",
        "likely",
        "elsewhere",
        "sure",
        "flaw_points",
        "most_flaws",
        "trust_least",
        "trust_most",
        "second_from",
    )
    fields.keys(mapped, needed=("head", *numbers, "apart", "seconded", "levels", "flaws"), optional=("about",))
    get, line = mapped.entries.get, mapped.line
    flaw_table = fields.mapped(get("flaws"), line, "flaws")
    flaws = {code: _flaw(code, value, flaw_table.key_lines[code], fields) for code, value in flaw_table.entries.items()}
    level_table = fields.mapped(get("levels"), line, "levels")
    levels = []
    for dimension in WORDS:
        if dimension not in level_table.entries:
            fields.fault(level_table.line, "R009", f"levels has none for {dimension}")
            continue
        levels.append(_level(dimension, fields.mapped(level_table.entries[dimension], level_table.line, dimension), fields))
    share, grave_from, gravity, least, likely, elsewhere, sure, flaw_points, most_flaws, trust_least, trust_most, second_from = (
        fields.number(get(name), line, name) for name in numbers
    )
    return HeadRules(
        head=fields.text(get("head"), line, "head"),
        share=share,
        grave_from=grave_from,
        gravity=gravity,
        least=least,
        likely=likely,
        elsewhere=elsewhere,
        sure=sure,
        flaw_points=flaw_points,
        most_flaws=int(most_flaws),
        trust_least=trust_least,
        trust_most=trust_most,
        apart=frozenset(f"{name}.yaml" for name in fields.texts(get("apart"), line, "apart")),
        seconded=frozenset(fields.texts(get("seconded"), line, "seconded")),
        second_from=second_from,
        levels=tuple(levels),
        flaws=flaws,
    )


def _level(dimension: Dimension, mapped: Mapped, fields: PackFields) -> LevelReading:
    fields.keys(mapped, needed=("code", "why", "fix", "lack"))
    get, line = mapped.entries.get, mapped.line
    code, why, fix, lack = (fields.text(get(name), line, name) for name in ("code", "why", "fix", "lack"))
    if code not in VIRTUES:
        fields.fault(line, "R002", f"'{code}' is not one of the published virtues")
    return LevelReading(dimension, code, why, fix, lack)


def _flaw(code: str, value: object, line: int, fields: PackFields) -> FlawReading:
    mapped = value if isinstance(value, Mapped) else Mapped({}, line, {})
    fields.keys(mapped, needed=("dimension", "why", "fix"), optional=("missing", "not_kinds", "unless", "least"))
    get = mapped.entries.get
    if code not in FLAWS:
        fields.fault(line, "R002", f"'{code}' is not one of the published flaws")
    kinds = fields.items(get("not_kinds"), line, "not_kinds") if "not_kinds" in mapped.entries else ()
    missing = fields.text(get("missing"), line, "missing") == "yes" if "missing" in mapped.entries else False
    return FlawReading(
        code=code,
        dimension=fields.word(Dimension, get("dimension"), line, "dimension"),
        why=fields.text(get("why"), line, "why"),
        fix=fields.text(get("fix"), line, "fix"),
        missing=missing,
        not_kinds=frozenset(fields.word(Kind, item, item.line, "not_kinds") for item in kinds),
        unless=_virtues(mapped, fields),
        least=fields.number(get("least"), line, "least") if "least" in mapped.entries else 0.0,
    )


def _virtues(mapped: Mapped, fields: PackFields) -> frozenset[str]:
    codes = fields.texts(mapped.entries["unless"], mapped.line, "unless") if "unless" in mapped.entries else ()
    for code in codes:
        if code not in VIRTUES:
            fields.fault(mapped.line, "R002", f"'{code}' is not one of the published virtues")
    return frozenset(codes)
