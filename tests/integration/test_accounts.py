"""Accounts: who gets in, who may do what, and what happens when two try at once. On SQLite and PostgreSQL."""

from __future__ import annotations

import pytest
from apiflask import APIFlask
from argon2 import PasswordHasher

from simulator.app import create_app
from simulator.config import Settings
from simulator.core.refusal import Refusal, RefusalCode
from simulator.persistence.people import PeopleStore
from simulator.scoring.vocabulary import Contact
from simulator.services.people import User
from simulator.services.viewer import Role, Viewer, guest
from tests.app_fixtures import settings_for, shipped_content
from tests.cast import ADA, INES, OMAR, RUTH, TOLU, Person
from tests.factories import HandClock
from tests.integration.storing import at_once, services_of

DAY = 86_400


def code_of(answer: object) -> RefusalCode | str:
    """Return a refusal's code, or "given"."""
    return answer.code if isinstance(answer, Refusal) else "given"


def viewer_of(app: APIFlask, user_id: str) -> Viewer:
    """Return somebody as the one who is looking."""
    viewer = services_of(app).accounts.viewer_for(user_id)
    assert viewer is not None
    return viewer


def test_the_first_admin_is_made_once(stored_app: APIFlask) -> None:
    accounts = services_of(stored_app).accounts
    with stored_app.app_context():
        assert accounts.needs_first_admin()
        first = accounts.create_first_admin(name=ADA.name, email=ADA.email, password=ADA.password)
        second = accounts.create_first_admin(name=RUTH.name, email=RUTH.email, password=RUTH.password)
        assert not accounts.needs_first_admin()
    assert isinstance(first, User)
    assert first.role is Role.ADMIN
    assert code_of(second) == RefusalCode.ALREADY_DONE


def test_of_four_who_set_up_at_once_one_becomes_admin(stored_app: APIFlask) -> None:
    accounts = services_of(stored_app).accounts

    def set_up(number: int) -> object:
        return accounts.create_first_admin(name=f"Nr {number}", email=f"nr{number}@lantern.example", password=ADA.password)

    answers = at_once(stored_app, set_up, times=4)
    assert sorted(map(code_of, answers)) == ["already_done", "already_done", "already_done", "given"]


def test_one_mailbox_has_one_account_however_it_is_written(stored_app: APIFlask) -> None:
    accounts = services_of(stored_app).accounts
    with stored_app.app_context():
        made = accounts.sign_up(name=INES.name, email=" Ines@Lantern.Example ", password=INES.password)
        again = accounts.sign_up(name="Somebody", email="ines@lantern.example", password=TOLU.password)
        inside = accounts.sign_in(email="INES@lantern.example", password=INES.password)
    assert isinstance(made, User)
    assert made.email == "ines@lantern.example"
    assert (code_of(again), code_of(inside)) == (RefusalCode.TAKEN, "given")


def test_of_two_sign_ups_with_one_address_one_is_told_that_it_is_taken(stored_app: APIFlask) -> None:
    accounts = services_of(stored_app).accounts
    answers = at_once(stored_app, lambda number: accounts.sign_up(name=f"Nr {number}", email=INES.email, password=INES.password), times=2)
    assert sorted(map(code_of, answers)) == ["given", RefusalCode.TAKEN]


@pytest.mark.parametrize(
    ("case", "changes", "code", "about"),
    [
        ("no name", {"name": "  "}, RefusalCode.EMPTY, "name"),
        ("endless name", {"name": "x" * 201}, RefusalCode.TOO_LONG, "name"),
        ("control character", {"name": "In\x00es"}, RefusalCode.BAD_TEXT, "name"),
        ("no address", {"email": ""}, RefusalCode.BAD_VALUE, "email"),
        ("half an address", {"email": "ines@"}, RefusalCode.BAD_VALUE, "email"),
        ("surrogate in the address", {"email": "in\ud83des@lantern.example"}, RefusalCode.BAD_VALUE, "email"),
        ("short", {"password": "short-one"}, RefusalCode.WEAK_PASSWORD, "password"),
        ("endless", {"password": "x1y2" * 60}, RefusalCode.WEAK_PASSWORD, "password"),
        ("common", {"password": "Password123"}, RefusalCode.WEAK_PASSWORD, "password"),
        ("one key", {"password": "aaaaaaaaaaaaaa"}, RefusalCode.WEAK_PASSWORD, "password"),
        ("the address", {"password": "Ines@Lantern.example"}, RefusalCode.WEAK_PASSWORD, "password"),
        ("the name", {"password": "ines calder"}, RefusalCode.WEAK_PASSWORD, "password"),
        ("the name in one", {"password": "InesCalder"}, RefusalCode.WEAK_PASSWORD, "password"),
    ],
)
def test_what_cannot_be_an_account_is_refused_at_its_field(
    app: APIFlask, case: str, changes: dict[str, str], code: RefusalCode, about: str
) -> None:
    with app.app_context():
        given = {"name": INES.name, "email": INES.email, "password": INES.password} | changes
        answer = services_of(app).accounts.sign_up(**given)
    assert isinstance(answer, Refusal), case
    assert (answer.code, answer.about) == (code, about)


