"""Let the trained head on sentences speak: what the words sound like to raters, as findings that show the sentence that weighed most.

The head weighs every sentence for itself; the sums over √(number of sentences) are a level for each dimension, in steps
of the rubric's five around its middle, and a likeness to each flaw. No words, no points: the levels have no constant. A level becomes at
most one finding on its dimension: the points of all sentences together, shown at the one that says most in that direction.
Where a level costs, the likeliest flaw of that dimension gives it its name.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from simulator.scoring.findings import RawFinding
from simulator.scoring.heads import LinearHead
from simulator.scoring.model import Span
from simulator.scoring.moves.heads_pack import FlawReading, HeadRules, LevelReading
from simulator.scoring.moves.move import Move
from simulator.scoring.moves.sentence_features import sentence_features
from simulator.scoring.relation import Lexicon
from simulator.scoring.sheet import Sheet

MOST_SENTENCES = 40
"""Sentences after these say no more about how a reply reads."""
LEVEL = "level:"
FLAW = "flaw:"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the head makes of a draft: `spans` are the sentences weighed, `parts` their shares (sentence × label), `sums` per label."""

    spans: tuple[Span, ...]
    parts: NDArray[np.float32]
    sums: NDArray[np.float32]


def read_sentences(sheet: Sheet, head: LinearHead, lexicon: Lexicon, silent: Collection[Span]) -> Reading | None:
    """Weigh each sentence that doesn't overlap one of `silent`; None where no sentence is left."""
    rows = []
    spans = []
    for span, features in zip(sheet.draft.sentences[:MOST_SENTENCES], sentence_features(sheet, lexicon), strict=False):
        if not any(start < span[1] and span[0] < end for start, end in silent):
            spans.append(span)
            rows.append(head.margins(sheet.draft.folded[span[0] : span[1]], features) - head.bias)
    if not rows:
        return None
    parts = np.asarray(np.stack(rows) / sqrt(len(rows)), dtype=np.float32)
    return Reading(tuple(spans), parts, parts.sum(axis=0) + head.bias)


def judge_by_heads(
    sheet: Sheet, moves: Sequence[Move], heads: Mapping[str, LinearHead], rules: HeadRules, lexicon: Lexicon, settled: Collection[Span]
) -> list[RawFinding]:
    """Return what the head adds to the rules' `moves`. Sentences at `settled`, named by a blocker or
    agreed by the house, are not weighed again."""
    head = heads.get(rules.head)
    reading = read_sentences(sheet, head, lexicon, settled) if head else None
    if head is None or reading is None:
        return []
    column = {label: index for index, label in enumerate(head.labels)}
    said = {move.code for move in moves}
    likely = _likely_flaws(reading, column, rules, said, sheet)
    found: list[RawFinding] = []
    for level in rules.levels:
        index = column[LEVEL + level.dimension]
        points = _points(float(reading.sums[index]), level)
        if abs(points) < rules.least:
            continue
        if points > 0:
            span = reading.spans[int(reading.parts[:, index].argmax())]
            why, fix, rule = level.why, level.fix, f"reads-{level.dimension}"
            found.append(RawFinding(level.code, level.dimension, points, why, fix, span, sheet.draft.quote(span), rule=rule))
        else:
            flaw = next((one for one, _ in likely if one.dimension is level.dimension), rules.flaws[level.else_flaw])
            found.append(_cost(flaw, points, int(reading.parts[:, index].argmin()), reading, sheet))
    named = {finding.code for finding in found}
    for flaw, likeness in [pair for pair in likely if pair[1] >= rules.sure and pair[0].code not in named][: rules.most_flaws]:
        worst = int(reading.parts[:, column[FLAW + flaw.code]].argmax())
        found.append(_cost(flaw, -round(min(1.0, likeness) * rules.flaw_points, 1), worst, reading, sheet))
    return found


def _points(level: float, rule: LevelReading) -> float:
    worth = level * (rule.gain if level > 0 else rule.cost)
    return round(max(-rule.most, min(rule.most, worth)), 1)


def _likely_flaws(
    reading: Reading, column: Mapping[str, int], rules: HeadRules, said: Collection[str], sheet: Sheet
) -> list[tuple[FlawReading, float]]:
    """Return the flaws that the draft looks like and no rule has named yet, the likeliest first."""
    found = [
        (flaw, float(reading.sums[column[FLAW + flaw.code]]))
        for flaw in rules.flaws.values()
        if flaw.code not in said and flaw.concerns(sheet.kind) and FLAW + flaw.code in column
    ]
    return sorted(((flaw, likeness) for flaw, likeness in found if likeness >= rules.likely), key=lambda pair: (-pair[1], pair[0].code))


def _cost(flaw: FlawReading, points: float, sentence: int, reading: Reading, sheet: Sheet) -> RawFinding:
    span = None if flaw.missing else reading.spans[sentence]
    return RawFinding(flaw.code, flaw.dimension, points, flaw.why, flaw.fix, span, sheet.draft.quote(span), rule=f"reads-{flaw.code}")
