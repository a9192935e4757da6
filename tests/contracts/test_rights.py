"""Whoever a route shuts out is really shut out: each row of docs/routes.md is tried by the people it does not name."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from tests.cast import INES, OMAR, RUTH, TOLU, Person
from tests.pages import found

ROWS = [
    (method, path, who)
    for methods, path, who in re.findall(
        r"^\| ([A-Z, ]+) \| `([^`]+)` \| ([a-z ]+) \|", (Path(__file__).parents[2] / "docs/routes.md").read_text(), re.MULTILINE
    )
    for method in methods.split(", ")
]
SAMPLE = {"run_id": "", "handover_id": "h1", "token_id": "t1", "user_id": "u1", "invitation_id": "i1", "share_id": "s1"}
Browse = Callable[[Person], FlaskClient]


def rows(who: str) -> list[tuple[str, str]]:
    """Return the (method, path) of the routes that only `who` may use."""
    return [(method, path) for method, path, right in ROWS if right == who]


def ask(browser: FlaskClient, method: str, path: str, **names: str) -> int:
    """Send an empty request and return its status."""
    url = re.sub(r"<(\w+)>", lambda name: {**SAMPLE, **names}[name.group(1)], path)
    return browser.open(url, method=method, data={} if method == "POST" else None).status_code


@pytest.fixture
def run_of_ines(sign_in: Browse) -> str:
    """Start a drill as Ines and return its id."""
    answer = sign_in(INES).post("/runs", data={"slug": "ferry-sailed-with-the-dog"})
    assert answer.status_code == 303
    return found(r"/runs/([\w-]+)", answer.location)


def test_every_route_says_who_may_use_it() -> None:
    assert {who for _, _, who in ROWS} <= {"everybody", "player", "contact", "department", "signed in", "trainer", "admin", "token"}
    assert len(ROWS) > 40


@pytest.mark.parametrize(("method", "path"), rows("admin"))
def test_administration_is_closed_to_everybody_else(app: APIFlask, sign_in: Browse, method: str, path: str) -> None:
    assert [ask(sign_in(person), method, path) for person in (INES, OMAR, RUTH)] == [403, 403, 403]
    assert ask(app.test_client(), method, path) in {302, 303, 401}


@pytest.mark.parametrize(("method", "path"), rows("trainer"))
def test_inviting_is_closed_to_learners_and_contacts(app: APIFlask, sign_in: Browse, method: str, path: str) -> None:
    assert [ask(sign_in(person), method, path) for person in (INES, OMAR)] == [403, 403]
    assert ask(app.test_client(), method, path) in {302, 303, 401}


@pytest.mark.parametrize(("method", "path"), rows("signed in"))
def test_account_pages_ask_a_guest_to_sign_in(client: FlaskClient, method: str, path: str) -> None:
    answer = client.open(re.sub(r"<\w+>", "t1", path), method=method)
    assert answer.status_code in {302, 303, 401}
    assert answer.status_code == 401 or "/sign-in" in answer.location


@pytest.mark.parametrize(("method", "path"), rows("player"))
def test_a_run_is_not_there_for_anybody_but_its_player(app: APIFlask, sign_in: Browse, run_of_ines: str, method: str, path: str) -> None:
    strangers = [sign_in(TOLU), sign_in(RUTH), sign_in(OMAR), app.test_client()]
    assert {ask(stranger, method, path, run_id=run_of_ines) for stranger in strangers} == {404}


@pytest.mark.parametrize(("method", "path"), [*rows("contact"), *rows("department")])
def test_the_inbox_is_closed_to_learners_and_guests(app: APIFlask, sign_in: Browse, method: str, path: str) -> None:
    assert ask(sign_in(INES), method, path) in {403, 404}
    assert ask(app.test_client(), method, path) in {302, 303, 401, 403, 404}


@pytest.mark.parametrize(("method", "path"), rows("token"))
def test_the_api_wants_a_token(client: FlaskClient, method: str, path: str) -> None:
    assert client.open(path, method=method, json={"post": {"text": "Hello"}}).status_code == 401
    wrong = client.open(path, method=method, json={"post": {"text": "Hello"}}, headers={"Authorization": "Bearer cmp_wrong"})
    assert wrong.status_code == 401
