"""Come in, go out, change a password, make a token: works, refused, bad input."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from simulator.app import create_app
from simulator.config import Settings
from tests.app_fixtures import settings_for
from tests.cast import ADA, INES, OMAR, Person

SignIn = Callable[[Person], FlaskClient]
NEW = {"name": "Nia Okafor", "email": "nia@lantern.example", "password": "three-kites-over-dunes"}


def test_the_first_administrator_is_made_once(client: FlaskClient) -> None:
    made = client.post("/welcome", data=NEW)
    assert made.status_code == 303
    assert made.location == "/admin/people"
    assert client.get("/admin/people").status_code == 200

    again = client.application.test_client().post("/welcome", data={**NEW, "email": "eve@lantern.example"})
    assert again.status_code == 303
    assert again.location == "/"


def test_somebody_signs_up_and_is_greeted_by_name(client: FlaskClient, people: dict[Person, str]) -> None:
    assert client.post("/sign-up", data=NEW).status_code == 303
    home = client.get("/").text
    assert "Hello, Nia Okafor" in home
    assert "Your account is ready." in home


def test_a_weak_password_is_tied_to_its_field_and_the_rest_is_kept(client: FlaskClient) -> None:
    page = client.post("/sign-up", data={**NEW, "password": "short"})
    assert page.status_code == 400
    assert 'id="password-error"' in page.text
    assert 'aria-describedby="password-hint password-error"' in page.text
    assert 'value="nia@lantern.example"' in page.text
    assert 'href="#password"' in page.text
    assert "short" not in re.findall(r'value="([^"]*)"', page.text)


@pytest.mark.parametrize("missing", ["name", "email", "password"])
def test_a_form_with_a_gap_says_which(client: FlaskClient, missing: str) -> None:
    page = client.post("/sign-up", data={**NEW, missing: ""})
    assert page.status_code == 400
    assert f'id="{missing}-error"' in page.text


def test_sign_up_is_closed_where_the_house_says_so(settings: Settings, migrated_file: object) -> None:
    closed = create_app(settings_for(settings.instance_dir, OPEN_SIGN_UP="off"))
    closed.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    browser = closed.test_client()
    assert "Here you need an invitation" in browser.get("/sign-up").text
    assert browser.post("/sign-up", data=NEW).status_code == 403
    with closed.app_context():
        closed.extensions["sqlalchemy"].engine.dispose()


@pytest.mark.parametrize(
    ("email", "password"),
    [
        pytest.param(INES.email, "not-her-password", id="wrong password"),
        pytest.param("nobody@lantern.example", INES.password, id="unknown address"),
        pytest.param("not an address", INES.password, id="no address at all"),
    ],
)
def test_a_wrong_sign_in_says_the_same_whatever_was_wrong(
    client: FlaskClient, people: dict[Person, str], email: str, password: str
) -> None:
    page = client.post("/sign-in", data={"email": email, "password": password})
    assert page.status_code == 400
    assert "don&#39;t belong together" in page.text
    assert f'value="{email}"' in page.text
    assert password not in page.text


@pytest.mark.parametrize(
    ("asked", "goes_to"),
    [
        ("/account", "/account"),
        ("/runs/abc?after=3", "/runs/abc?after=3"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example", "/"),
        ("", "/"),
    ],
)
def test_signing_in_goes_on_to_where_one_was_and_never_to_another_site(
    client: FlaskClient, people: dict[Person, str], asked: str, goes_to: str
) -> None:
    answer = client.post("/sign-in", data={"email": INES.email, "password": INES.password, "next": asked})
    assert answer.status_code == 303
    assert answer.location == goes_to


def test_the_account_page_asks_guests_to_sign_in_and_brings_them_back(client: FlaskClient) -> None:
    answer = client.get("/account")
    assert answer.status_code == 303
    assert answer.location == "/sign-in?next=/account"
    assert 'name="next" type="hidden" value="/account"' in client.get(answer.location).text


def test_signing_out_ends_the_session(sign_in: SignIn) -> None:
    browser = sign_in(INES)
    assert browser.post("/sign-out").status_code == 303
    assert "You are signed out." in browser.get("/").text
    assert browser.get("/account").status_code == 303


def test_the_account_page_shows_who_one_is(sign_in: SignIn) -> None:
    page = sign_in(OMAR).get("/account").text
    assert OMAR.name in page
    assert "Contact, Operations" in page


def test_a_new_password_works_and_signs_other_browsers_out(sign_in: SignIn, client: FlaskClient) -> None:
    here, elsewhere = sign_in(INES), sign_in(INES)
    changed = here.post("/account/password", data={"old": INES.password, "new": "nine-slow-barges"})
    assert changed.status_code == 303
    assert here.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303
    assert client.post("/sign-in", data={"email": INES.email, "password": "nine-slow-barges"}).status_code == 303


@pytest.mark.parametrize(
    ("old", "new", "field"), [("wrong", "nine-slow-barges", "old"), (INES.password, "short", "new"), ("", "nine-slow-barges", "old")]
)
def test_a_refused_password_says_at_which_field(sign_in: SignIn, old: str, new: str, field: str) -> None:
    page = sign_in(INES).post("/account/password", data={"old": old, "new": new})
    assert page.status_code == 400
    assert f'id="{field}-error"' in page.text


def test_a_token_is_shown_once_and_can_be_revoked(sign_in: SignIn, app: APIFlask) -> None:
    browser = sign_in(INES)
    shown = browser.post("/account/tokens", data={"name": "nightly audit"}).text
    raw = re.search(r'id="raw-token" value="([^"]+)"', shown)
    assert raw
    later = browser.get("/account").text
    assert raw.group(1) not in later
    assert "nightly audit" in later
    revoke = re.search(r'action="(/account/tokens/[^"]+/revoke)"', later)
    assert revoke
    assert browser.post(revoke.group(1)).status_code == 303
    assert "nightly audit" not in browser.get("/account").text
    with app.app_context():
        assert app.extensions["composure"].tokens.viewer_of(raw.group(1)) is None


def test_a_token_needs_a_name_and_only_its_owner_may_revoke_it(sign_in: SignIn) -> None:
    ines, omar = sign_in(INES), sign_in(OMAR)
    assert ines.post("/account/tokens", data={"name": " "}).status_code == 400
    page = ines.post("/account/tokens", data={"name": "mine"}).text
    revoke = re.search(r'action="(/account/tokens/[^"]+/revoke)"', page)
    assert revoke
    assert omar.post(revoke.group(1)).status_code == 404
    assert "mine" in ines.get("/account").text


def test_an_invitation_makes_the_account_it_was_for(sign_in: SignIn, client: FlaskClient) -> None:
    page = sign_in(ADA).post("/admin/people/invite", data={"role": "contact", "contact": "legal", "email": "nia@lantern.example"}).text
    link = re.search(r"http://localhost(/invitations/[\w-]+)", page)
    assert link
    form = client.get(link.group(1)).text
    assert "Contact, Legal" in form
    assert 'value="nia@lantern.example"' in form
    assert client.post(link.group(1), data=NEW).status_code == 303
    assert "Contact, Legal" in client.get("/account").text
    used = client.application.test_client().get(link.group(1), follow_redirects=True)
    assert used.request.path == "/sign-in"
    assert "This invitation has been used" in used.text


def test_an_unknown_invitation_is_no_page_of_ours(client: FlaskClient) -> None:
    page = client.get("/invitations/abc")
    assert page.status_code == 404
    assert "Check that the whole link was copied" in page.text


def test_guessing_passwords_is_slowed_down(settings: Settings, migrated_file: object) -> None:
    limited = create_app(settings_for(settings.instance_dir, RATE_LIMITS="on"))
    limited.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    browser = limited.test_client()
    codes = [browser.post("/sign-in", data={"email": INES.email, "password": f"guess-{turn}"}).status_code for turn in range(6)]
    assert codes == [400] * 5 + [429]
    waiting = browser.post("/sign-in", data={"email": INES.email, "password": "guess"})
    assert "A short pause, please" in waiting.text
    assert int(waiting.headers["Retry-After"]) > 0
    other = browser.post("/sign-in", data={"email": "else@lantern.example", "password": "guess"})
    assert other.status_code == 400
    with limited.app_context():
        limited.extensions["sqlalchemy"].engine.dispose()
