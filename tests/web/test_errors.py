"""Every "no" has its status, says what happened and what to do, and shows back what was typed."""

from __future__ import annotations

import re
from html import unescape

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from simulator.core.refusal import Refusal, RefusalCode
from simulator.web.errors import STATUS, refusal_json, refusal_page

TYPED = 'Nell, Biscuit is <b>safe</b> & has "ham"'


def strict(app: APIFlask) -> FlaskClient:
    """Browse with CSRF checks on, as people do."""
    app.config["WTF_CSRF_ENABLED"] = True
    return app.test_client()


def test_every_refusal_has_a_status() -> None:
    assert set(STATUS) == set(RefusalCode)


def test_every_refusal_has_a_page_with_its_own_words(app: APIFlask) -> None:
    for code in RefusalCode:
        with app.test_request_context("/"):
            page = refusal_page(Refusal(code, "The kettle is on."))
        text = page.get_data(as_text=True)
        assert page.status_code == STATUS[code]
        assert "The kettle is on." in text
        assert "<h1>" in text


def test_a_program_gets_a_problem_it_can_read(app: APIFlask) -> None:
    with app.test_request_context("/"):
        answer = refusal_json(Refusal(RefusalCode.TOO_LONG, "Shorten it.", "text", {"limit": 5}))
    assert answer.status_code == 413
    assert answer.mimetype == "application/problem+json"
    assert answer.json["code"] == "too_long"
    assert answer.json["about"] == "text"
    assert answer.json["figures"] == {"limit": 5}


def test_a_page_that_is_not_there(client: FlaskClient) -> None:
    page = client.get("/no/such/page")
    assert page.status_code == 404
    assert "Nothing here" in page.text
    assert 'href="/library"' in page.text


def test_a_program_asks_for_what_is_not_there(client: FlaskClient) -> None:
    answer = client.get("/no/such/page", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert answer.json["status"] == 404
    assert answer.mimetype == "application/problem+json"


def test_a_method_that_a_page_does_not_take(client: FlaskClient) -> None:
    answer = client.post("/library")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert "use its buttons" in answer.text


def test_a_body_that_is_too_large(client: FlaskClient) -> None:
    page = client.post("/sign-in", data={"email": "a" * 2_000_000})
    assert page.status_code == 413
    assert "Too long" in page.text


def test_a_crash_says_sorry_keeps_the_words_and_is_logged(app: APIFlask, caplog: pytest.LogCaptureFixture) -> None:
    @app.post("/crash")
    def crash() -> str:
        raise RuntimeError("kettle")

    page = app.test_client().post("/crash", data={"text": TYPED})
    assert page.status_code == 500
    assert "It isn&#39;t anything you did" in page.text
    assert TYPED in unescape(page.text)
    assert "kettle" not in page.text
    assert "POST /crash failed" in caplog.text


def test_a_stale_form_shows_what_was_typed_and_can_be_sent_again(app: APIFlask) -> None:
    browser = strict(app)
    page = browser.post("/check", data={"post": "Where is my dog?", "draft": TYPED, "token": "abc12345", "csrf_token": "old"})
    assert page.status_code == 400
    assert "Once more, please" in page.text
    assert TYPED in unescape(page.text)
    assert "<b>safe</b>" not in page.text
    assert 'type="hidden" name="token" value="abc12345"' in page.text
    assert 'action="/check"' in page.text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert token
    again = browser.post("/check", data={"post": "Where is my dog?", "draft": TYPED, "csrf_token": token.group(1)})
    assert again.status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}],
    ids=lambda headers: str(headers),
)
def test_a_form_of_another_site_is_never_offered_for_sending(app: APIFlask, headers: dict[str, str]) -> None:
    page = strict(app).post("/check", data={"post": "Send my words for me"}, headers=headers)
    assert page.status_code == 400
    assert "Send again" not in page.text


def test_a_stale_form_never_shows_a_password_back(app: APIFlask) -> None:
    page = strict(app).post("/sign-in", data={"email": "ines@lantern.example", "password": "seven green kettles"})
    assert page.status_code == 400
    assert "seven green kettles" not in page.text
    assert "Passwords are never shown back" in page.text
    assert 'href="/sign-in"' in page.text


def test_a_stale_json_request_gets_json(app: APIFlask) -> None:
    answer = strict(app).post("/check/coach", json={"post": "x"})
    assert answer.status_code == 400
    assert answer.json["code"] == "stale_form"
