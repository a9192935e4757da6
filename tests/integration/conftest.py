"""Run what asks for `stored_app` on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from apiflask import APIFlask
from flask_migrate import upgrade

from tests.app_fixtures import app, build_app, client, clock, migrated_file, people, settings, settings_for, sign_in, tested_app
from tests.factories import HandClock
from tests.postgres_cluster import find_server_programs, private_cluster
from tests.programs import need

__all__ = ["app", "client", "clock", "migrated_file", "people", "settings", "sign_in"]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Start a private PostgreSQL for this session; gives the URL of its maintenance database."""
    programs = find_server_programs()
    need(programs, "PostgreSQL (initdb, pg_ctl)")
    with private_cluster(programs) as url:
        yield url


def _run_sql(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Migrate one PostgreSQL database a session; each test gets a copy."""
    _run_sql(postgres_server, "CREATE DATABASE migrated")
    app = build_app(settings_for(tmp_path_factory.mktemp("pg"), DATABASE_URL=postgres_server.replace("/postgres", "/migrated")))
    with app.app_context():
        upgrade()
        app.extensions["sqlalchemy"].engine.dispose()
    return "migrated"


@pytest.fixture
def empty_postgres(postgres_server: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the URL of an empty PostgreSQL database that is dropped afterwards."""
    yield from _database(postgres_server, "template0", request)


def _database(server: str, template: str, request: pytest.FixtureRequest) -> Iterator[str]:
    name = f"t{abs(hash(request.node.nodeid)) % 10**12}"
    _run_sql(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield server.replace("/postgres", f"/{name}")
    _run_sql(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def stored_app(request: pytest.FixtureRequest, tmp_path: Path, clock: HandClock) -> Iterator[APIFlask]:
    """Build the whole app on a migrated database, once on each engine."""
    databases: Iterator[str] | None = None
    if request.param == "sqlite":
        settings = request.getfixturevalue("settings")
    else:
        template = request.getfixturevalue("postgres_template")
        databases = _database(request.getfixturevalue("postgres_server"), template, request)
        settings = settings_for(tmp_path, DATABASE_URL=next(databases))
    with tested_app(settings, clock) as app:
        yield app
    for _ in databases or ():
        pass