def test_the_same_password_from_another_keyboard_fits(app: APIFlask) -> None:
    accounts = services_of(app).accounts
    with app.app_context():
        accounts.sign_up(name=INES.name, email=INES.email, password="caf\u00e9-au-lait-9")
        assert code_of(accounts.sign_in(email=INES.email, password="cafe\u0301-au-lait-9")) == "given"


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(stored_app: APIFlask) -> None:
    accounts = services_of(stored_app).accounts
    with stored_app.app_context():
        accounts.sign_up(name=TOLU.name, email="t2@lantern.example", password=TOLU.password)
        wrong = accounts.sign_in(email="t2@lantern.example", password="not-the-password")
        unknown = accounts.sign_in(email="nobody@lantern.example", password="not-the-password")
        nonsense = accounts.sign_in(email="\x00", password="")
    assert wrong == unknown == nonsense
    assert code_of(wrong) == RefusalCode.WRONG_PASSWORD


def test_passwords_are_kept_as_argon2id_hashes_and_renewed_when_dated(settings: Settings) -> None:
    app = create_app(settings, content=shipped_content())  # with the passwords of the real app
    accounts, store = services_of(app).accounts, PeopleStore()
    with app.app_context():
        user = accounts.sign_up(name=INES.name, email=INES.email, password=INES.password)
        kept = store.by_id(user.id)
        assert kept is not None
        assert kept.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
        store.change(user.id, password_hash=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(INES.password))
        weaker = store.by_id(user.id)
        accounts.sign_in(email=INES.email, password=INES.password)
        renewed = store.by_id(user.id)
        app.extensions["sqlalchemy"].engine.dispose()
    assert weaker
    assert renewed
    assert weaker.password_hash.startswith("$argon2id$v=19$m=8,t=1,")
    assert renewed.password_hash.startswith("$argon2id$v=19$m=19456")


def test_an_invitation_serves_once_for_its_role(stored_app: APIFlask) -> None:
    accounts = services_of(stored_app).accounts
    with stored_app.app_context():
        admin = accounts.create_first_admin(name=ADA.name, email=ADA.email, password=ADA.password).viewer()
        invitation, raw = accounts.invite(admin, role="contact", contact="operations", email=OMAR.email)
        assert [open.id for open in accounts.open_invitations(admin)] == [invitation.id]
        assert accounts.invitation(raw) == invitation
        user = accounts.accept_invitation(raw, name=OMAR.name, email=OMAR.email, password=OMAR.password)
        again = accounts.accept_invitation(raw, name=TOLU.name, email=TOLU.email, password=TOLU.password)
        assert accounts.open_invitations(admin) == []
        assert [colleague.name for colleague in accounts.colleagues(Contact.OPERATIONS)] == [OMAR.name]
        assert accounts.colleagues(Contact.LEGAL) == []
    assert (user.role, user.contact) == (Role.CONTACT, Contact.OPERATIONS)
    assert code_of(again) == RefusalCode.ALREADY_DONE


def test_of_two_who_accept_one_invitation_at_once_one_gets_in(stored_app: APIFlask) -> None:
    accounts = services_of(stored_app).accounts
    with stored_app.app_context():
        admin = accounts.create_first_admin(name=ADA.name, email=ADA.email, password=ADA.password).viewer()
        _, raw = accounts.invite(admin, role=Role.TRAINER)

    def accept(number: int) -> object:
        return accounts.accept_invitation(raw, name=f"Nr {number}", email=f"nr{number}@lantern.example", password=RUTH.password)

    assert sorted(map(code_of, at_once(stored_app, accept, times=2))) == [RefusalCode.ALREADY_DONE, "given"]


def test_a_taken_address_does_not_use_up_the_invitation(app: APIFlask, people: dict[Person, str]) -> None:
    accounts = services_of(app).accounts
    with app.app_context():
        _, raw = accounts.invite(viewer_of(app, people[ADA]), role=Role.LEARNER)
        taken = accounts.accept_invitation(raw, name="Ines", email=INES.email, password=INES.password)
        assert code_of(taken) == RefusalCode.TAKEN
        assert code_of(accounts.invitation(raw)) == "given"


