"""Runs are kept whole: an append-only log, one winner a seq, drafts, and an owner. On SQLite and PostgreSQL."""

from __future__ import annotations

from dataclasses import replace

import pytest
from apiflask import APIFlask

from simulator.persistence.db import transaction
from simulator.persistence.rows import RunSummary
from simulator.persistence.runs import RunStore
from tests.factories import NOON
from tests.integration.storing import TEXTS, at_once, make_events, make_run, services_of

STORE = RunStore()
SUMMARY = RunSummary(updated_ms=NOON + 5_000)


def test_a_run_comes_back_as_it_was_stored(stored_app: APIFlask) -> None:
    with stored_app.app_context():
        STORE.create(make_run(), TEXTS, make_events(count=3, say="¡ya! 🧳 \u2028 שלום"))
        stored = STORE.load("run-1")
    assert stored is not None
    assert stored.row == replace(make_run(), last_seq=3)
    assert stored.texts == TEXTS
    assert stored.events == tuple(make_events(count=3, say="¡ya! 🧳 \u2028 שלום"))


def test_of_two_runs_with_one_id_the_first_stays(stored_app: APIFlask) -> None:
    def make(number: int) -> bool:
        return STORE.create(make_run(), TEXTS, make_events(count=2 + number))

    made = at_once(stored_app, make, times=2)
    with stored_app.app_context():
        stored = STORE.load("run-1")
    assert sorted(made) == [False, True]
    assert stored is not None
    assert len(stored.events) == 2 + made.index(True)


def test_an_unknown_run_is_none(stored_app: APIFlask) -> None:
    with stored_app.app_context():
        assert STORE.load("nothing-here") is None
        assert STORE.row("nothing-here") is None


def test_an_append_moves_the_summary_with_the_log(stored_app: APIFlask) -> None:
    with stored_app.app_context():
        STORE.create(make_run(), TEXTS, make_events(count=2))
        summary = RunSummary(updated_ms=NOON + 9_000, total=71.5, ended_ms=NOON + 9_000)
        assert STORE.append("run-1", 2, make_events(first=3), status="ended", summary=summary)
        stored = STORE.load("run-1")
    assert stored is not None
    assert (stored.row.last_seq, stored.row.status, stored.row.total, stored.row.ended_ms) == (4, "ended", 71.5, NOON + 9_000)
    assert [event.seq for event in stored.events] == [1, 2, 3, 4]


def test_of_two_writers_with_the_same_seq_one_wins_and_the_other_leaves_no_trace(stored_app: APIFlask) -> None:
    with stored_app.app_context():
        STORE.create(make_run(), TEXTS, make_events(count=1))

    def write(number: int) -> bool:
        return STORE.append("run-1", 1, make_events(first=2, say=f"writer {number}"), status="running", summary=SUMMARY)

    won = at_once(stored_app, write, times=2)
    with stored_app.app_context():
        stored = STORE.load("run-1")
    assert sorted(won) == [False, True]
    assert stored is not None
    assert [event.body_json["say"] for event in stored.events][1:] == [f"writer {won.index(True)}"] * 2


def test_eight_writers_that_try_again_all_get_through(stored_app: APIFlask) -> None:
    with stored_app.app_context():
        STORE.create(make_run(), TEXTS, make_events(count=1))

    def write(number: int) -> int:
        tries = 0
        for _ in range(5):
            while True:
                tries += 1
                row = STORE.row("run-1")
                assert row is not None
                new = make_events(first=row.last_seq + 1, count=1, say=f"writer {number}")
                if STORE.append("run-1", row.last_seq, new, status="running", summary=SUMMARY):
                    break
        return tries

    tries = at_once(stored_app, write, times=8)
    with stored_app.app_context():
        stored = STORE.load("run-1")
    assert stored is not None
    assert [event.seq for event in stored.events] == list(range(1, 42))
    assert sum(tries) >= 40


def test_a_loser_does_not_spoil_the_transaction_it_stands_in(stored_app: APIFlask) -> None:
    with stored_app.app_context():
        STORE.create(make_run(), TEXTS, make_events(count=2))
        with transaction():
            assert not STORE.append("run-1", 1, make_events(first=2, count=1), status="running", summary=SUMMARY)
            STORE.save_draft("run-1", "bag", "still here", NOON)
        assert STORE.drafts("run-1") == {"bag": "still here"}


def test_what_fails_half_way_is_not_stored(stored_app: APIFlask) -> None:
    with stored_app.app_context():
        STORE.create(make_run(), TEXTS, make_events(count=1))
        with pytest.raises(ZeroDivisionError):
            _append_and_fail()
        stored = STORE.load("run-1")
    assert stored is not None
    assert (stored.row.last_seq, stored.row.status, len(stored.events)) == (1, "running", 1)


