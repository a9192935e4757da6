"""A sieve may let a pattern through for nothing; what it holds back must never match."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.core.yaml_lines import read_own_yaml, read_yaml
from simulator.scoring.needed_words import BOUNDARY, Sieve, literals
from simulator.scoring.ruleset import PACKS
from simulator.scoring.text import fold
from tests.unit.scoring.replies import GOOD, TEMPLATE, ruleset

SHAPES = [
    r"\b(?:so |very )?sorry (?:about|for) (?!any)(?:the|your)\b",
    r"(?:^|[.!?] |\b(?:and|so) )thanks?\b",
    r"f+u[ck]{2,3}k?\w*|\bno\b.{0,5}way",
    r"\b(\w{3,}) \1\b(?<!that that)",
    r"\d+ (?:days?|weeks?)|£\d+",
    r"^\W*(?:ok(?:ay)?|k)\W*$",
    r"(?:(?:ha)+|lo+l)[!?]*",
    r"x(?:a|b|)(?:c?d?)+e",
    r"[^a-z]q[a-c]|\Bing\b",
    r"(?:a|an|the) (?:\w+ ){0,2}?(?:refund|credit)",
    r"(?P<one>we)'ll (?=call|ring)\w+",
    r"(?i:Dear) sir|madam",
    r"(?>can|could) (?:you|u)++ help",
    r"\bDÉSOLÉ|naïve\b",
]
IGNORING = [r"\b(?:order|ref)(?: no)?[ .:#]*\d+", r"(?:phone|call)\b|K\d", r"is(?:s|z)ue"]
WORDS = st.lists(
    st.sampled_from([*"sorry thanks for your the refund İ ſ \u212a it ﬁ 12 day we'll you sa us".split(), "–", ".", "\n", " "])
).map(" ".join)


@pytest.mark.parametrize("shape", SHAPES)
@given(data=st.data())
@settings(max_examples=60)
def test_whatever_matches_is_let_through(shape: str, data: st.DataObject) -> None:
    pattern = re.compile(shape)
    text = data.draw(WORDS) + data.draw(st.from_regex(pattern)) + data.draw(WORDS)
    if pattern.search(text):
        assert list(Sieve([pattern]).possible(text)) == [0]


@pytest.mark.parametrize("shape", IGNORING)
@given(data=st.data())
@settings(max_examples=60)
def test_case_may_be_ignored(shape: str, data: st.DataObject) -> None:
    pattern = re.compile(shape, re.IGNORECASE)
    text = data.draw(st.from_regex(pattern)).swapcase() + data.draw(WORDS)
    if pattern.search(text):
        assert list(Sieve([pattern]).possible(text)) == [0]


@pytest.mark.parametrize("text", ["İSSUE", "iſsue", "\u212a9", "ISSUE"])
def test_letters_that_stand_for_others_where_case_is_ignored_are_let_through(text: str) -> None:
    patterns = [re.compile(shape, re.IGNORECASE) for shape in IGNORING]
    possible = Sieve(patterns).possible(text)
    assert {number for number, pattern in enumerate(patterns) if pattern.search(text)} <= set(possible)


def test_what_every_match_holds_is_found() -> None:
    assert literals(re.compile(r"\b(?:so )?sorry about\b")) == {
        f"{BOUNDARY}so{BOUNDARY} {BOUNDARY}sorry{BOUNDARY} {BOUNDARY}about{BOUNDARY}"
    } | {f"{BOUNDARY}sorry{BOUNDARY} {BOUNDARY}about{BOUNDARY}"}
    assert literals(re.compile(r"\w+ \d*")) == {" "}
    assert literals(re.compile(r"\w+\d*")) is None


def test_most_patterns_of_the_packs_are_held_back_from_a_reply() -> None:
    book = ruleset().book
    for text in (GOOD, TEMPLATE):
        assert len(book.folded.sieve.possible(fold(text))) < len(book.folded.patterns) / 5


def every_match() -> Iterator[tuple[re.Pattern[str], str]]:
    for rule in ruleset().book.rules:
        for example in (*rule.passes, *rule.fails):
            text = example.draft if rule.raw else fold(example.draft)
            yield from ((pattern, text) for pattern in rule.match if pattern.search(text))


def test_no_example_of_the_packs_is_held_back() -> None:
    found = list(every_match())
    assert len(found) > 200
    assert [pattern.pattern for pattern, text in found if not Sieve([pattern]).possible(text)] == []


@pytest.mark.parametrize("path", sorted(PACKS.glob("*.yaml")), ids=lambda path: str(path.name))
def test_the_quick_loader_reads_a_pack_as_the_strict_one_does(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert read_own_yaml(text, path.name) == read_yaml(text, path.name)
