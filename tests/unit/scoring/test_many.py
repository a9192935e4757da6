"""Judged together, decisions get the reports that they get one by one."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

from simulator.scoring import Context, Draft, Post, post_by_post, score, score_many
from simulator.services.evaluation import read_corpus
from tests.unit.scoring.replies import ruleset

CORPUS = Path(__file__).resolve().parents[3] / "corpus"


def test_replies_of_the_corpus_are_judged_alike_together_and_one_by_one() -> None:
    posts = read_corpus(CORPUS).posts[::12]
    by_post = [[(post.post, reply.draft, post.context) for reply in post.replies] for post in posts]
    in_turns = [decision for turn in zip_longest(*by_post) for decision in turn if decision]
    one_by_one = [score(*decision, ruleset()) for decision in in_turns]
    assert len(one_by_one) > 100
    assert list(score_many(in_turns, ruleset())) == one_by_one
    assert list(score_many(iter(in_turns), ruleset(), chunk=7)) == one_by_one


def test_silence_and_nothing_at_all_can_be_judged() -> None:
    silent = (Post("Where is my parcel?"), None, Context(elapsed_minutes=5))
    said = (Post("Where is my parcel?"), Draft("On its way."), Context())
    assert list(score_many([silent, said], ruleset())) == [score(*silent, ruleset()), score(*said, ruleset())]
    assert list(score_many([], ruleset())) == []


def test_equal_posts_stand_side_by_side_in_the_order_in_which_they_come() -> None:
    assert post_by_post(["b", "a", "b", "c", "a"]) == [0, 2, 1, 4, 3]
