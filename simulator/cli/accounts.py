"""Administer accounts from the command line: whoever can run these commands on the machine may do all of them."""

from __future__ import annotations

import datetime as dt
import sys
from typing import TypeVar, cast

import click
from flask import current_app
from flask.cli import AppGroup

from simulator.core.refusal import Refusal
from simulator.scoring.vocabulary import Contact
from simulator.services.container import Services
from simulator.services.viewer import MEMBERS, Role, operator

Value = TypeVar("Value")
accounts = AppGroup("accounts", help="Make and look after accounts.")
_password_stdin = click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking for it.")


@accounts.command("create-admin")
@click.option("--email", required=True, help="E-mail address to sign in with.")
@click.option("--name", required=True, help="Name shown to others.")
@_password_stdin
def create_admin(email: str, name: str, password_stdin: bool) -> None:
    """Make an administrator, the first or a further one."""
    user = _given(_services().accounts.create_admin(name=name, email=email, password=_password(password_stdin)))
    click.echo(f"{user.name} <{user.email}> is an administrator now.")


@accounts.command("list")
def list_people() -> None:
    """List everybody with an account."""
    people = _given(_services().accounts.people(operator()))
    for user in people:
        role = f"{user.role} ({user.contact})" if user.contact else user.role
        click.echo("\t".join([user.email, user.name, role, "off" if user.disabled else "on", f"since {_day(user.created_ms)}"]))
    if not people:
        click.echo("Nobody has an account yet. Make the first with: flask --app simulator accounts create-admin", err=True)


@accounts.command("invite")
@click.option("--role", type=click.Choice([str(role) for role in MEMBERS]), default=str(Role.LEARNER), show_default=True)
@click.option(
    "--contact", type=click.Choice([str(contact) for contact in Contact if contact is not Contact.NONE]), help="For --role contact."
)
@click.option("--email", default="", help="Fills in the form; whoever has the link can use it.")
def invite(role: str, contact: str | None, email: str) -> None:
    """Make an invitation and print its link; it serves once."""
    invitation, raw = _given(_services().accounts.invite(operator(), role=role, contact=contact, email=email))
    click.echo(f"/invitations/{raw}")
    click.echo(f"Put your address in front and send it; it serves once, until {_day(invitation.expires_ms)}.", err=True)


@accounts.command("reset-password")
@click.option("--email", required=True, help="Whose password.")
@_password_stdin
def reset_password(email: str, password_stdin: bool) -> None:
    """Set somebody's password and end their sessions."""
    user = _given(_services().accounts.reset_password(operator(), email=email, new=_password(password_stdin)))
    click.echo(f"{user.name} <{user.email}> signs in with the new password from now on.")


def _services() -> Services:
    return cast(Services, current_app.extensions["composure"])


def _given(answer: Value | Refusal) -> Value:
    if isinstance(answer, Refusal):
        raise click.ClickException(answer.message)
    return answer


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))


def _day(at_ms: int) -> str:
    return dt.datetime.fromtimestamp(at_ms / 1000, dt.UTC).date().isoformat()
