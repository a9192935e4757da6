"""Read a customer's post: which cues stand in it, where, and how heated it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ahocorasick

from simulator.scoring.model import Post, Span
from simulator.scoring.privacy import EXPOSING, find_personal_data
from simulator.scoring.sieve import Finder
from simulator.scoring.vocabulary import Contact, Kind

MEASURES = frozenset(
    {
        "heat",
        "words",
        "questions",
        "ends_asking",
        "asks_at_all",
        "exclamations",
        "shouted",
        "followers",
        "chorus",
        "laughs",
        "exposed",
        "private",
    }
)
"""What a `measure` cue may ask for; heat is 0–100, the yes-or-no ones are 0 or 1, the rest are counts."""

FIELDS = frozenset({"text", "author", "thread"})
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\n": " ", "\t": " ", "\u00a0": " "})
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SHOUTED = re.compile(r"\b[A-Z]{3,}(?:'[A-Z]+)?\b")
_ACRONYMS = frozenset(
    "USB RAM SSD PIN ATM GPS SMS FAQ PDF TV UK USA NHS CEO CFO PSA FYI FAO ETA EULA IBAN FDIC FOI DIY RSVP VIP BIOS SCIM API SIM"
    " OTP DOB GDPR HMRC MOT VAT DMV HOA LMS PNR DVD NFC LED LOL OMG WTF EUR GBP USD CAD AUD SSO MFA QR IT PR HR AND THE".split()
)
_CHORUS = re.compile(
    r"\b(?:same|too|also|either|us as well|me neither|here as well|anyone else|everyone|mine|nothing here|dead|down|out|gone)\b"
    r"|\bnot just (?:you|me)\b"
)
_LAUGHS = re.compile(r"[😂🤣😅🙃😆]|\b(?:lol|lmao+|haha+h?a?|rofl|hehe)\b")
_LAUGHTER = ("lol", "lma", "hah", "rofl", "hehe")
"""What written laughter begins with."""


@dataclass(frozen=True, slots=True)
class CueRule:
    """One cue: where to look, what to find, and what finding it says.

    `phrases` end in `*` where any ending will do. `kinds`, `contacts` and `heat` are what one hit adds, up to `most` hits.
    A pattern in `unless` that matches anywhere in the text silences the cue. `measure` with `at_least` reads a count.
    """

    id: str
    code: str
    why: str
    source: str
    field: str = "text"
    phrases: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    measure: str = ""
    at_least: float = 0.0
    most: int = 1
    kinds: tuple[tuple[Kind, float], ...] = ()
    contacts: tuple[tuple[Contact, float], ...] = ()
    signals: tuple[str, ...] = ()
    heat: float = 0.0
    line: int = 0
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue that was found: its spans in the post's text, none where it speaks of a count, the author or the thread."""

    rule: CueRule
    spans: tuple[Span, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a post says: the cues found, the heat (0–100), the measures, and the names of the signals given."""

    hits: tuple[Hit, ...]
    heat: float
    measures: Mapping[str, float]
    signals: frozenset[str]


class CueFinder:
    """Find all cues of a ruleset in one pass over the phrases and one search for each pattern that a sieve lets through."""

    def __init__(self, rules: Sequence[CueRule]) -> None:
        self.rules = tuple(rules)
        self._measured = tuple(rule for rule in rules if rule.measure)
        self._phrases: dict[str, Any] = {}
        for field in sorted(FIELDS):
            wanted = [(number, rule) for number, rule in enumerate(self.rules) if rule.field == field and rule.phrases]
            if wanted:
                self._phrases[field] = _automaton(wanted)
        self._patterns: dict[str, tuple[list[int], Finder]] = {}
        for field in sorted(FIELDS):
            numbered = [(number, rule.pattern) for number, rule in enumerate(self.rules) if rule.field == field and rule.pattern]
            self._patterns[field] = [number for number, _ in numbered], Finder([pattern for _, pattern in numbered])

    def read(self, post: Post, *, private: bool = False) -> Reading:
        """Return the reading of `post`; `private` where strangers can't read along."""
        texts = {"text": fold(post.text), "author": fold(post.author), "thread": fold("\n".join(post.thread))}
        worded: list[Hit] = []
        for number, found in sorted(self._spans(texts).items()):
            rule = self.rules[number]
            if not (rule.unless and rule.unless.search(texts[rule.field])):
                distinct = _apart(found)
                worded.append(Hit(rule, distinct if rule.field == "text" else (), min(len(distinct), rule.most)))
        measures = _measures(post, texts) | {"private": float(private)}
        measures["heat"] = heat = _heat(measures, worded)
        measured = [Hit(rule, (), 1) for rule in self._measured if measures[rule.measure] >= rule.at_least]
        hits = (*worded, *measured)
        return Reading(hits, heat, measures, frozenset(signal for hit in hits for signal in hit.rule.signals))

    def _spans(self, texts: Mapping[str, str]) -> dict[int, list[Span]]:
        spans: dict[int, list[Span]] = {}
        for field, automaton in self._phrases.items():
            text = texts[field]
            for last, entries in automaton.iter(text) if text else ():
                for length, stem, number in entries:
                    start, end = last + 1 - length, last + 1
                    if _bounded(text, start, end, stem=stem):
                        spans.setdefault(number, []).append((start, _word_end(text, end) if stem else end))
        for field, (numbers, finder) in self._patterns.items():
            if text := texts[field]:
                for place, found in finder.find(text, text):
                    spans.setdefault(numbers[place], []).extend(found)
        return spans


def fold(text: str) -> str:
    """Return `text` in lower case with straight quotes, character for character, so that spans hold for the original."""
    low = text.lower()
    if len(low) != len(text) or "Σ" in text:  # the only letters whose lower case depends on what is around them, or grows
        low = "".join(map(_low, text))
    return low.translate(_STRAIGHT)


def _low(char: str) -> str:
    low = char.lower()
    return low if len(low) == 1 else char


def _automaton(wanted: Iterable[tuple[int, CueRule]]) -> Any:
    entries: dict[str, list[tuple[int, bool, int]]] = {}
    for number, rule in wanted:
        for phrase in rule.phrases:
            stem = phrase.endswith("*")
            key = fold(phrase.removesuffix("*"))
            entries.setdefault(key, []).append((len(key), stem, number))
    automaton = ahocorasick.Automaton()
    for key, found in entries.items():
        automaton.add_word(key, found)
    automaton.make_automaton()
    return automaton


def _bounded(text: str, start: int, end: int, *, stem: bool) -> bool:
    before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    after = not stem and end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    return not before and not after


def _word_end(text: str, end: int) -> int:
    while end < len(text) and text[end].isalnum():
        end += 1
    return end


def _apart(spans: list[Span]) -> tuple[Span, ...]:
    """Drop spans that lie in an earlier or longer one."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda one: (one[0], -one[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return tuple(kept)


def _measures(post: Post, texts: Mapping[str, str]) -> dict[str, float]:
    text = texts["text"]
    stripped = text.rstrip(" .!\"')🙏x")
    return {
        "words": len(_WORD.findall(text)),
        "questions": text.count("?"),
        "asks_at_all": float("?" in text),
        "ends_asking": float(stripped.endswith("?")),
        "exclamations": text.count("!"),
        "shouted": sum(1 for word in _SHOUTED.findall(post.text) if word not in _ACRONYMS),
        "followers": float(post.followers or 0),
        "chorus": sum(1 for line in post.thread if _CHORUS.search(fold(line))),
        "exposed": sum(1 for one in find_personal_data(post.text) if one.kind in EXPOSING),
        "laughs": len(_LAUGHS.findall(text)) if not text.isascii() or any(map(text.__contains__, _LAUGHTER)) else 0,
    }


def _heat(measures: Mapping[str, float], hits: Iterable[Hit]) -> float:
    """Return 0–100: each sign of arousal adds, none alone goes to the top (arousal predicts firestorms: Herhausen2019)."""
    heat = 9.0 * min(measures["shouted"], 4) + 6.0 * min(measures["exclamations"], 3)
    heat += sum(hit.rule.heat * hit.count for hit in hits)
    return max(0.0, min(100.0, heat))
