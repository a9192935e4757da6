"""Score replies in simple ways that know nothing of care: a figure means something only beside what these reach."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from zlib import crc32

from simulator.scoring.agreement.corpus import LabelledPost, ReplyKey
from simulator.scoring.agreement.judging import Fold
from simulator.scoring.text import fold, stem

LENGTH = "length"
OVERLAP = "word overlap with the post"
SENTIMENT = "VADER sentiment"
NGRAMS = "n-grams only"

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_BUCKETS = 1 << 18
_RIDGE = 1.0
_STEPS = 40
_CLOSE = 1e-10
"""Stop when the squared residual has fallen to this share of what it was."""

Row = dict[int, float]


def by_length(posts: Iterable[LabelledPost]) -> dict[ReplyKey, float]:
    """Prefer the reply with more characters."""
    return {(post.id, index): float(len(reply.text)) for post in posts for index, reply in enumerate(post.replies)}


def by_overlap(posts: Iterable[LabelledPost]) -> dict[ReplyKey, float]:
    """Prefer the reply that has more different words of the post in it, by stem, words of four letters and more."""
    scores: dict[ReplyKey, float] = {}
    for post in posts:
        asked = _stems(post.post.text)
        scores |= {(post.id, index): float(len(asked & _stems(reply.text))) for index, reply in enumerate(post.replies)}
    return scores


def _stems(text: str) -> set[str]:
    return {stem(word) for word in _WORD.findall(fold(text)) if len(word) >= 4}


def by_sentiment(posts: Iterable[LabelledPost], sentiment: Callable[[str], float]) -> dict[ReplyKey, float]:
    """Prefer the reply that `sentiment` finds more positive."""
    return {(post.id, index): sentiment(reply.text) for post in posts for index, reply in enumerate(post.replies)}


def by_ngrams(posts: Sequence[LabelledPost], folds: Sequence[Fold]) -> dict[ReplyKey, float]:
    """Score each fold with a ridge regression from hashed word 1–2-grams to the tier, trained on the other folds."""
    rows = {(post.id, index): hashed_ngrams(reply.text) for post in posts for index, reply in enumerate(post.replies)}
    tiers = {(post.id, index): float(reply.tier) for post in posts for index, reply in enumerate(post.replies)}
    scores: dict[ReplyKey, float] = {}
    for fold_ in folds:
        training = [key for key in rows if key[0] not in fold_.posts]
        mean = sum(tiers[key] for key in training) / max(1, len(training))
        weights = fit_ridge([rows[key] for key in training], [tiers[key] - mean for key in training])
        scores |= {key: mean + _dot(row, weights) for key, row in rows.items() if key[0] in fold_.posts}
    return scores


def hashed_ngrams(text: str) -> Row:
    """Return the words and word pairs of `text` as buckets of equal weight; the squares sum to 1."""
    words = ["<s>", *_WORD.findall(fold(text)), "</s>"]
    grams = {*words[1:-1], *map(" ".join, pairwise(words))}
    buckets = {crc32(gram.encode()) % _BUCKETS for gram in grams}
    return dict.fromkeys(sorted(buckets), len(buckets) ** -0.5)


def fit_ridge(rows: Sequence[Row], targets: Sequence[float], penalty: float = _RIDGE, steps: int = _STEPS) -> Mapping[int, float]:
    """Return the weights w that minimise |Xw - y|² + penalty·|w|², by conjugate gradients on (XXᵀ + penalty·I)a = y, w = Xᵀa."""
    answer = [0.0] * len(rows)
    residual = list(targets)
    direction = list(residual)
    size = _inner(residual, residual)
    enough = _CLOSE * size
    for _ in range(steps):
        if size <= enough:
            break
        weights = _spread(rows, direction)
        image = [_dot(row, weights) + penalty * part for row, part in zip(rows, direction, strict=True)]
        length = size / _inner(direction, image)
        answer = [value + length * part for value, part in zip(answer, direction, strict=True)]
        residual = [value - length * part for value, part in zip(residual, image, strict=True)]
        size, before = _inner(residual, residual), size
        direction = [value + size / before * part for value, part in zip(residual, direction, strict=True)]
    return _spread(rows, answer)


def _spread(rows: Sequence[Row], amounts: Sequence[float]) -> dict[int, float]:
    weights: dict[int, float] = {}
    for row, amount in zip(rows, amounts, strict=True):
        for bucket, value in row.items():
            weights[bucket] = weights.get(bucket, 0.0) + amount * value
    return weights


def _dot(row: Row, weights: Mapping[int, float]) -> float:
    return sum(value * weights.get(bucket, 0.0) for bucket, value in row.items())


def _inner(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))
