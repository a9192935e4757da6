"""Read the settings from the environment, all at once: every missing or wrong name is reported in one go."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from simulator.integrations.machine import new_secret

PROJECT = Path(__file__).resolve().parent.parent
_YES = frozenset({"on", "yes", "true", "1"})
_NO = frozenset({"off", "no", "false", "0"})
_SECRET_LEAST = 16


class CannotStart(click.ClickException):
    """Say why the application refuses to start; the command line prints the message without a traceback."""


class SettingsError(CannotStart):
    """Name every setting that is wrong, each with what would be right."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = dict(faults)
        lines = [f"  {name}: {what}" for name, what in self.faults.items()]
        super().__init__("\n".join(["these settings in the environment are wrong (docs/settings.md lists them all):", *lines]))


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the catalogue. `default` is what one would write; `read` raises ValueError saying what would be right."""

    name: str
    default: str
    meaning: str
    read: Callable[[str], Any]


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
            raise ValueError(f"'{text}' is not right; give a whole number from {low} to {high}")
        return int(text)

    return read


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.lower() not in words:
            raise ValueError(f"'{text}' is not right; give one of {', '.join(words)}")
        return text.lower()

    return read


def _switch(text: str) -> bool:
    if text.lower() not in _YES | _NO:
        raise ValueError(f"'{text}' is not right; give on or off")
    return text.lower() in _YES


def _host(text: str) -> str:
    if any(char.isspace() or char == "/" for char in text):
        raise ValueError(f"'{text}' is not right; give an address to listen on, such as 127.0.0.1 or 0.0.0.0")
    return text


def _folder(text: str) -> Path:
    return Path(text).expanduser().absolute()


def _folder_there(text: str) -> Path:
    folder = _folder(text)
    if not folder.is_dir():
        raise ValueError(f"there is no folder '{text}'; give one that exists")
    return folder


def _database(text: str) -> str:
    """Return the URL with its driver named. The message never repeats the value: it may hold a password."""
    right = "give sqlite:///file.sqlite3 or postgresql://user:password@host:port/name"
    try:
        url = make_url(text.replace("postgres://", "postgresql://", 1) if text.startswith("postgres://") else text)
    except (ArgumentError, ValueError):
        raise ValueError(f"this is not a database address; {right}") from None
    if url.get_backend_name() == "sqlite":
        if url.database in (None, "", ":memory:") or url.query:
            raise ValueError("SQLite has to be a plain file, so that it can be shared between workers; give sqlite:///file.sqlite3")
        return url.set(drivername="sqlite").render_as_string(hide_password=False)
    if url.get_backend_name() == "postgresql" and url.drivername in ("postgresql", "postgresql+psycopg") and url.database:
        return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    raise ValueError(f"this database is not one we know; {right}")


def _secret(text: str) -> str:
    if len(text) < _SECRET_LEAST:
        raise ValueError(f"too short; give at least {_SECRET_LEAST} random characters, or leave it out and one is made")
    return text


def _rate_storage(text: str) -> str:
    if text != "memory://" and not text.startswith(("redis://", "rediss://")):
        raise ValueError("give memory:// (counts per worker) or redis://host:port (shared between workers)")
    return text


def _endpoint(text: str) -> str:
    """Return the address without a slash at its end. The message never repeats the value: it may hold a password."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("this is not an address of an endpoint; give one such as https://api.openai.com/v1 or http://127.0.0.1:11434/v1")
    return text.rstrip("/")


def _text(text: str) -> str:
    if not text.isprintable() or not text.isascii() or len(text) > 500:
        raise ValueError("this holds characters that can't be right; give up to 500 plain ones in one line")
    return text


