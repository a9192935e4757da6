"""Share a review as a link that only reads: it runs out, can be taken back, and is kept only as a hash."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from simulator.core.clock import Now
from simulator.core.refusal import Refusal, RefusalCode
from simulator.persistence.db import transaction
from simulator.persistence.rows import RunRow
from simulator.persistence.runs import RunStore
from simulator.persistence.shares import ShareRow, ShareStore
from simulator.services.audit_log import Act, AuditLog
from simulator.services.reviews import Reviews
from simulator.services.run_log import no_such_run
from simulator.services.run_views import ReviewView, owns
from simulator.services.viewer import Viewer, guest

DAYS = (7, 30)
"""For how many days a link may open."""
MOST = 10
"""Most links of one run that open at the same time."""
_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Made:
    """A new link: what is kept of it, and its token, which can't be shown again."""

    share: ShareRow
    token: str


class Shares:
    """Make, list, open and take back links to reviews. A run's own player alone may share it."""

    def __init__(
        self,
        *,
        store: ShareStore,
        runs: RunStore,
        reviews: Reviews,
        audit: AuditLog,
        now: Now,
        new_id: Callable[[], str],
        new_secret: Callable[[], str],
    ) -> None:
        self._store = store
        self._runs = runs
        self._reviews = reviews
        self._audit = audit
        self._now = now
        self._new_id = new_id
        self._new_secret = new_secret

    def create(self, viewer: Viewer, run_id: str, days: int) -> Made | Refusal:
        """Make a link to the review of a run that is over, for 7 or 30 days."""
        row = self._own(viewer, run_id)
        if isinstance(row, Refusal):
            return row
        if row.status != "ended":
            return Refusal(RefusalCode.STALE, "This drill is still going on. Its review can be shared when it is over.")
        if days not in DAYS:
            return Refusal(RefusalCode.BAD_VALUE, "A link opens for 7 or for 30 days. Choose one of them.", "days", {"days": list(DAYS)})
        now_ms = self._now()
        token = self._new_secret()
        share = ShareRow(id=self._new_id(), run_id=run_id, created_ms=now_ms, expires_ms=now_ms + days * _DAY_MS)
        with transaction():
            self._store.forget_before(run_id, now_ms)
            if len(self._store.live(run_id, now_ms)) >= MOST:
                return Refusal(RefusalCode.TOO_MANY, f"There are {MOST} links to this review already. Take one back first.", "days")
            self._store.add(share, _hash(token))
            self._audit.note(Act.REVIEW_SHARED, actor=viewer.user_id, about=share.id)
        return Made(share, token)

    def of(self, viewer: Viewer, run_id: str) -> list[ShareRow]:
        """Return the links to one of the viewer's own runs that open now, newest first."""
        row = self._own(viewer, run_id)
        return [] if isinstance(row, Refusal) else self._store.live(run_id, self._now())

    def take_back(self, viewer: Viewer, run_id: str, share_id: str) -> Refusal | None:
        """Close a link to one of the viewer's own runs at once."""
        row = self._own(viewer, run_id)
        if isinstance(row, Refusal):
            return row
        with transaction():
            if not self._store.revoke(share_id, run_id=run_id, now_ms=self._now()):
                return Refusal(RefusalCode.NOT_FOUND, "There is no such link; it may have run out or been taken back.")
            self._audit.note(Act.SHARE_TAKEN_BACK, actor=viewer.user_id, about=share_id)
        return None

    def open(self, token: str) -> ReviewView | Refusal:
        """Return the review that a link leads to, as a stranger sees it. Wrong, old and withdrawn links are not told apart."""
        share = self._store.by_hash(_hash(token), self._now())
        if share is None:
            return Refusal(RefusalCode.EXPIRED, "This link has run out or was taken back, or a letter of it is missing.")
        return self._reviews.look_back(guest(""), share.run_id, lambda _row: None)

    def _own(self, viewer: Viewer, run_id: str) -> RunRow | Refusal:
        row = self._runs.row(run_id)
        return row if row is not None and owns(viewer, row) else no_such_run()


def _hash(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()
