"""Measure everything at once: judge and baselines, on all posts, on those the rules were developed on, on the others, by file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from simulator.scoring.agreement import baselines
from simulator.scoring.agreement.bootstrap import TIMES, Bootstrap
from simulator.scoring.agreement.corpus import Corpus, LabelledPost, ReplyKey, Tier, mean_ratings
from simulator.scoring.agreement.figures import Figure, Tally, rank_moments
from simulator.scoring.agreement.gaming import Attempt, borrowed_replies, gaming_attempts, judge_attempts, tally_borrowed, tally_gaming
from simulator.scoring.agreement.hardest import HardCase, hardest_cases
from simulator.scoring.agreement.judging import Fold, Judge, JudgeForFold, Verdicts, judge_corpus, split, split_by_file
from simulator.scoring.agreement.pairs import tally_edits, tally_kinds, tally_pairs
from simulator.scoring.agreement.quality import (
    RATED_FIGURES,
    Reports,
    Scored,
    beside_authors,
    beside_raters,
    rater_beside_rater,
    tally_capped,
    tally_flaws_named,
    tally_wrongly_capped,
)
from simulator.scoring.agreement.sorting import (
    Bin,
    KindRow,
    Sortings,
    calibration,
    confusion,
    tally_false_alarms,
    tally_risks,
    tally_sorting,
)
from simulator.scoring.model import Report

ALL_POSTS = "all"
DEVELOPED = "developed on"
HELD_OUT = "held out"
SURE = (ALL_POSTS, DEVELOPED, HELD_OUT)
"""The parts whose figures get intervals."""
JUDGE = "the judge"
TOLD = "the judge, told the kind of post"

Key = tuple[str, str, str]
"""What is measured: the family, who is measured, and the question, code or dimension."""
Measured = dict[Key, dict[str, Figure]]
"""For each key a figure for each part of the corpus."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How to measure: `seed` draws and deals, `training` says in a sentence what was trained and on what, empty where nothing was.

    With `by_file` each file is a fold, else posts are dealt into `folds`. `options` are the command's, to make the page again.
    """

    seed: int
    folds: int
    training: str = ""
    times: int = TIMES
    by_file: bool = False
    options: str = ""


@dataclass(frozen=True, slots=True)
class Study:
    """All figures of one evaluation, and the cases worth reading.

    `strict` is the same on the held-out files alone, each judged by heads that saw nothing of it; None where it wasn't made.
    """

    setting: Setting
    corpus: Corpus
    fingerprint: str
    scorers: tuple[str, ...]
    figures: Measured
    confusion: tuple[KindRow, ...]
    calibration: Mapping[str, Sequence[tuple[Bin, Figure]]]
    gaming: tuple[tuple[Attempt, Report], ...]
    hardest: tuple[HardCase, ...]
    strict: Study | None = None

    @property
    def deciding(self) -> Study:
        """Return the study whose figures decide about the levels: the strict one where there is one."""
        return self.strict or self

    def figure(self, family: str, who: str, what: str, part: str = ALL_POSTS) -> Figure | None:
        """Return one figure; None where this was not measured on `part`."""
        return self.figures.get((family, who, what), {}).get(part)


def parts_of(corpus: Corpus) -> dict[str, tuple[LabelledPost, ...]]:
    """Return all posts, those of files that the rules were developed on, the others, and each file."""
    parts = {
        ALL_POSTS: corpus.posts,
        DEVELOPED: tuple(post for post in corpus.posts if post.file in corpus.developed_on),
        HELD_OUT: tuple(post for post in corpus.posts if post.file not in corpus.developed_on),
    }
    return parts | {name: tuple(post for post in corpus.posts if post.file == name) for name in corpus.files}


def run_study(corpus: Corpus, judge_for_fold: JudgeForFold, setting: Setting, sentiment: Callable[[str], float] | None = None) -> Study:
    """Judge the whole corpus fold by fold and measure it. `sentiment` is the baseline of that name, left out where None.

    `judge_for_fold` is asked once for each fold, so it may train.
    """
    folds = split_by_file(corpus.posts) if setting.by_file else split(corpus.posts, setting.folds, setting.seed)
    judges = {fold: judge_for_fold(fold) for fold in folds}
    verdicts = judge_corpus(corpus, judges)
    told = judge_corpus(corpus, judges, told=True)
    measure = _Measure(corpus, Bootstrap(setting.seed, setting.times))
    scorers = {JUDGE: verdicts.totals, TOLD: told.totals} | _baselines(corpus, folds, sentiment)
    for who, scores in scorers.items():
        measure.pairs(who, scores)
    measure.quality(verdicts.reports)
    measure.ratings(verdicts.reports)
    measure.sorting(verdicts.sortings)
    gaming = _gaming(corpus, judges, verdicts, measure, setting.seed)
    return Study(
        setting=setting,
        corpus=corpus,
        fingerprint=next((report.fingerprint for report in verdicts.reports.values()), ""),
        scorers=tuple(scorers),
        figures=measure.figures,
        confusion=tuple(confusion(corpus.posts, verdicts.sortings)),
        calibration=measure.calibration(verdicts.sortings),
        gaming=gaming,
        hardest=tuple(hardest_cases(corpus.posts, verdicts)),
    )


def _baselines(corpus: Corpus, folds: Sequence[Fold], sentiment: Callable[[str], float] | None) -> dict[str, Mapping[ReplyKey, float]]:
    scores: dict[str, Mapping[ReplyKey, float]] = {
        baselines.LENGTH: baselines.by_length(corpus.posts),
        baselines.OVERLAP: baselines.by_overlap(corpus.posts),
    }
    if sentiment:
        scores[baselines.SENTIMENT] = baselines.by_sentiment(corpus.posts, sentiment)
    return scores | {baselines.NGRAMS: baselines.by_ngrams(corpus.posts, folds)}


def _gaming(
    corpus: Corpus, judges: Mapping[Fold, Judge], verdicts: Verdicts, measure: _Measure, seed: int
) -> tuple[tuple[Attempt, Report], ...]:
    """Judge gaming attempts and borrowed replies, each by the judge of its post's fold."""
    attempts, borrowed = gaming_attempts(corpus.replied, seed), borrowed_replies(corpus.replied, seed)
    judged: list[tuple[Attempt, Report]] = []
    own = Tally()
    for fold, judge in judges.items():
        judged += judge_attempts([attempt for attempt in attempts if attempt.post.id in fold.posts], judge)
        own.merge(tally_borrowed([row for row in borrowed if row[0].id in fold.posts], verdicts.totals, judge))
    for name, tally in tally_gaming(judged).items():
        measure.note(("gaming", JUDGE, name), ALL_POSTS, tally)
    measure.note(("borrowed", JUDGE, "all"), ALL_POSTS, own)
    return tuple(judged)


