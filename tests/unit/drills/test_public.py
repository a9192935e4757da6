"""How the street takes a reply: temperature, trust, and who speaks next."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from simulator.content.model import Condition, Reaction
from simulator.drills.events import MoodMoved, PostAppeared
from simulator.drills.public import MOVES, late_cost, reach_of
from simulator.drills.public_moves import Heard, moves_of_reaction, moves_of_reply
from simulator.drills.state import Decision, RunState, ShownPost
from simulator.scoring.model import DimensionScore, Finding, Report, Triage
from simulator.scoring.vocabulary import Action, Channel, Contact, Dimension, Kind, Urgency
from tests.unit.drills.stage import BEATS, Game, make_thread, make_world


def make_report(*, total: float = 60, scores: Mapping[Dimension, float] | None = None, code: str = "", blocker: bool = False) -> Report:
    """Make a report with a total, some dimensions and perhaps one finding."""
    dimensions = {name: DimensionScore(score, True, 0.2) for name, score in (scores or {}).items()}
    findings = (Finding(code, Dimension.TONE, 0, 0, "why", blocker=blocker),) if code else ()
    triage = Triage(Kind.COMPLAINT, Urgency.NORMAL, Action.REPLY_PUBLIC, Contact.NONE, 1.0)
    return Report(total, dimensions, findings, triage, (), "f")


def make_state(*, temperature: float = 50, trust: float = 60, readers: int = 1000, ours: int = 0, bo_spoke: bool = False) -> RunState:
    """Make a state in which Maya's thread has begun and we have said something in public `ours` times."""
    said = [ShownPost("p2", "bag", "maya", "Suitcase?", 0, 2)]
    said += [ShownPost("p3", "bag", "bo", "same here", 1, 3)] if bo_spoke else []
    told = [Decision(f"d{at}", "bag", "words", Action.REPLY_PUBLIC, make_report(), at, at, f"t{at}", 60, 60) for at in range(10, 10 + ours)]
    heat = {"maya": float(temperature), "bo": 50.0}
    return RunState(posts=tuple(said), decisions=tuple(told), temperature=heat, trust=float(trust), readers={"bag": readers})


def moved(
    state: RunState, heard: Heard, *, channel: Channel = Channel.PAGE, kind: Kind = Kind.HEATED_COMPLAINT
) -> dict[str, tuple[float, float]]:
    """Return (degrees, trust) by reason; several persons' moves for one reason are added up."""
    thread = make_thread(kind=kind)
    world = make_world(channel=channel, threads=(thread,))
    found: dict[str, tuple[float, float]] = {}
    for each in moves_of_reply(world, state, thread, heard):
        degrees, trust = found.get(each.why, (0.0, 0.0))
        found[each.why] = (round(degrees + each.degrees, 2), round(trust + each.trust, 2))
    return found


@pytest.mark.parametrize(
    ("total", "action", "spoken", "degrees", "trust"),
    [
        (60, Action.REPLY_PUBLIC, True, 0, 0),
        (100, Action.REPLY_PUBLIC, True, -24, 6),
        (80, Action.ACKNOWLEDGE_THEN_PRIVATE, True, -12, 3),
        (40, Action.REPLY_PUBLIC, True, 8, -5),
        (0, Action.REPLY_PUBLIC, True, 24, -15),
        (90, Action.REPLY_PRIVATE, True, -18, 0),
        (20, Action.REPLY_PRIVATE, True, 16, 0),
        (20, Action.HIDE_REPORT, False, 0, -10),
    ],
)
def test_a_reply_is_measured_against_an_adequate_one(total: float, action: Action, spoken: bool, degrees: float, trust: float) -> None:
    assert moved(make_state(), Heard(make_report(total=total), action, spoken)) == {"reply": (degrees, trust)}


@pytest.mark.parametrize("action", [Action.IGNORE, Action.MONITOR, Action.ESCALATE_FIRST])
def test_what_nobody_sees_moves_nobody(action: Action) -> None:
    assert moved(make_state(), Heard(make_report(total=0), action, spoken=False)) == {}


