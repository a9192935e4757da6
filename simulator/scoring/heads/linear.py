"""Weigh the n-grams and features of a text linearly, and show which words weighed most. NumPy only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from simulator.scoring.heads.grams import Grams, char_grams, read_grams, tokens_of
from simulator.scoring.model import Span
from simulator.scoring.text import fold

Weights = NDArray[np.float32]
Rows = NDArray[np.intp]
NO_FEATURES: Mapping[str, float] = {}
NO_ROW = -1
TOKENS_KEPT = 8_192
"""Everyday words come again and again; what a head knows of so many of them is looked up once."""


class HeadError(Exception):
    """Say that a head's file can't be used."""


class Link(StrEnum):
    """How margins become scores: shares of one (one label is right), a probability each, or the plain sums."""

    SOFTMAX = "softmax"
    SIGMOID = "sigmoid"
    IDENTITY = "identity"


@dataclass(frozen=True, slots=True)
class Weighed:
    """Words and how much they moved a label's margin; more is more for the label."""

    span: Span
    weight: float


@dataclass(frozen=True, slots=True)
class LinearHead:
    """One trained head: `margin = bias + Σ words/√n + Σ chars/√n + Σ feature × value`, one column for each label.

    `words`, `chars` and `features` map a gram or a feature's name to its row of `weights` (rows × labels). Each gram
    counts once however often it stands there; unknown features are left out. `slopes` and `shifts` calibrate a label's
    margin before `link` (Platt's, or one temperature for all under softmax). `digest` is the hash of the head as stored.
    """

    name: str
    labels: tuple[str, ...]
    link: Link
    words: Mapping[str, int]
    chars: Mapping[str, int]
    features: Mapping[str, int]
    weights: Weights
    bias: Weights
    slopes: Weights
    shifts: Weights
    digest: str = ""
    notes: Mapping[str, float] = field(default_factory=dict)
    _rows_of: Callable[[str], tuple[int, Rows]] = field(init=False, repr=False, compare=False)
    _weight_of: Callable[[str, int], tuple[float, float]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Set up the two memories of pure functions of this head and a token."""
        chars, words, weights = self.chars, self.words, self.weights

        @lru_cache(maxsize=TOKENS_KEPT)
        def rows_of(token: str) -> tuple[int, Rows]:
            return words.get(token, NO_ROW), np.array(_rows(chars, char_grams(token)), dtype=np.intp)

        @lru_cache(maxsize=TOKENS_KEPT)
        def weight_of(token: str, label: int) -> tuple[float, float]:
            column, (row, rows) = weights[:, label], rows_of(token)
            return float(column[row]) if row != NO_ROW else 0.0, float(column[rows].sum()) if len(rows) else 0.0

        object.__setattr__(self, "_rows_of", rows_of)
        object.__setattr__(self, "_weight_of", weight_of)

    def margins(self, text: str | Grams, features: Mapping[str, float] = NO_FEATURES) -> Weights:
        """Return the raw sum for each label, in the order of `labels`."""
        grams = text if isinstance(text, Grams) else read_grams(text, chars=bool(self.chars))
        total = self.bias.copy()
        if self.chars:
            self._add_all(total, grams)
        else:
            words = _rows(self.words, grams.different) + _rows(self.words, grams.pairs)
            self._add(total, sorted(words), grams.word_count)
        self._add_features(total, features)
        return total

    def _add_all(self, total: Weights, grams: Grams) -> None:
        known = list(map(self._rows_of, grams.different))
        words = [row for row, _ in known if row != NO_ROW] + _rows(self.words, grams.pairs)
        self._add(total, sorted(words), grams.word_count)
        if known:
            there = np.zeros(len(self.weights), dtype=np.bool_)
            there[np.concatenate([rows for _, rows in known])] = True
            self._add(total, np.flatnonzero(there), grams.char_count)

    def _add_features(self, total: Weights, features: Mapping[str, float]) -> None:
        known = self.features
        given = [(known[name], value) for name, value in features.items() if value and name in known]
        if given:
            rows, values = zip(*given, strict=True)
            total += np.array(values, dtype=np.float32) @ self.weights.take(rows, axis=0)

    def shares(self, texts: Sequence[tuple[str, Mapping[str, float]]]) -> Weights:
        """Return what each of some texts with their features moves the margins by, text × label, in one look at the weights.

        For heads without character n-grams. The bias is put in and taken off again: margins less the bias, to the last digit.
        """
        rows: list[int] = []
        cuts: list[tuple[int, int, int, int, list[float]]] = []
        known, named = self.words.get, self.features
        for text, features in texts:
            tokens, start = tokens_of(fold(text)), len(rows)
            grams = {*tokens, *map(" ".join, pairwise(tokens))}
            rows += sorted([row for row in map(known, grams) if row is not None])
            middle = len(rows)
            given = [(named[name], value) for name, value in features.items() if value and name in named]
            rows += [row for row, _ in given]
            cuts.append((start, middle, len(rows), len(grams), [value for _, value in given]))
        taken = self.weights.take(rows, axis=0)
        found = np.tile(self.bias, (len(cuts), 1))
        for total, (start, middle, end, count, values) in zip(found, cuts, strict=True):
            if middle > start:
                total += np.add.reduce(taken[start:middle], axis=0) / np.float32(sqrt(count))
            if values:
                total += np.array(values, dtype=np.float32) @ taken[middle:end]
        return np.asarray(found - self.bias, dtype=np.float32)

    def scores(self, text: str | Grams, features: Mapping[str, float] = NO_FEATURES) -> dict[str, float]:
        """Return a calibrated score for each label: probabilities (summing to 1 under softmax), or margins under identity."""
        return self.scores_of(self.margins(text, features))

    def scores_of(self, margins: Weights) -> dict[str, float]:
        """Return the calibrated score for each label of raw sums, as `margins` gives them."""
        return dict(zip(self.labels, self._linked(margins * self.slopes + self.shifts).tolist(), strict=True))

    def evidence(self, text: str | Grams, label: str, *, most: int = 3) -> tuple[Weighed, ...]:
        """Return at most `most` stretches of one or two words that spoke most for `label`, the strongest first."""
        grams = text if isinstance(text, Grams) else read_grams(text)
        index = self.labels.index(label)
        column = self.weights[:, index]
        alone, tokens, known = self._token_weights(grams, index), grams.tokens, self.words.get
        found = [(-weight, (at, at + 1)) for at, weight in enumerate(alone) if weight > 0 and _says_something(tokens[at])]
        scale = 1.0 / sqrt(max(grams.word_count, 1))
        for at, pair in enumerate(map(" ".join, pairwise(tokens))):
            row = known(pair)
            if row is None:
                continue
            weight = alone[at] + alone[at + 1] + scale * float(column[row])
            if weight > max(alone[at], alone[at + 1], 0.0) and any(map(_says_something, tokens[at : at + 2])):
                found.append((-weight, (at, at + 2)))
        strongest = _strongest_apart(found, most)
        spans = grams.spans(max((last for _, (_, last) in strongest), default=0))
        return tuple(Weighed((spans[first][0], spans[last - 1][1]), weight) for weight, (first, last) in strongest)

    def _token_weights(self, grams: Grams, label: int) -> list[float]:
        word_scale, char_scale = 1.0 / sqrt(max(grams.word_count, 1)), 1.0 / sqrt(max(grams.char_count, 1))
        weight: dict[str, float] = {}
        for token in grams.different:
            own, parts = self._weight_of(token, label)
            weight[token] = word_scale * own + char_scale * parts
        return [weight[token] for token in grams.tokens]

    def _add(self, total: Weights, rows: Sequence[int] | Rows, count: int) -> None:
        """Add the weights of `rows`, which stand in order: the order of a sum decides its last digits."""
        if len(rows):
            total += np.add.reduce(self.weights.take(rows, axis=0), axis=0) / np.float32(sqrt(count))

    def _linked(self, margins: Weights) -> Weights:
        if self.link is Link.SOFTMAX:
            raised = np.exp(margins - margins.max())
            return np.asarray(raised / raised.sum(), dtype=np.float32)
        if self.link is Link.SIGMOID:
            return np.asarray(1.0 / (1.0 + np.exp(-np.clip(margins, -30.0, 30.0))), dtype=np.float32)
        return margins


def _rows(known: Mapping[str, int], grams: Iterable[str]) -> list[int]:
    return [row for row in map(known.get, grams) if row is not None]


def _says_something(word: str) -> bool:
    return len(word) > 1 or not word.isascii()


def _strongest_apart(found: list[tuple[float, Span]], most: int) -> list[tuple[float, Span]]:
    """Return the strongest stretches of tokens that don't overlap, of pairs of weight and stretch with the weight's sign turned."""
    kept: list[tuple[float, Span]] = []
    for less, span in sorted(found):
        if len(kept) == most:
            break
        if all(span[1] <= other[0] or span[0] >= other[1] for _, other in kept):
            kept.append((-less, span))
    return kept
