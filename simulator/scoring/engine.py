"""Judge one decision: find moves, turn them into findings, weigh them so that they add up, and say what would help most.

How points add up. Every applicable dimension of words starts at the rubric's level; virtues raise it towards 100, each by a
share of what is still missing; flaws lower it towards 0, each by a share of what is there; each finding holds the change it
really made, so returns diminish without a silent clamp. A dimension's share of the total is its weight
over the weights of all applicable ones. A blocker takes what is above the cap. So the findings' points, added by hand, are
the total, and per dimension they are its score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import exp
from typing import NamedTuple

from simulator.scoring.decision import judge_decision
from simulator.scoring.examples import with_examples
from simulator.scoring.explain import best_fixes
from simulator.scoring.findings import RawFinding
from simulator.scoring.model import Context, DimensionScore, Draft, Finding, Kinds, Post, Report, Span, Triage
from simulator.scoring.moves.heads import Hearing, hear
from simulator.scoring.moves.move import Move
from simulator.scoring.moves.rule import Rule
from simulator.scoring.moves.rules import find_moves
from simulator.scoring.readability import measure_readability
from simulator.scoring.relation import relate
from simulator.scoring.rubric import Rubric
from simulator.scoring.ruleset import Ruleset
from simulator.scoring.sheet import Sheet
from simulator.scoring.text import read_again, read_text
from simulator.scoring.triage import sort_post
from simulator.scoring.vocabulary import VIRTUES, WORDS, Dimension, Kind

TIED = 1.0
"""A word that says something ties a reply to its post; a common one, or one that only the known facts have, is half a tie."""
_DECISION = (Dimension.SPEED, Dimension.JUDGEMENT)
_APART = DimensionScore(None, False, 0.0)
"""A dimension that does not apply."""
_ZEROS = dict.fromkeys(Dimension, 0.0)
_PLACE = {dimension: place for place, dimension in enumerate(Dimension)}


def score(post: Post, draft: Draft | None, context: Context, ruleset: Ruleset) -> Report:
    """Judge `draft` as a reply to `post`. None means that no words are sent; then only Speed and Judgement apply."""
    ruleset = ruleset.for_house(context.house)
    triage = sort_post(post, context, ruleset.triage)
    kind = _kind(context, triage)
    decision = judge_decision(post, draft, context, triage, ruleset.decision)
    kinds = () if context.expected and context.expected.kind else triage.kinds
    sheet = read_sheet(post, draft, context, kind, ruleset, kinds) if draft is not None else None
    weights = _shares(kind, draft is not None, decision, ruleset.rubric)
    words = judge_words(sheet, ruleset) if sheet else WordsJudged()
    raw = [*_baseline(sheet, weights, ruleset.rubric), *words.raw, *decision]
    levels = dict(_ZEROS)
    steps = _take_steps(levels, raw, weights, ruleset.rubric)
    if sheet and words.hearing:
        # What settles a dimension comes after everything else, so the steps so far stand.
        steps += _take_steps(levels, _settle(levels, raw, words.hearing, weights, sheet, ruleset), weights, ruleset.rubric)
    findings = _weigh(steps, weights, ruleset.rubric)
    dimensions = _dimensions(findings, weights)
    fixes = best_fixes(findings, dimensions, sheet, ruleset.rubric, words.said) if sheet or decision else ()
    return Report(
        total=round(sum(finding.points for finding in findings), 1) + 0.0,
        dimensions=dimensions,
        findings=findings,
        triage=triage,
        fixes=with_examples(fixes, sheet, ruleset.examples) if sheet else fixes,
        fingerprint=ruleset.fingerprint,
    )


def _kind(context: Context, triage: Triage) -> Kind:
    return context.expected.kind if context.expected and context.expected.kind else triage.kind


def read_sheet(post: Post, draft: Draft, context: Context, kind: Kind, ruleset: Ruleset, kinds: Kinds = ()) -> Sheet:
    """Lay out `draft` beside `post`, which is of `kind`; `kinds` are all that it may be, with their shares, where that isn't sure."""
    text = read_text(draft.text)
    post_text = read_again("\n".join((*post.thread, post.text)))
    relation = relate(text, post, post_text, read_again("\n".join(context.facts)), context, ruleset.lexicon)
    return Sheet(text, post, post_text.folded, kind, context, relation, measure_readability(text), kinds)


class WordsJudged(NamedTuple):
    """What a draft's words come to: findings on each dimension's own scale, what the head heard, and every code that rules found."""

    raw: Sequence[RawFinding] = ()
    hearing: Hearing | None = None
    said: frozenset[str] = frozenset()


