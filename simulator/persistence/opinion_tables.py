"""Lay out the tables of second opinions: what was answered lately, and what each day used. Times are milliseconds since the epoch."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from simulator.persistence.db import Base


class DbOpinion(Base):
    """An answer, known by the hash of what was asked. Neither post nor draft are kept."""

    __tablename__ = "db_opinion"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_ms: Mapped[int] = mapped_column(BigInteger, index=True)


class DbOpinionDay(Base):
    """What one day (UTC, days since the epoch) has used."""

    __tablename__ = "db_opinion_day"

    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    calls: Mapped[int] = mapped_column(default=0)
    tokens: Mapped[int] = mapped_column(BigInteger, default=0)
