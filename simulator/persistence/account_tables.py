"""Lay out the tables of people: users, invitations, API tokens and the audit log. Times are milliseconds since the epoch."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Identity, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from simulator.persistence.db import Base

BigKey = BigInteger().with_variant(Integer, "sqlite")


class DbUser(Base):
    """A person with an account. `generation` goes up when every session of theirs has to end."""

    __tablename__ = "db_user"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    email: Mapped[str] = mapped_column(String(320), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str] = mapped_column(String(255))
    role: Mapped[str] = mapped_column(String(20), index=True)
    contact: Mapped[str | None] = mapped_column(String(20))
    disabled: Mapped[bool] = mapped_column(default=False)
    generation: Mapped[int] = mapped_column(default=1)
    created_ms: Mapped[int] = mapped_column(BigInteger)
    signed_in_ms: Mapped[int | None] = mapped_column(BigInteger)


class DbInvitation(Base):
    """An invitation, known by the hash of its token; it serves once."""

    __tablename__ = "db_invitation"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    contact: Mapped[str | None] = mapped_column(String(20))
    email: Mapped[str] = mapped_column(String(320), default="")
    invited_by: Mapped[str | None] = mapped_column(ForeignKey("db_user.id", ondelete="SET NULL"))
    created_ms: Mapped[int] = mapped_column(BigInteger)
    expires_ms: Mapped[int] = mapped_column(BigInteger)
    used_ms: Mapped[int | None] = mapped_column(BigInteger)
    used_by: Mapped[str | None] = mapped_column(ForeignKey("db_user.id", ondelete="SET NULL"))


class DbApiToken(Base):
    """A token for the API, known by its hash; `start` is what its owner recognises it by."""

    __tablename__ = "db_api_token"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("db_user.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    start: Mapped[str] = mapped_column(String(20))
    created_ms: Mapped[int] = mapped_column(BigInteger)
    used_ms: Mapped[int | None] = mapped_column(BigInteger)
    revoked_ms: Mapped[int | None] = mapped_column(BigInteger)


class DbAuditEntry(Base):
    """Who did what, by ids only. No foreign keys: the entry outlives what it speaks of."""

    __tablename__ = "db_audit_entry"

    id: Mapped[int] = mapped_column(BigKey, Identity(), primary_key=True, autoincrement=True)
    at_ms: Mapped[int] = mapped_column(BigInteger, index=True)
    act: Mapped[str] = mapped_column(String(40))
    actor: Mapped[str] = mapped_column(String(64), default="")
    about: Mapped[str] = mapped_column(String(64), default="")
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
