"""Name the figures that metric rules may ask for: a number, and the words of the draft that it is about."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from simulator.scoring.model import Span
from simulator.scoring.privacy import find_personal_data
from simulator.scoring.sheet import Sheet
from simulator.scoring.vocabulary import CHANNEL_LIMIT, Channel

Measured = tuple[float, Span | None]
_COMMON_SLIPS = re.compile(
    r"\b(?:recieve\w*|definately|seperate\w*|occured|untill|wich|becuase|teh|adress|tommorow|apologis for|inconvien\w+|sincerly"
    r"|beleive\w*|acheive\w*|wierd|thier|greatful|experiance\w*|arrivied|refunt|custmer\w*|befor|carefull|comming|had it comming|loose your|your welcome"
    r"|could of|should of|would of|alot|sry|plz|pls|ur|u|wanna|gonna|thx|ppl|b4|luv|gr8)\b"
)


def _whole(sheet: Sheet) -> Span | None:
    if not sheet.draft.sentences:
        return None
    return sheet.draft.sentences[0][0], sheet.draft.sentences[-1][1]


def _densest(sheet: Sheet, spans: tuple[Span, ...]) -> Span | None:
    """Return the stretch of one sentence that holds most of `spans`, from the first to the last of them."""
    best: list[Span] = []
    for start, end in sheet.draft.sentences:
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


def _taken_up(sheet: Sheet) -> Measured:
    return sheet.relation.taken_weight, _densest(sheet, sheet.relation.taken_up)


def _facts_used(sheet: Sheet) -> Measured:
    return len(sheet.relation.from_facts), _densest(sheet, sheet.relation.from_facts)


def _specifics(sheet: Sheet) -> Measured:
    return len(sheet.relation.specifics), _densest(sheet, sheet.relation.specifics)


def _slips(sheet: Sheet) -> Measured:
    hits = [match.span() for match in _COMMON_SLIPS.finditer(sheet.draft.folded)]
    return len(hits), hits[0] if hits else None


def _personal_data(sheet: Sheet) -> Measured:
    house = sheet.context.house.support_handle
    for found in find_personal_data(sheet.draft.raw):
        quoted = sheet.draft.raw[slice(*found.span)]
        if found.kind == "order_number" or quoted in " ".join(sheet.context.facts) or (house and house in quoted):
            continue
        return 1, found.span
    return 0, None


def _repeats(sheet: Sheet) -> Measured:
    """Count words in runs of three that the draft has said before."""
    words = [word.folded for word in sheet.draft.words]
    seen: set[tuple[str, ...]] = set()
    again = 0
    first: Span | None = None
    for index in range(len(words) - 2):
        gram = tuple(words[index : index + 3])
        if gram in seen:
            again += 1
            first = first or (sheet.draft.words[index].span[0], sheet.draft.words[index + 2].span[1])
        seen.add(gram)
    return again / max(1, len(words)), first


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
    "mirrored_share": lambda sheet: (sheet.relation.mirrored_share, _densest(sheet, sheet.relation.taken_up)),
    "missed_parts": lambda sheet: (len(sheet.relation.missed_parts), None),
    "missed_must": lambda sheet: (len(sheet.relation.missed_must), None),
    "wrong_name": lambda sheet: _flag(sheet.relation.wrong_name),
    "false_fact": lambda sheet: _flag(sheet.relation.false_fact),
    "slips": _slips,
    "repeats": _repeats,
    "personal_data": _personal_data,
    "microblog": lambda sheet: (float(sheet.context.channel is Channel.MICROBLOG), None),
}
"""What `metric:` may name. Shares are 0–1, the rest are counts; a span is None where the whole draft is meant."""
