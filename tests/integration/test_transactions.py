"""How SQLite is set up, and what `transaction()` and `reading()` promise."""

from __future__ import annotations

import time

import pytest
from apiflask import APIFlask
from sqlalchemy.exc import IntegrityError, InvalidRequestError

from simulator.persistence.account_tables import DbUser
from simulator.persistence.audit import AuditStore
from simulator.persistence.db import db, reading, transaction
from simulator.persistence.people import PeopleStore
from simulator.persistence.rows import AuditRow, UserRow
from simulator.persistence.runs import RunStore
from tests.factories import NOON
from tests.integration.storing import TEXTS, at_once, make_events, make_run

LINE = AuditRow(at_ms=NOON, act="signed_in", actor="u1", about="", detail={})


@pytest.mark.parametrize(("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 1), ("busy_timeout", 5000), ("foreign_keys", 1)])
def test_sqlite_runs_with_the_measured_settings(app: APIFlask, pragma: str, value: object) -> None:
    with app.app_context(), reading() as session:
        assert session.connection().exec_driver_sql(f"PRAGMA {pragma}").scalar_one() == value


def test_writers_queue_while_somebody_writes_and_readers_do_not(app: APIFlask) -> None:
    """A deferred BEGIN would fail here with "database is locked": both read before they write."""

    def read_then_write(_number: int) -> int:
        with transaction():
            seen = len(AuditStore().latest(100))
            time.sleep(0.05)
            AuditStore().add(LINE)
            return seen

    assert sorted(at_once(app, read_then_write, times=6)) == [0, 1, 2, 3, 4, 5]


def test_a_reader_sees_one_moment_while_others_write(app: APIFlask) -> None:
    with app.app_context():
        AuditStore().add(LINE)
        with reading():
            before = len(AuditStore().latest(100))
            at_once(app, lambda _number: AuditStore().add(LINE), times=2)
            assert len(AuditStore().latest(100)) == before == 1
        assert len(AuditStore().latest(100)) == 3


def test_a_transaction_inside_another_joins_it(stored_app: APIFlask) -> None:
    with stored_app.app_context():
        with pytest.raises(ZeroDivisionError):
            _add_and_fail()
        assert AuditStore().latest(10) == []


def _add_and_fail() -> None:
    with transaction():
        AuditStore().add(LINE)
        raise ZeroDivisionError


def test_a_write_inside_reading_is_a_fault_of_the_program_not_a_lost_write(stored_app: APIFlask) -> None:
    user = DbUser(id="u1", email="e", name="n", password_hash="h", role="learner", created_ms=NOON)
    with stored_app.app_context():
        with reading(), pytest.raises(RuntimeError, match="inside reading"):
            AuditStore().add(LINE)
        with reading() as session:
            session.add(user)
            with pytest.raises(RuntimeError, match="would be lost"):
                session.flush()
        with reading() as session, pytest.raises(RuntimeError, match="would be lost"):
            session.execute(db.delete(DbUser))


def test_nothing_reaches_the_database_outside_the_two(app: APIFlask) -> None:
    with app.app_context(), pytest.raises(InvalidRequestError):
        db.session.execute(db.select(DbUser))


def test_the_next_transaction_is_untouched_by_one_that_failed(stored_app: APIFlask) -> None:
    with stored_app.app_context():
        with pytest.raises(IntegrityError):
            RunStore().create(make_run(user="no-such-user", guest=None), TEXTS, make_events())
        RunStore().create(make_run(), TEXTS, make_events())
        assert RunStore().row("run-1") is not None


def test_what_belongs_to_a_person_goes_with_them(stored_app: APIFlask) -> None:
    person = UserRow("u1", "i@lantern.example", "Ines", "hash", "learner", None, False, 1, NOON)
    with stored_app.app_context():
        PeopleStore().add(person)
        RunStore().create(make_run(user="u1", guest=None), TEXTS, make_events())
        RunStore().save_draft("run-1", "bag", "words", NOON)
        with transaction() as session:
            session.execute(db.delete(DbUser).where(DbUser.id == "u1"))
        assert RunStore().load("run-1") is None
        assert RunStore().drafts("run-1") == {}


def test_no_connection_is_kept_between_blocks(stored_app: APIFlask) -> None:
    with stored_app.app_context():
        AuditStore().add(LINE)
        AuditStore().latest(1)
        assert db.engine.pool.checkedout() == 0
