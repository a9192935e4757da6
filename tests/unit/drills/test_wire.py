"""Stored events stay readable: unknown kinds are refused, later fields get their defaults."""

import pytest

from simulator.drills.confidence import Confidence
from simulator.drills.events import MoodMoved, ReplySent
from simulator.drills.wire import event_from_json, event_to_json
from simulator.scoring.vocabulary import Action
from tests.unit.drills.test_public import make_report


def test_a_kind_is_the_name_in_snake_case() -> None:
    kind, data = event_to_json(MoodMoved("bag", "maya", 50.0, 60.0, "reply", "d3"))
    assert (kind, data["decision_id"]) == ("mood_moved", "d3")


def test_an_event_from_before_a_field_was_added_gets_its_default() -> None:
    old = {"thread": "bag", "persona": "maya", "temperature": 50.0, "trust": 60.0, "why": "reply"}
    assert event_from_json("mood_moved", old) == MoodMoved("bag", "maya", 50.0, 60.0, "reply", "")


def test_a_reply_from_before_anybody_was_asked_how_sure_they_are_still_loads() -> None:
    kind, data = event_to_json(ReplySent("d3", "bag", "Hello", Action.REPLY_PUBLIC, make_report(), "t", Confidence.SURE))
    assert data["confidence"] == "sure"
    for said, kept in ((Confidence.SURE, data), (None, {name: value for name, value in data.items() if name != "confidence"})):
        body = event_from_json(kind, kept)
        assert isinstance(body, ReplySent)
        assert body.confidence is said


def test_a_field_from_a_later_version_is_left_aside() -> None:
    assert event_from_json("run_ended", {"ending": "finished", "score": 3}) == event_from_json("run_ended", {"ending": "finished"})


def test_a_kind_nobody_writes_is_refused() -> None:
    with pytest.raises(ValueError, match="'party' is not a kind of event"):
        event_from_json("party", {})
