"""A moment is written as the time that the story's people speak of."""

from __future__ import annotations

from dataclasses import replace

from simulator.web.presenters_time import moment_label, story_label
from tests.unit.drills.stage import at, make_world

SCENARIO = make_world().scenario


def test_where_the_story_has_a_time_of_day_a_moment_is_one() -> None:
    assert story_label(replace(SCENARIO, starts_s=at("14:20:00")), at("03:12")) == "14:23"


def test_a_story_that_starts_at_midnight_has_a_time_of_day_too() -> None:
    assert story_label(replace(SCENARIO, starts_s=0), at("03:12")) == "00:03"


def test_where_it_has_none_a_moment_is_counted_from_the_start() -> None:
    assert story_label(SCENARIO, at("03:12")) == moment_label(None, at("03:12")) == "03:12"
