"""Migrations lead from nothing to the tables of the code and back, keeping what is stored. On SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from apiflask import APIFlask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from simulator.app import create_app
from simulator.persistence.db import db, transaction
from simulator.persistence.runs import RunStore
from tests.app_fixtures import build_app, settings_for
from tests.integration.storing import TEXTS, make_events, make_run


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[APIFlask]:
    """Build the app on an empty database."""
    chosen = {} if request.param == "sqlite" else {"DATABASE_URL": request.getfixturevalue("empty_postgres")}
    app = build_app(settings_for(tmp_path, **chosen))
    yield app
    with app.app_context():
        db.engine.dispose()


def _differences() -> list[object]:
    with db.engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), db.metadata))


def test_an_upgrade_from_nothing_makes_exactly_the_tables_of_the_code(empty_app: APIFlask) -> None:
    with empty_app.app_context():
        upgrade()
        assert _differences() == []


def test_a_second_upgrade_changes_nothing_and_loses_nothing(empty_app: APIFlask) -> None:
    with empty_app.app_context():
        upgrade()
        RunStore().create(make_run(), TEXTS, make_events())
        upgrade()
        stored = RunStore().load("run-1")
    assert stored is not None
    assert len(stored.events) == 2


def test_a_downgrade_leads_back_to_nothing_and_up_again(empty_app: APIFlask) -> None:
    with empty_app.app_context():
        upgrade()
        downgrade(revision="base")
        assert inspect(db.engine).get_table_names() == ["alembic_version"]
        upgrade()
        assert _differences() == []


def test_runs_from_before_there_were_forks_are_kept_and_have_no_parent(empty_app: APIFlask) -> None:
    with empty_app.app_context():
        upgrade(revision="0002")
        with transaction() as session:
            session.execute(text("INSERT INTO db_snapshot (id, texts) VALUES ('s1', '{}')"))
            session.execute(
                text(
                    "INSERT INTO db_run (id, owner_guest, snapshot_id, slug, status, created_ms, updated_ms, last_seq, public, fingerprint)"
                    " VALUES ('old', 'guest-1', 's1', 'lost-bag', 'ended', 1, 2, 1, false, 'f')"
                )
            )
            session.execute(
                text("INSERT INTO db_run_event (run_id, seq, kind, real_ms, story_s, body) VALUES ('old', 1, 'run_started', 1, 0, '{}')")
            )
        upgrade()
        stored = RunStore().load("old")
    assert stored is not None
    assert (stored.row.status, len(stored.events)) == ("ended", 1)
    assert (stored.row.parent_run, stored.row.parent_seq, stored.row.calibration) == (None, None, None)


def test_starting_the_app_touches_no_database(tmp_path: Path) -> None:
    create_app(settings_for(tmp_path))
    create_app(settings_for(tmp_path, DATABASE_URL="postgresql://nobody@127.0.0.1:9/nothing"))
    assert list(tmp_path.iterdir()) == []
