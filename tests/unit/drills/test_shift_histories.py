"""Whatever anybody does in a shift in whatever order: the log is whole, it can be stored, and it can be scored and reviewed."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.drills.commands import Claim, Command, Declare, Merge, Pause, Rank, Resume, Send, SetPace, Snooze, Tick
from simulator.drills.evolution import fold
from simulator.drills.review import review_run, run_total
from simulator.drills.shift import shift_report
from simulator.drills.wire import event_from_json, event_to_json
from simulator.drills.world import waiting_threads
from simulator.scoring.vocabulary import Action, Urgency
from tests.unit.drills.stage import COLD, WARM, Game
from tests.unit.drills.test_shift import STATEMENT, THREADS, make_shift

WORLD = make_shift()
NAMES = st.sampled_from([*(thread.id for thread in THREADS), "nobody", "incident"])
TOKENS = st.sampled_from([f"token-{number}" for number in range(5)])
COMMANDS: st.SearchStrategy[Command] = st.one_of(
    st.just(Tick()),
    st.just(Pause()),
    st.just(Resume()),
    st.builds(SetPace, st.sampled_from([0.5, 1.0, 4.0]), st.booleans()),
    st.builds(Send, NAMES, st.sampled_from([WARM, COLD, ""]), st.sampled_from(list(Action)), TOKENS),
    st.builds(Claim, NAMES),
    st.builds(Snooze, NAMES, st.sampled_from([-1.0, 5.0, 60.0])),
    st.builds(Rank, NAMES, st.sampled_from(list(Urgency))),
    st.builds(Merge, NAMES, NAMES),
    st.builds(Declare, st.lists(NAMES, max_size=4).map(tuple), st.sampled_from([STATEMENT, ""]), TOKENS),
)


@settings(max_examples=120, deadline=None)
@given(steps=st.lists(st.tuples(st.integers(-1_000, 40_000), COMMANDS), max_size=25), untimed=st.booleans(), end=st.booleans())
def test_any_shift_is_whole_stored_scored_and_reviewed(steps: list[tuple[int, Command]], untimed: bool, end: bool) -> None:
    game = Game(WORLD).start(untimed=untimed).follow(steps, end=end)
    assert fold(game.events, WORLD) == game.state
    for event in game.events:
        kind, data = event_to_json(event.body)
        assert event_from_json(kind, json.loads(json.dumps(data))) == event.body
    report = shift_report(WORLD, game.state)
    assert 0 <= report.total <= 100
    assert all(value is None or 0 <= value <= 100 for value in report.parts.values())
    assert len({row.thread for row in report.rows}) == len(report.rows)
    assert all(0 <= point.trust <= 100 for point in game.state.moods)
    review = review_run(WORLD, game.events)
    assert review.total == run_total(WORLD, game.state) == report.total
    if game.state.status == "ended":
        assert waiting_threads(WORLD, game.state) == ()
