"""The story clock: time is computed, nothing ticks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.core.clock import StoryClock, format_story_time, format_time_of_day, parse_story_time

SECONDS = st.integers(0, 359_999)


def test_story_time_runs_at_its_pace() -> None:
    assert StoryClock(at_ms=10_000, pace=20).story_at(13_000) == 60


def test_a_pause_costs_no_story_time() -> None:
    paused = StoryClock(at_ms=0, pace=10).pause(2_000)
    assert paused.story_at(60_000) == 20
    assert paused.resume(60_000).story_at(61_000) == 30


def test_another_pace_counts_from_now_on() -> None:
    assert StoryClock(at_ms=0, pace=10).at_pace(1, 5_000).story_at(7_000) == 52


def test_a_pace_set_while_paused_holds_after_resuming() -> None:
    clock = StoryClock(at_ms=0, pace=10).pause(1_000).at_pace(2, 30_000)
    assert clock.story_at(40_000) == 10
    assert clock.resume(40_000).story_at(41_000) == 12


def test_a_real_clock_that_went_backwards_takes_nothing_back() -> None:
    assert StoryClock(at_ms=50_000, pace=10, story_s=7).story_at(49_000) == 7


@pytest.mark.parametrize(
    ("text", "seconds"), [("00:00", 0), ("04:30", 270), ("90:00", 5400), ("1:04:30", 3870), (" 02:05 ", 125), ("10:00:00", 36_000)]
)
def test_story_times_are_read(text: str, seconds: int) -> None:
    assert parse_story_time(text) == seconds


@pytest.mark.parametrize("text", ["", "5", "1:2:3:4", "aa:bb", "00:60", "1:60:00", "-1:00", "1.5:00", "٠٤:٣٠", ":", "04:"])
def test_other_story_times_are_refused_in_plain_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a story time; (write|minutes)"):
        parse_story_time(text)


@given(SECONDS)
def test_what_is_written_reads_as_the_same_time(seconds: int) -> None:
    assert parse_story_time(format_story_time(seconds)) == seconds


@pytest.mark.parametrize(
    ("starts", "story", "shown"),
    [
        ("14:20", "00:00", "14:20"),
        ("14:20", "03:12", "14:23"),
        ("14:20", "00:59", "14:20"),
        ("09:05", "01:00", "09:06"),
        ("22:40", "1:20:00", "00:00"),
        ("23:59", "00:59", "23:59"),
        ("23:59", "01:00", "00:00"),
        ("14:20", "24:00:00", "14:20"),
    ],
)
def test_a_moment_is_written_as_the_time_on_the_wall(starts: str, story: str, shown: str) -> None:
    assert format_time_of_day(parse_story_time(f"{starts}:00"), parse_story_time(story)) == shown


def test_a_fraction_of_a_second_never_shows_the_next_minute() -> None:
    assert format_time_of_day(parse_story_time("14:20:00"), 59.99) == "14:20"


@given(st.floats(0.1, 100), st.lists(st.tuples(st.sampled_from(["pause", "resume"]), st.integers(0, 100_000)), max_size=12))
def test_story_time_never_runs_backwards(pace: float, steps: list[tuple[str, int]]) -> None:
    clock, now_ms, before = StoryClock(at_ms=0, pace=pace), 0, 0.0
    for step, later_ms in steps:
        now_ms += later_ms
        clock = clock.pause(now_ms) if step == "pause" else clock.resume(now_ms)
        assert clock.story_at(now_ms) >= before
        before = clock.story_at(now_ms)
