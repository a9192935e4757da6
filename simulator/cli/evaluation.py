"""Measure the judge from the command line: how far it agrees with the corpus, and how fast it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time

import click

from simulator.scoring import Ruleset, RulesetError, load_ruleset
from simulator.scoring.agreement.corpus import Corpus, CorpusError
from simulator.scoring.agreement.judging import JudgeForFold
from simulator.scoring.agreement.levels import judged_part, verdicts
from simulator.scoring.agreement.pairs import QUESTIONS
from simulator.scoring.agreement.study import ALL_POSTS, DEVELOPED, HELD_OUT, Setting, Study
from simulator.scoring.agreement.tables import NONE, full, plain
from simulator.services.evaluation import (
    as_shipped,
    evaluate,
    judge_for_every_fold,
    read_corpus,
    same_posts,
    sentiment_scorer,
    trained_anew,
)
from simulator.services.speed import measure_paces, measure_start
from simulator.services.training.workshop import SEED, NotInstalledError, heads_judge_for_fold, read_material

PROJECT = Path(__file__).resolve().parents[2]
CORPUS = PROJECT / "corpus"
OUTPUT = PROJECT / "docs" / "agreement.md"
BY_POST, BY_FILE, BY_BOTH = "post", "file", "both"

_corpus_option = click.option(
    "--corpus",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=CORPUS,
    help="Folder; the project's own by default.",
)


@click.command("evaluate")
@_corpus_option
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), default=OUTPUT, help="Document to write; docs/agreement.md by default."
)
@click.option("--seed", type=int, default=1, show_default=True, help="Decides folds, gaming attempts and bootstrap draws.")
@click.option("--folds", type=click.IntRange(2, 100), default=5, show_default=True, help="Parts that posts are dealt into.")
@click.option(
    "--by",
    type=click.Choice([BY_POST, BY_FILE, BY_BOTH]),
    default=BY_BOTH,
    show_default=True,
    help="What trained heads must not have seen: the post; its whole file; or by post and, for held-out files, by file as well.",
)
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=None,
    help="Folder of *.csv with plain texts, as for scoring train.",
)
@click.option("--as-shipped", "shipped", is_flag=True, help="Don't train anew: judge with the shipped heads, which flatters them.")
def evaluate_judge(folder: Path, output: Path, seed: int, folds: int, by: str, data: Path | None, shipped: bool) -> None:
    """Measure how far the judge agrees with a labelled corpus; print the levels and write the document.

    Trained heads are trained anew for each fold, which needs scikit-learn (requirements-train.txt) and some minutes.
    """
    corpus, ruleset = _read(folder)
    sentiment = sentiment_scorer()
    known = folder.resolve() == CORPUS or (CORPUS.is_dir() and same_posts(corpus, read_corpus(CORPUS)))
    if shipped or not known or not ruleset.heads:
        options = " --as-shipped" if shipped else ""
        setting = Setting(seed, folds, as_shipped(ruleset, known=known), options=options)
        study = evaluate(corpus, setting, judge_for_every_fold(ruleset), output=output, sentiment=sentiment)
    else:
        setting, judge_for_fold = _cross_validation(folder, ruleset, Setting(seed, folds, by_file=by == BY_FILE), by, data)
        study = evaluate(corpus, setting, judge_for_fold, strict=by == BY_BOTH, output=output, sentiment=sentiment)
    _print_levels(study)
    _print_pairs(study)
    if sentiment is None:
        click.echo("vaderSentiment is not installed (pip install -r requirements-train.txt): the sentiment baseline is left out.")
    click.echo(f"Written: {output}")


def _cross_validation(folder: Path, ruleset: Ruleset, setting: Setting, by: str, data: Path | None) -> tuple[Setting, JudgeForFold]:
    try:
        material = read_material(folder, data, SEED)
    except NotInstalledError as error:
        raise click.ClickException(f"{error}\nWithout it, --as-shipped judges with the shipped heads, which flatters them.") from error
    except CorpusError as error:
        raise click.ClickException(str(error)) from error
    if setting.by_file and len(material.corpus.files) < 2:
        raise click.ClickException(f"{folder}: --by file needs at least two files, one to train on and one to judge.")
    training = trained_anew(setting, extra=len(material.extra), replies_only=len(material.replies_only), texts=material.texts)
    options = f" --by {by}" + (" --data <folder of plain texts>" if material.texts else "")
    return replace(setting, training=training, options=options), heads_judge_for_fold(material, ruleset, SEED)


def _read(folder: Path) -> tuple[Corpus, Ruleset]:
    try:
        return read_corpus(folder), load_ruleset()
    except (CorpusError, RulesetError, OSError, UnicodeDecodeError) as error:
        raise click.ClickException(str(error)) from error


def _print_levels(study: Study) -> None:
    click.echo(f"{'':66}{'all':>8}{'developed':>11}{'held out':>10}{'file out':>10}  {'at least':>8}  verdict (on)")
    for level, verdict in verdicts(study):
        on = judged_part(study.deciding, level)
        values = [plain(study.figure(*level.key, part)) for part in (ALL_POSTS, DEVELOPED, HELD_OUT)]
        values.append(plain(study.strict.figure(*level.key, on)) if study.strict else NONE)
        where = f"{on}, file left out" if study.strict else on
        shown = f"{values[0]:>8}{values[1]:>11}{values[2]:>10}{values[3]:>10}"
        click.echo(f"{level.title:66}{shown}  {level.least:>8.2f}  {verdict} ({where})")


def _print_pairs(study: Study) -> None:
    click.echo()
    for question in QUESTIONS:
        click.echo(f"{question}, all posts:")
        for who in study.scorers:
            click.echo(f"  {who:34}{full(study.figure('pairs', who, question))}")


@click.command("bench")
@click.option("--seconds", type=click.FloatRange(0.05, 600), default=5.0, show_default=True, help="How long to measure each thing.")
@_corpus_option
def bench(seconds: float, folder: Path) -> None:
    """Measure speed and memory: full reports of single drafts and of many at once, textstat and VADER on the same texts."""
    corpus, ruleset = _read(folder)
    sentiment = sentiment_scorer()
    click.echo(f"{'':48}{'runs':>8}{'per second':>12}{'median ms':>11}{'p99 ms':>9}")
    for pace in measure_paces(corpus, ruleset, seconds, wall=perf_counter, processor=process_time, sentiment=sentiment):
        median, p99 = ("–" if ms is None else f"{ms:.3f}" for ms in (pace.median_ms, pace.p99_ms))
        click.echo(f"{pace.what:48}{pace.runs:>8,}{pace.per_second:>12,.0f}{median:>11}{p99:>9}")
    start = measure_start(corpus)
    click.echo(
        f"Fresh process: engine import {start.import_s:.2f} s ({start.import_used_s:.2f} s of processor time),"
        f" packs {start.ruleset_s:.2f} s ({start.ruleset_used_s:.2f} s), peak memory after {start.replies} reports {start.peak_mb:.0f} MB."
    )
    click.echo("Full reports in all but the last rows; all texts are replies of the corpus. “A new post each”: nothing of the post is kept")
    click.echo(
        "from an earlier reply; “known”: another draft was judged under it before, as while typing. “At once”: score_many, which takes the"
    )
    click.echo("replies to a post together, as score --jsonl does with a file.")
    click.echo("“Per second” counts processor time of one core; latencies are wall time.")
    if sentiment is None:
        click.echo("vaderSentiment is not installed: its row is left out.")
