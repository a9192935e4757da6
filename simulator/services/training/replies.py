"""Train the head on replies: a level for each dimension and a likeness to each flaw, all linear in n-grams, features and what rules found.

One row a reply: the rows of its sentences summed, over the square root of their number, and what the rules found in the whole
of it. Ridge regression in closed form (no seed: same rows, same weights). Targets: the ratings of the corpus, as steps from the
middle of the rubric's 0–4, without a constant; for each flaw 1 where its author names it, else 0; and the same for being of the
lowest tier. Posts' kinds are what triage says that hasn't seen them, as when judging.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from simulator.scoring import Context, Draft, Post
from simulator.scoring.agreement.corpus import RATED, LabelledPost, Rating, Tier
from simulator.scoring.engine import moves_of, read_sheet, told
from simulator.scoring.heads import LinearHead, Link, head_from_json, head_to_json, read_grams
from simulator.scoring.model import Kinds
from simulator.scoring.moves.heads import FLAW, GRAVE, LEVEL
from simulator.scoring.moves.reply_features import reply_features
from simulator.scoring.moves.sentence_features import sentence_features
from simulator.scoring.ruleset import Ruleset

NAME = "replies_sentences"
MIDDLE = 2.0
LEAST_SEEN = 4
"""An n-gram must stand in replies to this many posts, so that no sign-off of one invented agent counts."""
LEAST_FLAWS = 14
RIDGE = 3.0
UNUSUAL_PENALTY = 6.0
"""Times the ridge's penalty, for replies of unusual files where harm is learnt: with more say, harm elsewhere went unseen."""
UNUSUAL = ("harm_", "danger_", "short_")
"""Files of other replies than usual: they teach what a flaw looks like, not how often to expect it."""
UNTOLD = ("harm_", "short_")
"""Files from which harm is not learnt: nearly all replies of the one do some, and what is bad in the other mostly does none."""

Matrix = NDArray[np.float64]
Sentences = list[tuple[set[str], int, dict[str, float]]]
Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class RatedReply:
    """One reply of the corpus as this training needs it; `ratings` are 0–4 per dimension, absent where they don't apply.

    `grave` replies are of the lowest tier: they do harm; None where a file doesn't tell. Flaws are as `usual` as in the corpus, or not.
    """

    post_id: str
    post: Post
    context: Context
    text: str
    flaws: frozenset[str]
    ratings: Mapping[str, float]
    grave: bool | None = False
    usual: bool = True


def rated_replies(posts: Iterable[LabelledPost], ratings: Iterable[Rating] = ()) -> list[RatedReply]:
    """Return the replies under `posts`, rated by their author, else by the mean of the blind raters."""
    given: dict[tuple[str, int], list[Mapping[str, float | None]]] = {}
    for rating in ratings:
        given.setdefault(rating.key, []).append(rating.ratings)
    found = []
    for post in posts:
        for index, reply in enumerate(post.replies):
            rows = [reply.author_ratings] if reply.author_ratings else given.get((post.id, index), [])
            grave = None if post.file.startswith(UNTOLD) else reply.tier is Tier.BAD
            usual = not post.file.startswith(UNUSUAL)
            found.append(RatedReply(post.id, post.post, post.context, reply.text, frozenset(reply.flaws), _means(rows), grave, usual))
    return found


def _means(rows: Sequence[Mapping[str, float | None]]) -> dict[str, float]:
    means = {}
    for name in RATED:
        said = [value for row in rows if (value := row.get(name)) is not None]
        if said:
            means[name] = sum(said) / len(said)
    return means


