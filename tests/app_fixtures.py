"""Give tests an app on a fresh database, a clock set by hand, and the cast with accounts."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from flask_migrate import upgrade

from simulator.app import Content, create_app, read_content
from simulator.config import Settings
from simulator.core.clock import Now
from simulator.services.passwords import Passwords
from tests.cast import ADA, EVERYBODY, Person
from tests.factories import HandClock


def settings_for(folder: Path, **changes: str) -> Settings:
    """Make settings for a test: an instance folder of its own, no rate limits unless `changes` says so."""
    return Settings.from_env({"INSTANCE_DIR": str(folder), "SECRET_KEY": "only-for-tests-" + "x" * 32, "RATE_LIMITS": "off", **changes})


@cache
def shipped_content() -> Content:
    """Compile the rules, playbooks and scenarios that are in the tree, once a test session."""
    return read_content(Settings.from_env({}))


def build_app(settings: Settings, *, now: Now | None = None) -> APIFlask:
    """Build the whole app on the shipped content, with passwords that are quick to hash."""
    return create_app(settings, now=now, content=shipped_content(), passwords=Passwords(passes=1, memory_kib=8))


@contextmanager
def tested_app(settings: Settings, clock: HandClock) -> Iterator[APIFlask]:
    """Give the whole app on a clock set by hand, CSRF off; its connections are closed afterwards."""
    app = build_app(settings, now=clock)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    yield app
    with app.app_context():
        app.extensions["sqlalchemy"].engine.dispose()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one SQLite file a test session; each test gets a copy."""
    folder = tmp_path_factory.mktemp("migrated")
    app = build_app(settings_for(folder))
    with app.app_context():
        upgrade()
        app.extensions["sqlalchemy"].engine.dispose()
    return next(folder.glob("*.sqlite*"))


@pytest.fixture
def clock() -> HandClock:
    """Tell the time that the test sets."""
    return HandClock()


@pytest.fixture
def settings(tmp_path: Path, migrated_file: Path) -> Settings:
    """Make settings whose database is migrated and empty."""
    shutil.copy(migrated_file, tmp_path / migrated_file.name)
    return settings_for(tmp_path)


@pytest.fixture
def app(settings: Settings, clock: HandClock) -> Iterator[APIFlask]:
    """Build the whole app, CSRF off: `test_csrf.py` turns it on."""
    with tested_app(settings, clock) as app:
        yield app


@pytest.fixture
def client(app: APIFlask) -> FlaskClient:
    """Browse as a guest."""
    return app.test_client()


@pytest.fixture
def people(app: APIFlask) -> dict[Person, str]:
    """Give the whole cast accounts, the way people get them; returns each one's user id."""
    accounts = app.extensions["composure"].accounts
    with app.app_context():
        admin = accounts.create_first_admin(name=ADA.name, email=ADA.email, password=ADA.password)
        ids = {ADA: admin.id}
        viewer = accounts.viewer_for(admin.id)
        for person in EVERYBODY:
            if person is ADA:
                continue
            _, raw = accounts.invite(viewer, role=person.role, contact=person.contact, email=person.email)
            user = accounts.accept_invitation(raw, name=person.name, email=person.email, password=person.password, guest_id="")
            ids[person] = user.id
    return ids


@pytest.fixture
def sign_in(app: APIFlask, people: dict[Person, str]) -> Callable[[Person], FlaskClient]:
    """Give a browser of their own to somebody of the cast, signed in through the form."""

    def sign_in_as(person: Person) -> FlaskClient:
        browser = app.test_client()
        answer = browser.post("/sign-in", data={"email": person.email, "password": person.password})
        assert answer.status_code == 303, answer.text
        return browser

    return sign_in_as
