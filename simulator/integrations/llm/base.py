"""Say what a source of second opinions is asked, what it answers, and how it says that it has none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from pydantic import BaseModel, Field

ANSWER_TOKENS = 2_000
"""Most tokens an answer may have; a full one needs about 600, a thinking model more."""


class FailureCode(StrEnum):
    """Name why there is no second opinion now."""

    OFF = "off"
    BUSY = "busy"
    CAPPED = "capped"
    SLOW = "slow"
    UNREACHABLE = "unreachable"
    REJECTED = "rejected"
    DECLINED = "declined"
    TOO_LONG = "too_long"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Failure:
    """Say that no second opinion came, and why. Never an exception: the page goes on without one."""

    code: FailureCode


@dataclass(frozen=True, slots=True)
class Question:
    """What leaves this process: two messages, with personal data masked. `draft` is the masked draft that quotes must come from."""

    system: str
    user: str
    draft: str


class RatedOne(BaseModel):
    """One dimension as the model answers it. The rating comes last, so that it follows from the evidence."""

    quote: str | None = Field(description="The exact words of the reply this rests on, copied character by character; null where none.")
    reason: str = Field(description="One plain sentence about the words of the reply, never about the person who wrote it.")
    rating: int | None = Field(description="0, 1, 2, 3 or 4; null where this kind of post does not call for it.")


class Rated(BaseModel):
    """The whole answer of a model: the shape it is asked for, not yet checked against the draft."""

    listen: RatedOne
    acknowledge: RatedOne
    resolve: RatedOne
    nurture: RatedOne
    tone: RatedOne
    clarity: RatedOne
    overall: RatedOne


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer in shape. `tokens` is what the endpoint says it used, None where it says nothing believable."""

    rated: Rated
    tokens: int | None = None


class Budget(Protocol):
    """Bound what is spent. Every try takes its share first and settles it afterwards."""

    def take(self) -> bool:
        """Reserve one try; False where today's budget is used up."""

    def settle(self, tokens: int | None) -> None:
        """Say what the last try used: tokens, 0 where the endpoint did no work, None where nobody knows (it then counts in full)."""


class OpinionSource(Protocol):
    """Somebody who can rate a reply. `name` is the model's, `place` the host that texts are sent to; empty where nothing leaves."""

    available: bool
    name: str
    place: str

    def ask(self, question: Question, budget: Budget) -> Answer | Failure:
        """Return an answer in shape, or why there is none. Takes from `budget` before every try; raises nothing that is expected."""
