"""What a player may do, when, and what they are told when they may not."""

import pytest

from simulator.content.model import Beat
from simulator.core.plain_text import DRAFT_LIMIT, NOTE_LIMIT
from simulator.core.refusal import Refusal, RefusalCode
from simulator.drills.commands import AnswerAsColleague, AskContact, Command, End, Pause, Resume, Send, SetPace, Start
from simulator.drills.events import HandOverAnswered, HandOverSent, MoodMoved, ReplySent
from simulator.scoring.model import HandOver, HandOverAnswer
from simulator.scoring.vocabulary import Action, Channel, Contact, Dimension
from tests.factories import make_answer, make_handover
from tests.unit.drills.stage import COLD, WARM, Game, at, make_thread, make_world

LATER = make_thread(name="later", beats=[Beat(at("10:00"), "bo", "hello?")])


def refused(answer: object) -> RefusalCode:
    """Return the code of a refusal; fail where it is none."""
    assert isinstance(answer, Refusal), answer
    assert answer.message.endswith("."), "a refusal is a whole sentence"
    return answer.code


@pytest.mark.parametrize(
    ("what", "command", "code"),
    [
        ("a conversation that is not there", Send("cat", WARM, Action.REPLY_PUBLIC, "token-1"), RefusalCode.NOT_FOUND),
        ("one that has not begun", Send("later", WARM, Action.REPLY_PUBLIC, "token-1"), RefusalCode.NOT_FOUND),
        ("no words", Send("bag", "  \n", Action.REPLY_PUBLIC, "token-1"), RefusalCode.EMPTY),
        ("far too many words", Send("bag", "x" * (DRAFT_LIMIT + 1), Action.REPLY_PRIVATE, "token-1"), RefusalCode.TOO_LONG),
        ("a character nobody can see", Send("bag", "hello \x07", Action.REPLY_PUBLIC, "token-1"), RefusalCode.BAD_TEXT),
        ("a contact the playbook lacks", AskContact("bag", HandOver(Contact.CRISIS, "x"), "token-1"), RefusalCode.BAD_VALUE),
        ("an empty hand-over", AskContact("bag", HandOver(Contact.OPERATIONS), "token-1"), RefusalCode.EMPTY),
        (
            "a novel of a hand-over",
            AskContact("bag", HandOver(Contact.OPERATIONS, "x" * (NOTE_LIMIT + 1)), "token-1"),
            RefusalCode.TOO_LONG,
        ),
        ("a second start", Start(), RefusalCode.ALREADY_DONE),
        ("a clock that is too fast", SetPace(pace_factor=50), RefusalCode.BAD_VALUE),
        ("a clock that is no number", SetPace(pace_factor=float("nan")), RefusalCode.BAD_VALUE),
        ("an answer to nothing", AnswerAsColleague("h9", make_answer(), "Omar"), RefusalCode.NOT_FOUND),
    ],
)
def test_what_can_not_be_done_is_said_and_changes_nothing(what: str, command: Command, code: RefusalCode) -> None:
    game = Game(make_world(threads=[make_thread(), LATER])).start()
    before = list(game.events)
    assert refused(game.do(command)) is code, what
    assert game.events == before


def test_a_paused_story_takes_no_reply_and_says_that_the_draft_is_kept() -> None:
    game = Game().start()
    game.do(Pause())
    answer = game.send()
    assert refused(answer) is RefusalCode.RUN_PAUSED
    assert isinstance(answer, Refusal)
    assert "kept" in answer.message
    game.do(Resume())
    assert isinstance(game.send(), list)


def test_a_run_that_is_over_takes_nothing_but_repeats_and_ends_stay_quiet() -> None:
    game = Game().start()
    game.send(token="token-first")
    game.do(End())
    for command in (
        Send("bag", WARM, Action.REPLY_PUBLIC, "token-2"),
        AskContact("bag", make_handover(), "token-3"),
        Pause(),
        Resume(),
        SetPace(),
    ):
        assert refused(game.do(command)) is RefusalCode.RUN_OVER
    assert game.do(End()) == []
    assert game.send(token="token-first") == []


