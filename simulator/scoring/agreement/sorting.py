"""Count how well posts are sorted: kind, action, urgency, department, the risks that must not be missed, and honest confidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from simulator.scoring.agreement.corpus import LabelledPost
from simulator.scoring.agreement.figures import Tally
from simulator.scoring.model import Triage
from simulator.scoring.vocabulary import Kind, Urgency

KIND = "kind (or another that a fair lead could choose)"
KIND_STRICT = "kind, the author's first choice only"
KIND_EITHER = "kind, counting “unsure: A or B” as right where either is"
ACTION = "acceptable action"
URGENCY = "urgency"
URGENCY_NEAR = "urgency, one step off allowed"
DEPARTMENT = "department"
ASKED = (KIND, KIND_STRICT, KIND_EITHER, ACTION, URGENCY, URGENCY_NEAR, DEPARTMENT)
RISKS = (Kind.SAFETY, Kind.LEGAL_THREAT, Kind.SELF_HARM, Kind.VIOLENCE_THREAT, Kind.PERSONAL_DATA, Kind.PRESS)
EDGES = (0.0, 0.25, 0.4, 0.55, 0.7, 0.85, 0.95)

Sortings = Mapping[str, Triage]


def fair_kinds(post: LabelledPost) -> set[Kind]:
    """Return the kinds that count as right."""
    return {post.kind, *post.also}


def tally_sorting(posts: Iterable[LabelledPost], sortings: Sortings) -> dict[str, Tally]:
    """Return a tally for each thing asked of the sorting."""
    tallies = {asked: Tally() for asked in ASKED}
    steps = list(Urgency)
    for post in posts:
        found = sortings[post.id]
        fair = fair_kinds(post)
        right = {
            KIND: found.kind in fair,
            KIND_STRICT: found.kind is post.kind,
            KIND_EITHER: bool(fair & {found.kind, found.or_kind}),
            ACTION: found.action in post.actions,
            URGENCY: found.urgency is post.urgency,
            URGENCY_NEAR: abs(steps.index(found.urgency) - steps.index(post.urgency)) <= 1,
            DEPARTMENT: found.contact is post.department,
        }
        for asked, tally in tallies.items():
            tally.add(post.id, right[asked])
    return tallies


def tally_risks(posts: Iterable[LabelledPost], sortings: Sortings) -> dict[str, Tally]:
    """Return how often a post of a risk kind is sorted as it (or as another fair kind): `all`, and by kind."""
    tallies = {"all": Tally(), **{kind.value: Tally() for kind in RISKS}}
    for post in posts:
        if post.kind in RISKS:
            for name in ("all", post.kind.value):
                tallies[name].add(post.id, sortings[post.id].kind in fair_kinds(post))
    return tallies


def tally_false_alarms(posts: Iterable[LabelledPost], sortings: Sortings) -> Tally:
    """Return how many of the posts for which no risk kind is fair were sorted as one."""
    tally = Tally()
    for post in posts:
        if not fair_kinds(post) & set(RISKS):
            tally.add(post.id, sortings[post.id].kind in RISKS)
    return tally


@dataclass(frozen=True, slots=True)
class KindRow:
    """How posts of one kind were sorted: `taken_for` counts every wrong answer; precision counts fair answers as right."""

    kind: Kind
    posts: int
    right: int
    fair: int
    called: int
    called_fairly: int
    taken_for: tuple[tuple[Kind, int], ...]


def confusion(posts: Iterable[LabelledPost], sortings: Sortings) -> list[KindRow]:
    """Return one row for each kind that is there, in the rubric's order."""
    listed = list(posts)
    rows = []
    for kind in Kind:
        mine = [post for post in listed if post.kind is kind]
        called = [post for post in listed if sortings[post.id].kind is kind]
        wrong = Counter(sortings[post.id].kind for post in mine if sortings[post.id].kind is not kind)
        if mine or called:
            rows.append(
                KindRow(
                    kind=kind,
                    posts=len(mine),
                    right=sum(sortings[post.id].kind is kind for post in mine),
                    fair=sum(sortings[post.id].kind in fair_kinds(post) for post in mine),
                    called=len(called),
                    called_fairly=sum(kind in fair_kinds(post) for post in called),
                    taken_for=tuple(sorted(wrong.items(), key=lambda item: (-item[1], item[0]))),
                )
            )
    return rows


@dataclass(frozen=True, slots=True)
class Bin:
    """Posts whose confidence lies in [low, high): how sure the judge was on average, and how often it was right."""

    low: float
    high: float
    posts: int
    confidence: float
    right: Tally


def calibration(posts: Iterable[LabelledPost], sortings: Sortings) -> list[Bin]:
    """Return the bins of confidence that have posts in them, from unsure to sure."""
    listed = list(posts)
    bins = []
    for low, high in zip(EDGES, (*EDGES[1:], 1.01), strict=True):
        mine = [post for post in listed if low <= sortings[post.id].confidence < high]
        if mine:
            tally = Tally()
            for post in mine:
                tally.add(post.id, sortings[post.id].kind in fair_kinds(post))
            bins.append(Bin(low, min(high, 1.0), len(mine), sum(sortings[post.id].confidence for post in mine) / len(mine), tally))
    return bins


def calibration_error(bins: Iterable[Bin]) -> float | None:
    """Return the expected calibration error: the mean gap between confidence and being right, weighted by posts."""
    listed = list(bins)
    posts = sum(one.posts for one in listed)
    return sum(one.posts * abs(one.confidence - (one.right.share or 0.0)) for one in listed) / posts if posts else None
