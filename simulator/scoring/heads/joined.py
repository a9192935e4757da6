"""Let several heads weigh the same text in one look: their words in one table, their labels side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np

from simulator.scoring.heads.grams import Grams
from simulator.scoring.heads.linear import LinearHead, Link


@dataclass(frozen=True, slots=True, eq=False)
class JoinedHeads:
    """Some heads by name, and all of them as one: its rows are theirs in alphabetical order, empty where a head knows no weight.

    A head's rows must stand in that order too, as they do in the files; then a sum adds the same weights in the same order, and zeros.
    """

    heads: Mapping[str, LinearHead]
    whole: LinearHead
    columns: Mapping[str, slice]

    @classmethod
    def of(cls, heads: Sequence[LinearHead]) -> JoinedHeads:
        """Join `heads`, which all weigh character n-grams, or none does."""
        edges = [0, *accumulate(len(head.labels) for head in heads)]
        columns = {head.name: slice(*edge) for head, edge in zip(heads, pairwise(edges), strict=True)}
        features, words, chars = (
            sorted(set().union(*tables))
            for tables in ([head.features for head in heads], [head.words for head in heads], [head.chars for head in heads])
        )
        starts = (0, len(features), len(features) + len(words))
        tables = [
            {name: start + at for at, name in enumerate(names)} for start, names in zip(starts, (features, words, chars), strict=True)
        ]
        weights = np.zeros((sum(map(len, tables)), edges[-1]), dtype=np.float32)
        for head in heads:
            for table, own in zip(tables, (head.features, head.words, head.chars), strict=True):
                weights[[table[name] for name in own], columns[head.name]] = head.weights[list(own.values())]
        whole = LinearHead(
            name="+".join(columns),
            labels=tuple(f"{head.name}:{label}" for head in heads for label in head.labels),
            link=Link.IDENTITY,
            words=tables[1],
            chars=tables[2],
            features=tables[0],
            weights=weights,
            bias=np.concatenate([head.bias for head in heads]),
            slopes=np.ones(edges[-1], dtype=np.float32),
            shifts=np.zeros(edges[-1], dtype=np.float32),
        )
        return cls({head.name: head for head in heads}, whole, columns)

    def scores(self, grams: Grams, features: Mapping[str, float]) -> dict[str, dict[str, float]]:
        """Return the scores of each head, by its name."""
        margins = self.whole.margins(grams, features)
        return {name: head.scores_of(margins[self.columns[name]]) for name, head in self.heads.items()}
