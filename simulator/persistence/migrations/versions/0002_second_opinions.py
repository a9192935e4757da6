"""Make the tables of second opinions: answers kept for a while, and what each day used.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "db_opinion",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_db_opinion")),
    )
    op.create_index(op.f("ix_db_opinion_created_ms"), "db_opinion", ["created_ms"])
    op.create_table(
        "db_opinion_day",
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("tokens", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_db_opinion_day")),
    )


def downgrade() -> None:
    op.drop_table("db_opinion_day")
    op.drop_index(op.f("ix_db_opinion_created_ms"), "db_opinion")
    op.drop_table("db_opinion")