def test_an_invitation_runs_out_after_a_fortnight_and_can_be_withdrawn(app: APIFlask, people: dict[Person, str], clock: HandClock) -> None:
    accounts = services_of(app).accounts
    with app.app_context():
        admin = viewer_of(app, people[ADA])
        _, raw = accounts.invite(admin, role=Role.LEARNER)
        clock.forward(seconds=14 * DAY - 1)
        assert code_of(accounts.invitation(raw)) == "given"
        clock.forward(seconds=1)
        assert code_of(accounts.invitation(raw)) == RefusalCode.EXPIRED
        withdrawn, raw = accounts.invite(admin, role=Role.LEARNER)
        assert accounts.withdraw_invitation(admin, withdrawn.id) is None
        assert code_of(accounts.invitation(raw)) == RefusalCode.EXPIRED
        assert code_of(accounts.withdraw_invitation(admin, withdrawn.id)) == RefusalCode.NOT_FOUND
        assert code_of(accounts.invitation("made-up")) == RefusalCode.NOT_FOUND


@pytest.mark.parametrize(
    ("who", "role", "answer"),
    [
        (ADA, Role.ADMIN, "given"),
        (ADA, Role.TRAINER, "given"),
        (RUTH, Role.LEARNER, "given"),
        (RUTH, Role.CONTACT, "given"),
        (RUTH, Role.TRAINER, RefusalCode.NOT_ALLOWED),
        (RUTH, Role.ADMIN, RefusalCode.NOT_ALLOWED),
        (INES, Role.LEARNER, RefusalCode.NOT_ALLOWED),
        (OMAR, Role.LEARNER, RefusalCode.NOT_ALLOWED),
        (ADA, Role.GUEST, RefusalCode.BAD_VALUE),
        (ADA, "captain", RefusalCode.BAD_VALUE),
    ],
    ids=str,
)
def test_who_may_invite_whom(app: APIFlask, people: dict[Person, str], who: Person, role: str, answer: str) -> None:
    with app.app_context():
        given = services_of(app).accounts.invite(viewer_of(app, people[who]), role=role, contact=Contact.LEGAL)
    assert code_of(given) == answer


@pytest.mark.parametrize("contact", [None, Contact.NONE, "kitchen"])
def test_a_contact_needs_a_department(app: APIFlask, people: dict[Person, str], contact: str | None) -> None:
    with app.app_context():
        answer = services_of(app).accounts.set_role(viewer_of(app, people[ADA]), people[INES], Role.CONTACT, contact)
    assert code_of(answer) == RefusalCode.BAD_VALUE
    assert answer.about == "contact"


@pytest.mark.parametrize("who", [RUTH, INES, OMAR, None], ids=str)
def test_only_administrators_administer(app: APIFlask, people: dict[Person, str], who: Person | None) -> None:
    services = services_of(app)
    with app.app_context():
        viewer = viewer_of(app, people[who]) if who else guest("guest-1")
        answers = [
            services.accounts.people(viewer),
            services.accounts.open_invitations(viewer),
            services.accounts.withdraw_invitation(viewer, "any"),
            services.accounts.set_role(viewer, people[TOLU], Role.ADMIN),
            services.accounts.set_disabled(viewer, people[ADA], True),
            services.accounts.reset_password(viewer, email=ADA.email, new="mine-from-now-on"),
            services.audit.latest(viewer),
        ]
    assert {code_of(answer) for answer in answers} == {RefusalCode.NOT_ALLOWED}


def test_the_last_administrator_stays(stored_app: APIFlask) -> None:
    accounts = services_of(stored_app).accounts
    with stored_app.app_context():
        first = accounts.create_first_admin(name=ADA.name, email=ADA.email, password=ADA.password)
        second = accounts.create_admin(name=RUTH.name, email=RUTH.email, password=RUTH.password)
        admin = first.viewer()
        assert code_of(accounts.set_disabled(admin, second.id, True)) == "given"
        assert code_of(accounts.set_disabled(admin, first.id, True)) == RefusalCode.NOT_ALLOWED
        assert code_of(accounts.set_role(admin, first.id, Role.LEARNER)) == RefusalCode.NOT_ALLOWED
        assert code_of(accounts.set_disabled(admin, second.id, False)) == "given"
        assert code_of(accounts.set_role(admin, first.id, Role.LEARNER)) == "given"
        assert code_of(accounts.set_role(admin, "nobody", Role.LEARNER)) == RefusalCode.NOT_FOUND


