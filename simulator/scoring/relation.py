"""Relate a draft to its post: what it takes up, answers, copies, gets wrong, and what it adds from the known facts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from simulator.scoring.model import Context, Post, Span
from simulator.scoring.text import Text, Word, phrase_spans, read_text, stem

Spans = tuple[Span, ...]
_NUMBER = re.compile(r"\d")
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september"
    " october november december".split()
)
ISSUE_WORDS = 7
"""Most words of the post that a fix quotes: enough to point, too few to be pasted."""
_CLAUSE_END = re.compile(r"[,;:.!?()\n\u2013\u2014]|\s-\s")
_HANDLE = re.compile(r"@\w+")
_ASK = re.compile(
    r"\?|\b(?:how (?:do|can|long|much|many)|can (?:i|you|we|someone|anyone)|could (?:you|i|we)|is (?:there|it)|do (?:you|i)|what do i"
    r"|where (?:do|is|are)"
    r"|when (?:do|is|will|does)|anyone know|please (?:can|could|tell|explain|help|check))\b"
)
_NAME = re.compile(r"(?<![.!?:\n]\s)(?<!^)(?<![\w@/'’-])[A-Z][a-zà-öø-ÿ]{2,}(?![\w-])")
_GREETED = re.compile(
    r"^\W*(?:(?:Hi|Hello|Hey|Dear|Thanks|Thank you|Cheers|Sorry|Oh|Ah|Ugh)(?: there)?,? )?(?:(?:Mr|Mrs|Ms|Miss|Dr)\.? )?"
    r"([A-Z][a-zà-öø-ÿ]{2,})(?=[,:.!]| [-–—])"
)
_MEASURE = re.compile(
    r"(?<![\w.,])(?P<sign>[£$€])?(?P<number>\d+(?:[.,]\d+)*)\s?"
    r"(?P<unit>%|mm|cm|kg|g|ml|km|miles?|mins?|minutes?|hours?|hrs?|days?|weeks?|months?|years?|p|pence|am|pm)?(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words the relation needs from the packs, as stems: `stop` says nothing, `stock` stands under any post.

    `family` maps a stem to the stem that stands for all its synonyms; `common` are content words that say little alone.
    """

    stop: frozenset[str]
    stock: frozenset[str]
    common: frozenset[str]
    family: Mapping[str, str]
    given_names: frozenset[str] = frozenset()


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
    post_words = _content(post_text, lexicon)
    fact_words = _content(facts, lexicon)
    brand = {lexicon.family.get(word.stem, word.stem) for word in read_text(context.brand).words}
    draft_content = [(word, lexicon.family.get(word.stem, word.stem)) for word in draft.words if word.stem not in lexicon.stop]
    taken = [(word, key) for word, key in draft_content if key in post_words and key not in brand and key not in lexicon.stock]
    weights = {key: 0.5 if key in lexicon.common else 1.0 for _, key in taken}
    own = [word for word, key in draft_content if key not in post_words and key not in lexicon.stock]
    agreed = phrase_spans(draft.folded, context.house.approved)
    stock = sum(1 for word, key in draft_content if key in lexicon.stock and not any(start <= word.span[0] < end for start, end in agreed))
    added = _first_of_each([(word, key) for word, key in draft_content if key in fact_words and key not in post_words and key not in brand])
    copied, copied_span = _copied(draft, post_text)
    said = {key for _, key in draft_content} | set(_numbers(draft.folded))
    parts = _parts(post_text, lexicon, brand)
    # What a fix quotes is the post's own: an earlier line may be ours, or a bystander's.
    newest = read_text(post.text) if post.thread else post_text
    open_parts = _parts(newest, lexicon, brand) if post.thread else parts
    return Relation(
        asks=len(_ASK.findall(post_text.folded)),
        taken_up=_first_of_each(taken),
        taken_weight=sum(weights.values()),
        issue=_issue(newest, lexicon, brand),
        from_facts=added,
        specifics=_specifics(draft, post_text),
        own=tuple(word.span for word in own),
        own_words=len({word.stem for word in own}),
        content_words=len(draft_content),
        stock_share=stock / len(draft_content) if draft_content else 0.0,
        mirrored_share=len(taken) / len(draft_content) if draft_content else 0.0,
        copied=copied,
        copied_span=copied_span,
        parts_covered=sum(1 for _, keys in parts if keys & said),
        missed_parts=tuple(words for words, keys in open_parts if "?" in words and not keys & said),
        missed_must=_missed_must(draft, context),
        wrong_name=_wrong_name(draft, post, post_text, facts, context, lexicon),
        false_fact=_false_fact(draft, post_text, facts),
    )


def _content(text: Text, lexicon: Lexicon) -> dict[str, int]:
    handles = [match.span() for match in _HANDLE.finditer(text.folded)]
    found: dict[str, int] = {}
    for index, word in enumerate(text.words):
        if word.stem in lexicon.stop or any(start <= word.span[0] < end for start, end in handles):
            continue
        found.setdefault(lexicon.family.get(word.stem, word.stem), index)
    return found


