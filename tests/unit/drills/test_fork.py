"""A fork is the run as it was at an event, going on now: just before what the player did, just after what somebody wrote."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.content.model import Condition, Reaction
from simulator.core.refusal import Refusal, RefusalCode
from simulator.drills.commands import Command, End, Pause, Resume
from simulator.drills.engine import decide
from simulator.drills.events import HandOverAnswered, HandOverSent, MoodMoved, PostAppeared, ReplySent
from simulator.drills.evolution import fold
from simulator.drills.fork import cut_at, fork_at, forkable
from simulator.drills.review import review_run
from simulator.drills.world import story_now, waiting_threads
from tests.factories import make_handover
from tests.unit.drills.stage import COLD, WARM, Game, at, make_thread, make_world
from tests.unit.drills.test_histories import STEPS, WORLD, play

LATER = 3_600_000


def lost() -> Game:
    """Answer coldly at 05:00, after a pause, and stop later."""
    game = Game().start().until("02:00")
    game.do(Pause())
    game.now_ms += 60_000
    game.do(Resume())
    game.until("05:00").send(COLD)
    game.look("12:00").do(End())
    return game


def place_of(game: Game, kind: type) -> int:
    """Return the place of the first event of a kind."""
    return next(event.seq for event in game.events if isinstance(event.body, kind))


def fork(game: Game, seq: int, later_ms: int = LATER) -> Game:
    """Fork a game some real time after its end."""
    now_ms = game.now_ms + later_ms
    begun = fork_at(game.world, game.events, seq, now_ms)
    assert isinstance(begun, list)
    return Game(game.world, now_ms=now_ms, state=fold(begun, game.world), events=begun)


def test_the_story_stands_where_it_stood_and_runs_on_from_now() -> None:
    again = fork(lost(), place_of(lost(), ReplySent))
    assert story_now(again.state, again.now_ms) == at("05:00")
    assert again.state.decisions == ()
    assert again.state.status == "running"
    again.until("06:00").send(WARM)
    assert again.state.decisions[0].story_s == at("06:00")
    assert again.state.decisions[0].report.total > 70


def test_the_same_move_leads_to_the_same_story() -> None:
    game = lost()
    again = fork(game, place_of(game, ReplySent))
    again.send(COLD, token=game.state.decisions[0].token)
    again.look("12:00").do(End())
    assert [(event.story_s, event.body) for event in again.events] == [(event.story_s, event.body) for event in game.events]
    assert {new.real_ms - old.real_ms for new, old in zip(again.events, game.events, strict=True)} == {
        again.events[0].real_ms - game.events[0].real_ms
    }


@pytest.mark.parametrize("kind", [MoodMoved])
def test_what_belongs_to_something_else_is_no_place_to_fork(kind: type) -> None:
    game = lost()
    for seq in (place_of(game, kind), 0, 1, len(game.events), len(game.events) + 5, -1):
        refused = fork_at(game.world, game.events, seq, game.now_ms)
        assert isinstance(refused, Refusal), seq
        assert refused.code is RefusalCode.BAD_VALUE


def test_a_thread_that_nobody_answered_can_be_taken_up_after_its_post() -> None:
    game = Game().start().look("1:20:00")
    review = review_run(game.world, game.events)
    seq = review.turning_point("bag")
    assert seq is not None
    again = fork(game, seq)
    assert waiting_threads(again.world, again.state) == ("bag",)
    assert [post.by for post in again.state.posts] == ["maya"]
    assert review.turning_point("cat") is None


def test_a_colleague_who_had_not_answered_yet_is_not_asked_again() -> None:
    game = Game().start().until("01:00")
    game.ask(make_handover(), colleague=True)
    game.until("05:00").send(COLD)
    game.do(End())
    again = fork(game, place_of(game, ReplySent))
    assert [item.colleague for item in again.state.handovers] == [False]
    again.look("09:00")
    assert again.state.handovers[0].answer is not None
    assert again.state.handovers[0].answered_by == "Omar"


@pytest.mark.parametrize("colleague", [True, False])
def test_untimed_the_answer_is_there_at_once(colleague: bool) -> None:
    game = Game().start(untimed=True)
    game.ask(make_handover(), colleague=colleague)
    game.send(COLD)
    game.do(End())
    again = fork(game, place_of(game, ReplySent))
    assert again.state.handovers[0].answer is not None
    assert place_of(again, HandOverAnswered) > place_of(again, HandOverSent)


@settings(max_examples=60, deadline=None)
@given(steps=STEPS, untimed=st.booleans(), choice=st.integers(0, 40), later_ms=st.integers(-1000, 10**9))
def test_any_run_forks_anywhere_it_may_and_stays_whole(steps: list[tuple[int, Command]], untimed: bool, choice: int, later_ms: int) -> None:
    game = play(steps, untimed=untimed, end=True)
    places = forkable(game.events)
    assert places, "there is always the opening post"
    seq = places[choice % len(places)]
    again = fork(game, seq, later_ms)
    assert [event.seq for event in again.events] == list(range(1, len(again.events) + 1))
    assert fold(again.events, WORLD) == again.state
    assert again.state.status != "new"
    if not again.state.clock.paused and not untimed and again.state.clock.pace:
        assert story_now(again.state, again.now_ms) <= game.events[seq - 1].story_s + 1 / 1000 * again.state.clock.pace + 1e-6
    went_on = decide(WORLD, again.state, End(), again.now_ms)
    assert isinstance(went_on, list)


def test_posts_are_places_too_and_stay() -> None:
    game = lost()
    kinds = {type(game.events[seq - 1].body) for seq in forkable(game.events)}
    assert kinds == {PostAppeared, ReplySent}
    last = next(event for event in reversed(game.events) if isinstance(event.body, PostAppeared))
    again = fork(game, last.seq)
    assert again.said("bo") == game.said("bo")
    assert story_now(again.state, again.now_ms) == pytest.approx(last.story_s, abs=0.03)


def test_a_run_is_not_forked_at_what_ended_it() -> None:
    solved = Reaction(Condition(), "maya", at("01:00"), "thanks", ends="solved")
    game = Game(make_world(threads=[make_thread(reactions=[solved])])).start().until("05:00")
    game.send(WARM)
    game.look("07:00")
    assert game.state.ending == "finished"
    last = next(event.seq for event in reversed(game.events) if isinstance(event.body, PostAppeared))
    assert cut_at(game.events, last) is None
    assert last not in forkable(game.events)
