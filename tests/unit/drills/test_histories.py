"""Whatever anybody does in whatever order: the log is whole, the fold is the truth, nothing is doubled or out of range."""

import json
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.content.model import Beat, Condition, Reaction
from simulator.drills.commands import AnswerAsColleague, AskContact, Command, Pause, Resume, Send, SetPace, Start, Tick
from simulator.drills.confidence import Confidence
from simulator.drills.events import Event, PostAppeared, ReplySent, RunEnded, RunStarted, ThreadClosed
from simulator.drills.evolution import evolve, fold
from simulator.drills.review import review_run, run_total
from simulator.drills.wire import event_from_json, event_to_json
from simulator.drills.world import story_now, waiting_threads
from simulator.scoring.model import HandOver
from simulator.scoring.vocabulary import Action, Contact
from tests.factories import make_answer, make_handover
from tests.unit.drills.stage import COLD, WARM, Game, at, make_thread, make_world

SECOND = make_thread(
    name="praise",
    beats=[Beat(at("10:00"), "bo", "lovely crew today"), Beat(at("35:00"), "bo", "hello?", when="unanswered")],
    reactions=[
        Reaction(Condition(), "bo", at("02:00"), "cheers", cools=200, trust=90, ends="cooled"),
        Reaction(Condition(), "maya", 0, "", heats=90),
    ],
)
WORLD = make_world(threads=[make_thread(), SECOND])
TOKENS = st.sampled_from([f"token-{number}" for number in range(6)])
THREADS = st.sampled_from(["bag", "praise", "cat"])
SURENESS = st.sampled_from([None, *Confidence])
COMMANDS = st.one_of(
    st.just(Tick()),
    st.builds(Send, THREADS, st.sampled_from([WARM, COLD, "", "🧳 👩🏽‍✈️ ok"]), st.sampled_from(list(Action)), TOKENS, SURENESS),
    st.builds(AskContact, THREADS, st.sampled_from([make_handover(), HandOver(Contact.LEGAL, "x")]), TOKENS, colleague=st.booleans()),
    st.builds(AnswerAsColleague, st.sampled_from([f"h{number}" for number in range(3, 9)]), st.just(make_answer()), st.just("Omar")),
    st.just(Pause()),
    st.just(Resume()),
    st.builds(SetPace, st.sampled_from([0.1, 0.5, 1.0, 4.0]), st.booleans()),
    st.builds(Start, st.just("again"), st.booleans()),
)
STEPS = st.lists(st.tuples(st.integers(-2_000, 60_000), COMMANDS), max_size=25)


def play(steps: list[tuple[int, Command]], *, untimed: bool, end: bool) -> Game:
    """Play any steps after any real times, the clock also going back a little."""
    return Game(WORLD).start(untimed=untimed).follow(steps, end=end)


@settings(max_examples=120, deadline=None)
@given(steps=STEPS, untimed=st.booleans(), end=st.booleans())
def test_any_history_is_whole(steps: list[tuple[int, Command]], untimed: bool, end: bool) -> None:
    game = play(steps, untimed=untimed, end=end)
    events, state = game.events, game.state
    assert fold(events, WORLD) == state, "the state is the fold of the log"
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert all(before.story_s <= after.story_s for before, after in pairwise(events)), "the story never goes back"
    assert story_now(state, game.now_ms) >= state.last_story_s
    for point in state.moods:
        assert 0 <= point.trust <= 100
        assert all(0 <= heat <= 100 for heat in point.temperature.values())
    _nothing_is_doubled(events)
    assert state.last_story_s <= WORLD.scenario.ends_s or state.status == "ended"


def _nothing_is_doubled(events: list[Event]) -> None:
    bodies = [event.body for event in events]
    posts = [(body.thread, body.beat, body.reaction) for body in bodies if isinstance(body, PostAppeared)]
    tokens = [body.token for body in bodies if isinstance(body, ReplySent)]
    closed = [body.thread for body in bodies if isinstance(body, ThreadClosed)]
    for found in (posts, tokens, closed):
        assert len(found) == len(set(found))
    assert sum(isinstance(body, RunStarted) for body in bodies) == 1
    assert sum(isinstance(body, RunEnded) for body in bodies) <= 1


@settings(max_examples=60, deadline=None)
@given(steps=STEPS, untimed=st.booleans())
def test_any_history_survives_being_stored(steps: list[tuple[int, Command]], untimed: bool) -> None:
    for event in play(steps, untimed=untimed, end=True).events:
        kind, data = event_to_json(event.body)
        assert event_from_json(kind, json.loads(json.dumps(data))) == event.body


@settings(max_examples=60, deadline=None)
@given(steps=STEPS, untimed=st.booleans(), cut=st.integers(0, 60))
def test_a_killed_server_loses_nothing(steps: list[tuple[int, Command]], untimed: bool, cut: int) -> None:
    """Wherever the log is cut and read again, going on gives what an unbroken run gives."""
    game = play(steps, untimed=untimed, end=False)
    stored = [Event(event.seq, event.real_ms, event.story_s, event_from_json(*event_to_json(event.body))) for event in game.events]
    again = fold(stored[:cut], WORLD)
    for event in stored[cut:]:
        again = evolve(WORLD, again, event)
    assert again == game.state
    reloaded = Game(WORLD, now_ms=game.now_ms, state=again, events=list(stored))
    for either in (game, reloaded):
        either.now_ms += 500_000
        either.do(Resume())
        either.now_ms += 500_000
        either.look()
    assert reloaded.events == game.events


@settings(max_examples=60, deadline=None)
@given(steps=STEPS, untimed=st.booleans())
def test_looking_again_at_the_same_moment_changes_nothing(steps: list[tuple[int, Command]], untimed: bool) -> None:
    game = play(steps, untimed=untimed, end=False)
    game.look()
    before = len(game.events)
    assert game.do(Tick()) == []
    assert len(game.events) == before


@settings(max_examples=40, deadline=None)
@given(steps=STEPS, untimed=st.booleans(), end=st.booleans())
def test_any_run_can_be_reviewed(steps: list[tuple[int, Command]], untimed: bool, end: bool) -> None:
    game = play(steps, untimed=untimed, end=end)
    review = review_run(WORLD, game.events)
    assert review.total == run_total(WORLD, game.state)
    assert review.state == game.state
    if game.state.status == "ended":
        assert waiting_threads(WORLD, game.state) == ()
        begun = {post.thread for post in game.state.posts}
        assert begun <= {decision.thread for decision in review.decisions}
