"""Find the cases that the judge gets most wrong, and say what it saw and what it missed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from simulator.scoring.agreement.corpus import LabelledPost
from simulator.scoring.agreement.judging import Verdicts
from simulator.scoring.agreement.pairs import Pair, pairs_of
from simulator.scoring.agreement.quality import costing
from simulator.scoring.model import Finding, Report
from simulator.scoring.vocabulary import VIRTUES, Kind

MOST = 10


@dataclass(frozen=True, slots=True)
class HardCase:
    """A pair in the wrong order. `held_against` cost the better reply most; `missed` are flaws of the worse that no finding names."""

    post: LabelledPost
    pair: Pair
    better_total: float
    worse_total: float
    sorted_as: Kind
    held_against: tuple[Finding, ...]
    credited: tuple[Finding, ...]
    missed: tuple[str, ...]
    named: tuple[str, ...]


def hardest_cases(posts: Iterable[LabelledPost], verdicts: Verdicts, most: int = MOST) -> list[HardCase]:
    """Return the worst pair of each post, by points in the wrong direction times tiers apart, at most `most` of them."""
    worst: list[tuple[float, Pair, LabelledPost]] = []
    totals = verdicts.totals
    for post in posts:
        wrong = [((totals[pair.worse] - totals[pair.better]) * pair.gap, pair) for pair in pairs_of(post)]
        size, pair = max(wrong, key=lambda item: item[0], default=(0.0, None))
        if pair and size > 0:
            worst.append((size, pair, post))
    worst.sort(key=lambda item: (-item[0], item[1].better))
    return [_case(post, pair, verdicts) for _, pair, post in worst[:most]]


def _case(post: LabelledPost, pair: Pair, verdicts: Verdicts) -> HardCase:
    better, worse = verdicts.reports[pair.better], verdicts.reports[pair.worse]
    codes = {finding.code for finding in worse.findings}
    true = post.replies[pair.worse[1]].flaws
    return HardCase(
        post=post,
        pair=pair,
        better_total=better.total,
        worse_total=worse.total,
        sorted_as=better.triage.kind,
        held_against=tuple(costing(better, 2)),
        credited=_earning(worse),
        missed=tuple(code for code in true if code not in codes),
        named=tuple(code for code in true if code in codes),
    )


def _earning(report: Report) -> tuple[Finding, ...]:
    earned = [finding for finding in report.findings if finding.points > 0 and finding.code in VIRTUES]
    return tuple(sorted(earned, key=lambda finding: -finding.points)[:2])
