"""Learn from plain texts which words stand in like company, so that a head knows words it saw no label for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.scoring.heads import read_grams

WORDS = 9_000
LEAST_SEEN = 5
WINDOW = 5
SIZE = 120
SMOOTHING = 0.75
"""Power on the counts of neighbours (Levy, Goldberg and Dagan 2015), so that rare neighbours don't count for too much."""


@dataclass(frozen=True, slots=True)
class WordVectors:
    """A unit vector for each known word."""

    rows: Mapping[str, int]
    table: NDArray[np.float64]


def learn_vectors(texts: Iterable[str], seed: int) -> WordVectors:
    """Return vectors from the positive pointwise mutual information of neighbours, cut down by a singular value decomposition."""
    from scipy import sparse  # noqa: PLC0415 - only training needs it, and the app runs without it
    from sklearn.utils.extmath import randomized_svd  # noqa: PLC0415 - as above

    tokens = [read_grams(text[:1500]).tokens for text in texts]
    seen = Counter(token for one in tokens for token in one)
    known = sorted((word for word, times in seen.items() if times >= LEAST_SEEN), key=lambda word: (-seen[word], word))[:WORDS]
    rows = {word: at for at, word in enumerate(known)}
    near: Counter[tuple[int, int]] = Counter()
    for one in tokens:
        places = [rows.get(token, -1) for token in one]
        for at, row in enumerate(places):
            for gap, other in enumerate(places[at + 1 : at + 1 + WINDOW], start=1):
                if row >= 0 and other >= 0:
                    near[row, other] += 60 // gap
    pairs = sorted(near)
    counts = sparse.csr_matrix(
        ([float(near[pair]) for pair in pairs], ([a for a, _ in pairs], [b for _, b in pairs])), shape=(len(rows),) * 2
    )
    both = (counts + counts.T).tocoo()
    totals = np.asarray(both.sum(axis=1)).ravel()
    smooth = totals**SMOOTHING
    information = np.log(both.data * smooth.sum() / (totals[both.row] * smooth[both.col]))
    kept = information > 0
    matrix = sparse.csr_matrix((information[kept], (both.row[kept], both.col[kept])), shape=both.shape)
    left, strengths, _ = randomized_svd(matrix, n_components=min(SIZE, len(rows) - 1), n_iter=4, random_state=seed)
    table = left * np.sqrt(strengths)
    return WordVectors(rows, table / (np.linalg.norm(table, axis=1, keepdims=True) + 1e-9))