CATALOGUE: tuple[Setting, ...] = (
    Setting("HOST", "127.0.0.1", "Address to listen on; 0.0.0.0 for every network interface.", _host),
    Setting("PORT", "8000", "Port to listen on.", _whole(1, 65535)),
    Setting("INSTANCE_DIR", "instance", "Folder for what this installation keeps: the SQLite database, the secret key.", _folder),
    Setting(
        "DATABASE_URL",
        "sqlite:///composure.sqlite3",
        "Where everything is stored: a SQLite file (a relative name lies in INSTANCE_DIR) or `postgresql://user:password@host:port/name`.",
        _database,
    ),
    Setting("SECRET_KEY", "", "Signs sessions and forms. Left out, one is made once and kept in INSTANCE_DIR/secret_key.", _secret),
    Setting("WEB_WORKERS", "2", "Web processes.", _whole(1, 64)),
    Setting("WEB_THREADS", "4", "Requests each web process works on at once; more only wait for one another.", _whole(1, 512)),
    Setting(
        "LIVE_STREAMS",
        "300",
        "Live updates held open in each web process, on threads of their own; further pages ask every two seconds. 0 for none.",
        _whole(0, 2000),
    ),
    Setting(
        "LIVE_STREAMS_PER_VIEWER", "4", "Live updates one person may hold open in each web process; the oldest gives way.", _whole(1, 100)
    ),
    Setting("OPEN_SIGN_UP", "on", "Whether anybody may sign up as a learner; off asks for an invitation.", _switch),
    Setting("SESSION_DAYS", "14", "Days a sign-in lasts without a visit.", _whole(1, 365)),
    Setting(
        "COOKIE_SECURE",
        "auto",
        "Whether cookies are sent over TLS only: on, off, or auto (on when PROXY_HOPS says that a proxy stands in front).",
        _one_of("auto", "on", "off"),
    ),
    Setting("PROXY_HOPS", "0", "How many trusted proxies stand in front and set X-Forwarded-… headers.", _whole(0, 5)),
    Setting("RATE_LIMITS", "on", "Whether sign-in and scoring are rate limited.", _switch),
    Setting(
        "RATE_LIMIT_STORAGE", "memory://", "Where rate limits are counted: memory:// (per worker) or redis://host:port.", _rate_storage
    ),
    Setting("MAX_REQUEST_BYTES", "1000000", "Largest request body that is read, in bytes.", _whole(20_000, 100_000_000)),
    Setting("LOG_LEVEL", "info", "How much is logged to standard error.", _one_of("debug", "info", "warning", "error")),
    Setting("SCENARIOS_DIR", "scenarios", "Folder of the scenarios; the default lies beside the program.", _folder_there),
    Setting("PLAYBOOKS_DIR", "playbooks", "Folder of the playbooks; the default lies beside the program.", _folder_there),
    Setting("OPENAI_MODEL", "", "Model asked for a second opinion. Off without it, and without OPENAI_API_KEY or OPENAI_BASE_URL.", _text),
    Setting("OPENAI_BASE_URL", "", "OpenAI-compatible endpoint; left out, the one of OpenAI itself.", _endpoint),
    Setting("OPENAI_API_KEY", "", "Key for the endpoint; one on your own network may need none.", _text),
    Setting("OPENAI_TIMEOUT_SECONDS", "20", "Longest wait for a second opinion, all tries together.", _whole(1, 60)),
    Setting("OPENAI_RETRIES", "1", "Further tries where the endpoint asks for patience or can't be reached.", _whole(0, 5)),
    Setting("OPENAI_DAILY_CALLS", "200", "Most calls to the endpoint a day (UTC), over all processes.", _whole(0, 1_000_000)),
    Setting("OPENAI_DAILY_TOKENS", "500000", "Most tokens a day (UTC), in and out together.", _whole(0, 1_000_000_000)),
)

_BESIDE_PROGRAM = frozenset({"INSTANCE_DIR", "SCENARIOS_DIR", "PLAYBOOKS_DIR"})


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold every setting, read and checked. An empty `secret_key` means: make one in `instance_dir` and keep it."""

    host: str
    port: int
    instance_dir: Path
    database_url: str
    secret_key: str
    web_workers: int
    web_threads: int
    live_streams: int
    live_streams_per_viewer: int
    open_sign_up: bool
    session_days: int
    cookie_secure: str
    proxy_hops: int
    rate_limits: bool
    rate_limit_storage: str
    max_request_bytes: int
    log_level: str
    scenarios_dir: Path
    playbooks_dir: Path
    openai_model: str
    openai_base_url: str
    openai_api_key: str
    openai_timeout_seconds: int
    openai_retries: int
    openai_daily_calls: int
    openai_daily_tokens: int

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Settings:
        """Read the settings from `env`; an empty value counts as left out. Raises SettingsError naming all faults."""
        values: dict[str, Any] = {}
        faults: dict[str, str] = {}
        for setting in CATALOGUE:
            text = env.get(setting.name, "").strip()
            if not text:
                text = str(PROJECT / setting.default) if setting.name in _BESIDE_PROGRAM else setting.default
            try:
                values[setting.name.lower()] = setting.read(text) if text else ""
            except ValueError as fault:
                faults[setting.name] = str(fault)
        if faults:
            raise SettingsError(faults)
        values["database_url"] = _in_folder(values["database_url"], values["instance_dir"])
        return cls(**values)

    @property
    def cookies_over_tls_only(self) -> bool:
        """Tell whether cookies carry the Secure mark."""
        return self.cookie_secure == "on" or (self.cookie_secure == "auto" and self.proxy_hops > 0)

    @property
    def asks_second_opinion(self) -> bool:
        """Tell whether there is a model to ask: a key alone, which many machines have for other things, sends nothing anywhere."""
        return bool(self.openai_model and (self.openai_api_key or self.openai_base_url))


def _in_folder(database_url: str, folder: Path) -> str:
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite":
        return database_url
    return url.set(database=str(folder / (url.database or ""))).render_as_string(hide_password=False)


def kept_secret(folder: Path) -> str:
    """Return the secret key kept in `folder`, made on first need.

    The file appears whole or not at all, readable by its owner only, and whoever comes second reads what the first
    one wrote: workers that start together agree. Raises SettingsError where the folder can't be written.
    """
    path = folder / "secret_key"
    try:
        if not path.exists():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_once(path, new_secret())
        text = path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise SettingsError({"SECRET_KEY": f"{path} can't be used ({error.strerror}); set SECRET_KEY or another INSTANCE_DIR"}) from None
    if len(text) < _SECRET_LEAST:
        raise SettingsError({"SECRET_KEY": f"{path} holds no key of {_SECRET_LEAST} characters; delete the file and one is made"})
    return text


def _write_once(path: Path, text: str) -> None:
    draft = path.with_name(f"{path.name}.{new_secret()[:12]}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
