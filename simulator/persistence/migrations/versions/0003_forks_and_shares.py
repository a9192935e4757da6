"""Let a run say which one it was forked from and how sure its player was, and keep links that share a review.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("db_run") as table:
        table.add_column(sa.Column("parent_run", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("parent_seq", sa.Integer(), nullable=True))
        table.add_column(sa.Column("calibration", sa.JSON(), nullable=True))
        table.create_foreign_key(op.f("fk_db_run_parent_run_db_run"), "db_run", ["parent_run"], ["id"], ondelete="SET NULL")
    op.create_table(
        "db_share",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("run_id", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("expires_ms", sa.BigInteger(), nullable=False),
        sa.Column("revoked_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["db_run.id"], name=op.f("fk_db_share_run_id_db_run"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_db_share")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_db_share_token_hash")),
    )
    op.create_index(op.f("ix_db_share_run_id"), "db_share", ["run_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_db_share_run_id"), "db_share")
    op.drop_table("db_share")
    with op.batch_alter_table("db_run") as table:
        table.drop_constraint(op.f("fk_db_run_parent_run_db_run"), type_="foreignkey")
        table.drop_column("calibration")
        table.drop_column("parent_seq")
        table.drop_column("parent_run")
