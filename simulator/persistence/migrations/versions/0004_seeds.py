"""Let a run say which variant of its scenario it plays, and with which runs it may be compared.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("db_run") as table:
        table.add_column(sa.Column("seed", sa.String(length=64), nullable=False, server_default=""))
        table.add_column(sa.Column("seed_class", sa.String(length=40), nullable=False, server_default=""))
    op.create_index(op.f("ix_db_run_slug_seed_class"), "db_run", ["slug", "seed_class"])


def downgrade() -> None:
    op.drop_index(op.f("ix_db_run_slug_seed_class"), "db_run")
    with op.batch_alter_table("db_run") as table:
        table.drop_column("seed_class")
        table.drop_column("seed")
