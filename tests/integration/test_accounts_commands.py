"""`flask --app simulator accounts …`: whoever runs commands on the machine can always get in and let others in."""

from __future__ import annotations

from apiflask import APIFlask
from click.testing import Result

from tests.cast import ADA, INES, OMAR, Person
from tests.integration.storing import services_of


def run(app: APIFlask, *words: str, given: str = "") -> Result:
    """Run `flask accounts …` with `given` on standard input."""
    return app.test_cli_runner().invoke(args=["accounts", *words], input=given)


def test_an_administrator_is_made_with_a_password_from_a_pipe(app: APIFlask) -> None:
    done = run(app, "create-admin", "--email", ADA.email, "--name", ADA.name, "--password-stdin", given=f"{ADA.password}\n")
    assert (done.exit_code, done.output) == (0, f"{ADA.name} <{ADA.email}> is an administrator now.\n")
    with app.app_context():
        assert services_of(app).accounts.sign_in(email=ADA.email, password=ADA.password).name == ADA.name


def test_a_password_that_is_asked_for_is_not_shown(app: APIFlask) -> None:
    done = run(app, "create-admin", "--email", ADA.email, "--name", ADA.name, given=f"{ADA.password}\n{ADA.password}\n")
    assert done.exit_code == 0
    assert ADA.password not in done.output


def test_a_refusal_is_one_plain_line_and_exit_code_1(app: APIFlask) -> None:
    done = run(app, "create-admin", "--email", ADA.email, "--name", ADA.name, "--password-stdin", given="short\n")
    assert (done.exit_code, done.output) == (1, "Error: Use at least 10 characters; a few words in a row are easy to remember.\n")


def test_everybody_is_listed_with_their_role(app: APIFlask, people: dict[Person, str]) -> None:
    lines = run(app, "list").stdout.splitlines()
    assert len(lines) == len(people)
    assert f"{OMAR.email}\t{OMAR.name}\tcontact (operations)\ton\tsince 2026-11-21" in lines


def test_an_empty_list_says_what_to_do_first(app: APIFlask) -> None:
    assert "create-admin" in run(app, "list").stderr


def test_an_invitation_is_printed_as_a_path_that_works(app: APIFlask) -> None:
    done = run(app, "invite", "--role", "contact", "--contact", "legal")
    raw = done.stdout.strip().removeprefix("/invitations/")
    with app.app_context():
        assert services_of(app).accounts.invitation(raw).contact == "legal"
    assert "until 2026-12-05" in done.stderr


def test_a_lost_password_is_set_anew(app: APIFlask, people: dict[Person, str]) -> None:
    done = run(app, "reset-password", "--email", INES.email, "--password-stdin", given="ten-quiet-rivers\n")
    assert done.exit_code == 0
    with app.app_context():
        assert services_of(app).accounts.sign_in(email=INES.email, password="ten-quiet-rivers").name == INES.name
    assert run(app, "reset-password", "--email", "nobody@x.example", "--password-stdin", given="ten-quiet-rivers\n").exit_code == 1
