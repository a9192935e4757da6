"""Read a corpus folder, let the judge judge it, and write down how far they agree."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from simulator.scoring import Ruleset
from simulator.scoring.agreement.corpus import Corpus, CorpusError, LabelledPost, Rating, post_from_json, rating_from_row
from simulator.scoring.agreement.document import agreement_document
from simulator.scoring.agreement.judging import JudgeForFold, judge_of
from simulator.scoring.agreement.study import Setting, Study, run_study

DEVELOPED_ON = frozenset({"train_d.jsonl", "train_e.jsonl", "train_f.jsonl", "triage_train.jsonl"})
"""Files of our corpus that rules and weights were looked at and tuned on; the others were held out from whoever wrote the rules."""


def read_corpus(folder: Path) -> Corpus:
    """Read every `*.jsonl` and `ratings_*.csv` of `folder`. Raises CorpusError naming file and line where one can't be used."""
    posts: list[LabelledPost] = []
    for path in sorted(folder.glob("*.jsonl")):
        posts += _read_posts(path)
    if not posts:
        raise CorpusError(f"{folder}: there is no corpus here (no *.jsonl with a line in it)")
    seen: set[str] = set()
    for post in posts:
        if post.id in seen:
            raise CorpusError(f"{post.file}: {post.id}: this id stands twice")
        seen.add(post.id)
    ratings = [rating for path in sorted(folder.glob("ratings_*.csv")) for rating in _read_ratings(path)]
    keys = {(post.id, index) for post in posts for index in range(len(post.replies))}
    unknown = sorted({rating.key for rating in ratings} - keys)
    if unknown:
        raise CorpusError(f"ratings of replies that are not in the corpus: {unknown[:3]}")
    return Corpus(tuple(posts), tuple(ratings), DEVELOPED_ON)


def _read_posts(path: Path) -> list[LabelledPost]:
    posts = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            raw = json.loads(line)
        except json.JSONDecodeError as error:
            raise CorpusError(f"{path.name}:{number}: not JSON: {error.msg}") from error
        if not isinstance(raw, dict):
            raise CorpusError(f"{path.name}:{number}: not an object")
        posts.append(post_from_json(raw, path.name))
    return posts


def _read_ratings(path: Path) -> list[Rating]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    try:
        return [rating_from_row(row) for row in rows]
    except (KeyError, ValueError) as error:
        raise CorpusError(f"{path.name}: {error.__class__.__name__}: {error}") from error


def sentiment_scorer() -> Callable[[str], float] | None:
    """Return VADER's compound score as a function, or None where `vaderSentiment` is not installed."""
    if find_spec("vaderSentiment") is None:
        return None
    analyser = import_module("vaderSentiment.vaderSentiment").SentimentIntensityAnalyzer()
    return lambda text: float(analyser.polarity_scores(text)["compound"])


def judge_for_every_fold(ruleset: Ruleset) -> JudgeForFold:
    """Return the same judge for each fold: rules alone have nothing trained that could have seen a post."""
    judge = judge_of(ruleset)
    return lambda fold: judge


def as_shipped(ruleset: Ruleset, *, known: bool) -> str:
    """Return what must be said of heads that are judged as they were shipped; empty where there is none.

    `known` tells whether the shipped heads were trained on posts of this corpus.
    """
    if not ruleset.heads:
        return ""
    names = ", ".join(sorted(ruleset.heads))
    if known:
        return (
            f"**As shipped, not cross-validated: the trained heads ({names}) were not trained anew without each fold.** Posts that they"
            " were trained on are not new to them, so these figures flatter them and can't be published as how good the judge is."
        )
    return f"The trained heads ({names}) were judged as they are shipped: none of these posts is in the corpus that they were trained on."


def trained_anew(setting: Setting, *, extra: int, replies_only: int, texts: int) -> str:
    """Return what must be said of heads trained without each fold: with how many `extra` posts, of how many of them only
    the replies, and with how many plain `texts`.
    """
    held_back = (
        "whole files are held back in turn" if setting.by_file else f"whole posts are dealt into {setting.folds} folds, file by file"
    )
    if texts:
        vectors = f"from {texts:,} texts without labels, as in the shipped ones (data sheets: `simulator/scoring/heads/`)"
    else:
        vectors = "**left out, since no folder of plain texts was given (`--data`): where the shipped heads have them, they sort better**"
    return (
        f"**The trained heads were trained anew for every fold:** {held_back}, and the heads that judge a post never saw it nor any reply"
        f" to it. They are trained on the rest of the corpus and on {extra:,} extra posts (`corpus/extra`), of {replies_only:,} of them"
        f" only the replies; none of them is ever judged. Vectors of words for sorting are {vectors}. What is shipped is trained on"
        " everything. Rules and points are not fitted anew."
    )


def same_posts(one: Corpus, other: Corpus) -> bool:
    """Tell whether any post stands in both."""
    return not {post.post.text for post in one.posts}.isdisjoint(post.post.text for post in other.posts)


def evaluate(
    corpus: Corpus,
    setting: Setting,
    judge_for_fold: JudgeForFold,
    *,
    strict: bool = False,
    output: Path | None = None,
    sentiment: Callable[[str], float] | None = None,
) -> Study:
    """Measure `judge_for_fold` on `corpus`, with `strict` once more on held-out files left out whole; write the document to `output`."""
    study = run_study(corpus, judge_for_fold, setting, sentiment)
    if strict and len(corpus.held_out.files) > 1:
        study = replace(study, strict=run_study(corpus.held_out, judge_for_fold, replace(setting, by_file=True), sentiment))
    if output:
        output.write_text(agreement_document(study), encoding="utf-8")
    return study
