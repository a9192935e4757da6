"""Train heads from folders and write them down with their data sheets."""

from __future__ import annotations

import csv
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from simulator.scoring import Ruleset
from simulator.scoring.agreement.corpus import Corpus, CorpusError, LabelledPost, post_from_json
from simulator.scoring.agreement.judging import Fold, Judge, JudgeForFold, judge_of
from simulator.scoring.heads import LinearHead, head_to_json
from simulator.scoring.triage import sort_post
from simulator.scoring.triage_heads import join_triage_heads
from simulator.services.evaluation import read_corpus
from simulator.services.training.data_sheet import data_sheet, reply_sheet
from simulator.services.training.replies import NAME as REPLIES
from simulator.services.training.replies import RatedReply, rated_replies, train_replies
from simulator.services.training.triage import TriageTrainer
from simulator.services.training.vectors import WordVectors, learn_vectors

EXTRA = "extra"
"""Folder inside the corpus with posts, some with replies, that are trained on and never judged on."""
SEED = 7
"""The shipped heads were trained with this seed."""
REPLIES_ONLY = ("danger_", "short_")
"""Extra files whose replies alone are learnt: what their authors say of the posts made sorting worse (docs/judge-log.md)."""
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

    @property
    def posts(self) -> tuple[LabelledPost, ...]:
        """Return the posts of the corpus and the extra ones."""
        return (*self.corpus.posts, *self.extra)

    @property
    def replies_only(self) -> tuple[LabelledPost, ...]:
        """Return the extra posts that sorting is not learnt from."""
        return tuple(post for post in self.extra if post.file.startswith(REPLIES_ONLY))

    def replies(self, post_ids: Collection[str]) -> list[RatedReply]:
        """Return the replies under `post_ids`, of the corpus and under the extra posts."""
        return rated_replies([post for post in self.posts if post.id in post_ids], self.corpus.ratings)


def read_material(corpus: Path, data: Path | None, seed: int) -> Material:
    """Read the folders. Raises NotInstalledError, or CorpusError where a line can't be used."""
    if find_spec("sklearn") is None:
        raise NotInstalledError("Training needs scikit-learn: pip install -r requirements-train.txt")
    extra = tuple(post for path in sorted((corpus / EXTRA).glob("*.jsonl")) for post in _extra_posts(path))
    texts = [*plain_texts(data), *(post.post.text for post in extra)] if data else []
    return Material(read_corpus(corpus), extra, learn_vectors(texts, seed) if texts else None, len(texts))


def train_all(material: Material, trainer: TriageTrainer, ruleset: Ruleset, unseen: Collection[str] = ()) -> dict[str, LinearHead]:
    """Return the heads trained on all posts but those whose ids are `unseen`: first those that sort posts, then the one on replies."""
    ids = frozenset(post.id for post in material.posts).difference(unseen)
    unsorted = {post.id: post for post in material.replies_only if post.id in ids}
    sorting, kinds = trainer.train([post.id for post in material.posts if post.id in ids and post.id not in unsorted])
    judging = with_heads(ruleset, sorting)
    kinds |= {one: sort_post(post.post, post.context, judging.triage).kinds for one, post in unsorted.items()}
    head = train_replies(material.replies(ids), judging, kinds)
    return {**sorting, head.name: head}


def train_heads(corpus: Path, data: Path | None, output: Path, ruleset: Ruleset, seed: int) -> list[Path]:
    """Train, and write each head with its data sheet to `output`; return the heads' files. Raises what `read_material` raises."""
    material = read_material(corpus, data, seed)
    output.mkdir(parents=True, exist_ok=True)
    heads = train_all(material, _trainer(material, ruleset, seed), ruleset)
    return [_write(head, material, output, seed) for head in heads.values()]


def _write(head: LinearHead, material: Material, output: Path, seed: int) -> Path:
    path = output / f"{head.name}.json"
    path.write_text(head_to_json(head), encoding="utf-8")
    if head.name == REPLIES:
        sheet = reply_sheet(head, material.corpus, sum(len(post.replies) for post in material.extra))
    else:
        sheet = data_sheet(head, material.corpus, len(material.extra) - len(material.replies_only), material.texts, seed)
    path.with_suffix(".md").write_text(sheet, encoding="utf-8")
    return path


def heads_judge_for_fold(material: Material, ruleset: Ruleset, seed: int) -> JudgeForFold:
    """Return the judge whose heads, on posts and on replies, never saw the posts of the fold it judges, nor replies to them."""
    trainer = _trainer(material, ruleset, seed)

    def judge(fold: Fold) -> Judge:
        return judge_of(with_heads(ruleset, train_all(material, trainer, ruleset, fold.posts)))

    return judge


def with_heads(ruleset: Ruleset, heads: Mapping[str, LinearHead]) -> Ruleset:
    """Return `ruleset` with `heads` in place of those of the same names; its fingerprint stays."""
    merged = {**ruleset.heads, **heads}
    return replace(ruleset, triage=replace(ruleset.triage, heads=join_triage_heads(merged)), heads=merged)


def _trainer(material: Material, ruleset: Ruleset, seed: int) -> TriageTrainer:
    return TriageTrainer(material.posts, ruleset.triage, material.vectors, seed)


def _extra_posts(path: Path) -> Iterator[LabelledPost]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            yield post_from_json(json.loads(line), path.name)
        except json.JSONDecodeError as error:
            raise CorpusError(f"{path.name}:{number}: not JSON: {error.msg}") from error


def plain_texts(folder: Path, leave_out: str = "") -> Iterator[str]:
    """Yield the cells of every table in `folder` that are long enough to be texts, but of those whose name starts with `leave_out`."""
    csv.field_size_limit(10_000_000)
    for path in sorted(folder.glob("*.csv")):
        if leave_out and path.name.startswith(leave_out):
            continue
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield from (cell for cell in row.values() if isinstance(cell, str) and len(cell) > SHORTEST and " " in cell)