def _append_and_fail() -> None:
    with transaction():
        assert STORE.append("run-1", 1, make_events(first=2, count=1), status="ended", summary=SUMMARY)
        raise ZeroDivisionError


@pytest.mark.parametrize(("case", "first"), [("a gap", 4), ("again", 2), ("from nothing", 1)])
def test_events_out_of_order_are_a_fault_of_the_program(app: APIFlask, case: str, first: int) -> None:
    with app.app_context():
        STORE.create(make_run(), TEXTS, make_events(count=2))
        with pytest.raises(ValueError, match="numbered from 3"):
            STORE.append("run-1", 2, make_events(first=first), status="running", summary=SUMMARY)


def test_many_runs_share_one_snapshot_and_a_changed_text_makes_another(stored_app: APIFlask) -> None:
    later = {**TEXTS, "playbooks/default.yaml": "title: Default, revised\n"}
    with stored_app.app_context():
        for number, texts in enumerate([TEXTS, TEXTS, later]):
            STORE.create(make_run(id=f"run-{number}"), texts, make_events())
        loaded = [STORE.load(f"run-{number}") for number in range(3)]
        with transaction() as session:
            kept = session.connection().exec_driver_sql("SELECT count(*) FROM db_snapshot").scalar_one()
    assert [stored.texts for stored in loaded if stored] == [TEXTS, TEXTS, later]
    assert kept == 2


def test_drafts_are_kept_by_thread_until_they_are_emptied(stored_app: APIFlask) -> None:
    with stored_app.app_context():
        STORE.create(make_run(), TEXTS, make_events())
        STORE.save_draft("run-1", "bag", "Maya, I'm", NOON)
        STORE.save_draft("run-1", "bag", "Maya, I'm on it 👋", NOON + 1)
        STORE.save_draft("run-1", "troll", "…", NOON + 2)
        assert STORE.drafts("run-1") == {"bag": "Maya, I'm on it 👋", "troll": "…"}
        STORE.save_draft("run-1", "troll", "", NOON + 3)
        assert STORE.drafts("run-1") == {"bag": "Maya, I'm on it 👋"}


def test_two_tabs_saving_the_same_draft_at_once_both_succeed(stored_app: APIFlask) -> None:
    with stored_app.app_context():
        STORE.create(make_run(), TEXTS, make_events())
    at_once(stored_app, lambda number: STORE.save_draft("run-1", "bag", f"tab {number}", NOON), times=4)
    with stored_app.app_context():
        assert STORE.drafts("run-1")["bag"].startswith("tab ")


def test_runs_are_listed_by_owner_newest_first(stored_app: APIFlask) -> None:
    with stored_app.app_context():
        for number, guest in enumerate(["guest-1", "guest-2", "guest-1"]):
            STORE.create(make_run(id=f"run-{number}", guest=guest, created_ms=NOON + number), TEXTS, make_events())
        assert [row.id for row in STORE.runs_of(guest="guest-1")] == ["run-2", "run-0"]
        assert STORE.runs_of() == []
        assert STORE.runs_of(user="somebody") == []


def test_the_example_is_the_newest_ended_public_run(stored_app: APIFlask) -> None:
    runs = [
        make_run(id="old", guest=None, public=True, status="ended", created_ms=NOON),
        make_run(id="new", guest=None, public=True, status="ended", created_ms=NOON + 1),
        make_run(id="unfinished", guest=None, public=True, created_ms=NOON + 2),
        make_run(id="private", status="ended", created_ms=NOON + 3),
    ]
    with stored_app.app_context():
        assert STORE.example() is None
        for run in runs:
            STORE.create(run, TEXTS, make_events())
        example = STORE.example()
    assert example is not None
    assert example.id == "new"


def test_a_guest_takes_their_runs_along_when_signing_up_and_again_when_signing_in(stored_app: APIFlask) -> None:
    accounts = services_of(stored_app).accounts
    with stored_app.app_context():
        STORE.create(make_run(id="first", guest="guest-1"), TEXTS, make_events())
        STORE.create(make_run(id="other", guest="guest-2"), TEXTS, make_events())
        user = accounts.sign_up(name="Tolu", email="tolu@lantern.example", password="orchard-under-snow-4", guest_id="guest-1")
        STORE.create(make_run(id="later", guest="guest-3", created_ms=NOON + 1), TEXTS, make_events())
        accounts.sign_in(email="tolu@lantern.example", password="orchard-under-snow-4", guest_id="guest-3")
        mine = STORE.runs_of(user=user.id)
    assert [(row.id, row.owner_guest) for row in mine] == [("later", None), ("first", None)]
