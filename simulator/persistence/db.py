"""Own the database: how a connection is set up, and `transaction()`, the only place that commits.

A session begins nothing by itself (`autobegin` is off): whatever touches the database stands inside `transaction()` or
`reading()`, so no request holds a connection longer than one block.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, ExceptionContext, MetaData, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, ORMExecuteState, Session

from simulator.persistence.write_queue import WriteQueue

WRITES = "composure_writes"
_QUEUE = "composure_write_queue"
_UNIQUE_VIOLATION = "23505"
"""PostgreSQL's code, the SQL standard's."""
_ACCOUNTS_LOCK = 4_207_001
_NO_SUCH_TABLE = frozenset({"42P01", "42703"})
"""PostgreSQL's codes for a table and a column that do not exist."""
_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Name every constraint by one rule, so that migrations can find it on both databases."""

    metadata = MetaData(naming_convention=_NAMES)


db = SQLAlchemy(model_class=Base, session_options={"autobegin": False, "expire_on_commit": False})


def bind(app: Flask, database_url: str, connections: int) -> None:
    """Tie `db` to `app`. Opens no connection: commands that need no database work without one.

    `connections` is how many the pool keeps: as many as one process has threads.
    """
    app.config["SQLALCHEMY_DATABASE_URI"] = database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_size": connections, "max_overflow": 4, "pool_timeout": 10}
    if make_url(database_url).get_backend_name() == "postgresql":
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] |= {"pool_pre_ping": True, "connect_args": {"connect_timeout": 10}}
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "do_connect", _make_folder)
            event.listen(db.engine, "connect", _set_up_sqlite)
            event.listen(db.engine, "begin", _begin_sqlite)
            app.extensions[_QUEUE] = WriteQueue(Path(str(db.engine.url.database)))


@contextmanager
def transaction() -> Iterator[Session]:
    """Give a session whose writes are committed together when the block ends, or not at all where it raises.

    On SQLite the write lock is taken at the start (BEGIN IMMEDIATE), and writers queue for it instead of failing. A
    transaction inside a transaction joins it; one inside `reading()` is a fault of the program.
    """
    outer = db.session.info.get(WRITES)
    if outer is not None:
        if not outer:
            raise RuntimeError("a transaction can't start inside reading(): what was read might be out of date by then")
        yield db.session()
        return
    queue: WriteQueue | None = current_app.extensions.get(_QUEUE)
    with queue.turn() if queue is not None else nullcontext(), _work(writes=True):
        yield db.session()
        db.session.commit()


@contextmanager
def reading() -> Iterator[Session]:
    """Give a session for reading one consistent picture; inside a transaction it joins it."""
    if db.session.info.get(WRITES) is not None:
        yield db.session()
        return
    with _work(writes=False):
        yield db.session()


@contextmanager
def _work(*, writes: bool) -> Iterator[None]:
    session = db.session()
    session.info[WRITES] = writes
    try:
        session.begin()
        session.connection(execution_options={WRITES: writes})
        yield
    finally:
        session.info.pop(WRITES, None)
        session.close()


def add_new(row: Any) -> bool:
    """Insert `row` and tell whether it was new: False where a unique value was taken. The transaction goes on either way."""
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as error:
        if not _is_taken(error):
            raise
        return False
    return True


def _is_taken(error: IntegrityError) -> bool:
    """Tell whether a unique value was taken; any other broken constraint is a fault of the program, and no "it is there already"."""
    by_sqlite = getattr(error.orig, "sqlite_errorname", "") in ("SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY")
    return by_sqlite or getattr(error.orig, "sqlstate", "") == _UNIQUE_VIOLATION


def lock_accounts() -> None:
    """Queue the running transaction behind others that lock accounts; on SQLite a transaction has the database to itself anyway."""
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ACCOUNTS_LOCK})


@event.listens_for(Session, "before_flush")
def _no_write_while_reading(session: Session, _flush: object, _instances: object) -> None:
    if session.info.get(WRITES) is False and (session.new or session.dirty or session.deleted):
        raise RuntimeError("a write inside reading() would be lost; use transaction()")


@event.listens_for(Session, "do_orm_execute")
def _no_statement_while_reading(state: ORMExecuteState) -> None:
    if state.session.info.get(WRITES) is False and not state.is_select:
        raise RuntimeError("a write inside reading() would be lost; use transaction()")


def fault_of(failure: ExceptionContext) -> str | None:
    """Say in one sentence what is wrong with the database as a whole; None where a single statement is at fault."""
    told = str(failure.original_exception).strip().partition("\n")[0]
    if failure.connection is None:
        address = failure.engine.url.render_as_string() if isinstance(failure.engine, Engine) else "in DATABASE_URL"
        return f"the database {address} can't be opened: {told}"
    state = getattr(failure.original_exception, "sqlstate", None)
    if state in _NO_SUCH_TABLE or told.startswith(("no such table", "no such column")):
        return "the database isn't prepared for this version yet; run `flask --app simulator db upgrade` first"
    return None


def _make_folder(_dialect: object, _record: object, arguments: list[Any], _named: dict[str, Any]) -> None:
    with suppress(OSError):  # SQLite then says that it can't open the file, and that is told like any other such fault
        Path(arguments[0]).parent.mkdir(mode=0o700, parents=True, exist_ok=True)


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself; _begin_sqlite does
    cursor = connection.cursor()
    for pragma in ("busy_timeout=5000", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED")
