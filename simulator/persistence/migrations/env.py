"""Run migrations through the app's own engine: all of an upgrade in one transaction, on SQLite and PostgreSQL alike."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, text

from simulator.persistence import account_tables, opinion_tables, run_tables, share_tables
from simulator.persistence.db import WRITES, db

TABLES = (account_tables, run_tables, opinion_tables, share_tables)
_MIGRATION_LOCK = 4_207_002


def migrate_over(connection: Connection) -> None:
    """Run what is asked for over `connection`; of several nodes that start together, one migrates and the others wait."""
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        transactional_ddl=True,
        user_module_prefix=None,
    )
    with connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
        context.run_migrations()


def run() -> None:
    """Open one connection for the migration, without SQLite's foreign keys: batch mode drops and recreates tables."""
    with db.engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        pragmas = connection.connection.driver_connection if is_sqlite else None
        if pragmas is not None:
            pragmas.execute("PRAGMA foreign_keys=OFF")
        try:
            migrate_over(connection.execution_options(**{WRITES: True}))
            if pragmas is not None and (broken := pragmas.execute("PRAGMA foreign_key_check").fetchall()):
                raise RuntimeError(f"rows point to nothing after the migration: {broken[:5]}")
        finally:
            if pragmas is not None:
                pragmas.execute("PRAGMA foreign_keys=ON")


if context.is_offline_mode():
    raise RuntimeError("migrations run against a database; --sql is not offered")
run()
