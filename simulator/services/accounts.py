"""Make accounts and let people in: sign-up, invitations, sign-in, roles. What is asked for is given or refused as a value."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from simulator.core.clock import Now
from simulator.core.refusal import Refusal, RefusalCode
from simulator.persistence.db import reading, transaction
from simulator.persistence.people import PeopleStore
from simulator.persistence.rows import InvitationRow, UserRow
from simulator.persistence.runs import RunStore
from simulator.scoring.vocabulary import Contact
from simulator.services.audit_log import Act, AuditLog
from simulator.services.passwords import Passwords
from simulator.services.people import Invitation, Newcomer, User, fit_email, fit_newcomer, fit_role, invitation_of, user_of
from simulator.services.viewer import Role, Viewer

INVITATION_DAYS = 14
_DAY_MS = 86_400_000
_WRONG = Refusal(
    RefusalCode.WRONG_PASSWORD, "That e-mail address and password don't belong together. Check both and try again.", "password"
)
_TAKEN = Refusal(RefusalCode.TAKEN, "There is an account with this e-mail address already. Sign in instead.", "email")
_ADMINS_ONLY = Refusal(RefusalCode.NOT_ALLOWED, "Only administrators can do this.")
_LAST_ADMIN = Refusal(RefusalCode.NOT_ALLOWED, "This is the last administrator. Make somebody else an administrator first.", "role")
_NOBODY = Refusal(RefusalCode.NOT_FOUND, "There is no such person here.")


class Accounts:
    """Serve people and those who administer them."""

    def __init__(
        self,
        *,
        people: PeopleStore,
        runs: RunStore,
        audit: AuditLog,
        passwords: Passwords,
        now: Now,
        new_id: Callable[[], str],
        new_secret: Callable[[], str],
        open_sign_up: bool,
    ) -> None:
        self._people = people
        self._runs = runs
        self._audit = audit
        self._passwords = passwords
        self._now = now
        self._new_id = new_id
        self._new_secret = new_secret
        self.open_sign_up = open_sign_up

    def needs_first_admin(self) -> bool:
        """Tell whether nobody administers this installation yet."""
        return not self._people.has_role(Role.ADMIN)

    def create_first_admin(self, *, name: str, email: str, password: str, guest_id: str = "") -> User | Refusal:
        """Make the first administrator; of two who try at once, one is refused."""
        new = fit_newcomer(self._passwords, name=name, email=email, password=password)
        if isinstance(new, Refusal):
            return new
        with transaction():
            self._people.lock()
            if not self.needs_first_admin():
                return Refusal(RefusalCode.ALREADY_DONE, "This installation has an administrator already. Ask them for an invitation.")
            return self._add(new, Role.ADMIN, None, guest_id)

    def create_admin(self, *, name: str, email: str, password: str) -> User | Refusal:
        """Make a further administrator, for whoever can run commands on the machine."""
        new = fit_newcomer(self._passwords, name=name, email=email, password=password)
        if isinstance(new, Refusal):
            return new
        with transaction():
            self._people.lock()
            return self._add(new, Role.ADMIN, None, "")

    def sign_up(self, *, name: str, email: str, password: str, guest_id: str = "") -> User | Refusal:
        """Make a learner's account, where that is open to everybody; the guest's runs become theirs."""
        if not self.open_sign_up:
            return Refusal(RefusalCode.NOT_ALLOWED, "Here you need an invitation to sign up. Ask whoever runs your team's Composure.")
        new = fit_newcomer(self._passwords, name=name, email=email, password=password)
        if isinstance(new, Refusal):
            return new
        with transaction():
            return self._add(new, Role.LEARNER, None, guest_id)

    def sign_in(self, *, email: str, password: str, guest_id: str = "") -> User | Refusal:
        """Check an e-mail address and a password. Unknown addresses take as long and get the same answer as wrong passwords."""
        address = fit_email(email)
        row = None if isinstance(address, Refusal) else self._people.by_email(address)
        fits = self._passwords.fits(password, row.password_hash if row else None)
        if row is None or not fits:
            self._audit.note(Act.SIGN_IN_FAILED, actor=None, about=row.id if row else "")
            return _WRONG
        if row.disabled:
            self._audit.note(Act.SIGN_IN_FAILED, actor=None, about=row.id, detail={"disabled": True})
            return Refusal(RefusalCode.NOT_ALLOWED, "This account is switched off. Ask an administrator to switch it on.", "email")
        changes: dict[str, Any] = {"signed_in_ms": self._now()}
        if self._passwords.is_dated(row.password_hash):
            changes["password_hash"] = self._passwords.hash(password)
        with transaction():
            self._people.change(row.id, **changes)
            self._adopt(guest_id, row.id)
            self._audit.note(Act.SIGNED_IN, actor=row.id)
            return self._known(row.id)

    def invite(
        self, viewer: Viewer, *, role: Role | str, contact: Contact | str | None = None, email: str = ""
    ) -> tuple[Invitation, str] | Refusal:
        """Make an invitation and its token, which is shown this once. Administrators invite anybody, trainers learners and contacts."""
        fitted = fit_role(role, contact)
        if isinstance(fitted, Refusal):
            return fitted
        may = viewer.is_admin or (viewer.role is Role.TRAINER and fitted[0] in (Role.LEARNER, Role.CONTACT))
        if not may:
            return Refusal(
                RefusalCode.NOT_ALLOWED, "Only administrators invite trainers and administrators; trainers invite the others.", "role"
            )
        address = fit_email(email) if email.strip() else ""
        if isinstance(address, Refusal):
            return address
        raw, now_ms = self._new_secret(), self._now()
        row = InvitationRow(
            id=self._new_id(),
            role=fitted[0],
            contact=fitted[1],
            email=address,
            invited_by=viewer.user_id,
            created_ms=now_ms,
            expires_ms=now_ms + INVITATION_DAYS * _DAY_MS,
        )
        with transaction():
            self._people.add_invitation(row, _hash(raw))
            self._audit.note(Act.INVITED, actor=viewer.user_id, about=row.id, detail={"role": row.role})
        return invitation_of(row), raw

    def open_invitations(self, viewer: Viewer) -> list[Invitation] | Refusal:
        """Return the invitations that nobody has taken up yet, newest first; administrators only."""
        if not viewer.is_admin:
            return _ADMINS_ONLY
        return [invitation_of(row) for row in self._people.open_invitations(self._now())]

    def withdraw_invitation(self, viewer: Viewer, invitation_id: str) -> Refusal | None:
        """End an invitation that nobody has taken up; administrators only."""
        if not viewer.is_admin:
            return _ADMINS_ONLY
        with transaction():
            if not self._people.withdraw_invitation(invitation_id, self._now()):
                return Refusal(RefusalCode.NOT_FOUND, "This invitation is used, withdrawn or run out already.")
            self._audit.note(Act.INVITATION_WITHDRAWN, actor=viewer.user_id, about=invitation_id)
        return None

    def invitation(self, raw: str) -> Invitation | Refusal:
        """Return the invitation of a token, if it can still be taken up."""
        row = self._people.invitation(_hash(raw))
        if row is None:
            return Refusal(RefusalCode.NOT_FOUND, "We don't know this invitation. Check that the whole link was copied.")
        if row.used_ms is not None:
            return Refusal(RefusalCode.ALREADY_DONE, "This invitation has been used. Sign in, or ask for another.")
        if row.expires_ms <= self._now():
            return Refusal(RefusalCode.EXPIRED, "This invitation has run out. Ask for another.")
        return invitation_of(row)

    def accept_invitation(self, raw: str, *, name: str, email: str, password: str, guest_id: str = "") -> User | Refusal:
        """Make the account somebody was invited to; an invitation serves once."""
        new = fit_newcomer(self._passwords, name=name, email=email, password=password)
        if isinstance(new, Refusal):
            return new
        with transaction():
            self._people.lock()
            invitation = self.invitation(raw)
            if isinstance(invitation, Refusal):
                return invitation
            user = self._add(new, invitation.role, invitation.contact, guest_id)
            if isinstance(user, User):
                self._people.use_invitation(invitation.id, used_by=user.id, now_ms=self._now())
            return user

    def change_password(self, viewer: Viewer, *, old: str, new: str) -> User | Refusal:
        """Set another password; every session of theirs ends but one that is given the new generation."""
        row = self._people.by_id(viewer.user_id) if viewer.user_id else None
        if row is None:
            return Refusal(RefusalCode.SIGN_IN_FIRST, "Sign in to change your password.")
        if not self._passwords.fits(old, row.password_hash):
            return Refusal(RefusalCode.WRONG_PASSWORD, "That isn't your current password.", "old")
        return self._set_password(row, new, about="new", act=Act.PASSWORD_CHANGED, actor=row.id)

    def reset_password(self, viewer: Viewer, *, email: str, new: str) -> User | Refusal:
        """Set another password for somebody who lost theirs, ending their sessions; administrators only."""
        if not viewer.is_admin:
            return _ADMINS_ONLY
        address = fit_email(email)
        row = self._people.by_email(address) if isinstance(address, str) else None
        if row is None:
            return _NOBODY
        return self._set_password(row, new, about="password", act=Act.PASSWORD_RESET, actor=viewer.user_id)

    def people(self, viewer: Viewer) -> list[User] | Refusal:
        """Return everybody with an account, by name; administrators only."""
        if not viewer.is_admin:
            return _ADMINS_ONLY
        return [user_of(row) for row in self._people.everybody()]

    def colleagues(self, contact: Contact) -> list[User]:
        """Return those who answer for a department and whose account is on, by name."""
        return [user_of(row) for row in self._people.active_with_role(Role.CONTACT, contact)]

    def set_role(self, viewer: Viewer, user_id: str, role: Role | str, contact: Contact | str | None = None) -> User | Refusal:
        """Give somebody another role; the last administrator keeps theirs."""
        fitted = fit_role(role, contact)
        if not viewer.is_admin:
            return _ADMINS_ONLY
        if isinstance(fitted, Refusal):
            return fitted
        with transaction():
            self._people.lock()
            if fitted[0] is not Role.ADMIN and self._is_last_admin(user_id):
                return _LAST_ADMIN
            self._people.change(user_id, role=fitted[0], contact=fitted[1])
            user = self._known(user_id)
            if isinstance(user, User):
                self._audit.note(Act.ROLE_SET, actor=viewer.user_id, about=user_id, detail={"role": fitted[0]})
            return user

    def set_disabled(self, viewer: Viewer, user_id: str, disabled: bool) -> User | Refusal:
        """Switch an account off, ending its sessions, or on again; the last administrator stays on."""
        if not viewer.is_admin:
            return _ADMINS_ONLY
        with transaction():
            self._people.lock()
            if disabled and self._is_last_admin(user_id):
                return _LAST_ADMIN
            self._people.change(user_id, disabled=disabled, end_sessions=disabled)
            user = self._known(user_id)
            if isinstance(user, User):
                self._audit.note(Act.ACCOUNT_DISABLED if disabled else Act.ACCOUNT_ENABLED, actor=viewer.user_id, about=user_id)
            return user

    def user(self, user_id: str) -> User | Refusal:
        """Return one person."""
        return self._known(user_id)

    def viewer_for(self, user_id: str, *, generation: int | None = None, guest_id: str = "") -> Viewer | None:
        """Return who a session belongs to; None where the account is gone or off, or the session's `generation` is over."""
        row = self._people.by_id(user_id)
        if row is None or row.disabled or (generation is not None and generation != row.generation):
            return None
        return user_of(row).viewer(guest_id)

    def _add(self, new: Newcomer, role: Role, contact: Contact | None, guest_id: str) -> User | Refusal:
        now_ms = self._now()
        row = UserRow(
            id=self._new_id(),
            email=new.email,
            name=new.name,
            password_hash=new.password_hash,
            role=role,
            contact=contact,
            disabled=False,
            generation=1,
            created_ms=now_ms,
            signed_in_ms=now_ms,
        )
        if not self._people.add(row):
            return _TAKEN
        self._adopt(guest_id, row.id)
        self._audit.note(Act.ACCOUNT_MADE, actor=row.id, about=row.id, detail={"role": role})
        return user_of(row)

    def _adopt(self, guest_id: str, user_id: str) -> None:
        if guest_id:
            self._runs.adopt_guest(guest_id, user_id)

    def _set_password(self, row: UserRow, new: str, *, about: str, act: Act, actor: str | None) -> User | Refusal:
        fault = self._passwords.fault(new, email=row.email, name=row.name)
        if fault is not None:
            return Refusal(fault.code, fault.message, about, fault.detail)
        password_hash = self._passwords.hash(new)
        with transaction():
            self._people.change(row.id, end_sessions=True, password_hash=password_hash)
            self._audit.note(act, actor=actor, about=row.id)
            return self._known(row.id)

    def _is_last_admin(self, user_id: str) -> bool:
        return [row.id for row in self._people.active_with_role(Role.ADMIN)] == [user_id]

    def _known(self, user_id: str) -> User | Refusal:
        with reading():
            row = self._people.by_id(user_id)
        return user_of(row) if row else _NOBODY


def _hash(raw: str) -> str:
    return sha256(raw.encode("utf-8", "replace")).hexdigest()
