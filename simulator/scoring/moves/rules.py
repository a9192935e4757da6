"""Find the moves of a draft by rule: one pass for all phrases, then patterns, figures, and what is missing or out of order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import ahocorasick

from simulator.scoring.model import Span
from simulator.scoring.moves.measures import METRICS
from simulator.scoring.moves.move import Move
from simulator.scoring.moves.rule import Patterns, Rule, RuleKind
from simulator.scoring.sheet import Sheet
from simulator.scoring.sieve import Finder
from simulator.scoring.text import fold
from simulator.scoring.vocabulary import Kind

MOST_HITS = 3
"""A rule names at most this many places of a draft; more would say nothing new."""
_FIGURES = frozenset({RuleKind.METRIC, RuleKind.ECHO})


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules, with the phrases of all phrase rules in one automaton."""

    rules: tuple[Rule, ...]
    by_id: dict[str, Rule]
    automaton: Any
    """`ahocorasick.Automaton` from a folded phrase to (length, indices of rules); None where there are no phrases."""
    finder: Finder
    """All patterns, those of raw rules for the text as it was typed."""
    owners: tuple[int, ...]
    """For each pattern the index of its rule."""
    about: Mapping[Kind, int]
    """For each kind of post the patterns of the rules that speak about it, as the bits of a number."""
    figures: frozenset[int]
    """Indices of the rules that measure."""
    anywhere: frozenset[int]
    """Indices of the rules that may look at any draft, whatever is around it."""
    later: tuple[Rule, ...]
    """Rules about what the others have found."""


def make_rule_book(rules: Sequence[Rule]) -> RuleBook:
    """Put `rules` in one book."""
    index_of: dict[str, list[int]] = {}
    for index, rule in enumerate(rules):
        for phrase in rule.phrases:
            index_of.setdefault(fold(phrase), []).append(index)
    automaton = None
    if index_of:
        automaton = ahocorasick.Automaton()
        for phrase, indices in index_of.items():
            automaton.add_word(phrase, (len(phrase), tuple(indices)))
        automaton.make_automaton()
    numbered = [(index, pattern) for index, rule in enumerate(rules) for pattern in rule.match]
    typed = [number for number, (index, _) in enumerate(numbered) if rules[index].raw]
    return RuleBook(
        rules=tuple(rules),
        by_id={rule.id: rule for rule in rules},
        automaton=automaton,
        finder=Finder([pattern for _, pattern in numbered], typed),
        owners=tuple(index for index, _ in numbered),
        about={kind: sum(1 << number for number, (index, _) in enumerate(numbered) if rules[index].concerns(kind)) for kind in Kind},
        figures=frozenset(index for index, rule in enumerate(rules) if rule.kind in _FIGURES),
        anywhere=frozenset(index for index, rule in enumerate(rules) if _looks_anywhere(rule)),
        later=_later(rules),
    )


def _looks_anywhere(rule: Rule) -> bool:
    around = (rule.only_kinds, rule.not_kinds, rule.public_only, rule.post, rule.post_unless, rule.draft, rule.draft_unless)
    return not any(around)


def _later(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if rule.kind in (RuleKind.ABSENCE, RuleKind.ORDER))


def with_worth(book: RuleBook, rules: Sequence[Rule]) -> RuleBook:
    """Return `book` with `rules` in place of its own, which look for the same but may be worth something else."""
    return replace(book, rules=tuple(rules), by_id={rule.id: rule for rule in rules}, later=_later(rules))


def find_moves(sheet: Sheet, book: RuleBook) -> list[Move]:
    """Return every move the rules find, those about words first, then those about what is missing or out of order."""
    found = _find_words(sheet, book)
    moves: list[Move] = []
    for index in sorted(book.figures.union(found)):
        rule = book.rules[index]
        # What a rule finds and whether it may speak don't hang on each other: figures are seldom out of bounds, so they come first.
        if index in book.figures:
            measured = _figure(rule, sheet)
            if measured and (index in book.anywhere or _may_speak(rule, sheet)):
                moves += measured
        elif index in book.anywhere or _may_speak(rule, sheet):
            moves += _look(rule, sheet, found[index])
    for rule in book.later:
        if _may_speak(rule, sheet) and (move := _look_at_moves(rule, moves)):
            moves.append(move)
    return moves


