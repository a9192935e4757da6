"""Settings: every fault at once, in words that say what would be right; a secret that workers agree on."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from simulator.config import CATALOGUE, PROJECT, Settings, SettingsError, kept_secret

DOCUMENT = PROJECT / "docs" / "settings.md"


def test_nothing_set_gives_a_local_installation() -> None:
    settings = Settings.from_env({})
    assert (settings.host, settings.port, settings.open_sign_up, settings.cookies_over_tls_only) == ("127.0.0.1", 8000, True, False)
    assert settings.database_url == f"sqlite:///{PROJECT / 'instance' / 'composure.sqlite3'}"


def test_an_empty_value_counts_as_left_out_and_strangers_are_ignored() -> None:
    assert Settings.from_env({"PORT": "", "HOST": "  ", "PROT": "9000"}) == Settings.from_env({})


def test_all_faults_are_named_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env({"PORT": "eighty", "OPEN_SIGN_UP": "perhaps", "DATABASE_URL": "mysql://x/y", "SCENARIOS_DIR": "nowhere/at/all"})
    assert set(caught.value.faults) == {"PORT", "OPEN_SIGN_UP", "DATABASE_URL", "SCENARIOS_DIR"}
    text = caught.value.format_message()
    assert "'eighty' is not right; give a whole number from 1 to 65535" in text
    assert "'perhaps' is not right; give on or off" in text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "8000.0"),
        ("PORT", "٨٠٠٠"),
        ("HOST", "http://localhost"),
        ("WEB_WORKERS", "0"),
        ("WEB_THREADS", "-1"),
        ("PROXY_HOPS", "many"),
        ("COOKIE_SECURE", "maybe"),
        ("LOG_LEVEL", "loud"),
        ("MAX_REQUEST_BYTES", "1"),
        ("SECRET_KEY", "short"),
        ("DATABASE_URL", "not a url"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "sqlite:///a.db?mode=ro"),
        ("DATABASE_URL", "postgresql://localhost"),
        ("DATABASE_URL", "postgresql+psycopg2://u@h/db"),
        ("RATE_LIMIT_STORAGE", "file:///x"),
        ("PLAYBOOKS_DIR", "no-such-folder"),
    ],
)
def test_a_wrong_value_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env({name: value})
    assert list(caught.value.faults) == [name]


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgresql://u:p%40ss@db:5432/composure", "postgresql+psycopg://u:p%40ss@db:5432/composure"),
        ("postgres://u@db/composure", "postgresql+psycopg://u@db/composure"),
        ("postgresql+psycopg://u@db/composure", "postgresql+psycopg://u@db/composure"),
        ("sqlite:////data/x.sqlite3", "sqlite:////data/x.sqlite3"),
        ("sqlite:///x.sqlite3", "sqlite:////kept/here/x.sqlite3"),
    ],
)
def test_database_addresses_are_made_whole(given: str, used: str) -> None:
    assert Settings.from_env({"DATABASE_URL": given, "INSTANCE_DIR": "/kept/here"}).database_url == used


def test_a_wrong_database_address_never_shows_its_password() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env({"DATABASE_URL": "mysql://someone:hunter2secret@db/x"})
    assert "hunter2secret" not in caught.value.format_message()


@pytest.mark.parametrize(
    ("cookie_secure", "hops", "secure"), [("auto", "0", False), ("auto", "1", True), ("on", "0", True), ("off", "1", False)]
)
def test_cookies_are_for_tls_only_where_a_proxy_stands_in_front(cookie_secure: str, hops: str, secure: bool) -> None:
    assert Settings.from_env({"COOKIE_SECURE": cookie_secure, "PROXY_HOPS": hops}).cookies_over_tls_only is secure


def test_workers_that_start_together_agree_on_the_secret(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    with ThreadPoolExecutor(8) as workers:
        keys = set(workers.map(kept_secret, [folder] * 8))
    assert len(keys) == 1
    assert len(keys.pop()) >= 32
    assert [path.name for path in folder.iterdir()] == ["secret_key"]
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600


def test_the_secret_stays_the_same(tmp_path: Path) -> None:
    assert kept_secret(tmp_path) == kept_secret(tmp_path)


def test_a_spoilt_secret_is_named_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("\n")
    with pytest.raises(SettingsError, match="SECRET_KEY"):
        kept_secret(tmp_path)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SettingsError, match="INSTANCE_DIR"):
        kept_secret(tmp_path / "file")


def test_the_document_lists_every_setting_with_its_default_and_meaning() -> None:
    rows = [f"| `{row.name}` | {f'`{row.default}`' if row.default else '–'} | {row.meaning} |" for row in CATALOGUE]
    written = [line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert written == rows


def test_every_setting_is_a_field_and_every_field_a_setting() -> None:
    assert sorted(Settings.__dataclass_fields__) == sorted(row.name.lower() for row in CATALOGUE)
