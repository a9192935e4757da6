"""Heaps of kind words, words without sense and other languages are told from short, plain and clumsy replies that help."""

from __future__ import annotations

import pytest

from simulator.scoring import Context, Draft, Expected, Post, load_ruleset, score
from simulator.scoring.text import read_text
from simulator.scoring.vocabulary import Kind
from simulator.scoring.wording import Bits, WordingError, english, wording_from_text

POST = Post(text="The lid of my lunch box cracked after two days and the soup went all over my bag. Do you even test these?")
RULES = load_ruleset()
CONTEXT = Context(facts=("Lids are tested to 60 degrees", "New lids ship on Tuesday"), expected=Expected(kind=Kind.COMPLAINT))
EMPTY = frozenset(rule.id for rule in RULES.book.rules if rule.path == "emptiness.yaml")


@pytest.mark.parametrize(
    "draft",
    [
        "sorry upset understandable thanks solved tomorrow promise sorry care",
        "Lid sorry. Soup thanks. Bag understandable. Box solved tomorrow. Days promise.",
        "You're such a clever and funny person, and we adore you. Never change!",
        "by will lid the of and I'll sorry to a was them thank it's our with when",
        "Przykro mi, nowa pokrywka jest już w drodze i jutro będzie u Pani.",
        "We hope to have the chance to serve you again and show you how much better we can be.",
    ],
)
def test_replies_that_hold_no_help_stay_under_thirty(draft: str) -> None:
    assert score(POST, Draft(draft), CONTEXT, RULES).total < 30


@pytest.mark.parametrize(
    "draft",
    [
        "Ha, fair. New lids go out Tuesday. – Jo",
        "Sorry! New lid on Tuesday.",
        "1. Keep the box. 2. Bin the lid. 3. New one ships Tuesday.",
        "I am sorry for lid, is our mistake. I send to you new lid on Tuesday, please you write me if soup is coming out again.",
    ],
)
def test_short_terse_and_clumsy_replies_are_not_called_empty(draft: str) -> None:
    assert EMPTY.isdisjoint(finding.rule for finding in score(POST, Draft(draft), CONTEXT, RULES).findings)


def test_what_was_put_in_is_found_and_sentences_have_known_pairs() -> None:
    assert all(word in Bits.of(["lid", "box"], 10) for word in ("lid", "box"))
    sentence, salad = "I'll send you a new one tomorrow.", "tomorrow a you I'll one send new"
    assert english().known_pairs(read_text(sentence)) > english().known_pairs(read_text(salad)) + 0.2
    with pytest.raises(WordingError):
        wording_from_text("{}")
