"""The review tells what happened when, what each decision earned and moved, and what the best line was."""

from dataclasses import replace

import pytest

from simulator.content.model import Beat, Condition, Exemplar, Reaction
from simulator.drills.commands import AnswerAsColleague, End, Pause, Resume, Send
from simulator.drills.confidence import Confidence, Hits
from simulator.drills.events import ReplySent
from simulator.drills.public import reach_of
from simulator.drills.review import calibration_of, review_run, run_total
from simulator.scoring.vocabulary import Action
from tests.factories import make_answer, make_handover
from tests.unit.drills.stage import COLD, WARM, Game, at, make_thread, make_world

PLAYED = [
    ("started", "us", 0),
    ("post", "maya", 0),
    ("handover", "operations", at("01:00")),
    ("paused", "us", at("02:00")),
    ("resumed", "us", at("02:00")),
    ("reply", "us", at("05:00")),
    ("answer", "Omar", at("07:00")),
    ("post", "maya", at("07:00")),
    ("post", "bo", at("10:00")),
    ("silence", "us", at("11:00")),
    ("post", "maya", at("14:00")),
    ("closed", "", at("14:00")),
    ("ended", "", at("14:00")),
]


def played() -> Game:
    """Play a whole run: ask, pause, answer coldly, then go silent; Maya forgives on the second turn."""
    game = Game().start().until("01:00")
    game.ask(make_handover())
    game.until("02:00").do(Pause())
    game.now_ms += 60_000
    game.do(Resume())
    game.until("05:00").send(COLD)
    game.until("11:00").send("", Action.MONITOR)
    return game.look("20:00")


def test_everything_that_happened_is_there_in_order() -> None:
    game = played()
    timeline = review_run(game.world, game.events).timeline
    assert [(entry.kind, entry.who, entry.story_s) for entry in timeline] == PLAYED
    assert timeline[-1].trust == game.state.trust


def test_each_decision_carries_its_report_its_moment_and_what_it_moved() -> None:
    game = played()
    review = review_run(game.world, game.events)
    reply, silence = review.decisions
    assert (reply.text, reply.action, reply.story_s) == (COLD, Action.REPLY_PUBLIC, at("05:00"))
    assert reply.post.text.startswith("Suitcase")
    assert silence.post.text == "and now?"
    # The cold reply's own move and both reactions it set off (Bo's brings 2 trust, Maya's heats her by 5).
    lost = (reply.report.total - 60) * 0.25 * reach_of(3120)
    assert reply.trust_moved == pytest.approx(lost + 2, abs=0.11)
    assert reply.temperature_moved == pytest.approx(min(20, (60 - reply.report.total) * 0.4 + 5), abs=0.11)
    # Ten of the reaction, and four for a close that everybody could read.
    assert silence.trust_moved == pytest.approx(10 + 4 * reach_of(3120), abs=0.11)


def test_the_curve_begins_at_the_start_and_ends_at_the_end() -> None:
    game = played()
    review = review_run(game.world, game.events)
    assert (review.curve[0].story_s, review.curve[0].trust) == (0, 60)
    assert (review.curve[-1].story_s, review.curve[-1].trust) == (review.story_s, review.trust_end)
    assert (review.ending, dict(review.endings)) == ("finished", {"bag": "solved"})


def test_the_best_line_is_judged_at_the_same_moment() -> None:
    game = Game().start().until("05:00")
    game.send(WARM)
    game.do(End())
    decision = review_run(game.world, game.events).decisions[0]
    assert decision.best_lines[0].total == decision.report.total, "the exemplar's own words earn what the exemplar earns"


def test_the_total_weighs_every_decision_alike() -> None:
    game = played()
    review = review_run(game.world, game.events)
    totals = [decision.report.total for decision in review.decisions]
    assert review.total == pytest.approx(sum(totals) / 2, abs=0.051)
    assert run_total(game.world, game.state) == review.total


def test_a_thread_that_nobody_answered_counts_as_no_reply() -> None:
    solved = Reaction(Condition(), "maya", at("01:00"), "thanks", ends="solved")
    other = make_thread(name="other", beats=[Beat(at("02:00"), "bo", "my bag too, where is it?")], reactions=())
    game = Game(make_world(threads=[make_thread(reactions=[solved]), other])).start().until("01:00")
    game.send()
    assert len(review_run(game.world, game.events).decisions) == 1, "as long as it goes on there is still time"
    game.look("1:20:00")
    left = review_run(game.world, game.events).decisions[1]
    assert (left.thread, left.decision_id, left.action, left.report.total, left.mark) == ("other", "", None, 0, "??")


def test_a_troll_that_nobody_fed_costs_nothing() -> None:
    troll = make_thread(best=[Action.IGNORE], poor=[Action.REPLY_PUBLIC], reactions=(), beats=[Beat(0, "maya", "lol planes")])
    game = Game(make_world(threads=[troll])).start().look("1:20:00")
    left = review_run(game.world, game.events).decisions[0]
    assert (left.report.total, left.mark) == (100, "✓")


