"""Believe of a model's answer only what holds: ratings on the scale, quotes that stand in the draft, words fit to show."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from simulator.integrations.llm.base import Rated, RatedOne
from simulator.scoring.model import Span
from simulator.scoring.vocabulary import WORDS, Dimension

HIGHEST = 4
REASON_LIMIT = 300
_ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "\n": " ", "\t": " "})
_AROUND = " \n\t\"'“”‘’«»"


class LeftOut(StrEnum):
    """Name what of an answer could not be believed."""

    QUOTE = "quote"
    RATING = "rating"


@dataclass(frozen=True, slots=True)
class Rating:
    """One dimension as a second opinion sees it: 0–4, or None where it isn't called for. `span` points into the masked draft."""

    step: int | None
    reason: str
    span: Span | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Opinion:
    """A second opinion, checked. A dimension without a believable rating is not in `ratings`; `overall` is then None.

    `left_out` names what was dropped; its dimension is None where it is the overall rating.
    """

    ratings: Mapping[Dimension, Rating]
    overall: Rating | None
    left_out: tuple[tuple[Dimension | None, LeftOut], ...] = ()


def check(rated: Rated, draft: str) -> Opinion | None:
    """Return what of `rated` holds for the masked `draft`; None where no rating at all is on the scale."""
    left_out: list[tuple[Dimension | None, LeftOut]] = []
    ratings: dict[Dimension, Rating] = {}
    for dimension in WORDS:
        rating = _checked(getattr(rated, dimension.value), draft, dimension, left_out)
        if rating is not None:
            ratings[dimension] = rating
    overall = _checked(rated.overall, draft, None, left_out)
    if not any(rating.step is not None for rating in [*ratings.values(), *([overall] if overall else [])]):
        return None
    return Opinion(ratings, overall, tuple(left_out))


def _checked(one: RatedOne, draft: str, about: Dimension | None, left_out: list[tuple[Dimension | None, LeftOut]]) -> Rating | None:
    if one.rating is not None and not 0 <= one.rating <= HIGHEST:
        left_out.append((about, LeftOut.RATING))
        return None
    words = (one.quote or "").strip(_AROUND)
    span = find_quote(words, draft) if words else None
    if words and span is None:
        left_out.append((about, LeftOut.QUOTE))
    return Rating(one.rating, _fit(one.reason), span, draft[slice(*span)] if span else "")


def find_quote(words: str, draft: str) -> Span | None:
    """Return where `words` stand in `draft`, curly and straight marks being the same; None where they don't."""
    start = draft.translate(_ALIKE).find(words.translate(_ALIKE))
    return (start, start + len(words)) if start >= 0 else None


def _fit(reason: str) -> str:
    """Return one line without characters that could hide or turn words around."""
    shown = "".join(" " if char.isspace() else char for char in reason if char.isspace() or not unicodedata.category(char).startswith("C"))
    line = " ".join(shown.split())
    return line if len(line) <= REASON_LIMIT else line[: REASON_LIMIT - 1].rstrip() + "…"


def opinion_to_json(opinion: Opinion) -> dict[str, Any]:
    """Return `opinion` for the cache. Quotes are kept as places only: whoever has no draft reads none of it."""
    return {
        "ratings": {dimension.value: _to_json(rating) for dimension, rating in opinion.ratings.items()},
        "overall": _to_json(opinion.overall) if opinion.overall else None,
        "left_out": [[about.value if about else None, what.value] for about, what in opinion.left_out],
    }


def opinion_from_json(kept: Mapping[str, Any], draft: str) -> Opinion:
    """Return the opinion `kept` on the masked `draft` it was asked about."""
    return Opinion(
        ratings={Dimension(name): _from_json(rating, draft) for name, rating in kept["ratings"].items()},
        overall=_from_json(kept["overall"], draft) if kept["overall"] else None,
        left_out=tuple((Dimension(about) if about else None, LeftOut(what)) for about, what in kept["left_out"]),
    )


def _to_json(rating: Rating) -> dict[str, Any]:
    return {"step": rating.step, "reason": rating.reason, "span": list(rating.span) if rating.span else None}


def _from_json(kept: Mapping[str, Any], draft: str) -> Rating:
    span = (kept["span"][0], kept["span"][1]) if kept["span"] else None
    return Rating(kept["step"], kept["reason"], span, draft[slice(*span)] if span else "")