def test_of_two_administrators_who_step_down_at_once_one_stays(stored_app: APIFlask) -> None:
    accounts = services_of(stored_app).accounts
    with stored_app.app_context():
        ids = [
            accounts.create_first_admin(name=ADA.name, email=ADA.email, password=ADA.password).id,
            accounts.create_admin(name=RUTH.name, email=RUTH.email, password=RUTH.password).id,
        ]
        viewers = [viewer_of(stored_app, user_id) for user_id in ids]
    answers = at_once(stored_app, lambda number: accounts.set_role(viewers[number], ids[number], Role.LEARNER), times=2)
    assert sorted(map(code_of, answers)) == ["given", RefusalCode.NOT_ALLOWED]


def test_a_password_change_ends_every_other_session(app: APIFlask, people: dict[Person, str]) -> None:
    accounts = services_of(app).accounts
    with app.app_context():
        before = accounts.user(people[INES])
        viewer = before.viewer("guest-1")
        assert code_of(accounts.change_password(viewer, old="wrong", new="ten-quiet-rivers")) == RefusalCode.WRONG_PASSWORD
        weak = accounts.change_password(viewer, old=INES.password, new="short")
        assert (weak.code, weak.about) == (RefusalCode.WEAK_PASSWORD, "new")
        after = accounts.change_password(viewer, old=INES.password, new="ten-quiet-rivers")
        assert accounts.viewer_for(before.id, generation=before.generation) is None
        assert accounts.viewer_for(before.id, generation=after.generation, guest_id="guest-1") == viewer
        assert code_of(accounts.sign_in(email=INES.email, password=INES.password)) == RefusalCode.WRONG_PASSWORD
        assert code_of(accounts.change_password(guest("guest-1"), old="", new="")) == RefusalCode.SIGN_IN_FIRST


def test_an_account_that_is_switched_off_is_out_at_once_and_its_old_sessions_stay_out(app: APIFlask, people: dict[Person, str]) -> None:
    accounts = services_of(app).accounts
    with app.app_context():
        admin, ines = viewer_of(app, people[ADA]), accounts.user(people[INES])
        accounts.set_disabled(admin, ines.id, True)
        assert accounts.viewer_for(ines.id, generation=ines.generation) is None
        assert code_of(accounts.sign_in(email=INES.email, password=INES.password)) == RefusalCode.NOT_ALLOWED
        assert code_of(accounts.sign_in(email=INES.email, password="a-wrong-password")) == RefusalCode.WRONG_PASSWORD
        accounts.set_disabled(admin, ines.id, False)
        assert accounts.viewer_for(ines.id, generation=ines.generation) is None
        assert code_of(accounts.sign_in(email=INES.email, password=INES.password)) == "given"


def test_a_closed_house_lets_in_by_invitation_only(app: APIFlask, people: dict[Person, str]) -> None:
    accounts = services_of(app).accounts
    accounts.open_sign_up = settings_for(app.extensions["composure_settings"].instance_dir, OPEN_SIGN_UP="off").open_sign_up
    with app.app_context():
        closed = accounts.sign_up(name="Nia", email="nia@lantern.example", password=INES.password)
        _, raw = accounts.invite(viewer_of(app, people[ADA]), role=Role.LEARNER)
        invited = accounts.accept_invitation(raw, name="Nia", email="nia@lantern.example", password=INES.password)
    assert (code_of(closed), code_of(invited)) == (RefusalCode.NOT_ALLOWED, "given")


def test_the_audit_log_tells_who_did_what_by_ids_only(app: APIFlask, people: dict[Person, str]) -> None:
    services = services_of(app)
    with app.app_context():
        admin = viewer_of(app, people[ADA])
        services.accounts.sign_in(email=INES.email, password="a-wrong-password")
        services.accounts.sign_in(email="nobody@lantern.example", password="a-wrong-password")
        services.accounts.sign_in(email=INES.email, password=INES.password)
        services.accounts.set_role(admin, people[INES], Role.TRAINER)
        lines = services.audit.latest(admin, limit=4)
    assert [(line.act, line.actor, line.about) for line in lines] == [
        ("role_set", people[ADA], people[INES]),
        ("signed_in", people[INES], ""),
        ("sign_in_failed", "", ""),
        ("sign_in_failed", "", people[INES]),
    ]
    assert lines[0].detail == {"role": "trainer"}
    assert "lantern.example" not in repr(lines)
