"""Keep runs: their event logs with optimistic append, their drafts, and whose they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Session

from simulator.core.ids import content_hash
from simulator.persistence.db import add_new, db, reading, transaction
from simulator.persistence.rows import RunRow, RunSummary, StoredEvent, StoredRun
from simulator.persistence.run_tables import DbDraft, DbRun, DbRunEvent, DbSnapshot


class RunStore:
    """Store and load runs. Every method is one transaction, or joins the caller's."""

    def create(self, run: RunRow, snapshot_texts: Mapping[str, str], events: Sequence[StoredEvent]) -> bool:
        """Store a new run with its first events (seq 1 on) and the texts it is played on. False, with no run, where its id is taken."""
        _check_order(0, events)
        with transaction() as session:
            snapshot_id = _snapshot(snapshot_texts)
            new = add_new(
                DbRun(
                    id=run.id,
                    owner_user=run.owner_user,
                    owner_guest=run.owner_guest,
                    snapshot_id=snapshot_id,
                    slug=run.slug,
                    status=run.status,
                    created_ms=run.created_ms,
                    updated_ms=run.updated_ms,
                    ended_ms=run.ended_ms,
                    last_seq=len(events),
                    total=run.total,
                    public=run.public,
                    fingerprint=run.fingerprint,
                    parent_run=run.parent_run,
                    parent_seq=run.parent_seq,
                    calibration=dict(run.calibration) if run.calibration is not None else None,
                    seed=run.seed,
                    seed_class=run.seed_class,
                )
            )
            if new:
                session.add_all(_event(run.id, event) for event in events)
            return new

    def load(self, run_id: str) -> StoredRun | None:
        """Return the run with its texts and all its events, read at one moment; None where there is none."""
        with reading() as session:
            # One statement each on a deferred transaction: SQLite gives one snapshot; on PostgreSQL an append in
            # between could add events past the row's last_seq, so those are left out.
            row = session.get(DbRun, run_id)
            if row is None:
                return None
            texts = session.get_one(DbSnapshot, row.snapshot_id).texts
            return StoredRun(_run_row(row), texts, _events(session, run_id, 0, row.last_seq))

    def between(self, run_id: str, after_seq: int, last_seq: int) -> tuple[StoredEvent, ...]:
        """Return the events of a run after `after_seq`, up to and with `last_seq`."""
        with reading() as session:
            return _events(session, run_id, after_seq, last_seq)

    def row(self, run_id: str) -> RunRow | None:
        """Return the run's row alone: enough to see whose it is and whether anything is new."""
        with reading() as session:
            found = session.get(DbRun, run_id)
            return _run_row(found) if found else None

    def newest(self, run_ids: Collection[str]) -> dict[str, tuple[int, str]]:
        """Return the last seq and the status of each of these runs, in one statement; a run that is gone is left out."""
        with reading() as session:
            rows = session.execute(select(DbRun.id, DbRun.last_seq, DbRun.status).where(DbRun.id.in_(run_ids)))
            return {row.id: (row.last_seq, row.status) for row in rows}

    def append(self, run_id: str, after_seq: int, events: Sequence[StoredEvent], *, status: str, summary: RunSummary) -> bool:
        """Add events `after_seq` + 1 on. False, with nothing written, when another writer got there first."""
        _check_order(after_seq, events)
        with transaction() as session:
            changed = cast(
                CursorResult[Any],
                session.execute(
                    update(DbRun)
                    .where(DbRun.id == run_id, DbRun.last_seq == after_seq)
                    .values(
                        last_seq=after_seq + len(events),
                        status=status,
                        updated_ms=summary.updated_ms,
                        total=summary.total,
                        ended_ms=summary.ended_ms,
                        calibration=dict(summary.calibration) if summary.calibration is not None else None,
                    )
                ),
            )
            if changed.rowcount == 0:
                return False
            session.add_all(_event(run_id, event) for event in events)
            session.flush()
            return True

    def runs_of(self, *, user: str | None = None, guest: str | None = None, limit: int = 200) -> list[RunRow]:
        """Return the runs of a user, or where none is named of a guest, newest first; nobody has none."""
        owner = DbRun.owner_user == user if user is not None else DbRun.owner_guest == guest
        if user is None and not guest:
            return []
        with reading() as session:
            return [_run_row(row) for row in session.scalars(select(DbRun).where(owner).order_by(DbRun.created_ms.desc()).limit(limit))]

    def example(self) -> RunRow | None:
        """Return the newest ended run that is marked public, or None."""
        asked = select(DbRun).where(DbRun.public, DbRun.status == "ended").order_by(DbRun.created_ms.desc()).limit(1)
        with reading() as session:
            row = session.scalars(asked).first()
            return _run_row(row) if row else None

    def adopt_guest(self, guest_id: str, user_id: str) -> int:
        """Give a guest's runs to the user they have become; return how many there were."""
        with transaction() as session:
            given = update(DbRun).where(DbRun.owner_guest == guest_id).values(owner_user=user_id, owner_guest=None)
            return cast(CursorResult[Any], session.execute(given)).rowcount

    def save_draft(self, run_id: str, thread: str, text: str, now_ms: int) -> None:
        """Keep what is being typed under `thread`; an empty text forgets it. The run must exist."""
        with transaction() as session:
            here = (DbDraft.run_id == run_id, DbDraft.thread == thread)
            if not text:
                session.execute(delete(DbDraft).where(*here))
                return
            save = update(DbDraft).where(*here).values(text=text, saved_ms=now_ms)
            for _ in range(2):
                if cast(CursorResult[Any], session.execute(save)).rowcount:
                    return
                if add_new(DbDraft(run_id=run_id, thread=thread, text=text, saved_ms=now_ms)):
                    return

    def drafts(self, run_id: str) -> dict[str, str]:
        """Return what is being typed in the run, by thread."""
        with reading() as session:
            rows = session.execute(select(DbDraft.thread, DbDraft.text).where(DbDraft.run_id == run_id))
            return {row.thread: row.text for row in rows}


