"""Write down who did what to accounts and access: ids only, no names, addresses or texts."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from simulator.core.clock import Now
from simulator.core.refusal import Refusal, RefusalCode
from simulator.persistence.audit import AuditStore
from simulator.persistence.rows import AuditRow
from simulator.services.viewer import Viewer


class Act(StrEnum):
    """Name everything that is written down."""

    ACCOUNT_MADE = "account_made"
    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - an event's name, no password
    PASSWORD_RESET = "password_reset"  # noqa: S105 - an event's name, no password
    ROLE_SET = "role_set"
    ACCOUNT_DISABLED = "account_disabled"
    ACCOUNT_ENABLED = "account_enabled"
    INVITED = "invited"
    REVIEW_SHARED = "review_shared"
    SHARE_TAKEN_BACK = "share_taken_back"
    INVITATION_WITHDRAWN = "invitation_withdrawn"
    TOKEN_MADE = "token_made"  # noqa: S105 - an event's name, no token
    TOKEN_REVOKED = "token_revoked"  # noqa: S105 - an event's name, no token


class AuditLog:
    """Add lines in the caller's transaction, so that what was done and that it was done are stored together."""

    def __init__(self, *, store: AuditStore, now: Now) -> None:
        self._store = store
        self._now = now

    def note(self, act: Act, *, actor: str | None, about: str = "", detail: Mapping[str, Any] | None = None) -> None:
        """Write down that `actor` (a user id; None for the command line or a stranger) did `act` to `about` (an id)."""
        self._store.add(AuditRow(at_ms=self._now(), act=act, actor=actor or "", about=about, detail=detail or {}))

    def latest(self, viewer: Viewer, *, limit: int = 100) -> list[AuditRow] | Refusal:
        """Return the latest lines, newest first; administrators only."""
        if not viewer.is_admin:
            return Refusal(RefusalCode.NOT_ALLOWED, "Only administrators can read the audit log.")
        return self._store.latest(limit)
