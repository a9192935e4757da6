"""Let a judge that never saw a post in training judge it, and keep what it said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from simulator.core.ids import content_hash
from simulator.scoring.agreement.corpus import Corpus, LabelledPost, ReplyKey
from simulator.scoring.engine import score
from simulator.scoring.facade import triage
from simulator.scoring.model import Context, Draft, Post, Report, Triage
from simulator.scoring.ruleset import Ruleset


@dataclass(frozen=True, slots=True)
class Judge:
    """Something that judges replies and sorts posts: usually a ruleset, in tests a script."""

    score: Callable[[Post, Draft, Context], Report]
    sort: Callable[[Post, Context], Triage]


@dataclass(frozen=True, slots=True)
class Fold:
    """One part of the corpus that is judged by somebody who was not trained on it."""

    number: int
    posts: frozenset[str]


JudgeForFold = Callable[[Fold], Judge]
"""Gives the judge for a fold. Trained heads must leave out all replies of `fold.posts`; plain rules give the same judge for all."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What the judge said: a report for each reply, and the sorting of each post."""

    reports: Mapping[ReplyKey, Report]
    sortings: Mapping[str, Triage]

    @property
    def totals(self) -> dict[ReplyKey, float]:
        """Return the total of each reply."""
        return {key: report.total for key, report in self.reports.items()}


def judge_of(ruleset: Ruleset) -> Judge:
    """Return the judge that `ruleset` makes."""
    return Judge(
        score=lambda post, draft, context: score(post, draft, context, ruleset),
        sort=lambda post, context: triage(post, context, ruleset),
    )


def split(posts: Sequence[LabelledPost], count: int, seed: int) -> tuple[Fold, ...]:
    """Deal whole posts into `count` folds, file by file, in an order that only `seed` and the ids decide."""
    ordered = sorted(posts, key=lambda post: (post.file, content_hash(str(seed), "fold", post.id)))
    return tuple(Fold(number, frozenset(post.id for post in ordered[number::count])) for number in range(count))


def split_by_file(posts: Sequence[LabelledPost]) -> tuple[Fold, ...]:
    """Make each file one fold: whoever judges it has seen nothing of its author."""
    files = dict.fromkeys(post.file for post in posts)
    return tuple(Fold(number, frozenset(post.id for post in posts if post.file == name)) for number, name in enumerate(files))


def judge_corpus(corpus: Corpus, judges: Mapping[Fold, Judge], *, told: bool = False) -> Verdicts:
    """Judge every reply and sort every post, each by the judge of its fold. `told` gives the judge the kind of post, as a scenario does."""
    reports: dict[ReplyKey, Report] = {}
    sortings: dict[str, Triage] = {}
    for fold, judge in judges.items():
        for post in corpus.posts:
            if post.id not in fold.posts:
                continue
            context = post.told_context if told else post.context
            sortings[post.id] = judge.sort(post.post, context)
            for index, reply in enumerate(post.replies):
                reports[post.id, index] = judge.score(post.post, reply.draft, context)
    return Verdicts(reports, sortings)