def test_a_thread_that_never_began_is_not_held_against_anybody() -> None:
    later = make_thread(name="later", beats=[Beat(at("30:00"), "bo", "hello?")])
    game = Game(make_world(threads=[make_thread(), later])).start().until("05:00")
    game.send()
    game.do(End())
    assert [decision.thread for decision in review_run(game.world, game.events).decisions] == ["bag"]


def test_an_answer_that_comes_after_the_end_is_in_the_review() -> None:
    game = Game().start().until("02:00")
    game.ask(make_handover(), colleague=True)
    game.do(End())
    game.now_ms += 300_000
    game.do(AnswerAsColleague(game.state.handovers[0].handover_id, make_answer(), "Omar Vance"))
    review = review_run(game.world, game.events)
    assert review.handovers[0].answer is not None
    assert review.timeline[-1].kind == "answer"
    assert review.ending == "stopped"


def test_a_decision_is_marked_by_what_it_cost_against_the_best_line() -> None:
    game = Game().start().until("05:00")
    game.send(WARM)
    game.do(End())
    best = review_run(game.world, game.events).decisions[0]
    assert (best.cost, best.mark, best.right) == (0, "!!", True)
    cold = review_run(game.world, played().events).decisions[0]
    assert cold.cost == round(cold.best_lines[0].total - cold.report.total, 1)
    assert cold.mark in ("?", "??")
    assert not cold.right


def test_silence_is_an_option_where_it_is_best() -> None:
    troll = make_thread(best=[Action.IGNORE], poor=[Action.REPLY_PUBLIC], reactions=(), beats=[Beat(0, "maya", "lol planes")])
    game = Game(make_world(threads=[troll])).start().until("05:00")
    game.send(WARM)
    game.do(End())
    fed = review_run(game.world, game.events).decisions[0]
    assert (fed.best_lines[0].say, fed.best_lines[0].action, fed.best_lines[0].total) == ("", Action.IGNORE, 100)
    assert fed.mark in ("?", "??")


def test_what_was_judged_by_other_rules_is_compared_by_todays() -> None:
    game = Game().start().until("05:00")
    game.send(WARM)
    game.do(End())
    old = [
        replace(event, body=replace(event.body, report=replace(event.body.report, total=31.0, fingerprint="older")))
        if isinstance(event.body, ReplySent)
        else event
        for event in game.events
    ]
    decision = review_run(game.world, old).decisions[0]
    assert decision.report.total == 31, "what it earned then stays what it earned"
    assert (decision.cost, decision.mark) == (0, "!!")


def test_a_decision_tells_its_turn_its_timing_and_what_the_public_felt() -> None:
    game = played()
    reply, silence = review_run(game.world, game.events).decisions
    assert (reply.number, reply.waited_s, reply.target_s) == (1, at("05:00"), at("15:00"))
    assert (silence.number, silence.waited_s, silence.target_s) == (2, at("01:00"), None)
    assert [(line.by, line.say, line.story_s) for line in reply.lines] == [
        ("maya", "and now?", at("07:00")),
        ("bo", "let's see", at("10:00")),
    ]
    assert [line.say for line in silence.lines] == ["ok. thank you for staying on it"]
    assert reply.degrees["maya"] == reply.temperature_moved
    assert silence.degrees["maya"] == -40
    assert (len(reply.handovers), silence.handovers) == (1, ())


def test_sure_and_wrong_is_told_apart_and_counted() -> None:
    game = Game().start().until("05:00")
    game.do(Send("bag", COLD, Action.REPLY_PUBLIC, "t1", Confidence.SURE))
    game.until("11:00").do(Send("bag", WARM, Action.REPLY_PUBLIC, "t2", Confidence.GUESSING))
    review = review_run(game.world, game.events)
    assert [item.sure_and_wrong for item in review.decisions] == [True, False]
    assert calibration_of(review) == {Confidence.SURE: Hits(0, 1), Confidence.GUESSING: Hits(1, 1)}
    assert calibration_of(review, after_seq=review.decisions[0].seq) == {Confidence.GUESSING: Hits(1, 1)}


def test_a_run_that_has_just_begun_has_nothing_to_judge_yet() -> None:
    game = Game().start()
    review = review_run(game.world, game.events)
    assert (review.total, review.decisions, review.ending) == (None, (), "")


def test_a_run_that_was_stopped_leaves_open_what_was_answered_and_not_yet_cool() -> None:
    game = Game().start().until("05:00")
    game.send(COLD)
    game.do(End())
    assert dict(game.state.closed) == {"bag": "left_open"}


def test_each_turn_is_shown_the_best_line_for_that_turn() -> None:
    lines = tuple(Exemplar(f"line for turn {turn}", "why", Action.REPLY_PUBLIC, turn) for turn in (1, 2))
    game = Game(make_world(threads=[make_thread(exemplars=lines, reactions=())])).start()
    for time in ("05:00", "09:00", "12:00"):
        game.until(time).send(COLD)
    shown = [[line.say for line in decision.best_lines] for decision in review_run(game.world, game.events).decisions]
    assert shown == [["line for turn 1"], ["line for turn 2"], ["line for turn 2"]]
