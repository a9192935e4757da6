"""The composition root: what it refuses to start on, what still works then, and what every answer carries."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.cli import FlaskGroup
from flask.testing import FlaskClient

from simulator.app import create_app
from simulator.config import PROJECT, CannotStart, Settings
from tests.app_fixtures import build_app, settings_for

EXAMPLE = '{"id": 1, "post": {"text": "Where is my bag?"}, "draft": "It is in Cork."}'
BROKEN = {"no-title": "format: 1\n", "not-yaml": "a: [1\n"}


def flask(*words: str, given: str = "") -> Result:
    """Run `flask --app simulator …` in this process, as a shell would."""
    return CliRunner().invoke(FlaskGroup(set_debug_flag=False), ["--app", "simulator", *words], input=given)


@pytest.fixture
def broken_scenarios(tmp_path: Path) -> Path:
    """Make a scenarios folder in which two scenarios do not compile."""
    root = tmp_path / "scenarios"
    for slug, text in BROKEN.items():
        (root / slug).mkdir(parents=True)
        (root / slug / "scenario.yaml").write_text(text)
    return root


def test_content_that_does_not_compile_ends_the_start_with_every_fault(tmp_path: Path, broken_scenarios: Path) -> None:
    with pytest.raises(CannotStart) as caught:
        create_app(settings_for(tmp_path, SCENARIOS_DIR=str(broken_scenarios)))
    text = caught.value.format_message()
    assert "no-title/scenario.yaml:1: " in text
    assert "not-yaml/scenario.yaml:" in text


def test_commands_say_why_they_can_not_work_on_broken_content(
    tmp_path: Path, broken_scenarios: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INSTANCE_DIR", str(tmp_path))
    monkeypatch.setenv("SCENARIOS_DIR", str(broken_scenarios))
    checked = flask("scenarios", "check", "--root", str(broken_scenarios), "--playbooks", str(PROJECT / "playbooks"))
    assert (checked.exit_code, "no-title/scenario.yaml:1: " in checked.output) == (1, True)
    asked = flask("demo")
    assert asked.exit_code == 1
    assert asked.output.startswith("Error: this content does not compile:\n")
    assert "no-title/scenario.yaml:1: " in asked.output
    assert "Traceback" not in asked.output


def test_wrong_settings_are_one_plain_message_on_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "eighty")
    done = flask("accounts", "list")
    assert done.exit_code == 1
    assert "PORT: 'eighty' is not right" in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize("words", [("demo",), ("accounts", "list")])
def test_a_command_on_a_database_that_is_not_prepared_says_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("INSTANCE_DIR", str(tmp_path))
    done = flask(*words)
    assert (done.exit_code, done.output) == (
        1,
        "Error: the database isn't prepared for this version yet; run `flask --app simulator db upgrade` first\n",
    )


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("sqlite:////", "Error: the database sqlite://// can't be opened: unable to open database file\n"),
        ("sqlite:///{file}", "Error: the database sqlite:///{file} can't be opened: file is not a database\n"),
        (
            "postgresql://me:hush-hush@127.0.0.1:9/nothing",
            "Error: the database postgresql+psycopg://me:***@127.0.0.1:9/nothing can't be opened: connection failed: ",
        ),
    ],
)
@pytest.mark.parametrize("words", [("db", "upgrade"), ("demo",)])
def test_a_command_says_that_the_database_can_not_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], address: str, told: str
) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear Composure, this is no database. " * 40)
    monkeypatch.setenv("INSTANCE_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", address.format(file=file))
    done = flask(*words)
    assert done.exit_code == 1
    assert done.output.startswith(told.format(file=file))
    assert "Traceback" not in done.output
    assert "hush-hush" not in done.output


def test_what_an_installation_keeps_is_for_its_owner_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INSTANCE_DIR", str(tmp_path / "new"))
    assert flask("db", "upgrade").exit_code == 0
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0


def test_a_page_on_a_database_that_is_not_prepared_is_an_error_page(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    app = build_app(settings_for(tmp_path))
    answer = app.test_client().get("/library")
    assert (answer.status_code, "Traceback" in answer.text) == (500, False)
    assert "no such table" in caplog.text
    with app.app_context():
        app.extensions["sqlalchemy"].engine.dispose()


def test_scoring_needs_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INSTANCE_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/nothing")
    done = flask("score", "--jsonl", given=EXAMPLE + "\n")
    assert done.exit_code == 0
    assert '"total"' in done.stdout


def test_static_files_may_be_kept_for_good_only_by_their_fingerprint(client: FlaskClient) -> None:
    plain, kept = (client.get(f"/static/css/tokens.css{query}", buffered=True) for query in ("", "?v=abc"))
    assert (plain.status_code, plain.headers["Cache-Control"]) == (200, "no-cache")
    assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert kept.headers["Content-Type"] == 'text/css; charset="utf-8"'
    assert "Access-Control-Allow-Origin" not in kept.headers
    again = client.get("/static/css/tokens.css", headers={"If-Modified-Since": plain.headers["Last-Modified"]}, buffered=True)
    assert (again.status_code, again.headers["Cache-Control"]) == (304, "no-cache")


@pytest.mark.parametrize("path", ["/", "/static/css/tokens.css", "/static/nothing.css", "/nothing-here"])
def test_every_answer_carries_the_strict_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path, buffered=True).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
    assert (headers["X-Content-Type-Options"], headers["X-Frame-Options"]) == ("nosniff", "DENY")


@pytest.mark.parametrize("path", ["/static/../wsgi.py", "/static/%2e%2e/wsgi.py", "/static/..%2fwsgi.py", "/static//etc/passwd"])
def test_static_leads_nowhere_else(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code in {301, 308, 404}


@pytest.mark.parametrize(("hops", "proto", "secure"), [("1", "https", True), ("0", "https", False)])
def test_cookies_are_for_https_only_behind_a_proxy(settings_folder: Path, hops: str, proto: str, secure: bool) -> None:
    app = build_app(settings_for(settings_folder, PROXY_HOPS=hops))
    answer = app.test_client().get("/", headers={"X-Forwarded-Proto": proto, "X-Forwarded-For": "203.0.113.9"})
    cookie = answer.headers["Set-Cookie"]
    assert ("; Secure" in cookie) is secure
    assert "; HttpOnly" in cookie
    assert "; SameSite=Lax" in cookie
    assert ("Strict-Transport-Security" in answer.headers) is secure
    with app.app_context():
        app.extensions["sqlalchemy"].engine.dispose()


@pytest.fixture
def settings_folder(settings: Settings) -> Path:
    """Give an instance folder with a migrated database."""
    return settings.instance_dir


def test_a_body_over_the_limit_is_refused(client: FlaskClient) -> None:
    assert client.post("/check", data={"post": "x" * 1_100_000}).status_code == 413


@pytest.mark.parametrize("path", ["/check/coach", "/runs/any/coach", "/runs/any/draft", "/api/v1/assess"])
def test_json_nested_without_end_is_no_crash(client: FlaskClient, path: str) -> None:
    answer = client.post(path, data="[" * 200_000, content_type="application/json")
    assert answer.status_code in {400, 401, 404}
    assert answer.mimetype == "application/problem+json"
