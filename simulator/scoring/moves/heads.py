"""Let the trained head on replies speak: what words like these are worth to raters, as findings that show the sentence that weighed most.

The head weighs every sentence for itself and, once, what the rules found in the whole reply; the sums are a level for each
dimension of the rubric's 0–4 and a likeness to each flaw. Levels have no constant: no words, no points. Rules speak first: a flaw
that they named costs the more, the likelier the head finds it. Then each dimension is moved a share of the way from where the
rules left it to the head's level: one finding, shown at the sentence that says most in that direction. Where that costs, the
likeliest flaw of the dimension gives it its name. Rules whose words often mean no harm cap the total only with the head as second witness.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from simulator.scoring.findings import RawFinding
from simulator.scoring.heads import NO_GRAMS, LinearHead
from simulator.scoring.model import Span
from simulator.scoring.moves.heads_pack import FlawReading, HeadRules, LevelReading
from simulator.scoring.moves.move import Move
from simulator.scoring.moves.reply_features import reply_features
from simulator.scoring.moves.rule import Rule
from simulator.scoring.moves.sentence_features import sentence_features
from simulator.scoring.relation import Lexicon
from simulator.scoring.sheet import Sheet
from simulator.scoring.vocabulary import Dimension, Kind

MOST_SENTENCES = 40
"""Sentences after these say no more about how a reply reads."""
LEVEL = "level:"
FLAW = "flaw:"
GRAVE = "grave"
"""The likeness to replies of the lowest tier, which do harm."""
MIDDLE = 2.0
STEP = 25.0
"""The rubric's 0–4 on the scale of a dimension: the middle stands for 50, each step for 25 points."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """What the head makes of a draft: `spans` are the sentences weighed, `parts` their shares (sentence × label), `sums` the whole."""

    spans: tuple[Span, ...]
    parts: NDArray[np.float32]
    sums: Mapping[str, float]
    labels: Sequence[str]
    rules: HeadRules
    sheet: Sheet
    moves: tuple[Move, ...]
    likely: tuple[tuple[FlawReading, float], ...]
    """The flaws that may name a cost, each with its likeness."""

    def likeness(self, code: str) -> float | None:
        """Return how much the draft is like replies with the flaw `code`, about 0 to 1; None where the head doesn't know it."""
        said = self.sums.get(FLAW + code)
        return None if said is None or self._idle(code) else said

    def doubts(self, rule: Rule) -> bool:
        """Tell whether `rule` needs a second witness and the head is none: it finds neither harm nor that flaw likely."""
        if rule.path not in self.rules.apart and rule.id not in self.rules.seconded:
            return False
        return max(self.sums[GRAVE], self.likeness(rule.code) or 0.0) < self.rules.second_from

    def weigh(self, finding: RawFinding) -> RawFinding:
        """Let a flaw that rules named cost the more, the likelier it is."""
        likeness = self.likeness(finding.code) if finding.points < 0 and not finding.blocker else None
        if likeness is None:
            return finding
        trust = self.rules.trust_least + max(0.0, min(1.0, likeness)) * (self.rules.trust_most - self.rules.trust_least)
        return finding._replace(points=finding.points * trust)

    def flaws(self, said: Collection[str]) -> Iterator[RawFinding]:
        """Yield the flaws that no rule has named and that the draft surely is like, the likeliest first."""
        sure = [pair for pair in self.likely if pair[1] >= self.rules.sure and pair[0].code not in said]
        sure.sort(key=lambda pair: (-pair[1], pair[0].code))
        for flaw, likeness in sure[: self.rules.most_flaws]:
            yield self._cost(flaw, -round(min(1.0, likeness) * self.rules.flaw_points, 1), flaw.dimension)

    def settle(self, levels: Mapping[Dimension, float]) -> Iterator[RawFinding]:
        """Yield what moves each dimension from where `levels` left it (0–100) a share of the way to the head's level."""
        likeness = (self.sums[GRAVE] - self.rules.grave_from) / (1.0 - self.rules.grave_from)
        harm = self.rules.gravity * max(0.0, min(1.0, likeness))
        for rule in self.rules.levels:
            if rule.dimension not in levels:
                continue
            label = LEVEL + rule.dimension
            target = max(0.0, min(100.0, (self.sums[label] + MIDDLE) * STEP - harm))
            points = round(self.rules.share * (target - levels[rule.dimension]), 1)
            if abs(points) < self.rules.least:
                continue
            if points > 0:
                yield self._gain(rule, points, int(self._shares(label).argmax()))
            else:
                yield self._loss(rule, points, int(self._shares(label).argmin()))

    def _idle(self, code: str) -> bool:
        flaw = self.rules.flaws.get(code)
        return flaw is not None and not flaw.concerns(self.sheet.kind)

    def _loss(self, rule: LevelReading, points: float, sentence: int) -> RawFinding:
        flaw = max(self.likely, key=lambda pair: (self._tells(pair, rule.dimension), pair[0].code), default=None)
        if flaw and self._tells(flaw, rule.dimension) >= self.rules.likely:
            return self._cost(flaw[0], points, rule.dimension, sentence=sentence)
        span = self.spans[sentence]
        quote = self.sheet.draft.quote(span)
        return RawFinding("reading", rule.dimension, points, rule.lack, "", span, quote, rule=f"reads-{rule.dimension}", exact=True)

    def _tells(self, flaw: tuple[FlawReading, float], dimension: Dimension) -> float:
        """Return how well a flaw tells what a dimension lost: one at home in another dimension less than its own."""
        return flaw[1] if flaw[0].dimension is dimension else flaw[1] * self.rules.elsewhere

    def _shares(self, label: str) -> NDArray[np.float32]:
        return self.parts[:, self.labels.index(label)]

    def _saying_most(self, label: str) -> int:
        """Return the sentence that speaks most for `label`, a name or a single word only where there is nothing else."""
        shares = self._shares(label)
        said = [at for at, span in enumerate(self.spans) if " " in self.sheet.draft.quote(span).strip()]
        return max(said or range(len(self.spans)), key=lambda at: float(shares[at]))

    def _gain(self, rule: LevelReading, points: float, sentence: int) -> RawFinding:
        span = self.spans[sentence]
        name, quote = f"reads-{rule.dimension}", self.sheet.draft.quote(span)
        return RawFinding(rule.code, rule.dimension, points, rule.why, rule.fix, span, quote, rule=name, exact=True)

    def _cost(self, flaw: FlawReading, points: float, dimension: Dimension, *, sentence: int | None = None) -> RawFinding:
        """Say what a flaw costs; where it names what a level lost, `sentence` lowered it most."""
        exact = sentence is not None
        if sentence is None or flaw.dimension is not dimension:
            sentence = self._saying_most(FLAW + flaw.code)
        span = None if flaw.missing else self.spans[sentence]
        name, quote = f"reads-{flaw.code}", self.sheet.draft.quote(span)
        return RawFinding(flaw.code, dimension, points, flaw.why, flaw.fix, span, quote, rule=name, exact=exact)