def _first_of_each(words: Sequence[tuple[Word, str]]) -> Spans:
    first: dict[str, Span] = {}
    for word, key in words:
        first.setdefault(key, word.span)
    return tuple(first.values())


def _numbers(folded: str) -> list[str]:
    return re.findall(r"\d+", folded)


def _specifics(draft: Text, post_text: Text) -> Spans:
    known = {word.folded for word in post_text.words}
    found = [word.span for word in draft.words if _NUMBER.search(word.folded) and word.folded not in known]
    found += [match.span() for match in _NAME.finditer(draft.raw) if match.group().lower() not in known]
    return tuple(sorted(found))


def _copied(draft: Text, post_text: Text) -> tuple[float, Span | None]:
    """Return the share of the draft's words in six-word runs copied from the post, and the first such run."""
    run = 6
    words = [word.folded for word in draft.words]
    theirs = [word.folded for word in post_text.words]
    grams = {tuple(theirs[index : index + run]) for index in range(len(theirs) - run + 1)}
    covered: set[int] = set()
    for index in range(len(words) - run + 1):
        if tuple(words[index : index + run]) in grams:
            covered.update(range(index, index + run))
    if not covered:
        return 0.0, None
    first = min(covered)
    last = first
    while last + 1 in covered:
        last += 1
    return len(covered) / len(words), (draft.words[first].span[0], draft.words[last].span[1])


def _issue(post_text: Text, lexicon: Lexicon, brand: set[str]) -> str:
    """Return a short stretch of the post that says what it is about: the fullest ISSUE_WORDS words in one clause of it."""
    best: tuple[float, str] = (0.0, "")
    for words in post_text.words_by_sentence():
        weights = [_content_weight(word, post_text.raw, lexicon, brand) for word in words]
        for first, weight in enumerate(weights):
            last, sum_of = first, 0.0
            while weight and last < len(words) and last < first + ISSUE_WORDS:
                if last > first and _CLAUSE_END.search(post_text.raw, words[last - 1].span[1], words[last].span[0]):
                    break
                sum_of += weights[last]
                if weights[last] and sum_of > best[0]:
                    best = sum_of, post_text.raw[words[first].span[0] : words[last].span[1]]
                last += 1
    return " ".join(best[1].split())


def _content_weight(word: Word, raw: str, lexicon: Lexicon, brand: set[str]) -> float:
    key = lexicon.family.get(word.stem, word.stem)
    if word.stem in lexicon.stop or key in brand or key in lexicon.stock or raw[: word.span[0]].endswith(("@", "#")):
        return 0.0
    return 0.5 if key in lexicon.common else 1.0


def _parts(post_text: Text, lexicon: Lexicon, brand: set[str]) -> list[tuple[str, set[str]]]:
    """Return the sentences of the post that say enough to be answered on their own, each with its content words."""
    parts = []
    for (start, end), words in zip(post_text.sentences, post_text.words_by_sentence(), strict=True):
        keys = {lexicon.family.get(word.stem, word.stem) for word in words if word.stem not in lexicon.stop} - brand
        if len(keys) >= 3:
            parts.append((" ".join(post_text.raw[start:end].split()), keys))
    return parts


def _missed_must(draft: Text, context: Context) -> tuple[str, ...]:
    if context.expected is None:
        return ()
    stems = {word.stem for word in draft.words}
    missed = []
    for must in context.expected.must_address:
        wanted = [[stem(word.folded) for word in read_text(say).words] for say in must.say]
        if not any(words and all(word in stems for word in words) for words in wanted):
            missed.append(must.say[0] if must.say else must.id)
    return tuple(missed)


def _wrong_name(draft: Text, post: Post, post_text: Text, facts: Text, context: Context, lexicon: Lexicon) -> Span | None:
    """Return a name in the draft that looks like a slip: greets somebody else, or all but spells a name that was given."""
    source = f"{post.author} {post_text.raw} {facts.raw} {context.brand}"
    known_text = source.lower()
    known = {match.group() for match in re.finditer(r"[A-Z][a-zà-öø-ÿ]{2,}", source)}
    said = {match.group() for match in re.finditer(r"[A-Z][a-zà-öø-ÿ]{2,}", draft.raw)}
    signed = draft.words[-1].span[0] if draft.words else 0
    for match in _NAME.finditer(draft.raw):
        name = match.group()
        if name.lower() in known_text or match.start() >= signed - 12 or name.lower() in lexicon.stop | _CALENDAR:
            continue
        if any(_slip(name, other) for other in known - said):
            return match.span()
    greeted = _GREETED.match(draft.raw)
    if greeted and len(draft.words) > 6:
        name = greeted.group(1)
        if name.lower() not in known_text and name.lower() in lexicon.given_names and _author_is_named(post.author, lexicon):
            return greeted.span(1)
        if name.lower() not in known_text and any(_slip(name, other) for other in known - said):
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
    known: dict[str, set[str]] = {}
    for match in _MEASURE.finditer(facts.folded):
        if unit := _unit(match):
            known.setdefault(unit, set()).add(match["number"])
    theirs = set(_numbers(post_text.folded)) | set(_numbers(facts.folded))
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
