"""A sieve may let a pattern through for nothing; what it holds back must never match."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.core.yaml_lines import read_own_yaml, read_yaml
from simulator.scoring.needed_words import BOUNDARY, needs
from simulator.scoring.ruleset import PACKS
from simulator.scoring.sieve import Finder, Sieve
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


@pytest.mark.parametrize("shape", [*SHAPES, *(f"(?i:{shape})" for shape in IGNORING)])
@given(data=st.data())
@settings(max_examples=60)
def test_what_is_looked_for_as_typed_is_found_through_folded_text(shape: str, data: st.DataObject) -> None:
    pattern = re.compile(shape)
    raw = data.draw(WORDS) + data.draw(st.from_regex(pattern)) + data.draw(WORDS).upper() + data.draw(st.sampled_from(["", "’", "\u02bc."]))
    spans = [match.span() for match in pattern.finditer(raw) if match.group()]
    assert dict(Finder([pattern], typed=[0]).find(fold(raw), raw)) == ({0: spans} if spans else {})


def test_only_what_is_asked_for_is_found() -> None:
    finder = Finder([re.compile("sorry"), re.compile("thanks"), re.compile(r"x?")])
    assert dict(finder.find("sorry, thanks", "sorry, thanks")) == {0: [(0, 5)], 1: [(7, 13)]}
    assert dict(finder.find("sorry, thanks", "sorry, thanks", among=0b110)) == {1: [(7, 13)]}


def test_what_every_match_holds_is_found() -> None:
    assert needs(re.compile(r"\b(?:so )?sorry about\b"))[0] == {
        f"{BOUNDARY}so{BOUNDARY} {BOUNDARY}sorry{BOUNDARY} {BOUNDARY}about{BOUNDARY}"
    } | {f"{BOUNDARY}sorry{BOUNDARY} {BOUNDARY}about{BOUNDARY}"}
    assert needs(re.compile(r"\w+ \d*")) == ({" "},)
    assert needs(re.compile(r"\w+\d*")) == ()


def test_a_second_set_of_stretches_holds_a_pattern_back() -> None:
    sieve = Sieve([re.compile(r"\b(?:send|give) \w+ (?:voucher|refund)\b")])
    assert list(sieve.possible("please send a refund")) == [0]
    assert list(sieve.possible("please send a letter")) == list(sieve.possible("a refund comes")) == []


def test_most_patterns_of_the_packs_are_held_back_from_a_reply() -> None:
    book = ruleset().book
    sieve = Sieve([pattern for rule in book.rules for pattern in rule.match if not rule.raw])
    for text in (GOOD, TEMPLATE):
        assert len(sieve.possible(fold(text))) < len(book.owners) / 8


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
