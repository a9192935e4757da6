"""Hold people and invitations as pages see them, and check what somebody says of themselves."""

from __future__ import annotations

from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from simulator.core.plain_text import SHORT_LIMIT, fit_text
from simulator.core.refusal import Refusal, RefusalCode
from simulator.persistence.rows import InvitationRow, UserRow
from simulator.scoring.vocabulary import Contact
from simulator.services.passwords import Passwords
from simulator.services.viewer import MEMBERS, Role, Viewer


@dataclass(frozen=True, slots=True)
class User:
    """A person with an account. A session is theirs as long as it carries their `generation`. Times are milliseconds since the epoch."""

    id: str
    email: str
    name: str
    role: Role
    contact: Contact | None
    disabled: bool
    generation: int
    created_ms: int
    signed_in_ms: int | None

    def viewer(self, guest_id: str = "") -> Viewer:
        """Return this person as the one who is looking."""
        return Viewer(user_id=self.id, guest_id=guest_id, role=self.role, name=self.name, contact=self.contact)


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation that can still be taken up. `email` may be empty; times are milliseconds since the epoch."""

    id: str
    role: Role
    contact: Contact | None
    email: str
    created_ms: int
    expires_ms: int


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What somebody says of themselves, checked, on the way to an account."""

    email: str
    name: str
    password_hash: str


def user_of(row: UserRow) -> User:
    """Return the person of a stored row."""
    return User(
        id=row.id,
        email=row.email,
        name=row.name,
        role=Role(row.role),
        contact=Contact(row.contact) if row.contact else None,
        disabled=row.disabled,
        generation=row.generation,
        created_ms=row.created_ms,
        signed_in_ms=row.signed_in_ms,
    )


def invitation_of(row: InvitationRow) -> Invitation:
    """Return the invitation of a stored row."""
    return Invitation(
        id=row.id,
        role=Role(row.role),
        contact=Contact(row.contact) if row.contact else None,
        email=row.email,
        created_ms=row.created_ms,
        expires_ms=row.expires_ms,
    )


def fit_name(raw: str) -> str | Refusal:
    """Return a person's name on one line, or say why it can't be kept."""
    return fit_text(" ".join(raw.split()), limit=SHORT_LIMIT, what="Your name", about="name", required=True)


def fit_email(raw: str) -> str | Refusal:
    """Return an e-mail address normalised, so that one mailbox has one account, or say that it is none."""
    try:
        found = validate_email(raw.strip(), check_deliverability=False, globally_deliverable=False)
    except (EmailNotValidError, UnicodeError):
        return Refusal(RefusalCode.BAD_VALUE, "This doesn't look like an e-mail address; it should read like name@example.org.", "email")
    return found.normalized.casefold()


def fit_newcomer(passwords: Passwords, *, name: str, email: str, password: str) -> Newcomer | Refusal:
    """Return what an account needs, the password hashed, or say which field won't do. Hashing takes about 20 ms."""
    fitted_name = fit_name(name)
    if isinstance(fitted_name, Refusal):
        return fitted_name
    address = fit_email(email)
    if isinstance(address, Refusal):
        return address
    return passwords.fault(password, email=address, name=fitted_name) or Newcomer(address, fitted_name, passwords.hash(password))


def fit_role(role: Role | str, contact: Contact | str | None) -> tuple[Role, Contact | None] | Refusal:
    """Return a member's role and, for the contact role only, the department; or say what is missing."""
    if role not in MEMBERS:
        return Refusal(RefusalCode.BAD_VALUE, f"Choose one of these roles: {', '.join(MEMBERS)}.", "role")
    if Role(role) is not Role.CONTACT:
        return Role(role), None
    departments = [department for department in Contact if department is not Contact.NONE]
    if contact not in departments:
        return Refusal(RefusalCode.BAD_VALUE, f"A contact answers for a department: {', '.join(departments)}.", "contact")
    return Role.CONTACT, Contact(contact)
