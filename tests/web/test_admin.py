"""Administer people: works, refused, not found, bad input."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.cast import ADA, EVERYBODY, INES, OMAR, RUTH, TOLU, Person

SignIn = Callable[[Person], FlaskClient]


def test_an_administrator_sees_everybody(sign_in: SignIn) -> None:
    page = sign_in(ADA).get("/admin/people").text
    for person in EVERYBODY:
        assert person.name in page


@pytest.mark.parametrize(
    ("who", "status"), [(INES, 403), (OMAR, 403), (RUTH, 200), (ADA, 200)], ids=lambda value: getattr(value, "name", value)
)
def test_who_may_open_the_page(sign_in: SignIn, who: Person, status: int) -> None:
    assert sign_in(who).get("/admin/people").status_code == status


def test_a_guest_is_sent_to_sign_in(client: FlaskClient) -> None:
    assert client.get("/admin/people").location == "/sign-in?next=/admin/people"
    assert client.post("/admin/people/invite", data={"role": "learner"}).status_code == 401


def test_a_trainer_invites_learners_but_sees_nobody_and_makes_no_administrators(sign_in: SignIn) -> None:
    ruth = sign_in(RUTH)
    page = ruth.get("/admin/people").text
    assert INES.name not in page
    assert "Administrator: manages people" not in page
    assert "/invitations/" in ruth.post("/admin/people/invite", data={"role": "learner", "contact": ""}).text
    assert ruth.post("/admin/people/invite", data={"role": "admin", "contact": ""}).status_code == 400


def test_a_contact_needs_a_department(sign_in: SignIn) -> None:
    page = sign_in(ADA).post("/admin/people/invite", data={"role": "contact", "contact": "", "email": ""})
    assert page.status_code == 400
    assert 'id="contact-error"' in page.text
    assert re.search(r'<option selected value="contact">', page.text)


def test_somebody_gets_another_role(sign_in: SignIn, people: dict[Person, str]) -> None:
    ada = sign_in(ADA)
    assert ada.post(f"/admin/people/{people[INES]}/role", data={"role": "contact", "contact": "billing"}).status_code == 303
    page = ada.get("/admin/people").text
    assert "Ines Calder has another role now." in page
    assert "Contact, Billing" in page


def test_the_last_administrator_keeps_role_and_account(sign_in: SignIn, people: dict[Person, str]) -> None:
    ada = sign_in(ADA)
    for path, data in (("role", {"role": "learner", "contact": ""}), ("disabled", {"disabled": "1"})):
        page = ada.post(f"/admin/people/{people[ADA]}/{path}", data=data)
        assert page.status_code == 403
        assert "This is the last administrator. Make somebody else an administrator first." in page.text
        assert TOLU.name in page.text
    assert ada.get("/admin/people").status_code == 200


def test_an_account_is_switched_off_and_on(sign_in: SignIn, people: dict[Person, str], client: FlaskClient) -> None:
    ada, ines = sign_in(ADA), sign_in(INES)
    assert ada.post(f"/admin/people/{people[INES]}/disabled", data={"disabled": "1"}).status_code == 303
    assert "switched off" in ada.get("/admin/people").text
    assert ines.get("/account").status_code == 303
    refused = client.post("/sign-in", data={"email": INES.email, "password": INES.password})
    assert refused.status_code == 403
    assert "This account is switched off" in refused.text
    ada.post(f"/admin/people/{people[INES]}/disabled", data={"disabled": "0"})
    assert client.post("/sign-in", data={"email": INES.email, "password": INES.password}).status_code == 303


@pytest.mark.parametrize(("path", "data"), [("role", {"role": "learner", "contact": ""}), ("disabled", {"disabled": "1"})])
def test_nobody_of_that_id(sign_in: SignIn, path: str, data: dict[str, str]) -> None:
    assert sign_in(ADA).post(f"/admin/people/nobody-here/{path}", data=data).status_code == 404


def test_a_role_that_does_not_exist_is_refused_at_its_field(sign_in: SignIn, people: dict[Person, str]) -> None:
    page = sign_in(ADA).post(f"/admin/people/{people[INES]}/role", data={"role": "emperor", "contact": ""})
    assert page.status_code == 400
    assert f'id="role-{people[INES]}-error"' in page.text


def test_an_invitation_is_withdrawn(sign_in: SignIn, client: FlaskClient) -> None:
    ada = sign_in(ADA)
    made = ada.post("/admin/people/invite", data={"role": "learner", "contact": "", "email": ""}).text
    link = re.search(r"http://localhost(/invitations/[\w-]+)", made)
    withdraw = re.search(r'action="(/admin/invitations/[^"]+/withdraw)"', made)
    assert link
    assert withdraw
    assert ada.post(withdraw.group(1)).status_code == 303
    assert client.get(link.group(1)).status_code in (404, 409, 410)
    assert ada.post(withdraw.group(1)).status_code == 404
