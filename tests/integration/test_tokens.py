"""API tokens: shown once, kept as a hash, ended at once. On SQLite and PostgreSQL."""

from __future__ import annotations

from apiflask import APIFlask

from simulator.core.refusal import Refusal, RefusalCode
from simulator.persistence.db import reading
from simulator.services.tokens import MOST
from simulator.services.viewer import Viewer, guest
from tests.cast import ADA, INES
from tests.factories import NOON, HandClock
from tests.integration.storing import services_of


def _ines(app: APIFlask) -> Viewer:
    user = services_of(app).accounts.sign_up(name=INES.name, email=INES.email, password=INES.password)
    return user.viewer()


def test_a_token_lets_its_owner_in(stored_app: APIFlask) -> None:
    tokens = services_of(stored_app).tokens
    with stored_app.app_context():
        ines = _ines(stored_app)
        token, raw = tokens.create(ines, "  Desk   plug-in ")
        assert tokens.viewer_of(raw) == ines
        assert [(kept.id, kept.name) for kept in tokens.of(ines)] == [(token.id, "Desk plug-in")]
    assert raw.startswith("cmp_")
    assert raw.startswith(token.start)


def test_the_token_itself_is_nowhere_in_the_database(stored_app: APIFlask) -> None:
    with stored_app.app_context():
        _, raw = services_of(stored_app).tokens.create(_ines(stored_app), "Desk")
        with reading() as session:
            kept = session.connection().exec_driver_sql("SELECT * FROM db_api_token").all()
    assert raw not in repr(kept)
    assert raw[8:] not in repr(kept)


def test_strangers_tokens_let_nobody_in(stored_app: APIFlask) -> None:
    tokens = services_of(stored_app).tokens
    with stored_app.app_context():
        _, raw = tokens.create(_ines(stored_app), "Desk")
        for other in ("", "cmp_", raw[:-1], raw + "x", raw.removeprefix("cmp_"), raw.upper(), "cmp_\x00", "cmp_\ud83d", "x" * 100_000):
            assert tokens.viewer_of(other) is None


def test_a_revoked_token_is_out_at_once_and_nobody_revokes_anothers(stored_app: APIFlask) -> None:
    services = services_of(stored_app)
    with stored_app.app_context():
        ines = _ines(stored_app)
        admin = services.accounts.create_first_admin(name=ADA.name, email=ADA.email, password=ADA.password).viewer()
        token, raw = services.tokens.create(ines, "Desk")
        for stranger in (admin, guest("guest-1")):
            refused = services.tokens.revoke(stranger, token.id)
            assert isinstance(refused, Refusal)
            assert refused.code is RefusalCode.NOT_FOUND
        assert services.tokens.viewer_of(raw) == ines
        assert services.tokens.revoke(ines, token.id) is None
        assert services.tokens.viewer_of(raw) is None
        assert services.tokens.of(ines) == []


def test_a_token_of_an_account_that_is_off_lets_nobody_in(stored_app: APIFlask) -> None:
    services = services_of(stored_app)
    with stored_app.app_context():
        ines = _ines(stored_app)
        admin = services.accounts.create_first_admin(name=ADA.name, email=ADA.email, password=ADA.password).viewer()
        _, raw = services.tokens.create(ines, "Desk")
        services.accounts.set_disabled(admin, ines.user_id or "", True)
        assert services.tokens.viewer_of(raw) is None


def test_last_use_is_kept_to_the_minute(stored_app: APIFlask, clock: HandClock) -> None:
    tokens = services_of(stored_app).tokens
    with stored_app.app_context():
        ines = _ines(stored_app)
        _, raw = tokens.create(ines, "Desk")
        seen = []
        for seconds in (0, 30, 31):
            clock.forward(seconds=seconds)
            tokens.viewer_of(raw)
            seen.append(tokens.of(ines)[0].used_ms)
    assert seen == [NOON, NOON, NOON + 61_000]


def test_who_can_make_a_token_and_how_many(app: APIFlask) -> None:
    tokens = services_of(app).tokens
    with app.app_context():
        ines = _ines(app)
        answers = [tokens.create(guest("guest-1"), "Desk"), tokens.create(ines, " "), tokens.create(ines, "x" * 201)]
        for number in range(MOST):
            tokens.create(ines, f"Nr {number}")
        answers.append(tokens.create(ines, "one more"))
    assert [answer.code for answer in answers if isinstance(answer, Refusal)] == [
        RefusalCode.SIGN_IN_FIRST,
        RefusalCode.EMPTY,
        RefusalCode.TOO_LONG,
        RefusalCode.TOO_MANY,
    ]