class _Measure:
    """Collect figures for every part of the corpus."""

    def __init__(self, corpus: Corpus, bootstrap: Bootstrap) -> None:
        self._corpus = corpus
        self._parts = parts_of(corpus)
        self._bootstrap = bootstrap
        self.figures: Measured = {}

    def note(self, key: Key, part: str, tally: Tally) -> None:
        """Keep the share of `tally` unless it is empty; single files get no interval, they are too small for one."""
        if tally:
            figure = self._bootstrap.share(tally) if part in SURE else Figure(tally.share, None, None, tally.cases)
            self.figures.setdefault(key, {})[part] = figure

    def _note_all(self, family: str, who: str, part: str, tallies: Mapping[str, Tally]) -> None:
        for name, tally in tallies.items():
            self.note((family, who, name), part, tally)

    def _correlate(self, key: Key, part: str, rows: Iterable[Scored]) -> None:
        moments = rank_moments(rows)
        if moments:
            self.figures.setdefault(key, {})[part] = self._bootstrap.spearman(moments)

    def pairs(self, who: str, scores: Mapping[ReplyKey, float]) -> None:
        """Measure the order of replies."""
        for part, posts in self._parts.items():
            self._note_all("pairs", who, part, tally_pairs(posts, scores))
            self._note_all("edits", who, part, tally_edits(posts, scores))
            self._note_all("kinds", who, part, tally_kinds(posts, scores))

    def quality(self, reports: Reports) -> None:
        """Measure the flaws that are named and the totals that are capped."""
        for part, posts in self._parts.items():
            self._note_all("flaws", JUDGE, part, tally_flaws_named(posts, reports))
            self._note_all("capped", JUDGE, part, tally_capped(posts, reports))
            for tier in Tier:
                self.note(("wrongly capped", JUDGE, tier.name.lower()), part, tally_wrongly_capped(posts, reports, tier))

    def ratings(self, reports: Reports) -> None:
        """Measure how scores follow ratings: of the blind raters, of the authors, and the raters among themselves."""
        means = mean_ratings(self._corpus.ratings)
        for name in RATED_FIGURES:
            self._correlate(("raters", JUDGE, name), ALL_POSTS, beside_raters(means, reports, name))
            self._correlate(("raters", "each other", name), ALL_POSTS, rater_beside_rater(self._corpus.ratings, name))
            for part, posts in self._parts.items():
                self._correlate(("authors", JUDGE, name), part, beside_authors(posts, reports, name))

    def sorting(self, sortings: Sortings) -> None:
        """Measure how posts are sorted."""
        for part, posts in self._parts.items():
            self._note_all("sorting", JUDGE, part, tally_sorting(posts, sortings))
            self._note_all("risks", JUDGE, part, tally_risks(posts, sortings))
            self.note(("false alarms", JUDGE, "all"), part, tally_false_alarms(posts, sortings))

    def calibration(self, sortings: Sortings) -> dict[str, list[tuple[Bin, Figure]]]:
        """Return the bins of confidence for all posts and for both halves, each with its share of right answers."""
        return {part: [(one, self._bootstrap.share(one.right)) for one in calibration(self._parts[part], sortings)] for part in SURE}
