"""What is due happens in story order, each thing at its own time, however late somebody looks."""

import pytest

from simulator.content.model import Beat, Condition, Reaction
from simulator.drills.commands import AskContact, End, Pause, Resume, SetPace
from simulator.drills.events import HandOverAnswered, PostAppeared, RunEnded
from simulator.drills.timeline import visible_facts
from simulator.drills.world import waiting_threads
from simulator.scoring.model import HandOver
from simulator.scoring.vocabulary import Action, Contact
from tests.factories import NOON, make_handover
from tests.unit.drills.stage import BEATS, COLD, Game, at, make_thread, make_world


def test_the_opening_post_is_there_at_the_start() -> None:
    game = Game().start()
    assert [(post.say[:8], post.story_s) for post in game.state.posts] == [("Suitcase", 0)]
    assert game.state.onlookers == 3120
    assert waiting_threads(game.world, game.state) == ("bag",)


@pytest.mark.parametrize(
    ("answered_at", "heard_by_the_end"),
    [
        ("never", ["so that's a no then?", "wow, they really don't answer", "same happened to me last year"]),
        ("05:00", ["same happened to me last year", "at least they talk to you"]),
        ("22:00", ["so that's a no then?", "same happened to me last year", "at least they talk to you"]),
        ("50:00", ["so that's a no then?", "wow, they really don't answer", "same happened to me last year"]),
    ],
)
def test_what_people_say_depends_on_when_they_were_answered(answered_at: str, heard_by_the_end: list[str]) -> None:
    game = Game(make_world(threads=[make_thread(reactions=())])).start()
    if answered_at != "never":
        game.until(answered_at).send()
    game.look("1:00:00")
    assert [post.say for post in game.state.posts if post.by != "us"][1:] == heard_by_the_end


def test_a_long_absence_plays_everything_in_order_at_its_own_time() -> None:
    game = Game().start()
    game.until("05:00").send()
    game.now_ms += 7 * 86_400_000
    game.look()
    times = [(event.body.say, event.story_s) for event in game.events if isinstance(event.body, PostAppeared)][1:]
    assert times == [
        ("and now?", at("07:00")),
        ("let's see", at("10:00")),
        ("same happened to me last year", at("30:00")),
        ("at least they talk to you", at("40:00")),
    ]
    assert game.state.status == "ended"
    assert game.events[-1].story_s == at("1:20:00")
    assert game.events[-1].real_ms == NOON + 240_000, "the run ended when it was due, not when somebody looked"


def test_looking_often_and_looking_once_see_the_same() -> None:
    often, once = Game().start(), Game().start()
    for game in (often, once):
        game.until("05:00").send()
    for minute in range(6, 81):
        often.look(f"{minute // 60}:{minute % 60:02}:00")
    once.look("1:20:00")
    assert once.events == often.events


def test_looking_twice_brings_nothing_twice() -> None:
    game = Game().start().look("30:00")
    before = list(game.events)
    game.look().look()
    assert game.events == before


def test_a_paused_story_stands_still_and_goes_on_where_it_stood() -> None:
    game = Game().start().until("19:00")
    game.do(Pause())
    game.now_ms += 3_600_000
    assert game.look().said("maya") == ["Suitcase still not here and the wedding is on Thursday"]
    game.do(Resume())
    game.look("19:59")
    assert len(game.said("maya")) == 1
    assert len(game.look("20:00").said("maya")) == 2


def test_a_slower_clock_gives_more_real_time() -> None:
    game = Game().start()
    game.do(SetPace(pace_factor=0.5))
    game.now_ms += 60_000
    assert len(game.look().said("maya")) == 1
    game.now_ms += 60_000
    assert len(game.look().said("maya")) == 2


def test_a_scripted_contact_answers_after_its_time_and_reveals_a_fact() -> None:
    game = Game().start().until("01:00")
    game.ask(make_handover())
    assert game.look("06:59").state.handovers[0].answer is None
    answered = game.look("07:00").state.handovers[0]
    assert answered.answer is not None
    assert (answered.answered_s, answered.answer.may_say, answered.answer.after_minutes) == (at("07:00"), "It is on the 17:40.", 6.0)
    assert [fact.id for fact in visible_facts(game.world, game.state, at("07:00"))] == ["bag", "flight", "cause"]


def test_a_thin_hand_over_makes_the_contact_ask_back_and_reveals_nothing() -> None:
    game = Game().start().until("01:00")
    game.ask(HandOver(Contact.OPERATIONS, what_happened="angry customer"))
    answer = game.look("05:00").state.handovers[0].answer
    assert answer is not None
    assert answer.next_time == "Which bag, which flight?"
    assert "cause" not in game.state.revealed


def test_a_contact_the_scenario_gives_no_words_says_that_it_is_not_theirs() -> None:
    game = Game().start()
    game.ask(make_handover(to=Contact.LEGAL))
    answer = game.look("05:00").state.handovers[0].answer
    assert answer is not None
    assert "isn't ours" in answer.next_time


def test_a_thread_that_ends_ends_the_run_once_the_last_words_are_said() -> None:
    game = Game().start().until("05:00")
    game.send(COLD)
    game.until("06:00").send()
    game.look("09:00")
    assert game.state.closed == {"bag": "solved"}
    assert game.state.status == "running", "Bo has still something to say"
    game.look("10:00")
    assert game.said("bo") == ["let's see"]
    assert [event.body for event in game.events if isinstance(event.body, RunEnded)] == [RunEnded("finished")]


