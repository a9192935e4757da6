"""Train the heads from the command line: labelled text in, small files of weights and their data sheets out."""

from __future__ import annotations

from pathlib import Path

import click
from flask import Flask

from simulator.cli.scoring import scoring
from simulator.scoring import load_ruleset
from simulator.scoring.agreement.corpus import CorpusError
from simulator.scoring.heads import HEADS
from simulator.services.training.wording import RUDE, write_wording
from simulator.services.training.workshop import SEED, NotInstalledError, plain_texts, train_heads

PROJECT = Path(__file__).resolve().parents[2]


def register_training(app: Flask) -> None:
    """Put `flask scoring train` beside the other commands about the judge."""
    if "scoring" not in app.cli.commands:
        app.cli.add_command(scoring)


@scoring.command("train", with_appcontext=False)
@click.option("--corpus", type=click.Path(exists=True, file_okay=False, path_type=Path), default=PROJECT / "corpus", help="Labelled posts.")
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=None,
    help="Folder of *.csv with plain texts to learn words from.",
)
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), default=HEADS, help="Where heads and data sheets go.")
@click.option("--seed", type=int, default=SEED, show_default=True)
def train(corpus: Path, data: Path | None, output: Path, seed: int) -> None:
    """Train the heads anew. The same folders and seed give the same weights."""
    try:
        written = train_heads(corpus, data, output, load_ruleset(heads={}), seed)
    except (NotInstalledError, CorpusError) as error:
        raise click.ClickException(str(error)) from error
    for path in written:
        click.echo(f"{path.name}  {path.stat().st_size / 1000:,.0f} kB")


@scoring.command("train-wording", with_appcontext=False)
@click.argument("replies", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="Folder of *.csv with plain texts to count words in.",
)
def train_wording(replies: tuple[Path, ...], data: Path) -> None:
    """Count which words stand side by side in these files of REPLIES and in plain texts. The same files give the same table."""
    path = write_wording(replies, list(plain_texts(data, leave_out=RUDE)))
    click.echo(f"{path.name}  {path.stat().st_size / 1000:,.0f} kB")