def test_a_closed_conversation_is_stale_not_lost() -> None:
    game = Game(make_world(threads=[make_thread(), LATER])).start().until("05:00")
    game.send(COLD)
    game.send()
    game.look("09:00")
    assert game.state.closed["bag"] == "solved"
    assert refused(game.send()) is RefusalCode.STALE


@pytest.mark.parametrize("again", ["at once", "much later", "with other words"])
def test_the_same_send_counts_once(again: str) -> None:
    game = Game().start().until("05:00")
    assert isinstance(game.send(token="token-same"), list)
    if again == "much later":
        game.until("30:00")
    assert game.send(COLD if again == "with other words" else WARM, token="token-same") == []
    assert len(game.state.decisions) == 1


def test_the_same_hand_over_counts_once() -> None:
    game = Game().start()
    game.ask(make_handover(), token="token-same")
    assert game.ask(make_handover(), token="token-same") == []
    assert len(game.state.handovers) == 1


@pytest.mark.parametrize(
    ("channel", "action", "length", "fits"),
    [
        (Channel.MICROBLOG, Action.REPLY_PUBLIC, 280, True),
        (Channel.MICROBLOG, Action.REPLY_PUBLIC, 281, False),
        (Channel.MICROBLOG, Action.ESCALATE_FIRST, 281, False),
        (Channel.MICROBLOG, Action.REPLY_PRIVATE, 281, True),
        (Channel.PAGE, Action.REPLY_PUBLIC, 281, True),
    ],
)
def test_a_public_reply_fits_its_network(channel: Channel, action: Action, length: int, fits: bool) -> None:
    game = Game(make_world(channel=channel)).start()
    answer = game.send(("word " * 100)[: length - 1] + "x", action)
    if fits:
        assert isinstance(answer, list)
    else:
        assert isinstance(answer, Refusal)
        assert (answer.code, answer.detail) == (RefusalCode.TOO_LONG, {"limit": 280, "length": length})
        assert str(length) in answer.message


@pytest.mark.parametrize(
    ("action", "text", "shown", "private"),
    [
        (Action.REPLY_PUBLIC, WARM, WARM, False),
        (Action.REPLY_PRIVATE, WARM, WARM, True),
        (Action.ACKNOWLEDGE_THEN_PRIVATE, WARM, WARM, False),
        (Action.ESCALATE_AND_REPLY, WARM, WARM, False),
        (Action.ESCALATE_FIRST, "We're on it, next word 14:30.", "We're on it, next word 14:30.", False),
        (Action.ESCALATE_FIRST, "", "", False),
        (Action.IGNORE, "typed but not meant", "", False),
        (Action.HIDE_REPORT, "", "", False),
    ],
)
def test_what_the_public_sees_of_an_action(action: Action, text: str, shown: str, private: bool) -> None:
    game = Game().start()
    game.send(text, action)
    ours = [(post.say, post.private) for post in game.state.posts if post.by == "us"]
    assert ours == ([(shown, private)] if shown else [])
    assert (game.state.decisions[0].text, game.state.decisions[0].action) == (shown, action)


def test_a_silent_action_is_judged_by_the_decision_alone() -> None:
    game = Game().start()
    game.send("", Action.IGNORE)
    applicable = {name for name, entry in game.state.decisions[0].report.dimensions.items() if entry.applicable}
    assert applicable <= {Dimension.SPEED, Dimension.JUDGEMENT}
    assert game.state.decisions[0].report.total < 30, "ignoring an angry customer is no way out"


def test_ids_come_from_the_log_so_two_games_alike_are_alike() -> None:
    first, second = Game().start(), Game().start()
    for game in (first, second):
        game.ask(make_handover())
        game.send()
    assert first.events == second.events
    assert len({event.body.decision_id for event in first.events if isinstance(event.body, ReplySent)}) == 1


