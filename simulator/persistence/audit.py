"""Keep the audit log: lines are added and read, never changed."""

from __future__ import annotations

from sqlalchemy import select

from simulator.persistence.account_tables import DbAuditEntry
from simulator.persistence.db import reading, transaction
from simulator.persistence.rows import AuditRow


class AuditStore:
    """Add and read lines of the audit log. Every method is one transaction, or joins the caller's."""

    def add(self, entry: AuditRow) -> None:
        """Add one line."""
        with transaction() as session:
            session.add(DbAuditEntry(at_ms=entry.at_ms, act=entry.act, actor=entry.actor, about=entry.about, detail=dict(entry.detail)))

    def latest(self, limit: int) -> list[AuditRow]:
        """Return the latest lines, newest first."""
        with reading() as session:
            rows = session.scalars(select(DbAuditEntry).order_by(DbAuditEntry.id.desc()).limit(limit))
            return [AuditRow(at_ms=row.at_ms, act=row.act, actor=row.actor, about=row.about, detail=row.detail) for row in rows]
