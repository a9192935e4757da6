"""Ask for a second opinion on a reply and set it beside the judge's report. It never changes the report."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from threading import BoundedSemaphore

from simulator.core.clock import Now
from simulator.core.refusal import Refusal, RefusalCode
from simulator.integrations.llm.base import ANSWER_TOKENS, Answer, Failure, FailureCode, OpinionSource, Question
from simulator.integrations.llm.checking import Opinion, check, opinion_from_json, opinion_to_json
from simulator.integrations.llm.prompt import PROMPT_VERSION, build_question
from simulator.persistence.opinions import OpinionStore
from simulator.scoring import Context, Report
from simulator.scoring.vocabulary import WORDS, Dimension
from simulator.services.desk import Assessment

KEEP_DAYS = 7
_DAY_MS = 86_400_000
_STEP = 25.0
"""One step of the rubric's five, in points of a dimension."""
_CHARS_A_TOKEN = 3


@dataclass(frozen=True, slots=True)
class Limits:
    """What a second opinion may use: calls and tokens a day (UTC, over all processes), and calls at once in one process."""

    daily_calls: int
    daily_tokens: int
    at_once: int


@dataclass(frozen=True, slots=True)
class Difference:
    """How far the opinion stands from the judge, in steps of the rubric: positive where the opinion is the kinder one.

    None where only one of the two finds that this kind of post calls for the dimension, or where either says nothing of it.
    """

    steps: float | None

    @property
    def is_wide(self) -> bool:
        """Tell whether the two are more than one step apart."""
        return self.steps is not None and abs(self.steps) > 1


class SecondOpinions:
    """Give second opinions: masked, fenced, bounded in time and cost, and kept by the hash of what was asked."""

    def __init__(self, *, source: OpinionSource, store: OpinionStore, now: Now, given_names: Collection[str], limits: Limits) -> None:
        self._source = source
        self._store = store
        self._now = now
        self._given_names = given_names
        self._limits = limits
        self._free = BoundedSemaphore(limits.at_once)

    @property
    def available(self) -> bool:
        """Tell whether there is anybody to ask."""
        return self._source.available

    @property
    def model(self) -> str:
        """Return the name of the model that is asked."""
        return self._source.name

    @property
    def place(self) -> str:
        """Return the host that texts are sent to."""
        return self._source.place

    def ask(self, found: Assessment, context: Context) -> Opinion | Failure | Refusal:
        """Return a second opinion on what the desk has judged, or why there is none; Refusal where there is no draft."""
        if found.draft is None:
            return Refusal(RefusalCode.EMPTY, "Write a draft first: there are no words yet to have an opinion on.", "draft")
        if not self.available:
            return Failure(FailureCode.OFF)
        question = build_question(found.post, found.draft, context, self._given_names)
        key = self._key(question, found.fingerprint)
        since_ms = self._now() - KEEP_DAYS * _DAY_MS
        if (kept := self._store.find(key, since_ms=since_ms)) is not None:
            return opinion_from_json(kept, question.draft)
        if not self._free.acquire(blocking=False):
            return Failure(FailureCode.BUSY)
        try:
            answer = self._source.ask(question, _Budget(self._store, self._limits, self._now() // _DAY_MS, _tokens_at_most(question)))
        finally:
            self._free.release()
        opinion = check(answer.rated, question.draft) if isinstance(answer, Answer) else answer
        if isinstance(opinion, Opinion):
            self._store.keep(key, opinion_to_json(opinion), now_ms=self._now(), since_ms=since_ms)
        return opinion or Failure(FailureCode.BROKEN)

    def _key(self, question: Question, fingerprint: str) -> str:
        asked = [PROMPT_VERSION, self.place, self.model, fingerprint, question.system, question.user]
        return sha256(json.dumps(asked).encode()).hexdigest()


class _Budget:
    """Book the tries of one question on its day, in short transactions before and after each: none is open during a call."""

    def __init__(self, store: OpinionStore, limits: Limits, day: int, tokens: int) -> None:
        self._store, self._limits, self._day, self._tokens = store, limits, day, tokens

    def take(self) -> bool:
        """Reserve one try at its dearest."""
        limits = self._limits
        return self._store.reserve(self._day, tokens=self._tokens, most_calls=limits.daily_calls, most_tokens=limits.daily_tokens)

    def settle(self, tokens: int | None) -> None:
        """Book what the try really used; one on which the endpoint did no work doesn't count."""
        if tokens is not None:
            self._store.settle(self._day, calls=0 if tokens else -1, tokens=tokens - self._tokens)


def _tokens_at_most(question: Question) -> int:
    return (len(question.system) + len(question.user)) // _CHARS_A_TOKEN + ANSWER_TOKENS


def compare_opinions(report: Report, opinion: Opinion) -> dict[Dimension | None, Difference]:
    """Return how the two differ on each dimension of words, and on the whole under None."""
    found: dict[Dimension | None, Difference] = {}
    for dimension in WORDS:
        scored, rating = report.dimensions.get(dimension), opinion.ratings.get(dimension)
        found[dimension] = _difference(scored.score if scored is not None and scored.applicable else None, rating.step if rating else None)
    found[None] = _difference(report.total, opinion.overall.step if opinion.overall else None)
    return found


def _difference(points: float | None, step: int | None) -> Difference:
    return Difference(None if points is None or step is None else step - points / _STEP)
