"""How the street takes a reply: temperature, trust, and who speaks next."""

from collections.abc import Mapping

import pytest

from simulator.content.model import Band, Condition, Reaction
from simulator.drills.events import MoodMoved, ReactionPlanned
from simulator.drills.public import MOVES, after_reply, holds, late_cost
from simulator.drills.state import RunState
from simulator.scoring.model import DimensionScore, Finding, Report, Triage
from simulator.scoring.vocabulary import Action, Channel, Contact, Dimension, Kind, Urgency
from tests.factories import make_handover
from tests.unit.drills.stage import COLD, Game, at, make_thread, make_world


def make_report(*, total: float = 60, scores: Mapping[Dimension, float] | None = None, code: str = "", blocker: bool = False) -> Report:
    """Make a report with a total, some dimensions and perhaps one finding."""
    dimensions = {name: DimensionScore(score, True, 0.2) for name, score in (scores or {}).items()}
    findings = (Finding(code, Dimension.TONE, 0, 0, "why", blocker=blocker),) if code else ()
    triage = Triage(Kind.COMPLAINT, Urgency.NORMAL, Action.REPLY_PUBLIC, Contact.NONE, 1.0)
    return Report(total, dimensions, findings, triage, (), "f")


@pytest.mark.parametrize(
    ("total", "action", "spoken", "cooler_by", "trust_by"),
    [
        (60, Action.REPLY_PUBLIC, True, 0, 0),
        (100, Action.REPLY_PUBLIC, True, 24, 6),
        (80, Action.ACKNOWLEDGE_THEN_PRIVATE, True, 12, 3),
        (40, Action.REPLY_PUBLIC, True, -8, -5),
        (0, Action.REPLY_PUBLIC, True, -24, -15),
        (90, Action.REPLY_PRIVATE, True, 18, 0),
        (20, Action.REPLY_PRIVATE, True, -16, 0),
        (20, Action.HIDE_REPORT, False, 0, -10),
    ],
)
def test_a_reply_is_measured_against_an_adequate_one(total: float, action: Action, spoken: bool, cooler_by: float, trust_by: float) -> None:
    world, state = make_world(), RunState(temperature={"maya": 50.0}, trust=60.0)
    assert after_reply(world, state, "maya", make_report(total=total), action, spoken=spoken) == (50 - cooler_by, 60 + trust_by)


@pytest.mark.parametrize("action", [Action.IGNORE, Action.MONITOR, Action.ESCALATE_FIRST])
def test_what_nobody_sees_moves_nobody(action: Action) -> None:
    assert after_reply(make_world(), RunState(), "maya", make_report(total=0), action, spoken=False) is None


def test_in_a_private_channel_the_person_is_the_public() -> None:
    world, state = make_world(channel=Channel.DM), RunState(temperature={"maya": 50.0}, trust=60.0)
    assert after_reply(world, state, "maya", make_report(total=100), Action.REPLY_PRIVATE, spoken=True) == (26, 66)


@pytest.mark.parametrize("times_as_hot", [2, 3])
def test_a_hot_customer_needs_two_excellent_or_three_good_replies(times_as_hot: int) -> None:
    world, temperature, turns = make_world(), 80.0, 0
    total = {2: 95.0, 3: 85.0}[times_as_hot]
    while temperature > 40:
        moved = after_reply(
            world, RunState(temperature={"maya": temperature}), "maya", make_report(total=total), Action.REPLY_PUBLIC, spoken=True
        )
        assert moved is not None
        temperature, turns = moved[0], turns + 1
    assert turns == times_as_hot


@pytest.mark.parametrize(("minutes", "cost"), [(5, 0), (15, 0), (30, 3), (60, 6), (120, 9), (600, 9)])
def test_lateness_costs_trust_by_the_doubling(minutes: float, cost: float) -> None:
    assert late_cost(minutes * 60, 15 * 60) == pytest.approx(cost)


def test_no_figure_leaves_its_scale() -> None:
    hot = RunState(temperature={"maya": 99.0}, trust=1.0)
    assert after_reply(make_world(), hot, "maya", make_report(total=0), Action.REPLY_PUBLIC, spoken=True) == (100, 0)


def test_being_left_without_an_answer_costs_trust_and_heats_who_writes_again() -> None:
    game = Game().start().look("26:00")
    assert game.state.trust == 60 - 2 * 4
    assert (game.state.temperature["maya"], game.state.temperature["bo"]) == (85, 25)


