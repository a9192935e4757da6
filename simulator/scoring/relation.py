"""Relate a draft to its post: what it takes up, answers, copies, gets wrong, and what it adds from the known facts."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from simulator.scoring.ground import RUN, Lexicon, read_ground
from simulator.scoring.model import Context, Post, Span
from simulator.scoring.text import Text, Word, phrase_spans, read_again, stem

__all__ = ["Lexicon", "Relation", "relate"]

Spans = tuple[Span, ...]
_NUMBER = re.compile(r"\d")
_FIGURE = re.compile(r"\d+")
_CAPITAL = re.compile(r"[A-Z][a-zà-öø-ÿ]{2,}")
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september"
    " october november december".split()
)
_NAME = re.compile(r"(?<![.!?:\n]\s)(?<!^)(?<![\w@/'’-])[A-Z][a-zà-öø-ÿ]{2,}(?![\w-])")
_GREETED = re.compile(
    r"^\W*(?:(?:Hi|Hello|Hey|Dear|Thanks|Thank you|Cheers|Sorry|Oh|Ah|Ugh)(?: there)?,? )?(?:(?:Mr|Mrs|Ms|Miss|Dr)\.? )?"
    r"([A-Z][a-zà-öø-ÿ]{2,})(?=[,:.!]| [-–—])"
)
_OPENERS = frozenset("yes no well true fair right sure glad good great lovely done noted agreed understood sorry thanks okay".split())
"""Words that open a reply before a comma as a name would."""
_MEASURE = re.compile(
    r"(?<![\w.,])(?P<sign>[£$€])?(?P<number>\d+(?:[.,]\d+)*)\s?"
    r"(?P<unit>%|mm|cm|kg|g|ml|km|miles?|mins?|minutes?|hours?|hrs?|days?|weeks?|months?|years?|p|pence|am|pm)?(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Relation:
    """What a draft and its post have in common. Spans point into the draft.

    `taken_up` are words of the post the draft uses (weighted count in `taken_weight`), `from_facts` words that only the
    known facts have, `specifics` numbers, times, links and names that the post did not give, `own` content words that are
    neither the post's nor stock (`own_words` counts different ones). `copied` is the share of the
    draft's words that stand in runs of six or more copied from the post; `stock_share` the share of its content words that
    could stand under any post; `mirrored_share` the share that comes from the post; `parts_covered` counts the post's sentences
    that the draft touches, `missed_parts` are its questions that it does not.
    """

    asks: int
    taken_up: Spans
    taken_weight: float
    issue: str
    from_facts: Spans
    specifics: Spans
    own: Spans
    own_words: int
    content_words: int
    stock_share: float
    mirrored_share: float
    copied: float
    copied_span: Span | None
    parts_covered: int
    missed_parts: tuple[str, ...]
    missed_must: tuple[str, ...]
    wrong_name: Span | None
    false_fact: Span | None


def relate(draft: Text, post: Post, post_text: Text, facts: Text, context: Context, lexicon: Lexicon) -> Relation:
    """Compare `draft` with the post and the known facts; nothing is assumed where there is no post."""
    ground = read_ground(post_text.raw, post.text, facts.raw, context.brand, lexicon)
    post_words, brand = ground.words, ground.brand
    stop, stock_words, family = lexicon.stop, lexicon.stock, lexicon.family
    draft_content = [(word, family.get(word.stem, word.stem)) for word in draft.words if word.stem not in stop]
    shared = [pair for pair in draft_content if pair[1] in post_words]
    taken = [(word, key) for word, key in shared if key not in brand and key not in stock_words]
    weights = {key: 0.5 if key in lexicon.common else 1.0 for _, key in taken}
    others = [pair for pair in draft_content if pair[1] not in post_words]
    own = [word for word, key in others if key not in stock_words]
    agreed = phrase_spans(draft.folded, context.house.approved)
    stock = [word.span[0] for word, key in draft_content if key in stock_words]
    if agreed:
        stock = [at for at in stock if not any(start <= at < end for start, end in agreed)]
    added = _first_of_each([(word, key) for word, key in others if key in ground.facts and key not in brand] if ground.facts else ())
    copied, copied_span = _copied(draft, ground.runs)
    said = {key for _, key in draft_content} | set(_numbers(draft.folded))
    return Relation(
        asks=ground.asks,
        taken_up=_first_of_each(taken),
        taken_weight=sum(weights.values()),
        issue=ground.issue,
        from_facts=added,
        specifics=_specifics(draft, ground.said),
        own=tuple(word.span for word in own),
        own_words=len({word.stem for word in own}),
        content_words=len(draft_content),
        stock_share=len(stock) / len(draft_content) if draft_content else 0.0,
        mirrored_share=len(taken) / len(draft_content) if draft_content else 0.0,
        copied=copied,
        copied_span=copied_span,
        parts_covered=sum(1 for _, keys in ground.parts if keys & said),
        missed_parts=tuple(words for words, keys in ground.open_parts if "?" in words and not keys & said),
        missed_must=_missed_must(draft, context),
        wrong_name=_wrong_name(draft, post, post_text, facts, context, lexicon),
        false_fact=_false_fact(draft, post_text, facts),
    )


def _first_of_each(words: Sequence[tuple[Word, str]]) -> Spans:
    first: dict[str, Span] = {}
    for word, key in words:
        first.setdefault(key, word.span)
    return tuple(first.values())


def _numbers(folded: str) -> list[str]:
    return _FIGURE.findall(folded)


def _specifics(draft: Text, known: Collection[str]) -> Spans:
    found = [word.span for word in draft.words if not word.folded.isalpha() and _NUMBER.search(word.folded) and word.folded not in known]
    found += [match.span() for match in _NAME.finditer(draft.raw) if match.group().lower() not in known]
    return tuple(sorted(found))


def _copied(draft: Text, runs: Collection[tuple[str, ...]]) -> tuple[float, Span | None]:
    """Return the share of the draft's words in `runs` copied from the post, and the first such run."""
    words = draft.said
    again = [index for index, run in enumerate(zip(*(words[first:] for first in range(RUN)), strict=False)) if run in runs]
    if not again:
        return 0.0, None
    covered = {at for index in again for at in range(index, index + RUN)}
    first = min(covered)
    last = first
    while last + 1 in covered:
        last += 1
    return len(covered) / len(words), (draft.words[first].span[0], draft.words[last].span[1])