def test_in_a_private_channel_the_person_is_the_public() -> None:
    heard = Heard(make_report(total=100), Action.REPLY_PRIVATE, spoken=True)
    assert moved(make_state(readers=0), heard, channel=Channel.DM) == {"reply": (-24, 6)}


@pytest.mark.parametrize(("readers", "trust"), [(0, 2.4), (10, 3.6), (100, 4.8), (1_000, 6), (10_000, 7.2), (10_000_000, 9.6)])
def test_trust_moves_with_how_many_read_along(readers: int, trust: float) -> None:
    assert moved(make_state(readers=readers), Heard(make_report(total=100), Action.REPLY_PUBLIC, True))["reply"] == (-24, trust)


@pytest.mark.parametrize("times_as_hot", [2, 3])
def test_a_hot_customer_needs_two_excellent_or_three_good_replies(times_as_hot: int) -> None:
    temperature, turns, total = 80.0, 0, {2: 95.0, 3: 85.0}[times_as_hot]
    while temperature > 40:
        heard = Heard(make_report(total=total), Action.REPLY_PUBLIC, True)
        temperature, turns = temperature + moved(make_state(temperature=temperature), heard)["reply"][0], turns + 1
    assert turns == times_as_hot


@pytest.mark.parametrize(("minutes", "cost"), [(5, 0), (15, 0), (30, 3), (60, 6), (120, 9), (600, 9)])
def test_lateness_costs_trust_by_the_doubling(minutes: float, cost: float) -> None:
    assert late_cost(minutes * 60, 15 * 60) == pytest.approx(cost)


@pytest.mark.parametrize(
    ("what", "temperature", "kind", "why", "degrees", "trust"),
    [
        ("public_compensation", 80, Kind.HEATED_COMPLAINT, "money", 6, -3),
        ("public_compensation", 55, Kind.COMPLAINT, "money", 0, 0),
        ("humour_with", 30, Kind.COMPLAINT, "joke", -6, 0),
        ("humour_with", 80, Kind.HUMOROUS_GRIPE, "joke", -6, 0),
        ("humour_with", 80, Kind.HEATED_COMPLAINT, "joke", 6, 0),
        ("jolly_under_grief", 30, Kind.COMPLAINT, "joke", 6, 0),
        ("vague_promise", 80, Kind.HEATED_COMPLAINT, "money", 0, 0),
    ],
    ids=[
        "money to the angry",
        "money to the calm",
        "joke with the calm",
        "joke with a joker",
        "joke with the angry",
        "joke on grief",
        "no such",
    ],
)
def test_the_manner_of_a_reply_moves_people(what: str, temperature: float, kind: Kind, why: str, degrees: float, trust: float) -> None:
    heard = Heard(make_report(code=what), Action.REPLY_PUBLIC, True)
    assert moved(make_state(temperature=temperature), heard, kind=kind).get(why, (0, 0)) == (degrees, trust)


def test_money_offered_in_private_is_nobody_elses() -> None:
    heard = Heard(make_report(code="public_compensation"), Action.REPLY_PRIVATE, True)
    assert "money" not in moved(make_state(temperature=80), heard)


@pytest.mark.parametrize(
    ("turns", "action", "trust"),
    [
        (3, Action.REPLY_PUBLIC, 0),
        (4, Action.REPLY_PUBLIC, -2),
        (6, Action.REPLY_PUBLIC, -2),
        (6, Action.ACKNOWLEDGE_THEN_PRIVATE, 0),
        (6, Action.REPLY_PRIVATE, 0),
    ],
)
def test_a_long_exchange_in_public_costs_until_it_goes_private(turns: int, action: Action, trust: float) -> None:
    assert moved(make_state(ours=turns), Heard(make_report(), action, True)).get("long", (0, 0)) == (0, trust)


def test_others_who_spoke_hear_half_and_by_what_they_care_for() -> None:
    world = make_world()
    people = {**world.scenario.personas, "bo": replace(world.scenario.personas["bo"], cares=("resolve",))}
    world = replace(world, scenario=replace(world.scenario, personas=people))
    report = make_report(total=80, scores={Dimension.RESOLVE: 20})
    heard = Heard(report, Action.REPLY_PUBLIC, True)
    by = {each.persona: each.degrees for each in moves_of_reply(world, make_state(bo_spoke=True), make_thread(), heard)}
    assert by == {"maya": -12, "bo": pytest.approx(0.5 * 0.4 * 10)}


