"""Keep the hand-overs that wait for a colleague, and their answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import CursorResult, select, update

from simulator.persistence.db import add_new, reading, transaction
from simulator.persistence.rows import HandOverRow
from simulator.persistence.run_tables import DbHandover


class HandOverStore:
    """Store and find hand-overs. Every method is one transaction, or joins the caller's."""

    def file_handover(self, handover: HandOverRow) -> bool:
        """Put a hand-over into its contact's inbox; False where that hand-over of that run is already filed."""
        with transaction():
            return add_new(
                DbHandover(
                    id=handover.id,
                    run_id=handover.run_id,
                    handover_id=handover.handover_id,
                    contact=handover.contact,
                    sender_name=handover.sender_name,
                    body=dict(handover.body_json),
                    filed_ms=handover.filed_ms,
                )
            )

    def handovers_for(self, contact: str, *, limit: int = 200) -> list[HandOverRow]:
        """Return a contact's inbox: what waits first, longest wait on top, then what is answered, latest on top."""
        mine = select(DbHandover).where(DbHandover.contact == contact).limit(limit)
        waiting = mine.where(DbHandover.answered_ms.is_(None)).order_by(DbHandover.filed_ms)
        answered = mine.where(DbHandover.answered_ms.is_not(None)).order_by(DbHandover.answered_ms.desc())
        with reading() as session:
            return [_row(row) for asked in (waiting, answered) for row in session.scalars(asked)][:limit]

    def handover(self, filed_id: str) -> HandOverRow | None:
        """Return one hand-over by its inbox id."""
        with reading() as session:
            row = session.get(DbHandover, filed_id)
            return _row(row) if row else None

    def mark_answered(self, filed_id: str, *, answered_by: str, answered_ms: int, answer_json: Mapping[str, Any]) -> bool:
        """Store the answer; False where somebody has answered before, or there is no such hand-over."""
        with transaction() as session:
            answer = (
                update(DbHandover)
                .where(DbHandover.id == filed_id, DbHandover.answered_ms.is_(None))
                .values(answered_by=answered_by, answered_ms=answered_ms, answer=dict(answer_json))
            )
            return cast(CursorResult[Any], session.execute(answer)).rowcount == 1


def _row(row: DbHandover) -> HandOverRow:
    return HandOverRow(
        id=row.id,
        run_id=row.run_id,
        handover_id=row.handover_id,
        contact=row.contact,
        sender_name=row.sender_name,
        body_json=row.body,
        filed_ms=row.filed_ms,
        answered_ms=row.answered_ms,
        answered_by=row.answered_by,
        answer_json=row.answer,
    )
