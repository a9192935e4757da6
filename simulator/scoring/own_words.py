"""Turn a customer's own words round, so that a reply can use them: what went wrong, what it is about, what was asked.

Deliberately shy. English is not parsed here: a few plain shapes are known ("my parcel is still not here"), and whatever does not
fit one of them whole is left out. Only words of the post come back, never a reading between its lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from simulator.scoring.model import Post
from simulator.scoring.relation import Lexicon
from simulator.scoring.text import read_again, stem


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Pieces of a post in the second person, each empty where the post has none that is sure to fit.

    `clause` says what went wrong and fits after "that"; `noun` what it is about, after "about"; `ask` what was asked, after "asked";
    `name` is a plain first name.
    """

    clause: str = ""
    noun: str = ""
    ask: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """The little English that finding those pieces knows, from examples.yaml.

    `verbs` are finite verbs; no noun phrase goes on past a word of `ends_noun`. `unsaid` words, the `personal` ones among them, are
    never said back, `hollow` ones not as what the post is about; `dangling` ones end nothing. `noun_endings` are nouns in -ing and
    -ed. `went_wrong` must stand in a clause; a sentence with `not_meant` may be meant otherwise; a question with `not_asked` may ask
    nothing.
    """

    lexicon: Lexicon
    verbs: frozenset[str]
    ends_noun: frozenset[str]
    dangling: frozenset[str]
    personal: frozenset[str]
    unsaid: frozenset[str]
    hollow: frozenset[str]
    noun_endings: frozenset[str]
    went_wrong: re.Pattern[str]
    not_meant: re.Pattern[str]
    not_asked: re.Pattern[str]


_TOKEN = re.compile(r"[^\W_]+(?:['&.-][^\W_]+)*|[^\w\s]|_")
_WORDY = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|\d{1,3}")
_AMOUNT = re.compile(r"[£$€]?\d{1,3}(?:\.\d\d)?%?")
_BORDER = re.compile(
    r"[,;:()\[\]…–—!?.]|\s-+\s"
    r"|\b(?:and|but|so|because|which|while|then|yet|except|plus|although|though|since|as|who|unless|until|that)\b",
    re.I,
)
_SPELT = {word.replace("'", ""): word for word in "don't can't didn't doesn't isn't wasn't won't hasn't haven't aren't couldn't".split()}
_TURNED = {
    **dict.fromkeys(("my", "our"), "your"),
    **dict.fromkeys(("me", "us", "i", "we"), "you"),
    **dict.fromkeys(("i'm", "we're"), "you're"),
    **dict.fromkeys(("i've", "we've"), "you've"),
    "mine": "yours",
    "myself": "yourself",
    "ourselves": "yourselves",
    "am": "are",
    "your": "our",
}
_DAYS = {
    day.lower(): day
    for day in "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February April June July August September October"
    " November December Christmas Easter".split()
}
_POINTS_AT = re.compile(r"\bthis\b(?! (?:week|month|year|morning|afternoon|evening|weekend)\b)")
"""Where "this" points at something that only the customer sees."""
_CLAUSE_WORDS = range(4, 14)
_OPENERS = frozenset({"my", "our", "the", "your"})
_DETERMINERS = _OPENERS | {"a", "an"}
_THEIR_VERBS = frozenset({"can't", "couldn't", "cannot", "waited", "missed", "lost", "still", "never", "paid", "got"})
_DONE_TO_THEM = frozenset("charged overcharged waiting left ignored locked sent refused kept cut".split())
_HAPPENED_TO_THEM = frozenset({"been", "waited", "lost", "missed", "still", "never", "paid"})
_AFTER_NOUN = frozenset("of in on at for from with to by and or but that which because so will would i we".split())
_ASKS = (
    (re.compile(r"\b(?P<how>can|could|may|should|must) (?:i|we) (?P<what>.+)$"), "whether you {how} {what}"),
    (re.compile(r"\bdo (?:i|we) (?P<what>(?:have|need) .+)$"), "whether you {what}"),
    (re.compile(r"\b(?P<how>how|where|when) (?:do|can|could|should) (?:i|we) (?P<what>.+)$"), "{how} you can {what}"),
    (re.compile(r"\bhow to (?P<what>.+)$"), "how to {what}"),
    (re.compile(r"\b(?P<how>is|are) there (?P<what>.+)$"), "whether there {how} {what}"),
    (re.compile(r"\bdo you (?P<what>.+)$"), "whether we {what}"),
    (re.compile(r"\b(?P<how>can|could|will) you (?:please )?(?P<what>.+)$"), "whether we {how} {what}"),
)


