"""Every rule of the packs fires on what it must and stays silent on what it must not, and says why."""

from __future__ import annotations

import pytest

from simulator.scoring import Context, Draft, Expected, MustAddress, Post, load_ruleset
from simulator.scoring.engine import read_sheet
from simulator.scoring.moves.rule import Example, Rule
from simulator.scoring.moves.rules import find_moves
from simulator.scoring.ruleset import Ruleset
from simulator.scoring.vocabulary import FLAWS, LARN, VIRTUES, Kind

RULESET = load_ruleset()
RULES = RULESET.book.rules


def fires(rule: Rule, example: Example, ruleset: Ruleset = RULESET) -> bool:
    """Tell whether `rule` is among the moves found in an example laid out as the pack's header says."""
    only = sorted(rule.only_kinds, key=list(Kind).index)
    kind = example.kind or (only[0] if only else Kind.COMPLAINT if Kind.COMPLAINT not in rule.not_kinds else Kind.PRAISE)
    must = tuple(MustAddress(word, (word,)) for word in example.must[:1])
    context = Context(facts=example.facts, expected=Expected(kind=kind, must_address=must))
    sheet = read_sheet(Post(example.post, example.author), Draft(example.draft), context, kind, ruleset)
    return any(move.source == rule.id for move in find_moves(sheet, ruleset.book))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_tells_its_examples_apart(rule: Rule) -> None:
    """A flaw fires on every `fail` and no `pass`; a virtue on every `pass` and no `fail`."""
    must_fire, must_not = (rule.passes, rule.fails) if rule.virtue else (rule.fails, rule.passes)
    silent = [example.draft for example in must_fire if not fires(rule, example)]
    loud = [example.draft for example in must_not if fires(rule, example)]
    assert (silent, loud) == ([], []), f"{rule.path}:{rule.line}"


def test_there_are_rules_for_every_dimension_of_words() -> None:
    assert len(RULES) >= 80
    for dimension in LARN:
        own = [rule for rule in RULES if rule.dimension is dimension]
        assert {rule.virtue for rule in own} == {True, False}, dimension


def test_every_code_that_the_corpus_labels_is_looked_for() -> None:
    found = {rule.code for rule in RULES}
    assert found >= FLAWS
    assert found >= VIRTUES


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_words_to_the_reader_are_whole_and_kind(rule: Rule) -> None:
    for words in (rule.why, rule.fix):
        assert words[0].isupper() or words[0] in "“"
        assert words[-1] in ".?"
        assert "!" not in words
    assert rule.points != 0
