"""Name the figures that metric rules may ask for: a number, and the words of the draft that it is about."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from simulator.scoring.model import Span
from simulator.scoring.moves import emptiness, exposure
from simulator.scoring.sheet import Sheet
from simulator.scoring.text import fold
from simulator.scoring.vocabulary import CHANNEL_LIMIT

Measured = tuple[float, Span | None]
_NAME_PART = re.compile(r"[^\W\d_]{3,}")
_COMMON_SLIPS = re.compile(
    r"\b(?:recie\w+|definate\w*|seperat\w+|occured|untill|wich|becuase|teh|adress|tom+or+ow(?<!tomorrow)|apologis for|inconvience"
    r"|sincerly|beleiv\w+"
    r"|acheiv\w+|wierd|thier|greatful|experiance\w*|arrivied|refunt|custmer\w*|befor|carefull|comming|your welcome|could of|should of"
    r"|would of|alot"
    r"|sry|plz|pls|ur|u|thx|ppl|b4|luv|gr8|falt|comeing|writting|truely|neccessary|accomodat\w+|embarass\w+|goverment|occassion|publically)\b"
)


def _whole(sheet: Sheet) -> Span | None:
    if not sheet.draft.sentences:
        return None
    return sheet.draft.sentences[0][0], sheet.draft.sentences[-1][1]


def _densest(sheet: Sheet, spans: tuple[Span, ...]) -> Span | None:
    """Return the stretch of one sentence that holds most of `spans`, from the first to the last of them."""
    best: list[Span] = []
    for start, end in sheet.draft.sentences if spans else ():
        inside = [span for span in spans if start <= span[0] < end]
        if len(inside) > len(best):
            best = inside
    return (best[0][0], best[-1][1]) if best else None


def _words(sheet: Sheet) -> Measured:
    return sheet.readability.words, _whole(sheet)


def _over_limit(sheet: Sheet) -> Measured:
    limit = CHANNEL_LIMIT.get(sheet.context.channel)
    if limit is None or sheet.readability.characters <= limit:
        return 0, None
    return sheet.readability.characters / limit, (limit, sheet.readability.characters)


def _longest_sentence(sheet: Sheet) -> Measured:
    longest = max(sheet.draft.sentences, key=lambda span: span[1] - span[0], default=None)
    return sheet.readability.longest_sentence, longest


def _ever_less(count: float) -> float:
    """Turn a count into 0–5 so that each further thing adds less: 1 gives 2.0, 2 gives 3.2, 4 gives 4.4."""
    return 5 * (1 - math.pow(0.6, count))


def _taken_up(sheet: Sheet) -> Measured:
    return _ever_less(sheet.relation.taken_weight), _densest(sheet, sheet.relation.taken_up)


def _facts_used(sheet: Sheet) -> Measured:
    return len(sheet.relation.from_facts), _densest(sheet, sheet.relation.from_facts)


def _specifics(sheet: Sheet) -> Measured:
    return len(sheet.relation.specifics), _densest(sheet, sheet.relation.specifics)


def _slips(sheet: Sheet) -> Measured:
    hits = [match.span() for match in _COMMON_SLIPS.finditer(sheet.draft.folded)]
    return len(hits), hits[0] if hits else None


def _repeats(sheet: Sheet) -> Measured:
    """Count words in runs of three that the draft has said before."""
    words = sheet.draft.said
    grams = list(zip(words, words[1:], words[2:], strict=False))
    if len(set(grams)) == len(grams):
        return 0, None
    seen: set[tuple[str, ...]] = set()
    again = 0
    first: Span | None = None
    for index, gram in enumerate(grams):
        if gram in seen:
            again += 1
            first = first or (sheet.draft.words[index].span[0], sheet.draft.words[index + 2].span[1])
        seen.add(gram)
    return again / max(1, len(words)), first


def _news(sheet: Sheet) -> Measured:
    """Measure what the draft tells that the post did not say: words of the known facts; without facts, figures and names."""
    spans = sheet.relation.from_facts if sheet.context.facts else sheet.relation.specifics
    return _ever_less(len(spans) / 2), _densest(sheet, spans)


def _touches(sheet: Sheet) -> Measured:
    """Measure what ties the draft to this post: its words taken up, and the known facts given as its answer."""
    return _ever_less(sheet.relation.taken_weight + len(sheet.relation.from_facts) / 2), None


def _names_author(sheet: Sheet) -> Measured:
    if not sheet.post.author:
        return 0, None
    parts = set(_NAME_PART.findall(fold(sheet.post.author)))
    if parts.isdisjoint(sheet.draft.said):
        return 0, None
    return next(((1, word.span) for word in sheet.draft.words if word.folded in parts), (0, None))


def _plays_along(sheet: Sheet) -> Measured:
    """Tell whether a draft in everyday words takes up two things of the post: then it plays its joke on."""
    relation = sheet.relation
    playful = relation.taken_weight >= 2 and relation.stock_share < 0.15 and relation.own_words >= 3
    return (1, _densest(sheet, relation.taken_up)) if playful else (0, None)


def _handy_length(sheet: Sheet) -> Measured:
    return (1, None) if 10 <= sheet.readability.words <= 85 else (0, None)


def _senseless(sheet: Sheet) -> Measured:
    """Tell whether the words make no sentences: hardly any of the small words that every English sentence needs."""
    words = len(sheet.draft.words)
    small = words - sheet.relation.content_words
    return (1, _whole(sheet)) if words >= 7 and small / words < 0.1 else (0, None)


def _flag(span: Span | None) -> Measured:
    return (1, span) if span else (0, None)


METRICS: dict[str, Callable[[Sheet], Measured]] = {
    "words": _words,
    "over_limit": _over_limit,
    "longest_sentence": _longest_sentence,
    "lix": lambda sheet: (sheet.readability.lix or 0, _whole(sheet)),
    "school_grade": lambda sheet: (sheet.readability.ari or 0, _whole(sheet)),
    "exclamations": lambda sheet: (sheet.readability.exclamations, None),
    "emoji": lambda sheet: (sheet.readability.emoji, None),
    "shouted_share": lambda sheet: (sheet.readability.shouted_share, None),
    "taken_up": _taken_up,
    "asks": lambda sheet: (sheet.relation.asks, None),
    "facts_used": _facts_used,
    "specifics": _specifics,
    "stock_share": lambda sheet: (sheet.relation.stock_share, _whole(sheet)),
    # Later in a conversation our own earlier words stand in the thread, and keeping to them is no playing back.
    "mirrored_share": lambda sheet: (
        0 if sheet.context.answered else sheet.relation.mirrored_share,
        _densest(sheet, sheet.relation.taken_up),
    ),
    "parts_covered": lambda sheet: (sheet.relation.parts_covered, None),
    "missed_parts": lambda sheet: (len(sheet.relation.missed_parts), None),
    "missed_must": lambda sheet: (len(sheet.relation.missed_must), None),
    "wrong_name": lambda sheet: _flag(sheet.relation.wrong_name),
    "false_fact": lambda sheet: _flag(sheet.relation.false_fact),
    "slips": _slips,
    "repeats": _repeats,
    "personal_data": exposure.written_out,
    "data_said_again": exposure.said_again,
    "private_matter": exposure.private_matter,
    "kin_named": exposure.kin_named,
    "facts_told": exposure.facts_told,
    "news": _news,
    "touches": _touches,
    "mean_sentence": lambda sheet: (sheet.readability.mean_sentence, None),
    "handy_length": _handy_length,
    "names_author": _names_author,
    "plays_along": _plays_along,
    "senseless": _senseless,
    "comfort_heap": emptiness.comfort_heap,
    "own_share": emptiness.own_share,
    "no_ties": emptiness.no_ties,
    "broken_share": emptiness.broken_share,
    "strange_share": emptiness.strange_share,
    "empty_lead": emptiness.empty_lead,
    "judging_words": emptiness.judging_words,
    "splintered_share": emptiness.splintered_share,
}
"""What `metric:` may name. Shares are 0–1, the rest are counts; a span is None where the whole draft is meant."""