def _check_order(after_seq: int, events: Sequence[StoredEvent]) -> None:
    if [event.seq for event in events] != list(range(after_seq + 1, after_seq + 1 + len(events))):
        raise ValueError(f"events after {after_seq} must be numbered from {after_seq + 1} without a gap")


def _snapshot(texts: Mapping[str, str]) -> str:
    parts = [part for name in sorted(texts) for part in (name, texts[name])]
    snapshot_id = content_hash(*parts)
    if db.session.get(DbSnapshot, snapshot_id) is None:
        add_new(DbSnapshot(id=snapshot_id, texts=dict(texts)))
    return snapshot_id


def _events(session: Session, run_id: str, after_seq: int, last_seq: int) -> tuple[StoredEvent, ...]:
    found = DbRunEvent
    asked = (
        select(found.seq, found.kind, found.real_ms, found.story_s, found.body)
        .where(found.run_id == run_id, found.seq > after_seq, found.seq <= last_seq)
        .order_by(found.seq)
    )
    return tuple(StoredEvent(*row) for row in session.execute(asked))


def _event(run_id: str, event: StoredEvent) -> DbRunEvent:
    return DbRunEvent(
        run_id=run_id, seq=event.seq, kind=event.kind, real_ms=event.real_ms, story_s=event.story_s, body=dict(event.body_json)
    )


def _run_row(row: DbRun) -> RunRow:
    return RunRow(
        id=row.id,
        owner_user=row.owner_user,
        owner_guest=row.owner_guest,
        slug=row.slug,
        status=row.status,
        created_ms=row.created_ms,
        updated_ms=row.updated_ms,
        ended_ms=row.ended_ms,
        last_seq=row.last_seq,
        total=row.total,
        public=row.public,
        fingerprint=row.fingerprint,
        parent_run=row.parent_run,
        parent_seq=row.parent_seq,
        calibration=row.calibration,
        seed=row.seed,
        seed_class=row.seed_class,
    )
