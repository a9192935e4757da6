"""Say who is looking: a guest or somebody signed in, and what their role lets them do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from simulator.scoring.vocabulary import Contact


class Role(StrEnum):
    """What somebody is here for. Guests have no account."""

    GUEST = "guest"
    LEARNER = "learner"
    CONTACT = "contact"
    TRAINER = "trainer"
    ADMIN = "admin"


MEMBERS = (Role.LEARNER, Role.CONTACT, Role.TRAINER, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is looking. `user_id` is None for a guest, `contact` the department of somebody with the contact role.

    `guest_id` names the browser; runs played before signing in belong to it.
    """

    user_id: str | None
    guest_id: str
    role: Role
    name: str
    contact: Contact | None = None

    @property
    def signed_in(self) -> bool:
        """Tell whether this is somebody with an account."""
        return self.user_id is not None

    @property
    def is_admin(self) -> bool:
        """Tell whether this is an administrator."""
        return self.role is Role.ADMIN


def guest(guest_id: str) -> Viewer:
    """Return the viewer of a browser without an account."""
    return Viewer(user_id=None, guest_id=guest_id, role=Role.GUEST, name="")


def operator() -> Viewer:
    """Return the viewer of somebody who runs commands on the machine: whoever can, administers it."""
    return Viewer(user_id=None, guest_id="", role=Role.ADMIN, name="command line")
