"""How sure somebody was is counted by itself and never touches a score."""

import pytest

from simulator.drills.commands import Send
from simulator.drills.confidence import Confidence, Hits, calibrate, calibration_from_json, calibration_to_json, together
from simulator.scoring.vocabulary import Action
from tests.unit.drills.stage import WARM, Game

SURE, FAIRLY, GUESS = Confidence


@pytest.mark.parametrize("confidence", [None, *Confidence])
def test_saying_how_sure_one_is_changes_nothing_but_what_was_said(confidence: Confidence | None) -> None:
    silent, asked = Game().start().until("05:00"), Game().start().until("05:00")
    silent.send(WARM, token="t")
    asked.do(Send("bag", WARM, Action.REPLY_PUBLIC, "t", confidence))
    assert asked.state.decisions[0].confidence is confidence
    assert asked.state.decisions[0].report == silent.state.decisions[0].report
    assert (asked.state.trust, asked.state.temperature) == (silent.state.trust, silent.state.temperature)
    assert [event.body for event in asked.events if "Reply" not in type(event.body).__name__] == [
        event.body for event in silent.events if "Reply" not in type(event.body).__name__
    ]


def test_only_what_was_said_is_counted() -> None:
    said = [(SURE, True), (SURE, False), (None, False), (GUESS, True)]
    assert calibrate(said) == {SURE: Hits(1, 2), GUESS: Hits(1, 1)}
    assert calibrate([(None, True)]) == {}


def test_several_runs_make_one_figure_and_survive_being_stored() -> None:
    runs = [{SURE: Hits(1, 2)}, {SURE: Hits(2, 2), FAIRLY: Hits(0, 1)}, {}]
    whole = together(runs)
    assert whole == {SURE: Hits(3, 4), FAIRLY: Hits(0, 1)}
    assert calibration_from_json(calibration_to_json(whole)) == whole
    assert calibration_from_json(None) == {}
