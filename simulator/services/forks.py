"""Play on from a moment of a finished run: a new run that shares its past."""

from __future__ import annotations

from collections.abc import Callable

from simulator.core.clock import Now
from simulator.core.refusal import Refusal, RefusalCode
from simulator.drills.events import ReplySent
from simulator.drills.fork import cut_at, fork_at
from simulator.persistence.db import transaction
from simulator.persistence.rows import RunRow
from simulator.persistence.runs import RunStore
from simulator.services.run_log import RunLog, no_such_run
from simulator.services.run_views import may_act, owner_of
from simulator.services.viewer import Viewer


class Forks:
    """Fork runs. Only a run's own player may, with an account or as the guest of the same browser."""

    def __init__(self, *, log: RunLog, runs: RunStore, now: Now, new_id: Callable[[], str]) -> None:
        self._log = log
        self._runs = runs
        self._now = now
        self._new_id = new_id

    def play_on(self, viewer: Viewer, run_id: str, seq: int, *, token: str = "") -> str | Refusal:
        """Start a run that stands where this one stood at event `seq`, and return its id.

        Where a reply was sent there, it is yet to be sent, and its words lie ready as a draft, to be mended. A form sent again
        with the same `token` gets the run that it has begun already.
        """
        loaded = self._log.load_for(may_act(viewer), run_id)
        if isinstance(loaded, Refusal):
            return loaded
        if loaded.state.status != "ended":
            return Refusal(RefusalCode.STALE, "This drill is still going on. You can play on from a moment of it once it is over.")
        stored = self._runs.load(run_id)
        if stored is None:
            return no_such_run()
        past = self._log.events(run_id)
        begun = fork_at(loaded.world, past, seq, self._now())
        if isinstance(begun, Refusal):
            return begun
        fork_id = self._log.id_for(token, owner_of(viewer), run_id, str(seq)) if token else self._new_id()
        left_out_seq, left_out = 1 + (cut_at(past, seq) or 0), past[seq - 1].body
        with transaction():
            new = self._log.create(self._row(fork_id, loaded.row, left_out_seq), loaded.world, stored.texts, begun)
            if new and isinstance(left_out, ReplySent) and left_out.text:
                self._runs.save_draft(fork_id, left_out.thread, left_out.text, self._now())
        return fork_id

    def _row(self, fork_id: str, parent: RunRow, seq: int) -> RunRow:
        """Return the fork's row: its owner's, begun now; the log fills in what its events say."""
        return RunRow(
            id=fork_id,
            owner_user=parent.owner_user,
            owner_guest=parent.owner_guest,
            slug=parent.slug,
            status="running",
            created_ms=self._now(),
            updated_ms=0,
            ended_ms=None,
            last_seq=0,
            total=None,
            public=False,
            fingerprint="",
            parent_run=parent.id,
            parent_seq=seq,
        )
