"""Measure what a whole reply has besides its sentences: what rules found, the kind of post, counts. Training and judging share it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log1p

from simulator.scoring.moves.move import Move
from simulator.scoring.moves.rule import Rule
from simulator.scoring.sheet import Sheet

MOVE = "move:"
BLOCK = "block:"
KIND = "kind:"
SHAPE = "shape:"
MOVE_STEP = 0.5
KIND_STEP = 0.4
COUNT_STEP = 0.15
"""Every feature is scaled so that one of them weighs about as much as a few words."""
MOST = 6


def reply_features(sheet: Sheet, moves: Sequence[Move], rule_of: Mapping[str, Rule]) -> dict[str, float]:
    """Return the features of the whole draft: codes that rules found in it, the kind of post, and counts, cut off at a height."""
    found: dict[str, float] = {KIND + sheet.kind.value: KIND_STEP}
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
