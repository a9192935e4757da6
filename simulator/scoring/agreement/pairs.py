"""Ask which of two replies to one post is better, and count how often scores agree with the tiers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from simulator.scoring.agreement.corpus import LabelledPost, ReplyKey, Tier
from simulator.scoring.agreement.figures import Tally
from simulator.scoring.vocabulary import Kind

ALL = "all pairs"
APART = "two or more tiers apart"
PASSING = "pass or fail"
EDITS = "minimal edits"
QUESTIONS = (ALL, APART, PASSING, EDITS)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two replies to one post of which `better` is the better. `flaws` are the codes of the worse where it is an edit of the better."""

    better: ReplyKey
    worse: ReplyKey
    gap: int
    crosses: bool
    edit: bool
    flaws: tuple[str, ...] = ()

    def answers(self, question: str) -> bool:
        """Tell whether this pair belongs to `question`."""
        return question == ALL or {APART: self.gap >= 2, PASSING: self.crosses, EDITS: self.edit}[question]


def pairs_of(post: LabelledPost) -> Iterator[Pair]:
    """Yield all pairs of replies in different tiers. Replies of the same tier have no right order and give no pair."""
    for one, other in combinations(range(len(post.replies)), 2):
        if post.replies[one].tier == post.replies[other].tier:
            continue
        better, worse = (one, other) if post.replies[one].tier > post.replies[other].tier else (other, one)
        high, low = post.replies[better], post.replies[worse]
        edit = low.edit_of == better
        yield Pair(
            better=(post.id, better),
            worse=(post.id, worse),
            gap=high.tier - low.tier,
            crosses=high.tier >= Tier.GOOD > low.tier,
            edit=edit,
            flaws=tuple(code for code in low.flaws if code not in high.flaws) if edit else (),
        )


def outcome(pair: Pair, scores: Mapping[ReplyKey, float]) -> float:
    """Return 1 where the better reply has the higher score, 0 where the worse has, ½ for a tie."""
    better, worse = scores[pair.better], scores[pair.worse]
    return 1.0 if better > worse else 0.0 if better < worse else 0.5


def tally_pairs(posts: Iterable[LabelledPost], scores: Mapping[ReplyKey, float]) -> dict[str, Tally]:
    """Return a tally for each of the questions."""
    tallies = {question: Tally() for question in QUESTIONS}
    for post in posts:
        for pair in pairs_of(post):
            right = outcome(pair, scores)
            for question, tally in tallies.items():
                if pair.answers(question):
                    tally.add(post.id, right)
    return tallies


def tally_edits(posts: Iterable[LabelledPost], scores: Mapping[ReplyKey, float]) -> dict[str, Tally]:
    """Return a tally for each flaw that a minimal edit put in, most frequent first; an edit with two flaws counts for both."""
    tallies: dict[str, Tally] = {}
    for post in posts:
        for pair in pairs_of(post):
            for code in pair.flaws:
                tallies.setdefault(code, Tally()).add(post.id, outcome(pair, scores))
    return dict(sorted(tallies.items(), key=lambda item: (-item[1].cases, item[0])))


def tally_kinds(posts: Iterable[LabelledPost], scores: Mapping[ReplyKey, float]) -> dict[str, Tally]:
    """Return a tally of all pairs for each kind of post, in the rubric's order."""
    tallies: dict[str, Tally] = {kind.value: Tally() for kind in Kind}
    for post in posts:
        for pair in pairs_of(post):
            tallies[post.kind.value].add(post.id, outcome(pair, scores))
    return tallies
