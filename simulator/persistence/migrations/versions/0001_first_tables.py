"""Make the first tables: people, invitations, API tokens, the audit log, runs with their events, drafts and hand-overs.

Revision ID: 0001
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "db_audit_entry",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), autoincrement=True, nullable=False
        ),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("about", sa.String(length=64), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_db_audit_entry")),
    )
    op.create_index(op.f("ix_db_audit_entry_at_ms"), "db_audit_entry", ["at_ms"])

    op.create_table(
        "db_snapshot",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_db_snapshot")),
    )
    op.create_table(
        "db_user",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("contact", sa.String(length=20), nullable=True),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("signed_in_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_db_user")),
        sa.UniqueConstraint("email", name=op.f("uq_db_user_email")),
    )
    op.create_index(op.f("ix_db_user_role"), "db_user", ["role"])

    op.create_table(
        "db_api_token",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("start", sa.String(length=20), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("used_ms", sa.BigInteger(), nullable=True),
        sa.Column("revoked_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["db_user.id"], name=op.f("fk_db_api_token_user_id_db_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_db_api_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_db_api_token_token_hash")),
    )
    op.create_index(op.f("ix_db_api_token_user_id"), "db_api_token", ["user_id"])

    op.create_table(
        "db_invitation",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("contact", sa.String(length=20), nullable=True),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("invited_by", sa.String(length=64), nullable=True),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("expires_ms", sa.BigInteger(), nullable=False),
        sa.Column("used_ms", sa.BigInteger(), nullable=True),
        sa.Column("used_by", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["invited_by"], ["db_user.id"], name=op.f("fk_db_invitation_invited_by_db_user"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["used_by"], ["db_user.id"], name=op.f("fk_db_invitation_used_by_db_user"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_db_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_db_invitation_token_hash")),
    )
    op.create_table(
        "db_run",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("owner_user", sa.String(length=64), nullable=True),
        sa.Column("owner_guest", sa.String(length=64), nullable=True),
        sa.Column("snapshot_id", sa.String(length=32), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("updated_ms", sa.BigInteger(), nullable=False),
        sa.Column("ended_ms", sa.BigInteger(), nullable=True),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("total", sa.Float(), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["owner_user"], ["db_user.id"], name=op.f("fk_db_run_owner_user_db_user"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["snapshot_id"], ["db_snapshot.id"], name=op.f("fk_db_run_snapshot_id_db_snapshot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_db_run")),
    )
    op.create_index("ix_db_run_owner_guest_created_ms", "db_run", ["owner_guest", "created_ms"])
    op.create_index("ix_db_run_owner_user_created_ms", "db_run", ["owner_user", "created_ms"])
    op.create_index(op.f("ix_db_run_public"), "db_run", ["public"])
    op.create_index(op.f("ix_db_run_snapshot_id"), "db_run", ["snapshot_id"])

    op.create_table(
        "db_draft",
        sa.Column("run_id", sa.String(length=64), nullable=False),
        sa.Column("thread", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("saved_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["db_run.id"], name=op.f("fk_db_draft_run_id_db_run"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run_id", "thread", name=op.f("pk_db_draft")),
    )
    op.create_table(
        "db_handover",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("run_id", sa.String(length=64), nullable=False),
        sa.Column("handover_id", sa.String(length=64), nullable=False),
        sa.Column("contact", sa.String(length=20), nullable=False),
        sa.Column("sender_name", sa.String(length=200), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("filed_ms", sa.BigInteger(), nullable=False),
        sa.Column("answered_ms", sa.BigInteger(), nullable=True),
        sa.Column("answered_by", sa.String(length=200), nullable=True),
        sa.Column("answer", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["db_run.id"], name=op.f("fk_db_handover_run_id_db_run"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_db_handover")),
        sa.UniqueConstraint("run_id", "handover_id", name=op.f("uq_db_handover_run_id_handover_id")),
    )
    op.create_index("ix_db_handover_contact_answered_ms", "db_handover", ["contact", "answered_ms"])

    op.create_table(
        "db_run_event",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), autoincrement=True, nullable=False
        ),
        sa.Column("run_id", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("real_ms", sa.BigInteger(), nullable=False),
        sa.Column("story_s", sa.Float(precision=53), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["db_run.id"], name=op.f("fk_db_run_event_run_id_db_run"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_db_run_event")),
        sa.UniqueConstraint("run_id", "seq", name=op.f("uq_db_run_event_run_id_seq")),
    )


def downgrade() -> None:
    op.drop_table("db_run_event")
    op.drop_index("ix_db_handover_contact_answered_ms", "db_handover")

    op.drop_table("db_handover")
    op.drop_table("db_draft")
    op.drop_index(op.f("ix_db_run_snapshot_id"), "db_run")
    op.drop_index(op.f("ix_db_run_public"), "db_run")
    op.drop_index("ix_db_run_owner_user_created_ms", "db_run")
    op.drop_index("ix_db_run_owner_guest_created_ms", "db_run")

    op.drop_table("db_run")
    op.drop_table("db_invitation")
    op.drop_index(op.f("ix_db_api_token_user_id"), "db_api_token")

    op.drop_table("db_api_token")
    op.drop_index(op.f("ix_db_user_role"), "db_user")

    op.drop_table("db_user")
    op.drop_table("db_snapshot")
    op.drop_index(op.f("ix_db_audit_entry_at_ms"), "db_audit_entry")

    op.drop_table("db_audit_entry")