def judge_words(sheet: Sheet, ruleset: Ruleset) -> WordsJudged:
    """Judge the words of a draft, before they are weighed."""
    if not sheet.draft.words:
        return WordsJudged()
    found = find_moves(sheet, ruleset.book)
    rule_of = ruleset.book.by_id
    kept = ruleset.style.settle(found, sheet)
    allowed = {move for move in found if move.code not in VIRTUES}.difference(kept)
    apart = ruleset.head_rules.apart
    certain = {move for move in found if rule_of[move.source].blocker and rule_of[move.source].path not in apart}
    settled = [move.span for move in found if move.span and (move in certain or move in allowed)]
    moves = _without_cancelled(kept, ruleset.rubric.cancels)
    said = frozenset(move.code for move in found)
    hearing = hear(sheet, found, told(moves, ruleset), rule_of, ruleset.heads, ruleset.head_rules, ruleset.lexicon, settled)
    doubted = {move.source for move in moves if hearing and hearing.doubts(rule_of[move.source])}
    if any(rule_of[move.source].forfeits for move in moves if move.source not in doubted):
        moves = [move for move in moves if move.code not in VIRTUES]
    capping = {move.source for move in moves if rule_of[move.source].blocker}.difference(doubted)
    raw = _grouped(moves, rule_of, sheet, ruleset.rubric)
    heard: list[RawFinding] = []
    if hearing:
        raw = [finding if finding.rule in capping else hearing.weigh(finding._replace(blocker=False)) for finding in raw]
        heard = ruleset.style.settle_heard(list(hearing.flaws({finding.code for finding in raw})), sheet, moves)
    return WordsJudged([*raw, *ruleset.style.findings(sheet, moves), *heard], hearing, said)


def moves_of(sheet: Sheet, ruleset: Ruleset) -> list[Move]:
    """Return what the rules find in a draft, without virtues that the same words deny."""
    return _without_cancelled(find_moves(sheet, ruleset.book), ruleset.rubric.cancels)


def told(moves: Sequence[Move], ruleset: Ruleset) -> list[Move]:
    """Return the moves that the trained head is told of: not those of rules that were written from the replies it learns from."""
    rule_of = ruleset.book.by_id
    return [move for move in moves if rule_of[move.source].path not in ruleset.head_rules.apart]


def _settle(
    levels: Mapping[Dimension, float],
    raw: Sequence[RawFinding],
    hearing: Hearing,
    weights: Mapping[Dimension, float],
    sheet: Sheet,
    ruleset: Ruleset,
) -> list[RawFinding]:
    """Return what moves the `levels` that `raw` led to towards those that the head heard; no gain where the words forfeit it."""
    wanted = {dimension: levels[dimension] for dimension in WORDS if dimension in weights}
    heard = ruleset.style.settle_heard(list(hearing.settle(wanted)), sheet, hearing.moves)
    return [finding for finding in heard if finding.points < 0 or not _forfeited(raw, sheet, ruleset.book.by_id)]


def _forfeited(raw: Sequence[RawFinding], sheet: Sheet, rule_of: Mapping[str, Rule]) -> bool:
    """Tell whether the words forfeit what the head would give them; a template does only where nothing ties it to its post."""
    named = [(finding, rule_of[finding.rule]) for finding in raw if finding.rule in rule_of]
    forfeiting = [finding for finding, rule in named if rule.forfeits and (finding.blocker or not rule.blocker)]
    tied = sheet.relation.taken_weight + len(sheet.relation.from_facts) / 2 >= TIED
    return any(finding.code != "generic_template" or not tied for finding in forfeiting)


def _without_cancelled(moves: Sequence[Move], cancels: Mapping[str, frozenset[str]]) -> list[Move]:
    """Drop virtues whose words are also a flaw that denies them: a stock apology is no apology."""
    denied = [(move.span, cancels[move.code]) for move in moves if move.span and move.code in cancels]
    return [move for move in moves if not any(move.code in codes and _overlap(move.span, span) for span, codes in denied)]


def _overlap(one: Span | None, other: Span | None) -> bool:
    return bool(one and other and one[0] < other[1] and other[0] < one[1])


def _grouped(moves: Sequence[Move], rule_of: Mapping[str, Rule], sheet: Sheet, rubric: Rubric) -> list[RawFinding]:
    """Turn moves into findings: per code and dimension the strongest counts whole, a second one elsewhere a share, more nothing."""
    groups: dict[tuple[str, Dimension], list[tuple[float, Move]]] = {}
    for move in moves:
        rule = rule_of[move.source]
        for dimension, points in ((rule.dimension, rule.points), *rule.also.items()):
            groups.setdefault((move.code, dimension), []).append((points * move.strength, move))
    found = []
    for (_, dimension), entries in groups.items():
        entries.sort(key=lambda entry: (-abs(entry[0]), entry[1].span or (-1, -1), entry[1].source))
        first_points, first = entries[0]
        found.append(_raw(first, first_points, dimension, rule_of, sheet))
        second = next((entry for entry in entries[1:] if entry[1].span and not _overlap(entry[1].span, first.span)), None)
        if second:
            found.append(_raw(second[1], second[0] * rubric.second, dimension, rule_of, sheet))
    return found


def _raw(move: Move, points: float, dimension: Dimension, rule_of: Mapping[str, Rule], sheet: Sheet) -> RawFinding:
    rule = rule_of[move.source]
    blocker = rule.blocker and dimension is rule.dimension
    return RawFinding(move.code, dimension, points, rule.why, rule.fix, move.span, sheet.draft.quote(move.span), blocker, rule.id)