@pytest.mark.parametrize(
    ("decides", "ending"),
    [
        ("nothing", "unanswered"),
        ("ignores a complaint", "unanswered"),
        ("answers badly", "lost"),
        ("asks and escalates", "handed_over"),
    ],
)
def test_an_open_thread_ends_by_what_was_done_for_it(decides: str, ending: str) -> None:
    game = Game(make_world(threads=[make_thread(reactions=())])).start().until("05:00")
    if decides == "ignores a complaint":
        game.send("", Action.IGNORE)
    if decides == "answers badly":
        game.send(COLD)
    if decides == "asks and escalates":
        game.ask(make_handover())
        game.send("", Action.ESCALATE_FIRST)
    game.look("1:20:00")
    assert (game.state.closed["bag"], game.state.ending) == (ending, "time_up")


def test_a_troll_that_was_left_alone_ends_as_left_alone() -> None:
    troll = make_thread(best=[Action.IGNORE, Action.MONITOR], poor=[], reactions=(), beats=[Beat(0, "maya", "lol planes")])
    for action in (None, Action.MONITOR):
        game = Game(make_world(threads=[troll])).start()
        if action:
            game.send("", action)
        assert game.look("1:20:00").state.closed == {"bag": "left_alone"}


def test_a_second_thread_opens_at_its_time_and_the_run_waits_for_it() -> None:
    solved = Reaction(Condition(), "maya", at("01:00"), "thanks", ends="solved")
    second = make_thread(name="praise", beats=[Beat(at("10:00"), "bo", "lovely crew today")], reactions=[solved])
    game = Game(make_world(threads=[make_thread(reactions=[solved]), second])).start().until("01:00")
    game.send()
    game.look("03:00")
    assert (game.state.status, waiting_threads(game.world, game.state)) == ("running", ())
    game.look("10:00")
    assert waiting_threads(game.world, game.state) == ("praise",)
    game.send(thread="praise")
    assert game.look("12:00").state.ending == "finished"


def test_stopping_closes_what_is_open() -> None:
    game = Game().start().until("05:00")
    game.do(End())
    assert (game.state.ending, dict(game.state.closed), game.state.last_story_s) == ("stopped", {"bag": "unanswered"}, at("05:00"))


class TestUntimed:
    """Without a clock the story waits for the player and answers at once."""

    def test_nothing_happens_while_the_player_thinks(self) -> None:
        game = Game().start(untimed=True)
        game.now_ms += 86_400_000
        assert game.look().said("maya") == ["Suitcase still not here and the wedding is on Thursday"]
        assert game.state.last_story_s == 0

    def test_the_public_answers_at_once(self) -> None:
        game = Game().start(untimed=True)
        game.send()
        assert (game.said("maya")[1:], game.said("bo")) == (["and now?"], ["let's see"])
        assert game.state.status == "running"

    def test_facts_that_only_time_would_bring_are_there(self) -> None:
        game = Game().start(untimed=True)
        assert [fact.id for fact in visible_facts(game.world, game.state, 0)] == ["bag", "flight"]

    def test_a_contact_answers_at_once_and_the_post_still_waits(self) -> None:
        game = Game().start(untimed=True)
        game.ask(make_handover())
        assert game.state.handovers[0].answer is not None
        assert waiting_threads(game.world, game.state) == ("bag",)

    def test_with_nothing_left_to_wait_for_the_story_comes_to_its_end(self) -> None:
        game = Game(make_world(threads=[make_thread(reactions=())])).start(untimed=True)
        for _ in range(9):
            if waiting_threads(game.world, game.state):
                game.send()
        assert game.state.ending == "time_up"

    def test_a_colleague_is_waited_for(self) -> None:
        game = Game(make_world(threads=[make_thread(reactions=(), beats=[Beat(0, "maya", "where is it")])])).start(untimed=True)
        game.do(AskContact("bag", make_handover(), "token-asked", colleague=True))
        game.send()
        assert game.state.status == "running"
        assert not [event for event in game.events if isinstance(event.body, HandOverAnswered)]

    def test_back_to_a_clock_the_story_goes_on_from_where_it_stood(self) -> None:
        game = Game().start(untimed=True)
        game.now_ms += 60_000
        game.do(SetPace(pace_factor=1.0, untimed=False))
        assert len(game.look("20:00").said("maya")) == 2

    @pytest.mark.parametrize("paused", [False, True])
    def test_switched_on_midway_what_was_on_its_way_comes_and_nobody_is_stuck(self, paused: bool) -> None:
        game = Game().start()
        game.until("01:00").send()
        assert game.said("maya") == [BEATS[0].say]
        for command in (Pause(), SetPace(untimed=True), Resume()) if paused else (SetPace(untimed=True),):
            game.do(command)
        assert game.said("maya")[1:] == ["and now?"]
        assert game.state.status == "running"
        assert [event.story_s for event in game.events] == sorted(event.story_s for event in game.events)

    def test_a_story_whose_first_words_come_late_begins_with_them(self) -> None:
        game = Game(make_world(threads=[make_thread(beats=[Beat(90, "maya", "where is it")])])).start(untimed=True)
        assert game.said("maya") == ["where is it"]