def train_replies(replies: Sequence[RatedReply], ruleset: Ruleset, kinds: Mapping[str, Kinds]) -> LinearHead:
    """Return the head trained on `replies`, its weights rounded as they are stored. `kinds` says what each post may be, by its id."""
    read = [_read(reply, kinds[reply.post_id], ruleset) for reply in replies]
    sentences = [rows for rows, _ in read]
    words = {gram: at for at, gram in enumerate(_common_grams(replies, sentences, ruleset))}
    names = sorted({name for rows, whole in read for part in (whole, *(features for _, _, features in rows)) for name in part})
    features = {name: len(words) + at for at, name in enumerate(names)}
    table = np.zeros((len(replies), len(words) + len(features)))
    for row, (parts, whole) in zip(table, read, strict=True):
        _fill(row, parts, words, features)
        for name, value in whole.items():
            row[features[name]] += value
    kernel = table @ table.T
    columns, biases, labels = [], [], []
    for dimension in RATED:
        rated = np.array([dimension in reply.ratings for reply in replies])
        steps = np.array([reply.ratings[dimension] - MIDDLE for reply in replies if dimension in reply.ratings])
        columns.append(_ridge(table[rated], kernel[np.ix_(rated, rated)], steps))
        biases.append(0.0)
        labels.append(LEVEL + dimension)
    flaws = Counter(chain.from_iterable(reply.flaws for reply in replies))
    codes = sorted(code for code, times in flaws.items() if times >= LEAST_FLAWS)
    told = np.array([reply.grave is not None for reply in replies])
    grave = np.array([[float(reply.grave)] for reply in replies if reply.grave is not None])
    has = np.array([[float(code in reply.flaws) for code in codes] for reply in replies])
    usual = np.array([reply.usual for reply in replies])
    penalties = np.where(usual[told], RIDGE, RIDGE * UNUSUAL_PENALTY)
    columns += list(_ridge(table[told], kernel[np.ix_(told, told)], grave - grave.mean(axis=0), penalties).T)
    columns += list(_ridge(table, kernel, has - has.mean(axis=0)).T)
    # How often to expect a flaw is learnt where flaws are as usual as in the corpus.
    biases += [float(grave[usual[told]].mean()), *has[usual].mean(axis=0).tolist()]
    labels += [GRAVE, *(FLAW + code for code in codes)]
    ones = np.ones(len(labels), dtype=np.float32)
    head = LinearHead(
        name=NAME,
        labels=tuple(labels),
        link=Link.IDENTITY,
        words=words,
        chars={},
        features=features,
        weights=np.stack(columns, axis=1).astype(np.float32),
        bias=np.array(biases, dtype=np.float32),
        slopes=ones,
        shifts=np.zeros_like(ones),
        notes={"replies": len(replies), "ridge": RIDGE},
    )
    return head_from_json(head_to_json(head))


def _common_grams(replies: Sequence[RatedReply], sentences: Sequence[Sentences], ruleset: Ruleset) -> list[str]:
    """Return the n-grams that many posts' replies share, without people's names, in order."""
    under: dict[str, set[str]] = {}
    for reply, rows in zip(replies, sentences, strict=True):
        for grams, _, _ in rows:
            for gram in grams:
                under.setdefault(gram, set()).add(reply.post.text)
    names = ruleset.lexicon.given_names
    return sorted(gram for gram, posts in under.items() if len(posts) >= LEAST_SEEN and names.isdisjoint(gram.split()))


def _ridge(table: Matrix, kernel: Matrix, target: Matrix, penalties: float | Matrix = RIDGE) -> Matrix:
    """Return the ridge weights through the dual: fewer replies than columns. A reply of a higher penalty counts the less."""
    return np.asarray(table.T @ np.linalg.solve(kernel + penalties * np.eye(len(kernel)), target))


def _read(reply: RatedReply, kinds: Kinds, ruleset: Ruleset) -> tuple[Sentences, Features]:
    """Return the n-grams, their number as the head counts it, and the features of each sentence; then the features of the whole."""
    sheet = read_sheet(reply.post, Draft(reply.text), reply.context, kinds[0][0], ruleset, kinds)
    found = []
    for (start, end), features in zip(sheet.draft.sentences, sentence_features(sheet, ruleset.lexicon), strict=True):
        grams = read_grams(sheet.draft.folded[start:end])
        found.append((set(grams.words()), max(grams.word_count, 1), features))
    return found, reply_features(sheet, told(moves_of(sheet, ruleset), ruleset), ruleset.book.by_id)


def _fill(row: Matrix, parts: Sentences, words: Mapping[str, int], features: Mapping[str, int]) -> None:
    for grams, count, values in parts:
        for gram in grams:
            if gram in words:
                row[words[gram]] += 1 / sqrt(count)
        for name, value in values.items():
            row[features[name]] += value
    row /= sqrt(max(len(parts), 1))