def test_the_story_never_goes_back_when_the_machine_clock_does() -> None:
    game = Game().start().look("10:00")
    game.now_ms -= 20_000
    game.send()
    assert game.state.decisions[0].story_s >= 0
    times = [event.story_s for event in game.events]
    assert times == sorted(times)


class TestColleagues:
    """A hand-over to a colleague is answered by a person, whenever they get to it."""

    def asked(self) -> Game:
        game = Game().start().until("02:00")
        game.ask(make_handover(), colleague=True)
        return game

    def answered(self, game: Game, answer: HandOverAnswer | None = None) -> object:
        return game.do(AnswerAsColleague(game.state.handovers[0].handover_id, answer or make_answer(), "Omar Vance"))

    def test_no_script_answers_in_their_place(self) -> None:
        assert self.asked().look("1:00:00").state.handovers[0].answer is None

    def test_the_answer_is_judged_for_wording_and_real_time(self) -> None:
        game = self.asked().look("12:00")
        self.answered(game)
        item = game.state.handovers[0]
        assert item.answer is not None
        assert item.answer_report is not None
        assert (item.answered_by, item.answer.after_minutes, item.answer_report.side) == ("Omar Vance", 0.5, "receiver")
        assert item.answer_report.total == 100

    def test_an_answer_after_the_target_costs_its_time(self) -> None:
        in_time, late = self.asked(), self.asked()
        late.now_ms += 60 * 60_000
        self.answered(in_time)
        self.answered(late)
        reports = [game.state.handovers[0].answer_report for game in (in_time, late)]
        assert reports[0] is not None
        assert reports[1] is not None
        assert reports[0].total > reports[1].total

    @pytest.mark.parametrize("when", ["paused", "ended"])
    def test_it_reaches_a_run_that_stands_or_is_over_measured_in_real_time(self, when: str) -> None:
        game = self.asked()
        game.do(Pause() if when == "paused" else End())
        game.now_ms += 300_000
        self.answered(game)
        item = game.state.handovers[0]
        assert item.answer is not None
        assert (item.answer.after_minutes, game.state.status) == (5.0, when)

    def test_only_once_and_only_with_words(self) -> None:
        game = self.asked()
        assert refused(self.answered(game, HandOverAnswer())) is RefusalCode.EMPTY
        self.answered(game)
        assert refused(self.answered(game)) is RefusalCode.ALREADY_DONE
        assert len(game.bodies(HandOverAnswered)) == 1

    def test_what_went_to_the_script_is_not_a_colleagues_to_answer(self) -> None:
        game = Game().start()
        game.ask(make_handover())
        assert refused(self.answered(game)) is RefusalCode.NOT_ALLOWED


def test_a_contact_can_be_asked_before_and_after_the_reply() -> None:
    game = Game().start().until("01:00")
    game.ask(make_handover())
    game.until("02:00").send(action=Action.ESCALATE_AND_REPLY)
    game.until("02:30").ask(make_handover(to=Contact.LEGAL))
    assert [(body.handover.to, body.thread) for body in game.bodies(HandOverSent) if isinstance(body, HandOverSent)] == [
        (Contact.OPERATIONS, "bag"),
        (Contact.LEGAL, "bag"),
    ]


def test_a_start_may_be_slower_and_without_a_clock() -> None:
    assert Game().start(pace_factor=0.5).state.clock.pace == 10
    assert Game().start(untimed=True).state.untimed


def test_switching_the_clock_off_leaves_speed_out() -> None:
    timed, untimed = Game().start().look("1:00:00"), Game().start(untimed=True)
    for game in (timed, untimed):
        game.send()
    speeds = [game.state.decisions[0].report.dimensions[Dimension.SPEED] for game in (timed, untimed)]
    assert [speed.applicable for speed in speeds] == [True, False]
    assert "late" not in [body.why for body in untimed.bodies(MoodMoved) if isinstance(body, MoodMoved)]


def test_setting_the_pace_it_has_is_nothing_new() -> None:
    game = Game().start()
    assert game.do(SetPace()) == []
    assert game.do(Resume()) == []
    game.do(Pause())
    assert game.do(Pause()) == []
