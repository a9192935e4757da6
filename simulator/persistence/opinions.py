"""Remember second opinions for a while, and count what each day uses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select, update

from simulator.persistence.db import add_new, reading, transaction
from simulator.persistence.opinion_tables import DbOpinion, DbOpinionDay


@dataclass(frozen=True, slots=True)
class DayUse:
    """What one day has used: calls to the endpoint, and tokens as far as they are known."""

    calls: int
    tokens: int


class OpinionStore:
    """Store answers by the hash of the question, and the use of each day. Every method is one transaction, or joins the caller's."""

    def find(self, key: str, *, since_ms: int) -> Mapping[str, Any] | None:
        """Return what was answered to the question `key` at or after `since_ms`."""
        asked = select(DbOpinion.body).where(DbOpinion.id == key, DbOpinion.created_ms >= since_ms)
        with reading() as session:
            return session.scalars(asked).first()

    def keep(self, key: str, body: Mapping[str, Any], *, now_ms: int, since_ms: int) -> None:
        """Keep an answer, and forget all from before `since_ms`; of two that come at once the first stays."""
        with transaction() as session:
            session.execute(delete(DbOpinion).where(DbOpinion.created_ms < since_ms))
            add_new(DbOpinion(id=key, body=dict(body), created_ms=now_ms))

    def reserve(self, day: int, *, tokens: int, most_calls: int, most_tokens: int) -> bool:
        """Count one call of `tokens` towards `day`; False, and nothing counted, where that would pass a limit."""
        fits = (DbOpinionDay.day == day, DbOpinionDay.calls < most_calls, DbOpinionDay.tokens + tokens <= most_tokens)
        more = {"calls": DbOpinionDay.calls + 1, "tokens": DbOpinionDay.tokens + tokens}
        with transaction() as session:
            if session.get(DbOpinionDay, day) is None:
                add_new(DbOpinionDay(day=day, calls=0, tokens=0))
            return cast(CursorResult[Any], session.execute(update(DbOpinionDay).where(*fits).values(more))).rowcount == 1

    def settle(self, day: int, *, calls: int, tokens: int) -> None:
        """Add `calls` and `tokens`, usually negative, to `day` once it is known what a reserved call really used."""
        more = {"calls": DbOpinionDay.calls + calls, "tokens": DbOpinionDay.tokens + tokens}
        with transaction() as session:
            session.execute(update(DbOpinionDay).where(DbOpinionDay.day == day).values(more))

    def use_of(self, day: int) -> DayUse:
        """Return what `day` has used."""
        with reading() as session:
            row = session.get(DbOpinionDay, day)
            return DayUse(row.calls, row.tokens) if row else DayUse(0, 0)
