"""Write a moment of the story: as the time of day that its people speak of, where the scenario says when it starts."""

from __future__ import annotations

from simulator.content.model import Scenario
from simulator.core.clock import format_story_time, format_time_of_day


def story_label(scenario: Scenario, story_s: float) -> str:
    """Return the moment `story_s` of `scenario` as `hh:mm` of its day, or as time since its start where it names no hour."""
    return moment_label(scenario.starts_s, story_s)


def moment_label(starts_s: int | None, story_s: float) -> str:
    """Return the moment `story_s` of a story that starts `starts_s` seconds after midnight; None counts from its start."""
    return format_story_time(story_s) if starts_s is None else format_time_of_day(starts_s, story_s)