def _baseline(sheet: Sheet | None, weights: Mapping[Dimension, float], rubric: Rubric) -> Iterable[RawFinding]:
    if sheet is None:
        return
    if not sheet.draft.words:
        first = next((dimension for dimension in WORDS if dimension in weights), Dimension.TONE)
        yield RawFinding("no_reply", first, 0, rubric.no_words, rule="no-words")
        return
    for dimension in WORDS:
        if dimension in weights:
            yield RawFinding("baseline", dimension, rubric.starts[dimension], rubric.baseline[dimension], rule="baseline")


def _shares(kind: Kind, words: bool, decision: Sequence[RawFinding], rubric: Rubric) -> dict[Dimension, float]:
    """Return each applicable dimension's share of the total; the shares sum to 1 where anything applies."""
    weights = {dimension: weight for dimension, weight in rubric.weights[kind].items() if words and weight > 0}
    spoken = {finding.dimension for finding in decision}
    weights |= {dimension: rubric.decision_weights[dimension] for dimension in _DECISION if dimension in spoken}
    whole = sum(weights.values())
    return {dimension: weight / whole for dimension, weight in weights.items()}


Step = tuple[RawFinding, float]
"""A finding with the change it made to its dimension's level."""


def _take_steps(
    levels: dict[Dimension, float], raw: Iterable[RawFinding], weights: Mapping[Dimension, float], rubric: Rubric
) -> list[Step]:
    """Move `levels` finding by finding, in their order; return each with the change it made."""
    steps = []
    for finding in sorted([finding for finding in raw if finding.dimension in weights or finding.blocker], key=_rank):
        dimension = finding.dimension
        before = levels[dimension]
        if dimension in weights:
            levels[dimension] = _moved(before, finding, rubric)
        steps.append((finding, levels[dimension] - before))
    return steps


def _weigh(steps: Iterable[Step], weights: Mapping[Dimension, float], rubric: Rubric) -> tuple[Finding, ...]:
    """Weigh each step, let what is told twice be one finding, and let the first blocker take what is above the cap."""
    joined: list[Step] = []
    for finding, change in steps:
        same = _same(joined, finding) if finding.exact and finding.points < 0 else None
        if same is None:
            joined.append((finding, change))
        else:
            joined[same] = (joined[same][0], joined[same][1] + change)
    findings = [_finding(finding, change, change * weights.get(finding.dimension, 0.0)) for finding, change in joined]
    total = sum(finding.points for finding in findings)
    for index, weighed in enumerate(findings):
        if weighed.blocker and total > rubric.blocker_cap:
            findings[index] = _finding(joined[index][0], weighed.dimension_points, weighed.points - (total - rubric.blocker_cap))
            total = rubric.blocker_cap
    return tuple(findings)


def _same(joined: Sequence[Step], finding: RawFinding) -> int | None:
    """Return the place of the dearest finding that names the same flaw on the same dimension."""
    places = [
        at
        for at, (other, change) in enumerate(joined)
        if other.code == finding.code and other.dimension is finding.dimension and change < 0 and not other.blocker
    ]
    return min(places, key=lambda at: joined[at][1], default=None)


def _moved(before: float, finding: RawFinding, rubric: Rubric) -> float:
    """Return a dimension's level after `finding`: the nearer to 100 or 0 it stands already, the less words move it further."""
    if finding.exact or finding.code == "baseline" or finding.dimension not in WORDS:
        return min(100.0, max(0.0, before + finding.points))
    if finding.points >= 0:
        return 100.0 - (100.0 - before) * exp(-finding.points / rubric.ease_up)
    return before * float(max(0.0, 1.0 + finding.points / 100.0) ** (100.0 / rubric.ease_down))


def _rank(finding: RawFinding) -> tuple[int, int]:
    """Order: where a dimension starts, what raises it, what lowers it, blockers, what settles it; within that as the rubric lists them."""
    if finding.code == "baseline":
        step = 0
    elif finding.exact:
        step = 4
    elif finding.blocker:
        step = 3
    else:
        step = 1 if finding.points >= 0 else 2
    return step, _PLACE[finding.dimension]


def _finding(raw: RawFinding, dimension_points: float, points: float) -> Finding:
    return Finding(
        code=raw.code,
        dimension=raw.dimension,
        points=round(points, 4) + 0.0,
        dimension_points=round(dimension_points, 4) + 0.0,
        why=raw.why,
        fix=raw.fix,
        span=raw.span,
        quote=raw.quote,
        blocker=raw.blocker,
        rule=raw.rule,
    )


def _dimensions(findings: Sequence[Finding], weights: Mapping[Dimension, float]) -> dict[Dimension, DimensionScore]:
    sums = dict(_ZEROS)
    for finding in findings:
        sums[finding.dimension] += finding.dimension_points
    return {
        dimension: DimensionScore(round(sums[dimension], 1) + 0.0, True, weights[dimension]) if dimension in weights else _APART
        for dimension in _ZEROS
    }
