"""Compute story time from real time: a value with a start, a pace and its pauses; nothing ticks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

Now = Callable[[], int]
"""Tell the real time in whole milliseconds since the Unix epoch (UTC). Passed in, never called by an engine."""


@dataclass(frozen=True, slots=True)
class StoryClock:
    """Hold how far a story had run at one real moment, and how fast it has run since.

    `pace` is story seconds per real second; `story_s` is the story time in seconds at real time `at_ms`
    (milliseconds since the epoch); a paused clock stands still.
    """

    at_ms: int
    pace: float
    story_s: float = 0.0
    paused: bool = False

    def story_at(self, now_ms: int) -> float:
        """Return the story time in seconds at `now_ms`; a real clock that went backwards gives no negative step."""
        if self.paused:
            return self.story_s
        return self.story_s + max(0, now_ms - self.at_ms) / 1000 * self.pace

    def pause(self, now_ms: int) -> StoryClock:
        """Return this clock standing still from `now_ms` on."""
        return replace(self, story_s=self.story_at(now_ms), at_ms=now_ms, paused=True)

    def resume(self, now_ms: int) -> StoryClock:
        """Return this clock running again from `now_ms` on."""
        return replace(self, story_s=self.story_at(now_ms), at_ms=now_ms, paused=False)

    def at_pace(self, pace: float, now_ms: int) -> StoryClock:
        """Return this clock running at another `pace` from `now_ms` on."""
        return replace(self, story_s=self.story_at(now_ms), at_ms=now_ms, pace=pace)


def parse_story_time(text: str) -> int:
    """Read `mm:ss` or `h:mm:ss` as whole story seconds.

    Raises ValueError with a plain message for anything else, seconds or minutes over 59 in the wrong place included.
    """
    parts = text.strip().split(":")
    if len(parts) not in (2, 3) or not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError(f'\'{text}\' is not a story time; write mm:ss ("04:30") or h:mm:ss ("1:04:30")')
    numbers = [int(part) for part in parts]
    if any(number > 59 for number in numbers[1:]):
        raise ValueError(f"'{text}' is not a story time; minutes and seconds after a colon go up to 59")
    seconds = 0
    for number in numbers:
        seconds = seconds * 60 + number
    return seconds


def format_story_time(story_s: float) -> str:
    """Write story seconds as `mm:ss`, or `h:mm:ss` from one hour on."""
    whole = max(0, int(story_s))
    hours, minutes, seconds = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def format_time_of_day(starts_s: int, story_s: float) -> str:
    """Write the 24-hour time of day at `story_s` as `hh:mm`, where the story began `starts_s` seconds after midnight.

    The minute is the one a clock on the wall would show, never the next one; it goes on at 00:00 after midnight.
    """
    minutes = (starts_s + max(0, int(story_s))) // 60
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
