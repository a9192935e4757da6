"""Give people tokens for the API. The token itself is shown once and kept only as a hash."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from simulator.core.clock import Now
from simulator.core.plain_text import SHORT_LIMIT, fit_text
from simulator.core.refusal import Refusal, RefusalCode
from simulator.persistence.db import transaction
from simulator.persistence.people import PeopleStore
from simulator.persistence.rows import ApiTokenRow
from simulator.persistence.tokens import TokenStore
from simulator.services.audit_log import Act, AuditLog
from simulator.services.people import user_of
from simulator.services.viewer import Viewer

ApiToken = ApiTokenRow
PREFIX = "cmp_"
MOST = 20
_USED_STEP_MS = 60_000


class ApiTokens:
    """Make, list, check and revoke API tokens."""

    def __init__(
        self, *, store: TokenStore, people: PeopleStore, audit: AuditLog, now: Now, new_id: Callable[[], str], new_secret: Callable[[], str]
    ) -> None:
        self._store = store
        self._people = people
        self._audit = audit
        self._now = now
        self._new_id = new_id
        self._new_secret = new_secret

    def create(self, viewer: Viewer, name: str) -> tuple[ApiToken, str] | Refusal:
        """Make a token and return it with its text, which can't be shown again."""
        if viewer.user_id is None:
            return Refusal(RefusalCode.SIGN_IN_FIRST, "Sign in to make an API token.")
        fitted = fit_text(" ".join(name.split()), limit=SHORT_LIMIT, what="The token's name", about="name", required=True)
        if isinstance(fitted, Refusal):
            return fitted
        raw = PREFIX + self._new_secret()
        token = ApiToken(id=self._new_id(), user_id=viewer.user_id, name=fitted, start=raw[: len(PREFIX) + 4], created_ms=self._now())
        with transaction():
            if len(self._store.of(viewer.user_id)) >= MOST:
                return Refusal(
                    RefusalCode.TOO_MANY, f"You have {MOST} tokens, the most there can be. Revoke one first.", "name", {"limit": MOST}
                )
            self._store.add(token, _hash(raw))
            self._audit.note(Act.TOKEN_MADE, actor=viewer.user_id, about=token.id)
        return token, raw

    def of(self, viewer: Viewer) -> list[ApiToken]:
        """Return the viewer's tokens that are not revoked, newest first."""
        return self._store.of(viewer.user_id) if viewer.user_id else []

    def revoke(self, viewer: Viewer, token_id: str) -> Refusal | None:
        """End one of the viewer's own tokens at once."""
        with transaction():
            if not (viewer.user_id and self._store.revoke(token_id, user_id=viewer.user_id, now_ms=self._now())):
                return Refusal(RefusalCode.NOT_FOUND, "You have no such token; it may be revoked already.")
            self._audit.note(Act.TOKEN_REVOKED, actor=viewer.user_id, about=token_id)
        return None

    def viewer_of(self, raw: str) -> Viewer | None:
        """Return whose token this is; None where it is unknown or revoked, or the account is off."""
        if not raw.startswith(PREFIX):
            return None
        token = self._store.by_hash(_hash(raw))
        row = self._people.by_id(token.user_id) if token else None
        if token is None or row is None or row.disabled:
            return None
        now_ms = self._now()
        # A write for every request would queue them all behind SQLite's one writer; a minute is exact enough.
        if token.used_ms is None or now_ms - token.used_ms >= _USED_STEP_MS:
            self._store.mark_used(token.id, now_ms)
        return user_of(row).viewer()


def _hash(raw: str) -> str:
    return sha256(raw.encode("utf-8", "replace")).hexdigest()
