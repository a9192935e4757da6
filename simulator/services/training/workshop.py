"""Train heads from folders and write them down with their data sheets."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from simulator.scoring import Ruleset
from simulator.scoring.agreement.corpus import Corpus, CorpusError, LabelledPost, post_from_json
from simulator.scoring.agreement.judging import Fold, Judge, JudgeForFold, judge_of
from simulator.scoring.heads import LinearHead, head_to_json
from simulator.services.evaluation import read_corpus
from simulator.services.training.data_sheet import data_sheet
from simulator.services.training.triage import TriageTrainer
from simulator.services.training.vectors import WordVectors, learn_vectors

EXTRA = Path("extra") / "triage_own.jsonl"
"""Posts that are trained on and never judged on, inside the corpus folder."""
SHORTEST = 25
"""Cells of fewer characters are labels and not texts."""


class NotInstalledError(Exception):
    """Say that training needs packages that running does not."""


@dataclass(frozen=True, slots=True)
class Material:
    """What heads are trained on: the corpus, the extra posts and vectors from plain texts. `texts` counts those."""

    corpus: Corpus
    extra: tuple[LabelledPost, ...]
    vectors: WordVectors | None
    texts: int


def read_material(corpus: Path, data: Path | None, seed: int) -> Material:
    """Read the folders. Raises NotInstalledError, or CorpusError where a line can't be used."""
    if find_spec("sklearn") is None:
        raise NotInstalledError("Training needs scikit-learn: pip install -r requirements-train.txt")
    extra = tuple(_extra_posts(corpus / EXTRA))
    texts = [*_plain_texts(data), *(post.post.text for post in extra)] if data else []
    return Material(read_corpus(corpus), extra, learn_vectors(texts, seed) if texts else None, len(texts))


def train_triage(material: Material, ruleset: Ruleset, seed: int) -> dict[str, LinearHead]:
    """Return the heads for sorting, trained on everything."""
    return _trainer(material, ruleset, seed).train([post.id for post in (*material.corpus.posts, *material.extra)])


TRAINERS: Mapping[str, Callable[[Material, Ruleset, int], dict[str, LinearHead]]] = {"triage": train_triage}
"""What can be trained by name; each gives heads in memory."""


def train_heads(corpus: Path, data: Path | None, output: Path, ruleset: Ruleset, seed: int, only: str | None = None) -> list[Path]:
    """Train, and write each head with its data sheet to `output`; return the heads' files."""
    material = read_material(corpus, data, seed)
    output.mkdir(parents=True, exist_ok=True)
    written = []
    for name, trained in TRAINERS.items():
        if only in (None, name):
            for head in trained(material, ruleset, seed).values():
                path = output / f"{head.name}.json"
                path.write_text(head_to_json(head), encoding="utf-8")
                path.with_suffix(".md").write_text(
                    data_sheet(head, material.corpus, len(material.extra), material.texts, seed), encoding="utf-8"
                )
                written.append(path)
    return written


def triage_judge_for_fold(material: Material, ruleset: Ruleset, seed: int) -> JudgeForFold:
    """Return the judge whose triage heads never saw the posts of the fold it judges; other heads stay as `ruleset` has them."""
    trainer = _trainer(material, ruleset, seed)

    def judge(fold: Fold) -> Judge:
        seen = [post.id for post in (*material.corpus.posts, *material.extra) if post.id not in fold.posts]
        heads = trainer.train(seen)
        return judge_of(with_triage_heads(ruleset, heads))

    return judge


def with_triage_heads(ruleset: Ruleset, heads: Mapping[str, LinearHead]) -> Ruleset:
    """Return `ruleset` sorting with `heads`."""
    return replace(ruleset, triage=replace(ruleset.triage, heads=heads), heads={**ruleset.heads, **heads})


def _trainer(material: Material, ruleset: Ruleset, seed: int) -> TriageTrainer:
    posts: Sequence[LabelledPost] = (*material.corpus.posts, *material.extra)
    return TriageTrainer(posts, ruleset.triage, material.vectors, seed)


def _extra_posts(path: Path) -> Iterator[LabelledPost]:
    if not path.is_file():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            yield post_from_json(json.loads(line), path.name)
        except json.JSONDecodeError as error:
            raise CorpusError(f"{path.name}:{number}: not JSON: {error.msg}") from error


def _plain_texts(folder: Path) -> Iterator[str]:
    csv.field_size_limit(10_000_000)
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield from (cell for cell in row.values() if isinstance(cell, str) and len(cell) > SHORTEST and " " in cell)
