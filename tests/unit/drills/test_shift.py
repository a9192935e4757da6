"""A shift: the inbox, repeats, the incident, words that are one's own, and what it all earns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from simulator.content.model import Beat, Condition, Exemplar, Incident, Message, Reaction, Thread
from simulator.core.refusal import Refusal, RefusalCode
from simulator.drills.commands import Claim, Declare, Merge, Rank, Snooze
from simulator.drills.events import IncidentDeclared, MoodMoved
from simulator.drills.shift import FINDINGS, ShiftReport, shift_report
from simulator.drills.shift_inbox import inbox_order, suggested_priorities
from simulator.drills.shift_words import is_message
from simulator.drills.world import World, waiting_threads
from simulator.scoring.model import Expected
from simulator.scoring.vocabulary import Action, Channel, Kind, Urgency
from tests.factories import make_handover
from tests.unit.drills.stage import COLD, WARM, Game, at, make_thread, make_world

STATEMENT = (
    "Some suitcases from the Lisbon flight are not here, and that's ours: sorry. We know where they are; they come on the 17:40."
    " If yours is one of them, you needn't queue. We write here again at 16:00. Ines, Skylark Air"
)
PRAISE = "Anna will be red in the face when I read her this, thank you. See you on the evening one. Ines"


def thread(name: str, opens: str, kind: Kind = Kind.COMPLAINT, *, best: Action = Action.REPLY_PUBLIC, **more: Any) -> Thread:
    """Make a thread of a shift that settles by itself."""
    made = make_thread(
        name=name,
        beats=[Beat(at(opens), "bo", f"{name}: my suitcase is gone")],
        reactions=(),
        best=(best,),
        poor=(),
        kind=kind,
        must_address=(),
    )
    return replace(made, onlookers=100, **more)


THREADS = (
    replace(make_thread(name="bag", beats=[Beat(0, "maya", "Suitcase gone")], must_address=()), onlookers=100, reactions=()),
    thread("twin", "02:00", channel=Channel.REVIEW),
    thread("twin-again", "04:00", same_as="twin", channel=Channel.PAGE),
    thread("fire", "06:00", Kind.SAFETY, target_s=at("05:00")),
    thread("praise", "01:00", Kind.PRAISE, target_s=at("50:00")),
    thread("spam", "03:00", Kind.SPAM, best=Action.IGNORE),
)
SPIKE = Expected(Kind.SPIKE, (Action.REPLY_PUBLIC,), (), (), (), None)
LOST = Incident("Lost bags", ("bag", "twin", "twin-again"), 2, at("10:00"), SPIKE, (Exemplar(STATEMENT, "…", Action.REPLY_PUBLIC),))


def make_shift(*, incident: Incident | None = LOST, threads: tuple[Thread, ...] = THREADS, messages: tuple[Message, ...] = ()) -> World:
    """Make a shift of six threads on three networks."""
    world = make_world(threads=threads)
    scenario = replace(world.scenario, mode="shift", incident=incident)
    return replace(world, scenario=scenario, playbook=replace(world.playbook, messages=messages))


def game(**given: Any) -> Game:
    """Start a shift."""
    return Game(make_shift(**given)).start()


def report(played: Game) -> ShiftReport:
    """Return the score so far."""
    return shift_report(played.world, played.state)


def codes(played: Game) -> set[tuple[str, str]]:
    """Return what is said about which thread."""
    return {(finding.code, finding.thread) for finding in report(played).findings}


def test_the_inbox_holds_what_waits_and_what_was_dealt_with() -> None:
    played = game().look("05:00")
    played.do(Claim("praise"))
    played.do(Snooze("twin", 10))
    played.do(Rank("spam", Urgency.CRITICAL))
    played.send(PRAISE, thread="praise")
    waiting = waiting_threads(played.world, played.state)
    order = inbox_order(played.state, waiting, played.state.ranks, {})
    assert order[0] == "spam"
    assert order[-2:] == ("twin", "praise")
    assert "praise" in played.state.closed


def test_what_was_put_off_comes_back_when_somebody_writes() -> None:
    loud = replace(THREADS[1], beats=(*THREADS[1].beats, Beat(at("08:00"), "bo", "hello?")))
    played = game(threads=(THREADS[0], loud, *THREADS[3:])).look("05:00")
    played.do(Snooze("twin", 30))
    assert set(played.state.snoozed) == {"twin"}
    assert set(played.look("09:00").state.snoozed) == set()


def test_a_priority_is_suggested_for_each_thread() -> None:
    played = game().look("07:00")
    suggested = suggested_priorities(played.world, played.state, at("07:00"))
    assert set(suggested) == {thread.id for thread in THREADS}
    assert suggested_priorities(make_world(), played.state, 0) == {}


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (Claim("nobody"), RefusalCode.NOT_FOUND),
        (Snooze("bag", 0), RefusalCode.BAD_VALUE),
        (Snooze("bag", 9999), RefusalCode.BAD_VALUE),
        (Merge("bag", "bag"), RefusalCode.BAD_VALUE),
        (Merge("bag", "nobody"), RefusalCode.BAD_VALUE),
        (Merge("bag", "incident"), RefusalCode.BAD_VALUE),
        (Declare(("bag",), STATEMENT, "t"), RefusalCode.BAD_VALUE),
        (Declare(("bag", "bag"), STATEMENT, "t"), RefusalCode.BAD_VALUE),
        (Declare(("bag", "twin"), "  ", "t"), RefusalCode.EMPTY),
        (Declare(("bag", "twin"), "x" * 100_000, "t"), RefusalCode.TOO_LONG),
    ],
)
def test_what_cannot_be_done_is_refused_and_changes_nothing(command: Claim | Snooze | Merge | Declare, code: RefusalCode) -> None:
    played = game().look("05:00")
    before = played.state
    answer = played.do(command)
    assert isinstance(answer, Refusal)
    assert (answer.code, played.state) == (code, before)


def test_a_drill_has_no_inbox() -> None:
    answer = Game().start().do(Claim("bag"))
    assert isinstance(answer, Refusal)
    assert "shift" in answer.message


@pytest.mark.parametrize(("into", "ending", "finding"), [("twin", "merged", "merged"), ("praise", "", "wrongly_merged")])
def test_a_repeat_is_merged_and_a_wrong_merge_only_hides(into: str, ending: str, finding: str) -> None:
    played = game().look("05:00")
    played.do(Merge("twin-again", into))
    assert played.state.closed.get("twin-again", "") == ending
    assert "twin-again" not in waiting_threads(played.world, played.state)
    assert (finding, "twin-again") in codes(played)


def test_a_statement_answers_every_thread_of_the_incident() -> None:
    played = game().look("05:00")
    played.do(Declare(("bag", "twin"), STATEMENT, "once"))
    ours = [post.thread for post in played.state.posts if post.by == "us"]
    assert ours == ["bag", "twin"]
    assert {"bag", "twin"} & set(waiting_threads(played.world, played.state)) == set()
    assert played.do(Declare(("bag", "twin"), STATEMENT, "once")) == []
    assert played.do(Declare(("bag", "twin"), STATEMENT, "another")) != []
    played.do(Merge("twin-again", "incident"))
    assert played.state.covers("twin-again")
    found = report(played)
    assert found.incident == "declared"
    assert {row.thread: row.how for row in found.rows if row.thread in LOST.threads} == dict.fromkeys(LOST.threads, "statement")


def test_a_statement_moves_trust_once_and_everybody_who_wrote() -> None:
    played = game().look("05:00")
    played.do(Declare(("bag", "twin"), STATEMENT, "once"))
    moves = [body for body in played.bodies(MoodMoved) if isinstance(body, MoodMoved) and body.why == "statement"]
    trusts = {body.trust for body in moves}
    assert {body.persona for body in moves} == {"maya", "bo"}
    assert len(trusts) == 1


def test_a_reaction_can_wait_for_the_statement() -> None:
    relieved = Reaction(Condition(incident="declared"), "maya", 60, "thank you for saying", ends="solved")
    cross = Reaction(Condition(), "maya", 60, "and me?")
    played = game(threads=(replace(THREADS[0], reactions=(relieved, cross)), *THREADS[1:])).look("05:00")
    played.do(Declare(("bag", "twin"), STATEMENT, "once"))
    assert played.look("08:00").said("maya")[-1] == "thank you for saying"
    assert played.state.closed["bag"] == "solved"


def test_declaring_what_is_no_incident_costs_trust_and_says_nothing() -> None:
    played = game(incident=None).look("05:00")
    trust = played.state.trust
    played.do(Declare(("praise", "spam"), STATEMENT, "once"))
    assert played.state.trust == trust - 3
    assert [post for post in played.state.posts if post.by == "us"] == []
    assert ("false_alarm", "") in codes(played)
    assert [body.threads for body in played.bodies(IncidentDeclared) if isinstance(body, IncidentDeclared)] == [()]


@pytest.mark.parametrize(("when", "incident"), [("05:00", "declared"), ("30:00", "late"), ("", "missed")])
def test_the_incident_wants_to_be_declared_in_time(when: str, incident: str) -> None:
    played = game().look(when or "30:00")
    if when:
        played.do(Declare(("bag", "twin"), STATEMENT, "once"))
    assert report(played).incident == incident


def test_the_dangerous_one_first_earns_and_letting_it_wait_costs() -> None:
    first, later = game().look("07:00"), game().look("07:00")
    for played, order in ((first, ("fire", "praise")), (later, ("praise", "fire"))):
        for name in order:
            played.send(WARM if name == "fire" else PRAISE, thread=name)
            played.now_ms += 5_000
    assert ("danger_first", "fire") in codes(first)
    assert ("waited_behind", "fire") in codes(later)
    # In both the heated one still waits behind the praise.
    assert (report(later).parts["order"] or 0) < 40 < (report(first).parts["order"] or 0)


def test_what_was_not_there_yet_did_not_wait() -> None:
    played = game().look("05:00")
    played.send(PRAISE, thread="praise")
    played.look("07:00").send(WARM, thread="fire")
    assert ("waited_behind", "fire") not in codes(played)


@pytest.mark.parametrize(
    ("name", "done", "how", "covered"),
    [
        ("praise", lambda played: played.send(PRAISE, thread="praise"), "replied", 1),
        ("bag", lambda played: played.send(COLD, thread="bag"), "replied", 0.5),
        ("spam", lambda played: played.send("", Action.IGNORE, thread="spam"), "left_alone", 1),
        ("bag", lambda played: played.send("", Action.IGNORE, thread="bag"), "misread", 0),
        ("bag", lambda played: played.ask(make_handover(), thread="bag"), "handed_over", 1),
        ("bag", lambda _played: None, "missed", 0),
        ("spam", lambda _played: None, "left_alone", 1),
    ],
)
def test_each_thread_is_told_by_how_it_was_dealt_with(name: str, done: Callable[[Game], object], how: str, covered: float) -> None:
    played = game(incident=None).look("05:00")
    done(played)
    row = next(row for row in report(played).rows if row.thread == name)
    assert (row.how, row.covered) == (how, covered)


def test_without_a_clock_targets_do_not_count() -> None:
    played = Game(make_shift()).start(untimed=True)
    assert len(waiting_threads(played.world, played.state)) == 4
    played.send(WARM, thread="bag")
    assert len(waiting_threads(played.world, played.state)) == 4
    assert report(played).parts["targets"] is None


MESSAGE = Message("late", "Late bag", "Sorry about your bag, [name]. It is on the [flight], and we write here again at [time].")


@pytest.mark.parametrize(
    ("text", "pasted"),
    [
        ("Sorry about your bag, [name]. It is on the [flight], and we write here again at [time].", True),
        ("Sorry about your bag, Maya. It is on the 17:40, and we write here again at 16:00.", True),
        (
            "Sorry about your bag, Maya, in the week of your wedding of all. It is on the 17:40, and we write here again at 16:00.",
            False,
        ),
        ("Maya, no bag and a wedding on Thursday: I'm asking Lisbon now.", False),
        ("", False),
    ],
    ids=["as it stands", "blanks filled", "made one's own", "other words", "none"],
)
def test_a_message_must_be_made_ones_own(text: str, pasted: bool) -> None:
    assert is_message(text, [MESSAGE]) is pasted


def test_pasted_words_earn_little_and_people_notice() -> None:
    noticed = Reaction(Condition(pasted=True), "bo", 60, "you wrote the same to Maya")
    played = game(incident=None, threads=(THREADS[0], replace(THREADS[1], reactions=(noticed,)), *THREADS[3:])).look("05:00")
    played.send(WARM, thread="bag")
    played.send(WARM, thread="twin")
    assert {code for code in codes(played) if code[0] == "pasted"} >= {("pasted", "twin")}
    assert played.look("07:00").said("bo")[-1] != "cheap"
    assert "you wrote the same to Maya" in played.said("bo")


def test_every_finding_is_in_words_and_parts_make_the_total() -> None:
    played = game().look("40:00")
    played.send(COLD, thread="bag")
    found = report(played.look("1:20:00"))
    assert {finding.code for finding in found.findings} <= set(FINDINGS)
    shares = {"coverage": 0.3, "order": 0.15, "targets": 0.15, "quality": 0.4}
    spare = sum(share for name, share in shares.items() if found.parts[name] is None)
    expected = sum(share * (found.parts[name] or 0) for name, share in shares.items()) + spare * (found.parts["coverage"] or 0)
    assert found.total == pytest.approx(expected, abs=0.11)
