"""Measure what a whole reply has besides its sentences: what rules found, the kind of post, counts. Training and judging share it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log1p

from simulator.scoring.moves.move import Move
from simulator.scoring.moves.rule import Rule
from simulator.scoring.sheet import Sheet
from simulator.scoring.vocabulary import Kind

MOVE = "move:"
BLOCK = "block:"
KIND = "kind:"
SHAPE = "shape:"
MOVE_STEP = 0.5
KIND_STEP = 0.4
SORT_SHARE = 0.5
COUNT_STEP = 0.15
"""Every feature is scaled so that one of them weighs about as much as a few words."""
MOST = 6
SORTS: Mapping[Kind, str] = {
    **dict.fromkeys((Kind.QUESTION, Kind.MISGUIDED), "asking"),
    **dict.fromkeys((Kind.PRAISE, Kind.SUGGESTION), "giving"),
    **dict.fromkeys((Kind.COMPLAINT, Kind.HEATED_COMPLAINT, Kind.CRITICISM, Kind.SPIKE), "wronged"),
    Kind.HUMOROUS_GRIPE: "joking",
    **dict.fromkeys((Kind.RAGER, Kind.TROLL, Kind.SPAM, Kind.VIOLENCE_THREAT), "hostile"),
    Kind.OFF_TOPIC: "astray",
    **dict.fromkeys((Kind.PERSONAL_DATA, Kind.LEGAL_THREAT, Kind.SAFETY, Kind.SELF_HARM, Kind.PRESS), "risky"),
}
"""Kinds that call for replies of one sort: what a move is worth may differ between sorts."""
FAINT = 0.05
"""A sort that is less likely than this is left out."""


def reply_features(sheet: Sheet, moves: Sequence[Move], rule_of: Mapping[str, Rule]) -> dict[str, float]:
    """Return the features of the whole draft: codes that rules found in it, the kind of post, and counts, cut off at a height.

    What was found and counted stands there once for every post, and again for each sort of post that this one may be, by its share.
    """
    found = _found(sheet, moves, rule_of)
    kinds = sheet.kinds or ((sheet.kind, 1.0),)
    sorts: dict[str, float] = {}
    for kind, share in kinds:
        sorts[SORTS[kind]] = sorts.get(SORTS[kind], 0.0) + share
    whole = {KIND + kind.value: KIND_STEP * share for kind, share in kinds} | found
    for sort, share in sorts.items():
        if share > FAINT:
            weight = SORT_SHARE * share
            whole |= {f"{sort}|{name}": value * weight for name, value in found.items()}
    return whole


def _found(sheet: Sheet, moves: Sequence[Move], rule_of: Mapping[str, Rule]) -> dict[str, float]:
    found: dict[str, float] = {}
    for move in moves:
        name = MOVE + move.code
        found[name] = max(found.get(name, 0.0), MOVE_STEP * move.strength)
        if rule_of[move.source].blocker:
            found[BLOCK + move.code] = MOVE_STEP
    relation = sheet.relation
    counts = {
        "asks": relation.asks,
        "taken_up": len(relation.taken_up),
        "taken_weight": relation.taken_weight,
        "from_facts": len(relation.from_facts),
        "specifics": len(relation.specifics),
        "own_words": relation.own_words,
        "content_words": relation.content_words,
        "stock_share": relation.stock_share,
        "mirrored_share": relation.mirrored_share,
        "copied": relation.copied,
        "parts_covered": relation.parts_covered,
        "missed_parts": len(relation.missed_parts),
        "wrong_name": relation.wrong_name is not None,
        "false_fact": relation.false_fact is not None,
    }
    found |= {SHAPE + name: min(MOST, float(value)) * COUNT_STEP for name, value in counts.items() if value}
    found[SHAPE + "sentences"] = min(8, len(sheet.draft.sentences)) / 10
    found[SHAPE + "length"] = log1p(len(sheet.draft.raw)) / 6
    return found
