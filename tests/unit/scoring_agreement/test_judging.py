"""Folds: posts stay whole, and every post is judged by the judge that was made without it."""

from __future__ import annotations

from simulator.scoring import Context, Draft, Post, Report
from simulator.scoring.agreement.corpus import mean_ratings
from simulator.scoring.agreement.judging import Fold, Judge, judge_corpus, split, split_by_file
from simulator.scoring.vocabulary import Kind
from tests.unit.scoring_agreement.cases import corpus, judge, post, rating, reply, report, sorting

TEN = [post(f"p{place}", reply("good", text=f"to p{place}"), file="a" if place < 5 else "b") for place in range(10)]


def test_each_post_is_in_one_fold_and_each_file_in_all() -> None:
    folds = split(TEN, 5, seed=1)
    assert sorted(name for fold in folds for name in fold.posts) == sorted(one.id for one in TEN)
    assert [sorted(one.file for one in TEN if one.id in fold.posts) for fold in folds] == [["a", "b"]] * 5


def test_the_seed_decides_the_folds_and_the_order_of_posts_does_not() -> None:
    assert split(TEN, 5, seed=1) == split(TEN[::-1], 5, seed=1)
    assert split(TEN, 5, seed=1) != split(TEN, 5, seed=2)


def judging(fold: Fold) -> Judge:
    """Make a judge that gives the number of its fold."""
    return judge(lambda text: fold.number)


def test_a_post_is_judged_only_by_the_judge_of_its_fold() -> None:
    folds = split(TEN, 5, seed=1)
    verdicts = judge_corpus(corpus(*TEN), {fold: judging(fold) for fold in folds})
    number = {name: fold.number for fold in folds for name in fold.posts}
    assert verdicts.totals == {(name, 0): float(fold) for name, fold in number.items()}


def test_the_judge_learns_the_kind_only_when_it_is_told() -> None:
    asked: list[Kind | None] = []

    def score(about: Post, draft: Draft, context: Context) -> Report:
        asked.append(context.expected.kind if context.expected else None)
        return report(1)

    listening = Judge(score=score, sort=lambda about, context: sorting())
    one = Fold(0, frozenset({"p0"}))
    for told in (False, True):
        judge_corpus(corpus(TEN[0]), {one: listening}, told=told)
    assert asked == [None, Kind.COMPLAINT]


def test_a_mean_leaves_out_what_one_rater_finds_not_applicable() -> None:
    rows = [rating("p0", 0, "r1", overall=4, listen=2, resolve=3), rating("p0", 0, "r2", overall=1, listen=None, resolve=4)]
    assert mean_ratings(rows) == {("p0", 0): {"overall": 2.5, "resolve": 3.5}}


def test_a_file_left_out_is_left_out_whole() -> None:
    posts = [post(f"p{place}", file="one.jsonl" if place % 2 else "two.jsonl") for place in range(5)]
    assert [fold.posts for fold in split_by_file(posts)] == [{"p0", "p2", "p4"}, {"p1", "p3"}]