@lru_cache(maxsize=256)
def own_words(post: Post, issue: str, brand: str, grammar: Grammar) -> OwnWords:
    """Return what can be said back of `post`; `issue` is the stretch of it that says most."""
    sentences = _sentences(post)
    clause = next((found for sentence in sentences for found in _clauses(sentence, grammar)), "")
    ranked = [(_rank(noun, issue, clause, brand), place, noun) for place, noun in enumerate(_nouns(sentences, grammar))]
    nouns = [noun for rank, _, noun in sorted(ranked) if rank < 0]
    ask = next((found for sentence in sentences if (found := _asked(sentence, grammar))), "")
    return OwnWords(clause, next(iter(nouns), ""), ask, first_name(post.author, grammar.lexicon))


def noun_for(word: str, post: Post, grammar: Grammar) -> str:
    """Return the noun phrase of `post` that holds `word`, turned round, or an empty text."""
    wanted = {part.stem for part in read_again(word).words}
    nouns = _nouns(_sentences(post), grammar)
    return next((noun for noun in nouns if wanted & {stem(part.lower()) for part in noun.split()}), "")


def first_name(author: str, lexicon: Lexicon) -> str:
    """Return the first name of an author who goes by a plain name, or an empty text."""
    parts = author.split()
    plain = 1 <= len(parts) <= 3 and re.fullmatch(r"[A-ZÀ-Þ][a-zà-þ]{2,}", parts[0])
    return parts[0] if plain and parts[0].lower() in lexicon.given_names else ""


def _sentences(post: Post) -> list[str]:
    raw = post.text.replace("’", "'").replace("‘", "'")
    return [" ".join(raw[start:end].split()) for start, end in read_again(post.text).sentences]


def _clauses(sentence: str, grammar: Grammar) -> Iterator[str]:
    if sentence.endswith("?") or grammar.not_meant.search(sentence.lower()):
        return
    for part in _BORDER.split(sentence):
        words = part.split()
        if len(words) in _CLAUSE_WORDS and (found := _clause(words, grammar)):
            yield found


def _clause(words: Sequence[str], grammar: Grammar) -> str:
    folded = [_SPELT.get(word.lower(), word.lower()) for word in words]
    if not all(_WORDY.fullmatch(word) or _AMOUNT.fullmatch(word) for word in words) or not grammar.went_wrong.search(" ".join(folded)):
        return ""
    if grammar.unsaid & set(folded) or folded[-1] in grammar.dangling or _POINTS_AT.search(" ".join(folded)):
        return ""
    if any(word.isupper() and len(word) > 3 and word.lower() not in _DAYS for word in words):
        return ""
    return _turn(words, folded) if _speaks_of_them(folded) or _speaks_of_a_thing(folded, grammar) else ""


def _speaks_of_them(folded: Sequence[str]) -> bool:
    """Tell whether the words are "I" or "we" and a verb that says what they went through."""
    if folded[0] in ("i've", "we've"):
        return folded[1] in _HAPPENED_TO_THEM
    if folded[0] not in ("i", "we"):
        return False
    return folded[2] in _DONE_TO_THEM if folded[1] in ("was", "were") else folded[1] in _THEIR_VERBS


def _speaks_of_a_thing(folded: Sequence[str], grammar: Grammar) -> bool:
    """Tell whether the words are a plain noun phrase of one to four words, a verb, and more."""
    if folded[0] not in _OPENERS:
        return False
    verb = next((index for index, word in enumerate(folded) if word in grammar.verbs), 0)
    subject = folded[1:verb]
    if folded[verb] in ("don't", "have", "had", "has") and "still" not in folded:
        return False
    plain = not any(word in grammar.dangling or word.endswith("ly") or word in _TURNED for word in subject)
    return 1 <= len(subject) <= 4 and plain and verb + 1 < len(folded)


