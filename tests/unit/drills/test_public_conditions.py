"""Who speaks next: conditions of reactions, and each person's first that holds."""

from dataclasses import replace

import pytest

from simulator.content.model import Band, Condition, Reaction
from simulator.drills.events import ReactionPlanned
from simulator.drills.public_conditions import holds, waited_minutes
from simulator.drills.state import RunState
from simulator.scoring.vocabulary import Action, Dimension
from tests.factories import make_handover
from tests.unit.drills.stage import COLD, Game, at, make_thread, make_world
from tests.unit.drills.test_public import make_report

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
        (Condition(bands={"opener": Band(70, 100)}), True),
        (Condition(bands={"opener": Band(0, 50)}), False),
        (Condition(bands={"unanswered_for": Band(0, 0)}), True),
        (Condition(bands={"unanswered_for": Band(30, 999)}), False),
        (Condition(incident="none"), True),
        (Condition(incident="declared"), False),
        (Condition(pasted=False), True),
        (Condition(pasted=True), False),
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


def test_waiting_is_counted_from_the_first_post_after_our_last_words() -> None:
    game = Game().start().look("10:00")
    game.send()
    game.look("32:00")
    game.send()
    waited = [waited_minutes(replace(game.state, decisions=game.state.decisions[:count]), make_thread()) for count in (1, 2)]
    assert waited[0] == 10
    assert 0 < waited[1] < 22