def test_a_reply_in_private_is_not_overheard() -> None:
    assert set(moved(make_state(bo_spoke=True), Heard(make_report(total=80), Action.REPLY_PRIVATE, True))) == {"reply"}


@pytest.mark.parametrize(
    ("stance", "opener", "degrees", "trust"), [("piles_on", 60, 4, -2), ("defends", 60, 0, 2), ("defends", 80, 3, 2), ("", 80, 0, 0)]
)
def test_bystanders_take_sides(stance: str, opener: float, degrees: float, trust: float) -> None:
    reaction = Reaction(Condition(), "bo", 60, "…", stance=stance)
    moves = moves_of_reaction(make_world(), make_state(temperature=opener), make_thread(), reaction)
    assert (sum(each.degrees for each in moves), sum(each.trust for each in moves)) == (degrees, trust)


def test_being_left_without_an_answer_spreads_in_phases() -> None:
    game = Game().start().look("26:00")
    shown = [(body.phase, body.reads) for body in game.bodies(PostAppeared) if isinstance(body, PostAppeared)]
    assert shown == [("", 3120), ("witnesses", 500), ("echo", round(3620 * 0.5))]
    far = [reach_of(3620), reach_of(3620 + 1810)]
    assert game.state.trust == pytest.approx(60 - 3 * far[0] - 4 * far[1], abs=0.2)
    assert (game.state.temperature["maya"], game.state.temperature["bo"]) == (85, 25)


def test_a_phase_can_be_written() -> None:
    beats = (BEATS[0], replace(BEATS[1], phase="press"))
    game = Game(make_world(threads=(make_thread(beats=beats),))).start().look("21:00")
    assert [body.phase for body in game.bodies(PostAppeared) if isinstance(body, PostAppeared)] == ["", "press"]
    assert game.state.trust == pytest.approx(60 - 6 * reach_of(3620), abs=0.1)


@pytest.mark.parametrize(
    ("kind", "poor", "words_for_it", "comes_back"),
    [
        (Kind.HEATED_COMPLAINT, (Action.HIDE_REPORT,), False, True),
        (Kind.HEATED_COMPLAINT, (Action.HIDE_REPORT,), True, False),
        (Kind.SPAM, (), False, False),
        (Kind.TROLL, (), False, False),
    ],
    ids=["fair words", "the scenario has its own", "spam", "a troll"],
)
def test_hiding_fair_words_comes_back_as_a_screenshot(kind: Kind, poor: tuple[Action, ...], words_for_it: bool, comes_back: bool) -> None:
    own = Reaction(Condition(actions=(Action.HIDE_REPORT,)), "bo", 60, "they hid it!")
    thread = make_thread(kind=kind, poor=poor, beats=BEATS[:1], reactions=(own,) if words_for_it else ())
    game = Game(make_world(threads=(thread,))).start().look("02:00")
    game.send("", Action.HIDE_REPORT)
    before = game.state.trust
    game.look("07:00")
    shots = [post for post in game.state.posts if "Screenshot" in post.image]
    assert [post.say for post in shots] == ([BEATS[0].say] if comes_back else [])
    assert (game.state.trust < before) is comes_back
    assert (game.state.onlookers > 3120) is comes_back


@pytest.mark.parametrize(("action", "won"), [(Action.REPLY_PUBLIC, True), (Action.REPLY_PRIVATE, False)])
def test_a_close_in_public_wins_trust(action: Action, won: bool) -> None:
    solved = Reaction(Condition(), "maya", 60, "thank you", ends="solved")
    game = Game(make_world(threads=(make_thread(beats=BEATS[:1], reactions=(solved,)),))).start().look("02:00")
    game.send(action=action)
    game.look("05:00")
    whys = [body.why for body in game.bodies(MoodMoved) if isinstance(body, MoodMoved)]
    assert ("close" in whys) is won


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
    assert {"silence", "late", "reply", "reaction", "overheard"} <= whys <= set(MOVES)
