"""Keep the links that share a review, by the hashes of their tokens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, delete, select, update

from simulator.persistence.db import reading, transaction
from simulator.persistence.share_tables import DbShare


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A link to one run's review, from `created_ms` to `expires_ms` (milliseconds since the epoch)."""

    id: str
    run_id: str
    created_ms: int
    expires_ms: int


class ShareStore:
    """Store and find shared links. Every method is one transaction, or joins the caller's."""

    def add(self, share: ShareRow, token_hash: str) -> None:
        """Store a new link."""
        with transaction() as session:
            session.add(
                DbShare(id=share.id, run_id=share.run_id, token_hash=token_hash, created_ms=share.created_ms, expires_ms=share.expires_ms)
            )

    def live(self, run_id: str, now_ms: int) -> list[ShareRow]:
        """Return a run's links that still open, newest first."""
        asked = select(DbShare).where(DbShare.run_id == run_id, *_opens(now_ms)).order_by(DbShare.created_ms.desc(), DbShare.id)
        with reading() as session:
            return [_share(row) for row in session.scalars(asked)]

    def by_hash(self, token_hash: str, now_ms: int) -> ShareRow | None:
        """Return a link that still opens by its token's hash."""
        asked = select(DbShare).where(DbShare.token_hash == token_hash, *_opens(now_ms))
        with reading() as session:
            row = session.scalars(asked).first()
            return _share(row) if row else None

    def revoke(self, share_id: str, *, run_id: str, now_ms: int) -> bool:
        """Close a run's link at once; False where there is none that opens."""
        given = update(DbShare).where(DbShare.id == share_id, DbShare.run_id == run_id, *_opens(now_ms)).values(revoked_ms=now_ms)
        with transaction() as session:
            return cast(CursorResult[Any], session.execute(given)).rowcount == 1

    def forget_before(self, run_id: str, now_ms: int) -> None:
        """Drop a run's links that no longer open."""
        with transaction() as session:
            session.execute(
                delete(DbShare).where(DbShare.run_id == run_id, (DbShare.expires_ms <= now_ms) | DbShare.revoked_ms.is_not(None))
            )


def _opens(now_ms: int) -> tuple[ColumnElement[bool], ...]:
    return DbShare.revoked_ms.is_(None), DbShare.expires_ms > now_ms


def _share(row: DbShare) -> ShareRow:
    return ShareRow(row.id, row.run_id, row.created_ms, row.expires_ms)
