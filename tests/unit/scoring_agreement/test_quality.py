"""What a report must get right besides the order: flaws named, blockers, ratings, gaming."""

from __future__ import annotations

import pytest

from simulator.scoring import Report
from simulator.scoring.agreement.corpus import Tier
from simulator.scoring.agreement.gaming import (
    RECIPES,
    borrowed_replies,
    gaming_attempts,
    judge_attempts,
    tally_borrowed,
    tally_gaming,
)
from simulator.scoring.agreement.quality import (
    beside_raters,
    costing,
    rater_beside_rater,
    tally_capped,
    tally_flaws_named,
    tally_wrongly_capped,
)
from simulator.scoring.vocabulary import Kind
from tests.unit.scoring_agreement.cases import finding, judge, post, rating, reply, report, totals

MANY = report(30, finding("warm_human", 20), finding("jargon", -1), finding("insult", -9), finding("typos", -3), finding("too_long", -5))


def test_the_three_dearest_findings_are_shown_and_what_earned_is_not() -> None:
    assert [one.code for one in costing(MANY)] == ["insult", "too_long", "typos"]


@pytest.mark.parametrize(
    ("flaws", "named"),
    [
        pytest.param("insult", 1, id="dearest"),
        pytest.param("typos dismissive", 1, id="one of two, in third place"),
        pytest.param("jargon", 0, id="found, but in fourth place"),
        pytest.param("dismissive", 0, id="not found"),
        pytest.param("", None, id="a reply without a flaw is not asked"),
    ],
)
def test_a_true_flaw_must_be_among_the_top_three(flaws: str, named: float | None) -> None:
    assert tally_flaws_named([post("p1", reply("bad", flaws=flaws))], {("p1", 0): MANY})["all"].share == named


def test_a_capped_reply_may_have_twenty_points_and_no_more() -> None:
    replies = [reply("bad", flaws="insult profanity"), reply("bad", flaws="insult"), reply("bad", flaws="jargon")]
    tallies = tally_capped([post("p1", *replies)], {("p1", 0): report(20), ("p1", 1): report(20.1), ("p1", 2): report(99)})
    assert (tallies["all"].share, tallies["insult"].share, tallies["profanity"].share) == (0.5, 0.5, 1)


def test_a_blocker_on_an_exemplary_reply_is_counted_against_the_judge() -> None:
    reports = {("p1", 0): report(20, finding("insult", -60, blocker=True)), ("p1", 1): report(90)}
    posts = [post("p1", reply("exemplary"), reply("exemplary"))]
    assert tally_wrongly_capped(posts, reports, Tier.EXEMPLARY).share == 0.5
    assert tally_wrongly_capped(posts, reports, Tier.GOOD).cases == 0


def test_ratings_are_compared_only_where_both_sides_have_one() -> None:
    reports: dict[tuple[str, int], Report] = {("p1", 0): report(50, dimension=70), ("p1", 1): report(60)}
    means = {("p1", 0): {"overall": 3.0, "listen": 2.0}, ("p1", 1): {"overall": 1.0}, ("gone", 0): {"overall": 4.0}}
    assert beside_raters(means, reports, "overall") == [("p1", 50, 3), ("p1", 60, 1)]
    assert beside_raters(means, reports, "listen") == [("p1", 70, 2)]


def test_every_two_raters_of_a_reply_are_compared() -> None:
    rows = [rating("p1", 0, name, overall=value) for name, value in (("r3", 3.0), ("r1", 1.0), ("r2", 2.0))]
    assert rater_beside_rater([*rows, rating("p2", 0, "r1", overall=4.0)], "overall") == [("p1", 1, 2), ("p1", 1, 3), ("p1", 2, 3)]


POSTS = [
    post(
        f"p{place}",
        reply("exemplary", text=f"own words {place}"),
        text=f"Kettle {{broke}} {place} times and nobody at the shop answers my mails.",
    )
    for place in range(9)
]


def test_gaming_attempts_are_the_same_for_a_seed_and_have_no_blank_left() -> None:
    attempts = gaming_attempts(POSTS, seed=1)
    assert attempts == gaming_attempts(POSTS, seed=1)
    assert attempts != gaming_attempts(POSTS, seed=2)
    assert {recipe: sum(one.recipe == recipe for one in attempts) for recipe in RECIPES} == dict.fromkeys(RECIPES, 8)
    left = [
        one.text for one in attempts for blank in ("{post}", "{author}", "{noise}", "{words}", "{first}", "{swapped}") if blank in one.text
    ]
    assert left == []
    assert all(one.text.strip() for one in attempts)


def test_posts_that_the_rules_cannot_read_are_not_used_for_gaming() -> None:
    foreign = post("p1", reply("exemplary"), text="Der Kessel ist seit drei Tagen kaputt und keiner von euch meldet sich bei mir")
    assert gaming_attempts([foreign], seed=1) == []


@pytest.mark.parametrize(("total", "under"), [pytest.param(29.9, 1, id="just under"), pytest.param(30, 0, id="thirty is too much")])
def test_a_gaming_reply_must_stay_under_thirty(total: float, under: float) -> None:
    judged = judge_attempts(gaming_attempts(POSTS, seed=1), judge(lambda text: total))
    assert {tally.share for tally in tally_gaming(judged).values()} == {under}


def test_the_own_reply_must_beat_one_borrowed_from_a_post_of_the_same_kind() -> None:
    posts = [*POSTS, post("alone", reply("exemplary"), kind=Kind.PRESS)]
    borrowed = borrowed_replies(posts, seed=1)
    assert [own.id for own, _, _ in borrowed] == [one.id for one in POSTS]
    assert all(words != own.replies[index].text for own, index, words in borrowed)
    own_totals = totals(**{one.id: [50] for one in posts})
    assert tally_borrowed(borrowed, own_totals, judge(lambda text: 49)).share == 1
    assert tally_borrowed(borrowed, own_totals, judge(lambda text: 50)).share == 0.5
