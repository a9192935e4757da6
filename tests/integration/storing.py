"""Make the stored values that these tests are about; every argument is a keyword."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from apiflask import APIFlask

from simulator.persistence.rows import HandOverRow, RunRow, StoredEvent
from simulator.services.container import Services
from tests.factories import NOON

Result = TypeVar("Result")
TEXTS = {"scenarios/lost-bag/scenario.yaml": "title: The bag — 🧳\n", "playbooks/default.yaml": "title: Default\n"}


def services_of(app: APIFlask) -> Services:
    """Return what `create_app` built."""
    services = app.extensions["composure"]
    assert isinstance(services, Services)
    return services


def make_run(
    *,
    id: str = "run-1",
    user: str | None = None,
    guest: str | None = "guest-1",
    created_ms: int = NOON,
    status: str = "running",
    public: bool = False,
) -> RunRow:
    """Make a guest's run that has just begun."""
    return RunRow(
        id=id,
        owner_user=user,
        owner_guest=guest,
        slug="lost-bag",
        status=status,
        created_ms=created_ms,
        updated_ms=created_ms,
        ended_ms=None,
        last_seq=0,
        total=None,
        public=public,
        fingerprint="f" * 16,
    )


def make_events(*, first: int = 1, count: int = 2, say: str = "where is my bag 😡") -> list[StoredEvent]:
    """Make events in a row from `first` on."""
    return [
        StoredEvent(seq=seq, kind="post_appeared", real_ms=NOON + seq, story_s=seq / 3, body_json={"say": say, "seq": seq})
        for seq in range(first, first + count)
    ]


def make_filed(
    *, id: str = "filed-1", run_id: str = "run-1", handover_id: str = "h1", contact: str = "operations", filed_ms: int = NOON
) -> HandOverRow:
    """Make a hand-over that waits in a contact's inbox."""
    return HandOverRow(
        id=id,
        run_id=run_id,
        handover_id=handover_id,
        contact=contact,
        sender_name="Ines Calder",
        body_json={"asked": "Which flight is the bag on?"},
        filed_ms=filed_ms,
    )


def at_once(app: APIFlask, task: Callable[[int], Result], *, times: int) -> list[Result]:
    """Run `task(0)` … `task(times - 1)` in as many threads, each with an app context of its own."""

    def run(number: int) -> Result:
        with app.app_context():
            return task(number)

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(run, range(times)))
