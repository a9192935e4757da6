"""Train the heads that sort posts: kind, urgency and department from words and cues; what is usual for a kind from counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.scoring.agreement.corpus import LabelledPost
from simulator.scoring.heads import Grams, LinearHead, Link, char_grams, head_from_json, head_to_json, read_grams
from simulator.scoring.model import Kinds
from simulator.scoring.reading import Reading
from simulator.scoring.triage import TriageRules, cue_scores, danger_in, read_post
from simulator.scoring.triage_features import triage_features
from simulator.scoring.triage_heads import CONTACT_HEAD, KIND_HEAD, URGENCY_HEAD, USUAL_HEAD, likely_kinds, settle_kinds
from simulator.scoring.vocabulary import Action, Contact, Kind, Urgency
from simulator.services.training.vectors import WordVectors

Matrix = Any
"""A SciPy sparse matrix; SciPy is only there where training is."""
VECTOR_SHARE = 1.0
STRENGTH = {KIND_HEAD: 6.0, URGENCY_HEAD: 2.0, CONTACT_HEAD: 2.0}
"""Inverse of the ridge penalty, chosen by leaving one file out."""
MOST_ROWS = {KIND_HEAD: 14_000, URGENCY_HEAD: 6_000, CONTACT_HEAD: 6_000}
"""N-grams kept; on held-out files this costs half a point of kind against keeping all."""
FOLDS = 5


@dataclass(frozen=True, slots=True)
class _Row:
    grams: Grams
    words: frozenset[str]
    chars: frozenset[str]
    features: Mapping[str, float]
    reading: Reading
    cues: Mapping[Kind, float]


@dataclass(frozen=True, slots=True)
class _Columns:
    words: Mapping[str, int]
    chars: Mapping[str, int]
    features: Mapping[str, int]
    rarity: NDArray[np.float64]
    """Logarithm of how rare each column is; words first, then chars; features count as they are."""
    times: Mapping[tuple[str, str], int]
    """How many posts have a gram: what is seldom met is pruned first."""
    vectors: WordVectors | None


class TriageTrainer:
    """Read posts once, then train on any part of them, for the shipped heads and for folds alike."""

    def __init__(self, posts: Sequence[LabelledPost], rules: TriageRules, vectors: WordVectors | None, seed: int) -> None:
        self._posts = {post.id: post for post in posts}
        self._rows = {post.id: _read(post, rules) for post in posts}
        self._rules = rules
        self._vectors = vectors
        self._seed = seed

    def train(self, ids: Sequence[str]) -> tuple[dict[str, LinearHead], dict[str, Kinds]]:
        """Return the heads trained on the posts named by `ids`, rounded as they are stored, and what each post may be.

        That is said by a head that was trained without it, as a new post is sorted: whoever learns from it learns how far to trust it.
        """
        posts = [self._posts[one] for one in ids]
        rows = [self._rows[one] for one in ids]
        targets = {
            KIND_HEAD: [post.kind.value for post in posts],
            URGENCY_HEAD: [post.urgency.value for post in posts],
            CONTACT_HEAD: [post.department.value for post in posts],
        }
        columns = _columns(rows, self._vectors)
        table = _table(rows, columns)
        unseen = {name: self._out_of_fold(name, table, labels) for name, labels in targets.items()}
        heads = {name: self._fit(name, table, labels, columns, _temperature(*unseen[name])) for name, labels in targets.items()}
        heads[USUAL_HEAD] = usual_head(posts)
        kinds = self._kinds(rows, heads[KIND_HEAD], unseen[KIND_HEAD][0])
        return {name: head_from_json(head_to_json(head)) for name, head in heads.items()}, dict(zip(ids, kinds, strict=True))

    def _fit(self, name: str, table: Matrix, labels: Sequence[str], columns: _Columns, slope: float) -> LinearHead:
        head = _head(name, self._model(name).fit(table, labels), columns)
        return replace(head, slopes=np.full(len(head.labels), slope, dtype=np.float32))

    def _kinds(self, rows: Sequence[_Row], head: LinearHead, margins: NDArray[np.float64]) -> Iterator[Kinds]:
        """Yield what each post may be by margins of heads that didn't see it, cues heeded as at run time."""
        for row, unseen in zip(rows, margins, strict=True):
            said = head.scores_of(unseen.astype(np.float32))
            danger = danger_in(row.cues, self._rules)
            yield likely_kinds(*settle_kinds({Kind(label): share for label, share in said.items()}, row.reading, row.cues, danger))

    def _model(self, name: str) -> Any:
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - only training needs it, and the app runs without it

        weight = "balanced" if name == KIND_HEAD else None
        return LogisticRegression(C=STRENGTH[name], class_weight=weight, max_iter=300, tol=1e-3, random_state=self._seed)

    def _out_of_fold(self, name: str, table: Matrix, labels: Sequence[str]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Return margins of posts that a head didn't see, and the places of the right labels among its labels."""
        known = sorted(set(labels))
        order = np.random.default_rng(self._seed).permutation(len(labels))
        margins = np.full((len(labels), len(known)), -20.0)
        given = np.array(labels)
        for fold in range(FOLDS):
            unseen = order[fold::FOLDS]
            seen = np.setdiff1d(order, unseen)
            model = self._model(name).fit(table[seen], given[seen])
            margins[np.ix_(unseen, [known.index(label) for label in model.classes_])] = model.decision_function(table[unseen])
        return margins, np.array([known.index(label) for label in labels])


def usual_head(posts: Sequence[LabelledPost]) -> LinearHead:
    """Return how often each urgency, department and acceptable action goes with each kind; one count is added for the pack's usual."""
    labels = [*(f"urgency:{one}" for one in Urgency), *(f"contact:{one}" for one in Contact), *(f"action:{one}" for one in Action)]
    at = {label: column for column, label in enumerate(labels)}
    kinds = {f"kind:{kind.value}": row for row, kind in enumerate(Kind)}
    counts = np.zeros((len(kinds), len(labels)))
    total = np.zeros(len(kinds))
    for post in posts:
        if post.file.startswith("triage_own"):
            continue
        row = kinds[f"kind:{post.kind.value}"]
        total[row] += 1
        said = (f"urgency:{post.urgency}", f"contact:{post.department}", *(f"action:{action}" for action in post.actions))
        for label in said:
            counts[row, at[label]] += 1
    shares = (counts + 0.02) / (total[:, None] + 0.02 * len(Urgency))
    zeros = np.zeros(len(labels), dtype=np.float32)
    return LinearHead(
        USUAL_HEAD, tuple(labels), Link.IDENTITY, {}, {}, kinds, np.asarray(shares, dtype=np.float32), zeros, zeros + 1, zeros
    )


def _read(post: LabelledPost, rules: TriageRules) -> _Row:
    grams = read_grams(post.post.text)
    reading = read_post(post.post, post.context, rules)
    chars = frozenset(gram for token in set(grams.tokens) for gram in char_grams(token))
    cues = cue_scores(reading, rules)
    return _Row(grams, frozenset(grams.words()), chars, triage_features(post.post, reading, cues, grams), reading, cues)


def _columns(rows: Sequence[_Row], vectors: WordVectors | None) -> _Columns:
    words = Counter(gram for row in rows for gram in row.words)
    chars = Counter(gram for row in rows for gram in row.chars)
    words_kept = sorted(gram for gram, times in words.items() if times >= 2)
    chars_kept = sorted(gram for gram, times in chars.items() if times >= 3)
    features = sorted({name for row in rows for name in row.features})
    rarity = [log(len(rows) / words[gram]) for gram in words_kept] + [log(len(rows) / chars[gram]) for gram in chars_kept]
    tables = [{name: at for at, name in enumerate(names)} for names in (words_kept, chars_kept, features)]
    times = {("word", gram): words[gram] for gram in words_kept} | {("char", gram): chars[gram] for gram in chars_kept}
    return _Columns(tables[0], tables[1], tables[2], np.array(rarity), times, vectors)


def _table(rows: Sequence[_Row], columns: _Columns) -> Matrix:
    from scipy import sparse  # noqa: PLC0415 - only training needs it, and the app runs without it

    places: list[tuple[int, int, float]] = []
    vectors = columns.vectors
    dense = np.zeros((len(rows), vectors.table.shape[1] if vectors else 0))
    first_char, first_feature = len(columns.words), len(columns.words) + len(columns.chars)
    for at, row in enumerate(rows):
        word_scale, char_scale = 1 / sqrt(max(row.grams.word_count, 1)), 1 / sqrt(max(row.grams.char_count, 1))
        for gram in row.words & columns.words.keys():
            column = columns.words[gram]
            places.append((at, column, word_scale * columns.rarity[column]))
        for gram in row.chars & columns.chars.keys():
            column = first_char + columns.chars[gram]
            places.append((at, column, char_scale * columns.rarity[column]))
        places += [(at, first_feature + columns.features[name], value) for name, value in row.features.items() if name in columns.features]
        if vectors:
            for token in sorted(set(row.grams.tokens) & vectors.rows.keys()):
                dense[at] += word_scale * _vector_weight(token, columns) * vectors.table[vectors.rows[token]]
    shape = (len(rows), first_feature + len(columns.features))
    thin = sparse.csr_matrix(
        ([value for *_, value in places], ([at for at, *_ in places], [column for _, column, _ in places])), shape=shape
    )
    return sparse.hstack([thin, sparse.csr_matrix(dense)]).tocsr()


def _vector_weight(token: str, columns: _Columns) -> float:
    """Return how much a token's company counts: the rarer, the more; words that no post has count as the rarest do."""
    column = columns.words.get(token)
    return VECTOR_SHARE * (columns.rarity[column] if column is not None else 6.0) / 2


def _head(name: str, model: Any, columns: _Columns) -> LinearHead:
    """Fold rarity and vectors into one weight for each gram and label, and keep the heaviest rows."""
    coefficients = model.coef_.T
    plain = len(columns.words) + len(columns.chars)
    weights = {("word", gram): coefficients[at] * columns.rarity[at] for gram, at in columns.words.items()}
    weights |= {
        ("char", gram): coefficients[len(columns.words) + at] * columns.rarity[len(columns.words) + at]
        for gram, at in columns.chars.items()
    }
    if columns.vectors:
        company = columns.vectors.table @ coefficients[plain + len(columns.features) :]
        for token, row in columns.vectors.rows.items():
            own = weights.get(("word", token), 0.0)
            weights["word", token] = own + _vector_weight(token, columns) * company[row]
    importance = {key: float(np.ptp(row)) * sqrt(columns.times.get(key, 1)) for key, row in weights.items()}
    heaviest = sorted(weights, key=lambda key: (-importance[key], key))[: MOST_ROWS[name]]
    kept = {kind: sorted(gram for one, gram in heaviest if one == kind) for kind in ("word", "char")}
    start = len(columns.features)
    words = {gram: start + at for at, gram in enumerate(kept["word"])}
    chars = {gram: start + len(words) + at for at, gram in enumerate(kept["char"])}
    table = [coefficients[plain + at] for at in range(len(columns.features))]
    table += [weights["word", gram] for gram in kept["word"]] + [weights["char", gram] for gram in kept["char"]]
    ones = np.ones(len(model.classes_), dtype=np.float32)
    return LinearHead(
        name=name,
        labels=tuple(str(label) for label in model.classes_),
        link=Link.SOFTMAX,
        words=words,
        chars=chars,
        features=columns.features,
        weights=np.array(table, dtype=np.float32),
        bias=np.asarray(model.intercept_, dtype=np.float32),
        slopes=ones,
        shifts=ones * 0,
    )


def _temperature(margins: NDArray[np.float64], right: NDArray[np.int64]) -> float:
    """Return the slope on margins under which unseen posts' labels are likeliest (temperature scaling: Guo 2017)."""

    def loss(slope: float) -> float:
        scaled = margins * slope
        peak = scaled.max(axis=1, keepdims=True)
        logs = scaled - peak - np.log(np.exp(scaled - peak).sum(axis=1, keepdims=True))
        return -float(logs[np.arange(len(right)), right].mean())

    return float(min(np.linspace(0.3, 2.5, 45), key=loss))
