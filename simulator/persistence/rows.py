"""Hold what the repositories give and take: frozen values, so that no table row leaves this package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run's summary. `status` is "running", "paused" or "ended"; `total` the mean of its decisions, or None.

    `fingerprint` is the ruleset's, `public` marks the example run that anybody may review. Times are milliseconds
    since the epoch. Exactly one of `owner_user` and `owner_guest` is set, or neither for a public run.
    A fork names the run it was forked from and the first event there that it left out. `calibration` says, once the run is
    over, how often its player was how sure and right: {confidence: [right, said]}.
    `seed` chose the variant; runs are compared only within one `seed_class` (empty for runs from before there were variants).
    """

    id: str
    owner_user: str | None
    owner_guest: str | None
    slug: str
    status: str
    created_ms: int
    updated_ms: int
    ended_ms: int | None
    last_seq: int
    total: float | None
    public: bool
    fingerprint: str
    parent_run: str | None = None
    parent_seq: int | None = None
    calibration: Mapping[str, list[int]] | None = None
    seed: str = ""
    seed_class: str = ""


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What an append changes on the run's row besides its status."""

    updated_ms: int
    total: float | None = None
    ended_ms: int | None = None
    calibration: Mapping[str, list[int]] | None = None


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """One event as it is stored; `body_json` is a JSON-able mapping."""

    seq: int
    kind: str
    real_ms: int
    story_s: float
    body_json: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A run as it is stored: its row, the texts it is played on by name, and its events in order."""

    row: RunRow
    texts: Mapping[str, str]
    events: tuple[StoredEvent, ...]


@dataclass(frozen=True, slots=True)
class HandOverRow:
    """One hand-over in a contact's inbox. `id` names it there, `handover_id` inside its run.

    `body_json` is what the sender wrote and what the page needs beside it; `answer_json` the answer with its report.
    `sender_name` and `answered_by` are names as they were shown.
    """

    id: str
    run_id: str
    handover_id: str
    contact: str
    sender_name: str
    body_json: Mapping[str, Any]
    filed_ms: int
    answered_ms: int | None = None
    answered_by: str | None = None
    answer_json: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class UserRow:
    """A person with an account, password hash included: it stays between the accounts service and its repository."""

    id: str
    email: str
    name: str
    password_hash: str
    role: str
    contact: str | None
    disabled: bool
    generation: int
    created_ms: int
    signed_in_ms: int | None = None


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation; `used_ms` is set once it has served."""

    id: str
    role: str
    contact: str | None
    email: str
    invited_by: str | None
    created_ms: int
    expires_ms: int
    used_ms: int | None = None


@dataclass(frozen=True, slots=True)
class ApiTokenRow:
    """An API token as its owner sees it; `start` are its first characters."""

    id: str
    user_id: str
    name: str
    start: str
    created_ms: int
    used_ms: int | None = None
    revoked_ms: int | None = None


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One line of the audit log: ids only."""

    at_ms: int
    act: str
    actor: str
    about: str
    detail: Mapping[str, Any]