def _turn(words: Sequence[str], folded: Sequence[str]) -> str:
    """Say the words in the second person; empty where they point at a place that only the customer sees."""
    turned = []
    for index, (word, low) in enumerate(zip(words, folded, strict=True)):
        if low in ("was", "wasn't") and index and folded[index - 1] == "i":
            turned.append(low.replace("was", "were"))
        elif low in _TURNED or low in _DAYS:
            turned.append(_TURNED.get(low) or _DAYS[low])
        else:
            turned.append(low if index == 0 or low in _SPELT.values() or (word.isupper() and len(word) > 1) else word)
    said = re.sub(r"\bnot here$", "not with you", " ".join(turned))
    return "" if re.search(r"\bhere\b", said) else said


def _nouns(sentences: Sequence[str], grammar: Grammar) -> Iterator[str]:
    for sentence in sentences:
        tokens = _TOKEN.findall(sentence)
        for at, token in enumerate(tokens):
            if token.lower() not in _DETERMINERS or (at and tokens[at - 1] in "\"“'#@"):
                continue
            phrase = _phrase(tokens[at + 1 : at + 4], grammar)
            after = (tokens[at + 1 + len(phrase) :] or ["."])[0].lower()
            if _is_noun(phrase, grammar) and _ends_before(after, phrase, grammar):
                said = (_DAYS.get(word.lower()) or (word.lower() if word.isupper() and len(word) > 3 else word) for word in phrase)
                yield f"{_TURNED.get(token.lower(), 'the')} {' '.join(said)}"


def _phrase(tokens: Sequence[str], grammar: Grammar) -> list[str]:
    phrase: list[str] = []
    for token in tokens:
        if not _WORDY.fullmatch(token) or _ends_phrase(token.lower(), grammar):
            break
        phrase.append(token)
    return phrase


def _ends_phrase(low: str, grammar: Grammar) -> bool:
    return low in grammar.ends_noun or stem(low) in grammar.lexicon.stop


def _ends_before(after: str, phrase: Sequence[str], grammar: Grammar) -> bool:
    """Tell whether a phrase may well end before the word `after`: a verb that we don't know must not pass for its last noun."""
    if after in grammar.verbs or not after[0].isalnum():
        return True
    if len(phrase) == 1:
        return _ends_phrase(after, grammar)
    return after in _AFTER_NOUN and not phrase[-1].endswith("s")


def _is_noun(phrase: Sequence[str], grammar: Grammar) -> bool:
    lows = [word.lower() for word in phrase]
    if not 1 <= len(lows) <= 2 or any("'" in word or word.endswith("ly") for word in lows):
        return False
    head = lows[-1]
    if len(head) < 3 or not head.isalpha() or head in grammar.hollow or head in _DAYS or grammar.personal & set(lows):
        return False
    return head in grammar.noun_endings or not head.endswith(("ing", "ed"))


def _rank(noun: str, issue: str, clause: str, brand: str) -> int:
    """Return how sure a noun is to be what the post is about, surer ones lower; from 0 on it is not sure enough."""
    bare = noun.split(" ", 1)[1].lower()
    if brand and bare in brand.lower():
        return 0
    return -((2 if bare in issue.lower() else 0) + (2 if clause and bare in clause.lower() else 0) + (1 if noun.startswith("your") else 0))


def _asked(sentence: str, grammar: Grammar) -> str:
    """Return what a question asks in reported speech, or an empty text."""
    if not sentence.endswith("?"):
        return ""
    last = re.split(r"[,;:.!?–—]\s|\s-\s", sentence.rstrip("?! ").lower())[-1]
    shape, said = next(((hit, said) for shape, said in _ASKS if (hit := shape.search(last))), (None, ""))
    if shape is None:
        return ""
    what = shape["what"].split()
    if not 2 <= len(what) <= 10 or not all(_WORDY.fullmatch(word) for word in what) or grammar.not_asked.search(shape["what"]):
        return ""
    if any(len(word) == 1 and word not in "ai" and not word.isdigit() for word in what) or what[-1] in {
        "it",
        "that",
        "this",
        "the",
        "a",
        "my",
    }:
        return ""
    how = {"could": "can"}.get(shape.groupdict().get("how") or "", shape.groupdict().get("how") or "")
    return said.format(how=how, what=" ".join(_DAYS.get(word, _TURNED.get(word, word)) for word in what))