def test_a_late_first_reply_costs_and_a_late_second_does_not() -> None:
    game = Game().start().look("30:00")
    game.send()
    game.until("1:00:00").send()
    late = [body for body in game.bodies(MoodMoved) if isinstance(body, MoodMoved) and body.why == "late"]
    assert len(late) == 1


def test_every_reason_for_a_mood_is_in_words() -> None:
    game = Game().start().look("30:00")
    game.send()
    game.look("1:00:00")
    whys = {body.why for body in game.bodies(MoodMoved) if isinstance(body, MoodMoved)}
    assert whys == {"silence", "late", "reply", "reaction"}
    assert whys == set(MOVES)


L, A = Dimension.LISTEN, Dimension.ACKNOWLEDGE


@pytest.mark.parametrize(
    ("when", "so"),
    [
        (Condition(), True),
        (Condition(bands={"total": Band(75, 100)}), True),
        (Condition(bands={"total": Band(0, 74)}), False),
        (Condition(bands={"listen": Band(80, 100)}), True),
        (Condition(bands={"acknowledge": Band(80, 100)}), False),
        (Condition(bands={"nurture": Band(0, 100)}), False),
        (Condition(bands={"turn": Band(1, 1)}), True),
        (Condition(bands={"turn": Band(2, 99)}), False),
        (Condition(bands={"temperature": Band(70, 100)}), True),
        (Condition(bands={"trust": Band(0, 59)}), False),
        (Condition(missing=("acknowledge",)), True),
        (Condition(missing=("nurture",)), True),
        (Condition(missing=("acknowledge", "listen")), False),
        (Condition(code=("bare_dm", "vague_promise")), True),
        (Condition(code=("bare_dm",)), False),
        (Condition(blocker=False), True),
        (Condition(blocker=True), False),
        (Condition(actions=(Action.REPLY_PUBLIC, Action.IGNORE)), True),
        (Condition(actions=(Action.IGNORE,)), False),
        (Condition(handover="none"), True),
        (Condition(handover="sent"), False),
        (Condition(bands={"total": Band(75, 100)}, actions=(Action.IGNORE,)), False),
    ],
)
def test_a_reaction_applies_when_all_it_names_is_so(when: Condition, so: bool) -> None:
    game = Game().start()
    game.send()
    state = RunState(posts=game.state.posts, decisions=game.state.decisions, temperature={"maya": 80.0}, trust=60.0)
    report = make_report(total=80, scores={L: 90, A: 40}, code="vague_promise")
    reaction = Reaction(when, "maya", 60, "…")
    assert holds(when, state, make_thread(), reaction, report, Action.REPLY_PUBLIC) is so


@pytest.mark.parametrize(
    ("asked", "answered", "true_of"), [(False, False, {"none"}), (True, False, {"sent"}), (True, True, {"sent", "answered"})]
)
def test_a_reaction_can_depend_on_the_hand_over(asked: bool, answered: bool, true_of: set[str]) -> None:
    game = Game().start()
    if asked:
        game.ask(make_handover())
    if answered:
        game.look("07:00")
    thread = make_thread()
    found = {
        state
        for state in ("none", "sent", "answered")
        if holds(Condition(handover=state), game.state, thread, thread.reactions[0], make_report(), Action.REPLY_PUBLIC)
    }
    assert found == true_of


def test_each_person_takes_their_first_unused_reaction() -> None:
    game = Game().start().until("01:00")
    game.send(COLD)
    game.until("10:00").send(COLD)
    planned = [(body.reaction, body.due_s) for body in game.bodies(ReactionPlanned) if isinstance(body, ReactionPlanned)]
    assert planned == [(2, at("03:00")), (3, at("06:00")), (1, at("13:00"))]
    assert game.look("20:00").said("maya")[1:] == ["and now?", "ok. thank you for staying on it"]


def test_a_reaction_without_words_moves_moods_and_shows_nothing() -> None:
    shrug = Reaction(Condition(), "maya", 60, "", cools=20)
    game = Game(make_world(threads=[make_thread(reactions=[shrug])])).start()
    game.send()
    before = game.state.temperature["maya"]
    game.look("02:00")
    assert game.said("maya") == ["Suitcase still not here and the wedding is on Thursday"]
    assert game.state.temperature["maya"] == pytest.approx(before - 20)
    assert game.state.planned == ()


def test_a_silent_action_sets_off_reactions_too() -> None:
    game = Game().start()
    game.send("", Action.IGNORE)
    assert game.look("04:00").said("maya")[1:] == ["ignoring me. nice"]
    assert game.state.trust == 55
