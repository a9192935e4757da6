"""Keep people and the invitations that bring them."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import CursorResult, exists, func, select, update

from simulator.persistence.account_tables import DbInvitation, DbUser
from simulator.persistence.db import add_new, lock_accounts, reading, transaction
from simulator.persistence.rows import InvitationRow, UserRow


class PeopleStore:
    """Store and find people and invitations. Every method is one transaction, or joins the caller's."""

    def lock(self) -> None:
        """Let nobody else make administrators or use invitations until the running transaction ends."""
        lock_accounts()

    def add(self, user: UserRow) -> bool:
        """Store a new person; False where the e-mail address is taken."""
        with transaction():
            return add_new(
                DbUser(
                    id=user.id,
                    email=user.email,
                    name=user.name,
                    password_hash=user.password_hash,
                    role=user.role,
                    contact=user.contact,
                    disabled=user.disabled,
                    generation=user.generation,
                    created_ms=user.created_ms,
                    signed_in_ms=user.signed_in_ms,
                )
            )

    def by_id(self, user_id: str) -> UserRow | None:
        """Return one person by id."""
        with reading() as session:
            row = session.get(DbUser, user_id)
            return _user(row) if row else None

    def by_email(self, email: str) -> UserRow | None:
        """Return one person by their normalised e-mail address."""
        with reading() as session:
            row = session.scalars(select(DbUser).where(DbUser.email == email)).first()
            return _user(row) if row else None

    def everybody(self) -> list[UserRow]:
        """Return all people by name."""
        with reading() as session:
            return [_user(row) for row in session.scalars(select(DbUser).order_by(func.lower(DbUser.name), DbUser.id))]

    def has_role(self, role: str) -> bool:
        """Tell whether anybody has `role`, switched off or not."""
        with reading() as session:
            return bool(session.scalar(select(exists().where(DbUser.role == role))))

    def active_with_role(self, role: str, contact: str | None = None) -> list[UserRow]:
        """Return those with `role` whose account is on; with `contact`, of that department only."""
        asked = select(DbUser).where(DbUser.role == role, DbUser.disabled.is_(False)).order_by(DbUser.name, DbUser.id)
        if contact is not None:
            asked = asked.where(DbUser.contact == contact)
        with reading() as session:
            return [_user(row) for row in session.scalars(asked)]

    def change(self, user_id: str, *, end_sessions: bool = False, **values: Any) -> None:
        """Set columns of one person; `end_sessions` raises their generation, so that every session of theirs ends."""
        if end_sessions:
            values["generation"] = DbUser.generation + 1
        with transaction() as session:
            session.execute(update(DbUser).where(DbUser.id == user_id).values(**values).execution_options(synchronize_session=False))

    def add_invitation(self, invitation: InvitationRow, token_hash: str) -> None:
        """Store a new invitation."""
        with transaction() as session:
            session.add(
                DbInvitation(
                    id=invitation.id,
                    token_hash=token_hash,
                    role=invitation.role,
                    contact=invitation.contact,
                    email=invitation.email,
                    invited_by=invitation.invited_by,
                    created_ms=invitation.created_ms,
                    expires_ms=invitation.expires_ms,
                )
            )

    def invitation(self, token_hash: str) -> InvitationRow | None:
        """Return an invitation by the hash of its token."""
        with reading() as session:
            row = session.scalars(select(DbInvitation).where(DbInvitation.token_hash == token_hash)).first()
            return _invitation(row) if row else None

    def open_invitations(self, now_ms: int) -> list[InvitationRow]:
        """Return the invitations that could still be taken up, newest first."""
        asked = select(DbInvitation).where(DbInvitation.used_ms.is_(None), DbInvitation.expires_ms > now_ms)
        with reading() as session:
            return [_invitation(row) for row in session.scalars(asked.order_by(DbInvitation.created_ms.desc()))]

    def use_invitation(self, invitation_id: str, *, used_by: str, now_ms: int) -> None:
        """Mark an invitation as used. Whoever calls holds `lock`, so nobody else used it since it was read."""
        with transaction() as session:
            session.execute(update(DbInvitation).where(DbInvitation.id == invitation_id).values(used_ms=now_ms, used_by=used_by))

    def withdraw_invitation(self, invitation_id: str, now_ms: int) -> bool:
        """End an unused invitation at once; False where there is none."""
        end = (
            update(DbInvitation)
            .where(DbInvitation.id == invitation_id, DbInvitation.used_ms.is_(None), DbInvitation.expires_ms > now_ms)
            .values(expires_ms=now_ms)
        )
        with transaction() as session:
            return cast(CursorResult[Any], session.execute(end)).rowcount == 1


def _user(row: DbUser) -> UserRow:
    return UserRow(
        id=row.id,
        email=row.email,
        name=row.name,
        password_hash=row.password_hash,
        role=row.role,
        contact=row.contact,
        disabled=row.disabled,
        generation=row.generation,
        created_ms=row.created_ms,
        signed_in_ms=row.signed_in_ms,
    )


def _invitation(row: DbInvitation) -> InvitationRow:
    return InvitationRow(
        id=row.id,
        role=row.role,
        contact=row.contact,
        email=row.email,
        invited_by=row.invited_by,
        created_ms=row.created_ms,
        expires_ms=row.expires_ms,
        used_ms=row.used_ms,
    )