def _missed_must(draft: Text, context: Context) -> tuple[str, ...]:
    if context.expected is None:
        return ()
    stems, missed = draft.stems, []
    for must in context.expected.must_address:
        wanted = [[stem(word.folded) for word in read_again(say).words] for say in must.say]
        if not any(words and all(word in stems for word in words) for words in wanted):
            missed.append(must.say[0] if must.say else must.id)
    return tuple(missed)


def _wrong_name(draft: Text, post: Post, post_text: Text, facts: Text, context: Context, lexicon: Lexicon) -> Span | None:
    """Return a name in the draft that looks like a slip: greets somebody else, or all but spells a name that was given."""
    names, greeted = list(_NAME.finditer(draft.raw)), _GREETED.match(draft.raw)
    if not names and not greeted:
        return None
    source = f"{post.author} {post_text.raw} {facts.raw} {context.brand}"
    known_text = source.lower()
    others = set(_CAPITAL.findall(source)).difference(_CAPITAL.findall(draft.raw))
    signed = draft.words[-1].span[0] if draft.words else 0
    for match in names:
        name = match.group()
        low = name.lower()
        if low in known_text or match.start() >= signed - 12 or low in lexicon.stop or low in _CALENDAR:
            continue
        if any(_slip(name, other) for other in others):
            return match.span()
    if greeted and len(draft.words) > 6 and greeted.group(1).lower() not in _OPENERS:
        name = greeted.group(1)
        if name.lower() not in known_text and name.lower() in lexicon.given_names and _author_is_named(post.author, lexicon):
            return greeted.span(1)
        if name.lower() not in known_text and any(_slip(name, other) for other in others):
            return greeted.span(1)
    return None


def _author_is_named(author: str, lexicon: Lexicon) -> bool:
    return any(part.lower() in lexicon.given_names for part in re.findall(r"[A-Za-zà-öø-ÿ]{3,}", author))


def _slip(name: str, other: str) -> bool:
    if name[0] != other[0] or abs(len(name) - len(other)) > 2 or name.rstrip("s") == other.rstrip("s"):
        return False
    return Levenshtein.distance(name.lower(), other.lower()) <= max(1, len(other) * 2 // 3) and stem(name.lower()) != stem(other.lower())


def _false_fact(draft: Text, post_text: Text, facts: Text) -> Span | None:
    """Return a figure in the draft whose unit the facts know only with another number.

    Conservative: silent where the post gives the figure, where the sentence makes a promise of its own, and for bare numbers.
    """
    if not facts.raw:
        return None
    if not _NUMBER.search(draft.folded):
        return None
    known: dict[str, set[str]] = {}
    for match in _MEASURE.finditer(facts.folded):
        if unit := _unit(match):
            known.setdefault(unit, set()).add(match["number"])
    theirs = {*_numbers(post_text.folded), *_numbers(facts.folded)}
    for match in _MEASURE.finditer(draft.folded):
        unit = _unit(match)
        if not unit or unit not in known or match["number"] in known[unit] or set(_numbers(match["number"])) <= theirs:
            continue
        start, end = draft.sentence_of(match.start())
        if not re.search(r"\b(?:i'll|we'll|i will|we will|i've|i'm)\b", draft.folded[start:end]):
            return match.span()
    return None


def _unit(match: re.Match[str]) -> str:
    if match["sign"]:
        return match["sign"]
    return (match["unit"] or "").rstrip("s").replace("minute", "min").replace("hour", "hr")
