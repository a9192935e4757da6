"""A contact's inbox: what waits comes first, and one answer counts. On SQLite and PostgreSQL."""

from __future__ import annotations

from apiflask import APIFlask

from simulator.persistence.handovers import HandOverStore
from simulator.persistence.runs import RunStore
from tests.cast import OMAR
from tests.factories import NOON
from tests.integration.storing import TEXTS, at_once, make_events, make_filed, make_run

INBOX = HandOverStore()


def test_what_waits_longest_comes_first_and_answered_ones_last(stored_app: APIFlask) -> None:
    with stored_app.app_context():
        RunStore().create(make_run(), TEXTS, make_events())
        for number, filed_ms in enumerate([NOON + 9, NOON, NOON + 5, NOON + 1]):
            assert INBOX.file_handover(make_filed(id=f"filed-{number}", handover_id=f"h{number}", filed_ms=filed_ms))
        INBOX.file_handover(make_filed(id="elsewhere", handover_id="h9", contact="legal"))
        for id, answered_ms in (("filed-1", NOON + 50), ("filed-3", NOON + 60)):
            assert INBOX.mark_answered(id, answered_by=OMAR.name, answered_ms=answered_ms, answer_json={"may_say": "Tonight, 17:40"})
        assert [row.id for row in INBOX.handovers_for("operations")] == ["filed-2", "filed-0", "filed-3", "filed-1"]
        assert [row.id for row in INBOX.handovers_for("legal")] == ["elsewhere"]
        assert INBOX.handovers_for("pr") == []


def test_a_hand_over_is_filed_once_however_often_it_is_sent(stored_app: APIFlask) -> None:
    with stored_app.app_context():
        RunStore().create(make_run(), TEXTS, make_events())
        assert [INBOX.file_handover(make_filed(id=f"filed-{number}")) for number in range(2)] == [True, False]
        assert [row.id for row in INBOX.handovers_for("operations")] == ["filed-0"]


def test_of_two_answers_the_first_counts(stored_app: APIFlask) -> None:
    with stored_app.app_context():
        RunStore().create(make_run(), TEXTS, make_events())
        INBOX.file_handover(make_filed())

    def answer(number: int) -> bool:
        return INBOX.mark_answered("filed-1", answered_by=OMAR.name, answered_ms=NOON + number, answer_json={"may_say": f"answer {number}"})

    counted = at_once(stored_app, answer, times=2)
    with stored_app.app_context():
        row = INBOX.handover("filed-1")
    assert sorted(counted) == [False, True]
    assert row is not None
    assert row.answer_json == {"may_say": f"answer {counted.index(True)}"}


def test_an_unknown_hand_over_cannot_be_answered(stored_app: APIFlask) -> None:
    with stored_app.app_context():
        assert INBOX.handover("nothing") is None
        assert not INBOX.mark_answered("nothing", answered_by="x", answered_ms=NOON, answer_json={})
