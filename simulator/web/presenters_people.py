"""Turn people, invitations and API tokens into rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.services.people import Invitation, User
from simulator.services.tokens import ApiToken
from simulator.web.forms_accounts import ROLE_SHORT, RoleForm
from simulator.web.presenters_library import iso_time, utc_words
from simulator.web.presenters_words import CONTACT


@dataclass(frozen=True, slots=True)
class Moment:
    """A time for `<time>`: machine-readable, and in UTC words for readers without JavaScript."""

    iso: str
    words: str


@dataclass(frozen=True, slots=True)
class TokenView:
    """An API token as its owner sees it."""

    id: str
    name: str
    start: str
    created: Moment
    used: Moment | None


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody with an account, and the form that changes their role."""

    id: str
    name: str
    email: str
    role: str
    department: str
    disabled: bool
    seen: Moment | None
    form: RoleForm


@dataclass(frozen=True, slots=True)
class InvitationView:
    """An invitation that nobody has taken up yet."""

    id: str
    email: str
    role: str
    department: str
    expires: Moment


def moment(at_ms: int) -> Moment:
    """Return milliseconds since the epoch as a moment to show."""
    return Moment(iso_time(at_ms), utc_words(at_ms))


def token_views(tokens: Sequence[ApiToken]) -> tuple[TokenView, ...]:
    """Return the rows of somebody's API tokens."""
    return tuple(
        TokenView(token.id, token.name, token.start, moment(token.created_ms), moment(token.used_ms) if token.used_ms else None)
        for token in tokens
    )


def person_views(people: Sequence[User], refused: RoleForm | None = None, refused_id: str = "") -> tuple[PersonView, ...]:
    """Return the rows of `people`; the one with `refused_id` gets the form that was refused, with what was chosen."""
    return tuple(_person_view(user, refused if user.id == refused_id else None) for user in people)


def invitation_views(invitations: Sequence[Invitation]) -> tuple[InvitationView, ...]:
    """Return the rows of open invitations."""
    return tuple(
        InvitationView(
            id=each.id,
            email=each.email,
            role=str(ROLE_SHORT[each.role]),
            department=str(CONTACT[each.contact]) if each.contact else "",
            expires=moment(each.expires_ms),
        )
        for each in invitations
    )


def _person_view(user: User, refused: RoleForm | None) -> PersonView:
    form = refused or RoleForm(formdata=None, role=user.role.value, contact=user.contact.value if user.contact else "")
    for field in form:
        field.id = f"{field.name}-{user.id}"
        field.label.field_id = field.id
    return PersonView(
        id=user.id,
        name=user.name,
        email=user.email,
        role=str(ROLE_SHORT[user.role]),
        department=str(CONTACT[user.contact]) if user.contact else "",
        disabled=user.disabled,
        seen=moment(user.signed_in_ms) if user.signed_in_ms else None,
        form=form,
    )
