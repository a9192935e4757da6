"""Lay out the tables of runs: what was played on, the event log, drafts and hand-overs. Times are milliseconds since the epoch."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, Float, ForeignKey, Identity, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from simulator.persistence.account_tables import BigKey
from simulator.persistence.db import Base


class DbSnapshot(Base):
    """The texts a run is played on, kept once however many runs use them; the id is a hash of the texts."""

    __tablename__ = "db_snapshot"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    texts: Mapped[dict[str, str]] = mapped_column(JSON)


class DbRun(Base):
    """One playing of a scenario: whose it is, and a summary of what its events come to."""

    __tablename__ = "db_run"
    __table_args__ = (
        Index("ix_db_run_owner_user_created_ms", "owner_user", "created_ms"),
        Index("ix_db_run_owner_guest_created_ms", "owner_guest", "created_ms"),
        Index("ix_db_run_slug_seed_class", "slug", "seed_class"),
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    owner_user: Mapped[str | None] = mapped_column(ForeignKey("db_user.id", ondelete="CASCADE"))
    owner_guest: Mapped[str | None] = mapped_column(String(64))
    snapshot_id: Mapped[str] = mapped_column(ForeignKey("db_snapshot.id"), index=True)
    slug: Mapped[str] = mapped_column(String(60))
    status: Mapped[str] = mapped_column(String(20))
    created_ms: Mapped[int] = mapped_column(BigInteger)
    updated_ms: Mapped[int] = mapped_column(BigInteger)
    ended_ms: Mapped[int | None] = mapped_column(BigInteger)
    last_seq: Mapped[int]
    total: Mapped[float | None] = mapped_column(Float)
    public: Mapped[bool] = mapped_column(default=False, index=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    parent_run: Mapped[str | None] = mapped_column(ForeignKey("db_run.id", ondelete="SET NULL"))
    parent_seq: Mapped[int | None]
    calibration: Mapped[dict[str, list[int]] | None] = mapped_column(JSON(none_as_null=True))
    seed: Mapped[str] = mapped_column(String(64), default="", server_default="")
    seed_class: Mapped[str] = mapped_column(String(40), default="", server_default="")


class DbRunEvent(Base):
    """One event of a run's log. Whoever writes a `seq` first wins."""

    __tablename__ = "db_run_event"
    __table_args__ = (UniqueConstraint("run_id", "seq"),)

    id: Mapped[int] = mapped_column(BigKey, Identity(), primary_key=True, autoincrement=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("db_run.id", ondelete="CASCADE"))
    seq: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    real_ms: Mapped[int] = mapped_column(BigInteger)
    story_s: Mapped[float] = mapped_column(Float(53))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


class DbDraft(Base):
    """What somebody was typing under one thread of a run."""

    __tablename__ = "db_draft"

    run_id: Mapped[str] = mapped_column(ForeignKey("db_run.id", ondelete="CASCADE"), primary_key=True)
    thread: Mapped[str] = mapped_column(String(64), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    saved_ms: Mapped[int] = mapped_column(BigInteger)


class DbHandover(Base):
    """A hand-over that waits for a colleague, or that one has answered. Who sent and who answered are names, as they were shown."""

    __tablename__ = "db_handover"
    __table_args__ = (UniqueConstraint("run_id", "handover_id"), Index("ix_db_handover_contact_answered_ms", "contact", "answered_ms"))

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("db_run.id", ondelete="CASCADE"))
    handover_id: Mapped[str] = mapped_column(String(64))
    contact: Mapped[str] = mapped_column(String(20))
    sender_name: Mapped[str] = mapped_column(String(200))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    filed_ms: Mapped[int] = mapped_column(BigInteger)
    answered_ms: Mapped[int | None] = mapped_column(BigInteger)
    answered_by: Mapped[str | None] = mapped_column(String(200))
    answer: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
