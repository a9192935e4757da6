"""Count what a report must get right besides the order: the flaw it names, what it blocks, and how its scores follow the raters'."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from simulator.scoring.agreement.corpus import OVERALL, RATED, LabelledPost, LabelledReply, Rating, ReplyKey, Tier
from simulator.scoring.agreement.figures import Tally
from simulator.scoring.model import Finding, Report
from simulator.scoring.vocabulary import Dimension

CAP = 20.0
CAPPED = ("insult", "profanity", "pii_in_public", "liability_admission", "feeds_troll")
"""Flaws of the rubric's blockers that must cap the total."""
SHOWN = 3
RATED_FIGURES = (OVERALL, *RATED)

Reports = Mapping[ReplyKey, Report]
Scored = tuple[str, float, float]
"""A post's id and two values for one of its replies."""


def costing(report: Report, most: int = SHOWN) -> list[Finding]:
    """Return the findings that cost most points of the total, dearest first."""
    return sorted((finding for finding in report.findings if finding.points < 0), key=lambda finding: finding.points)[:most]


def dearest_codes(report: Report, most: int = SHOWN) -> list[str]:
    """Return the codes that cost most points of the total, dearest first: what a report's fixes are about."""
    costs: dict[str, float] = {}
    for finding in report.findings:
        if finding.points < 0:
            costs[finding.code] = costs.get(finding.code, 0.0) + finding.points
    return sorted(costs, key=lambda code: (costs[code], code))[:most]


def _replies(posts: Iterable[LabelledPost]) -> Iterator[tuple[ReplyKey, LabelledReply]]:
    for post in posts:
        for index, reply in enumerate(post.replies):
            yield (post.id, index), reply


def tally_flaws_named(posts: Iterable[LabelledPost], reports: Reports) -> dict[str, Tally]:
    """Return, over replies with a flaw, how often a true one is among the three codes that cost most: `all`, and by flaw for itself."""
    tallies = {"all": Tally()}
    for key, reply in _replies(posts):
        if not reply.flaws:
            continue
        named = set(dearest_codes(reports[key]))
        tallies["all"].add(key[0], bool(named & set(reply.flaws)))
        for code in reply.flaws:
            tallies.setdefault(code, Tally()).add(key[0], code in named)
    return dict(sorted(tallies.items(), key=lambda item: (item[0] != "all", -item[1].cases, item[0])))


def tally_capped(posts: Iterable[LabelledPost], reports: Reports) -> dict[str, Tally]:
    """Return how often replies with a capping flaw stay at 20 points or less: `all`, and by flaw."""
    tallies = {"all": Tally(), **{code: Tally() for code in CAPPED}}
    for key, reply in _replies(posts):
        codes = set(reply.flaws) & set(CAPPED)
        for name in (["all"] if codes else []) + sorted(codes):
            tallies[name].add(key[0], reports[key].total <= CAP)
    return tallies


def tally_wrongly_capped(posts: Iterable[LabelledPost], reports: Reports, tier: Tier) -> Tally:
    """Return how many replies of `tier` a blocker hit."""
    tally = Tally()
    for key, reply in _replies(posts):
        if reply.tier is tier:
            tally.add(key[0], bool(reports[key].blockers))
    return tally


def score_of(report: Report, name: str) -> float | None:
    """Return the total for `overall`, else the dimension's score; None where it does not apply."""
    return report.total if name == OVERALL else report.dimensions[Dimension(name)].score


def beside_raters(means: Mapping[ReplyKey, Mapping[str, float]], reports: Reports, name: str) -> list[Scored]:
    """Return the judge's score and the raters' mean for each reply where both find that `name` applies."""
    return _beside(((key, given.get(name)) for key, given in means.items()), reports, name)


def beside_authors(posts: Iterable[LabelledPost], reports: Reports, name: str) -> list[Scored]:
    """Return the judge's score and the author's rating for each reply that its author rated."""
    rated = ((key, reply.author_ratings.get(name)) for key, reply in _replies(posts) if reply.author_ratings)
    return _beside(rated, reports, name)


def _beside(rated: Iterable[tuple[ReplyKey, float | None]], reports: Reports, name: str) -> list[Scored]:
    found = []
    for key, given in rated:
        score = score_of(reports[key], name) if key in reports else None
        if score is not None and given is not None:
            found.append((key[0], score, given))
    return found


def rater_beside_rater(ratings: Sequence[Rating], name: str) -> list[Scored]:
    """Return, for every two raters of a reply who both find that `name` applies, what one and the other gave."""
    by_key: dict[ReplyKey, list[tuple[str, float]]] = {}
    for rating in ratings:
        value = rating.ratings.get(name)
        if value is not None:
            by_key.setdefault(rating.key, []).append((rating.rater, value))
    found = []
    for key, given in by_key.items():
        given.sort()
        found += [(key[0], one, other) for place, (_, one) in enumerate(given) for _, other in given[place + 1 :]]
    return found