def hear(
    sheet: Sheet,
    found: Sequence[Move],
    told: Sequence[Move],
    rule_of: Mapping[str, Rule],
    heads: Mapping[str, LinearHead],
    rules: HeadRules,
    lexicon: Lexicon,
    silent: Collection[Span],
) -> Hearing | None:
    """Weigh the draft and what the head is `told` of all that rules `found` in it.

    Sentences that overlap one of `silent` are left out. None where there is no head, or no sentence is left.
    """
    head = heads.get(rules.head)
    if head is None:
        return None
    rows, spans = [], []
    for span, features in zip(sheet.draft.sentences[:MOST_SENTENCES], sentence_features(sheet, lexicon), strict=False):
        if not any(start < span[1] and span[0] < end for start, end in silent):
            spans.append(span)
            rows.append((sheet.draft.folded[span[0] : span[1]], features))
    if not rows:
        return None
    parts = np.asarray(head.shares(rows) / sqrt(len(rows)), dtype=np.float32)
    sums = parts.sum(axis=0) + head.margins(NO_GRAMS, reply_features(sheet, told, rule_of))
    said = dict(zip(head.labels, sums.tolist(), strict=True))
    return Hearing(tuple(spans), parts, said, head.labels, rules, sheet, tuple(found), tuple(_likely(said, found, sheet.kind, rules)))


def _likely(sums: Mapping[str, float], moves: Sequence[Move], kind: Kind, rules: HeadRules) -> Iterator[tuple[FlawReading, float]]:
    found = {move.code for move in moves}
    for flaw in rules.flaws.values():
        likeness = sums.get(FLAW + flaw.code)
        if likeness is None or likeness < rules.likely or likeness < flaw.least:
            continue
        if flaw.concerns(kind) and not flaw.unless & found:
            yield flaw, likeness
