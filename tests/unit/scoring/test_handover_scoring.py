"""Both sides of an escalation, field by field: what lets the contact act, and what lets the sender speak."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.scoring import Context, Expected, ExpectedEscalation, HandOver, Post, load_ruleset, score_answer, score_handover
from simulator.scoring.model import HandOverReport
from simulator.scoring.vocabulary import Contact
from tests.factories import make_answer, make_context, make_handover, make_post

RULESET = load_ruleset()


def sent(handover: HandOver, context: Context | None = None, post: Post | None = None) -> HandOverReport:
    """Score the sender's side."""
    return score_handover(handover, post or make_post(), context or make_context(), RULESET)


def field(report: HandOverReport, name: str) -> float:
    """Return one field's score."""
    return next(point.score for point in report.points if point.field == name)


def test_a_complete_hand_over_has_every_point() -> None:
    report = sent(make_handover())
    assert (report.side, report.total) == ("sender", 100.0)
    assert all(point.why and not point.fix for point in report.points)


def test_an_empty_hand_over_has_none_and_says_what_to_add() -> None:
    report = sent(HandOver(Contact.LEGAL))
    assert report.total == 0
    assert all(point.fix for point in report.points)


@pytest.mark.parametrize("words", ["", "see post", "-", "asap", "aaaaaa", "See post.", "n/a", "???"])
def test_a_field_that_says_nothing_earns_nothing(words: str) -> None:
    assert field(sent(replace(make_handover(), what_happened=words)), "what_happened") == 0


@pytest.mark.parametrize(
    ("name", "words", "why"),
    [
        ("what_happened", "bag lost", "too few words"),
        ("what_happened", "line\nline\nline of what happened to her", "three lines"),
        ("who_where", "a customer is angry", "cannot be found"),
        ("known_unknown", "The bag was scanned in Lisbon", "no unknown"),
        ("asked", "This is really bad for everybody", "no ask"),
        ("by_when", "soon would be good", "no time"),
        ("said_so_far", "something nice", "no words"),
    ],
)
def test_a_thin_field_earns_half_with_a_fix(name: str, words: str, why: str) -> None:
    report = sent(replace(make_handover(), **{name: words}))
    assert field(report, name) == 50, why
    assert next(point.fix for point in report.points if point.field == name)


@pytest.mark.parametrize("words", ["14:30", "by 2 pm", "within 15 minutes", "in half an hour", "before noon", "right now"])
def test_a_time_that_one_can_keep_counts(words: str) -> None:
    assert field(sent(make_handover(by_when=words)), "by_when") == 100


def test_nothing_said_yet_is_a_full_answer() -> None:
    assert field(sent(replace(make_handover(), said_so_far="Nothing yet")), "said_so_far") == 100


def test_what_the_scenario_says_must_be_told_is_looked_for() -> None:
    escalation = ExpectedEscalation(Contact.OPERATIONS, must_tell=("bag tag", "where they stay"))
    context = Context(expected=Expected(escalation=escalation))
    without = sent(make_handover(), context)
    told = sent(
        replace(make_handover(), known_unknown="Known: bag tag SK4471, they stay at the Hotel Sol. Not known: the flight."), context
    )
    assert without.total < told.total
    assert told.total == 100
    assert any("bag tag" in point.fix for point in without.points)


def answered(*, target: float | None = 15, **changes: object) -> HandOverReport:
    """Score the receiver's side of a complete answer with `changes`."""
    return score_answer(replace(make_answer(), **changes), target, RULESET)  # type: ignore[arg-type]


def test_a_usable_answer_in_time_has_every_point() -> None:
    report = answered(after_minutes=12)
    assert (report.side, report.total, len(report.points)) == ("receiver", 100.0, 5)


def test_without_a_time_the_clock_is_left_out() -> None:
    assert len(answered().points) == 4
    assert len(answered(target=None, after_minutes=3).points) == 4


@pytest.mark.parametrize(("after", "score"), [(15, 100), (20, 50), (40, 0)])
def test_a_late_answer_costs(after: float, score: float) -> None:
    assert field(answered(after_minutes=after), "after_minutes") == score


@pytest.mark.parametrize(
    ("words", "score"),
    [
        ("", 0),
        ("We are looking into it", 50),
        ("Tell them we're sorry and that the bag is on its way", 50),
        ("bag on flight", 50),
        ("We've found your bag; it is on the 17:40 and a courier brings it tonight.", 100),
    ],
)
def test_words_that_can_be_pasted_count(words: str, score: float) -> None:
    assert field(answered(may_say=words), "may_say") == score


@pytest.mark.parametrize(("words", "score"), [("", 0), ("the team", 50), ("Omar Vance", 100), ("Ines, ext. 4471", 100)])
def test_an_owner_is_a_person(words: str, score: float) -> None:
    assert field(answered(owner=words), "owner") == score


@pytest.mark.parametrize(("words", "score"), [("", 0), ("soon", 50), ("tomorrow", 50), ("18:30", 100), ("in 30 minutes", 100)])
def test_the_next_word_has_a_time(words: str, score: float) -> None:
    assert field(answered(next_time=words), "next_time") == score


@pytest.mark.parametrize(("words", "score"), [("", 0), ("Nothing to hold back", 100), ("Don't name the airport", 100)])
def test_what_not_to_say_is_said(words: str, score: float) -> None:
    assert field(answered(may_not_say=words), "may_not_say") == score
