"""Keep API tokens, by their hashes."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import CursorResult, select, update

from simulator.persistence.account_tables import DbApiToken
from simulator.persistence.db import reading, transaction
from simulator.persistence.rows import ApiTokenRow


class TokenStore:
    """Store and find API tokens. Every method is one transaction, or joins the caller's."""

    def add(self, token: ApiTokenRow, token_hash: str) -> None:
        """Store a new token."""
        with transaction() as session:
            session.add(
                DbApiToken(
                    id=token.id,
                    user_id=token.user_id,
                    token_hash=token_hash,
                    name=token.name,
                    start=token.start,
                    created_ms=token.created_ms,
                )
            )

    def of(self, user_id: str) -> list[ApiTokenRow]:
        """Return a user's tokens that are not revoked, newest first."""
        asked = select(DbApiToken).where(DbApiToken.user_id == user_id, DbApiToken.revoked_ms.is_(None))
        with reading() as session:
            return [_token(row) for row in session.scalars(asked.order_by(DbApiToken.created_ms.desc(), DbApiToken.id))]

    def by_hash(self, token_hash: str) -> ApiTokenRow | None:
        """Return a token that is not revoked by its hash."""
        asked = select(DbApiToken).where(DbApiToken.token_hash == token_hash, DbApiToken.revoked_ms.is_(None))
        with reading() as session:
            row = session.scalars(asked).first()
            return _token(row) if row else None

    def mark_used(self, token_id: str, now_ms: int) -> None:
        """Store when a token was used last."""
        with transaction() as session:
            session.execute(update(DbApiToken).where(DbApiToken.id == token_id).values(used_ms=now_ms))

    def revoke(self, token_id: str, *, user_id: str, now_ms: int) -> bool:
        """Revoke a user's own token; False where they have no such token."""
        mine = (DbApiToken.id == token_id, DbApiToken.user_id == user_id, DbApiToken.revoked_ms.is_(None))
        with transaction() as session:
            return cast(CursorResult[Any], session.execute(update(DbApiToken).where(*mine).values(revoked_ms=now_ms))).rowcount == 1


def _token(row: DbApiToken) -> ApiTokenRow:
    return ApiTokenRow(
        id=row.id,
        user_id=row.user_id,
        name=row.name,
        start=row.start,
        created_ms=row.created_ms,
        used_ms=row.used_ms,
        revoked_ms=row.revoked_ms,
    )