def _find_words(sheet: Sheet, book: RuleBook) -> dict[int, list[Span]]:
    """Return where the words of each rule stand, by the rule's index; rules whose words stand nowhere are left out."""
    folded, raw = sheet.draft.folded, sheet.draft.raw
    found = _find_phrases(folded, book)
    for number, spans in book.finder.find(folded, raw, book.about[sheet.kind]):
        found.setdefault(book.owners[number], []).extend(spans)
    return found


def _find_phrases(folded: str, book: RuleBook) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = {}
    if book.automaton is None:
        return found
    for last, (length, indices) in book.automaton.iter(folded):
        start, end = last - length + 1, last + 1
        if _stands_alone(folded, start, end):
            for index in indices:
                found.setdefault(index, []).append((start, end))
    return found


def _stands_alone(folded: str, start: int, end: int) -> bool:
    before = start > 0 and folded[start].isalnum() and folded[start - 1].isalnum()
    after = end < len(folded) and folded[end - 1].isalnum() and folded[end].isalnum()
    return not before and not after


def _matches(patterns: Patterns, text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)


def _may_speak(rule: Rule, sheet: Sheet) -> bool:
    """Tell whether everything around the draft allows `rule` to look at it."""
    if not rule.concerns(sheet.kind) or (rule.public_only and not sheet.public):
        return False
    if rule.post and not _matches(rule.post, sheet.post_text):
        return False
    if rule.post_unless and _matches(rule.post_unless, sheet.post_text):
        return False
    if rule.draft and not _matches(rule.draft, sheet.draft.folded):
        return False
    return not (rule.draft_unless and _matches(rule.draft_unless, sheet.draft.folded))


def _figure(rule: Rule, sheet: Sheet) -> list[Move]:
    if rule.kind is RuleKind.METRIC:
        return _measure(rule, sheet)
    share = sheet.relation.copied
    return [Move(rule.code, sheet.relation.copied_span, 1, rule.id)] if share > (rule.over or 0) else []


def _look(rule: Rule, sheet: Sheet, found: Sequence[Span]) -> list[Move]:
    spans = _kept(rule, sheet, sorted(found))
    if len(spans) < rule.at_least:
        return []
    if rule.kind is RuleKind.COUNT:
        return [Move(rule.code, spans[0], min(len(spans) - rule.at_least + 1, rule.most), rule.id)]
    return [Move(rule.code, span, 1, rule.id) for span in spans[:MOST_HITS]]


def _kept(rule: Rule, sheet: Sheet, spans: Sequence[Span]) -> list[Span]:
    """Keep hits in the right place, each sentence free of what silences the rule, overlapping ones once."""
    kept: list[Span] = []
    silenced: dict[Span, bool] = {}
    for start, end in spans:
        if kept and start < kept[-1][1]:
            continue
        if rule.unless or rule.where:
            sentence = sheet.draft.sentence_of(start)
            # A sentence may hold a thousand hits: what silences it is looked for once.
            if sentence not in silenced:
                silenced[sentence] = _is_silenced(rule, sheet, sentence)
            if silenced[sentence]:
                continue
        kept.append((start, end))
    return kept


def _is_silenced(rule: Rule, sheet: Sheet, sentence: Span) -> bool:
    if rule.unless and _matches(rule.unless, sheet.draft.folded[sentence[0] : sentence[1]]):
        return True
    if rule.where == "first":
        return sentence[0] > sheet.draft.sentences[0][0]
    return rule.where == "last" and sentence[1] < sheet.draft.sentences[-1][1]


def _measure(rule: Rule, sheet: Sheet) -> list[Move]:
    value, span = METRICS[rule.metric](sheet)
    if rule.over is not None and value <= rule.over:
        return []
    if rule.under is not None and value >= rule.under:
        return []
    strength = min(value - (rule.over or 0), rule.most) if rule.most > 1 else 1
    return [Move(rule.code, span, strength, rule.id)]


def _look_at_moves(rule: Rule, moves: Sequence[Move]) -> Move | None:
    if rule.kind is RuleKind.ABSENCE:
        return None if any(move.code in rule.codes for move in moves) else Move(rule.code, None, 1, rule.id)
    early = min((move.span for move in moves if move.span and move.code in rule.codes), default=None)
    late = min((move.span for move in moves if move.span and move.code in rule.before), default=None)
    if early and late and early[0] < late[0]:
        return Move(rule.code, early, 1, rule.id)
    return None
