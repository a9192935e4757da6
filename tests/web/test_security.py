"""What every answer carries to keep browsers safe, and that nothing in our pages needs it weaker."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from simulator.web.security import CONTENT_SECURITY_POLICY, HEADERS

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", ["/", "/library", "/sign-in", "/healthz", "/no/such/page"])
def test_every_answer_carries_the_headers(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value


def test_the_policy_lets_no_inline_code_and_no_other_site_in() -> None:
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_needs_inline_style_or_script(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"""\sstyle\s*=\s*["']""", text)
    assert not re.search(r"""\son(?:click|change|input|submit|load|error|toggle|focus|blur|key\w+|mouse\w+|pointer\w+)\s*=\s*["']""", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert "<style" not in text


def test_pages_are_not_kept_by_caches(client: FlaskClient) -> None:
    assert client.get("/").headers["Cache-Control"] == "no-store"


def test_over_tls_browsers_are_told_to_stay_there(client: FlaskClient) -> None:
    assert "max-age" in client.get("/", base_url="https://localhost").headers["Strict-Transport-Security"]
    assert "Strict-Transport-Security" not in client.get("/").headers


def test_the_session_cookie_is_out_of_reach_for_scripts_and_other_sites(client: FlaskClient) -> None:
    cookie = client.get("/").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_style_sheets_are_named_by_content_and_exist(client: FlaskClient) -> None:
    page = client.get("/").text
    hrefs = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    assert [href.split("?")[0] for href in hrefs[:2]] == ["/static/css/tokens.css", "/static/css/base.css"]
    parts = hrefs[2:]
    assert parts == sorted(parts)
    for href in [*hrefs, *re.findall(r'<script type="module" src="([^"]+)"', page)]:
        assert re.search(r"\?v=[0-9a-f]{12}$", href)
        answer = client.get(href)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        answer.close()
