"""A run stays on its variant: after a restart, after the library has changed, in a fork; and it says with whom it may be compared."""

from __future__ import annotations

import pytest
from apiflask import APIFlask

from simulator.core.refusal import RefusalCode
from simulator.persistence.runs import RunStore
from tests.factories import HandClock
from tests.integration.playing import KITE, NELL, process, refused, seen
from tests.unit.content.test_variants import TEXT
from tests.unit.content.texts import SCENARIO, changed


def opening(clock: HandClock, run_id: str, text: str = TEXT) -> str:
    """Read a run's first post in a server process that has just started."""
    return seen(process(clock, text=text)[0].look(NELL, run_id)).state.posts[0].say


def begun(clock: HandClock, variant: int) -> str:
    """Start a run of a variant."""
    run_id = process(clock, text=TEXT)[0].start(NELL, KITE, variant=variant)
    assert isinstance(run_id, str)
    return run_id


@pytest.mark.parametrize(("variant", "colour"), [(0, "red"), (1, "green"), (2, "blue"), (3, "red")])
def test_a_run_keeps_its_variant_over_restarts_and_changes(stored_app: APIFlask, clock: HandClock, variant: int, colour: str) -> None:
    with stored_app.app_context():
        run_id = begun(clock, variant)
        later = changed(TEXT, "[red, green, blue]", "[pink, black, white]")
        assert [opening(clock, run_id, text) for text in (TEXT, later, SCENARIO)] == [f"my {colour} kite is stuck in your crane"] * 3


def test_a_run_says_which_variant_it_was_and_with_whom_it_may_be_compared(stored_app: APIFlask, clock: HandClock) -> None:
    with stored_app.app_context():
        rows = [RunStore().row(begun(clock, variant)) for variant in (0, 1, 5)]
        assert [row.seed for row in rows if row] == ["0", "1", "5"]
        written, one, five = (row.seed_class for row in rows if row)
        assert one == five != written


@pytest.mark.parametrize("variant", [-1, 10_000])
def test_there_are_only_so_many(stored_app: APIFlask, clock: HandClock, variant: int) -> None:
    with stored_app.app_context():
        assert refused(process(clock, text=TEXT)[0].start(NELL, KITE, variant=variant)) is RefusalCode.BAD_VALUE
