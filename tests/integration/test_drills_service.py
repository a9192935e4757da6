"""Runs are played through the service: kept, private, whole whatever happens, and reviewed. On SQLite and PostgreSQL where it matters."""

from __future__ import annotations

from dataclasses import replace

import pytest
from apiflask import APIFlask

from simulator.core.plain_text import DRAFT_LIMIT
from simulator.core.refusal import Refusal, RefusalCode
from simulator.persistence.runs import RunStore
from simulator.scoring.vocabulary import Action
from simulator.services.coaching import Coached
from simulator.services.viewer import Role, Viewer, guest
from tests.cast import INES, Person
from tests.factories import HandClock, make_handover
from tests.integration.playing import KITE, NELL, REPLY, SAM, begin, process, refused, reviewed, seen, send
from tests.integration.storing import at_once
from tests.unit.content.texts import SCENARIO


def test_a_run_is_played_from_start_to_review(stored_app: APIFlask, clock: HandClock) -> None:
    drills, _ = process(clock)
    with stored_app.app_context():
        run_id = begin(drills)
        clock.forward(seconds=9)
        view = seen(drills.look(NELL, run_id))
        assert (round(view.story_s), view.waiting, [fact.id for fact in view.facts]) == (180, ("kite",), ["crane"])
        after = seen(send(drills, run_id))
        assert (after.state.decisions[0].text, after.waiting) == (REPLY, ())
        assert refused(drills.review(NELL, run_id)) is RefusalCode.STALE
        clock.forward(seconds=600)
        review = reviewed(drills.review(NELL, run_id))
        assert review.review.total == review.row.total == after.state.decisions[0].report.total
        assert (review.row.status, review.mine, review.review.ending) == ("ended", True, "time_up")
        assert [row.id for row in drills.mine(NELL)] == [run_id]


def test_a_killed_server_loses_nothing_and_the_story_time_is_right_afterwards(stored_app: APIFlask, clock: HandClock) -> None:
    with stored_app.app_context():
        run_id = begin(process(clock)[0])
        send(process(clock)[0], run_id)
        clock.forward(seconds=30)
        view = seen(process(clock)[0].look(NELL, run_id))
        assert view.story_s == pytest.approx(600)
        assert [(post.by, post.story_s) for post in view.state.posts] == [("ida", 0), ("us", 0), ("ida", 120)]


def test_a_double_submit_counts_once_even_at_the_same_moment(stored_app: APIFlask, clock: HandClock) -> None:
    with stored_app.app_context():
        run_id = begin(process(clock)[0])
    views = at_once(stored_app, lambda number: send(process(clock)[0], run_id, token="token-double"), times=4)
    assert [len(seen(view).state.decisions) for view in views] == [1, 1, 1, 1]
    with stored_app.app_context():
        stored = RunStore().load(run_id)
        assert stored is not None
        assert [event.kind for event in stored.events].count("reply_sent") == 1


def test_many_looks_at_the_same_moment_play_what_is_due_once(stored_app: APIFlask, clock: HandClock) -> None:
    with stored_app.app_context():
        run_id = begin(process(clock)[0])
    clock.forward(seconds=90)
    views = at_once(stored_app, lambda number: process(clock)[0].look(NELL, run_id), times=4)
    assert {tuple(post.say for post in seen(view).state.posts) for view in views} == {
        ("my red kite is stuck in your crane", "nobody is coming")
    }


def test_two_tabs_see_each_others_work(app: APIFlask, clock: HandClock) -> None:
    first, second = process(clock)[0], process(clock)[0]
    with app.app_context():
        run_id = begin(first)
        seen(second.look(NELL, run_id))
        send(first, run_id)
        assert len(seen(second.look(NELL, run_id)).state.decisions) == 1


@pytest.mark.parametrize(
    "somebody",
    [SAM, Viewer("user-9", "guest-x", Role.TRAINER, "Ruth"), Viewer("user-9", "guest-x", Role.ADMIN, "Ada"), guest("")],
    ids=["another guest", "a trainer", "an admin", "nobody"],
)
def test_practice_is_private(app: APIFlask, clock: HandClock, somebody: Viewer) -> None:
    drills, _ = process(clock)
    with app.app_context():
        run_id = begin(drills)
        answers = [
            drills.look(somebody, run_id),
            drills.review(somebody, run_id),
            drills.pause(somebody, run_id),
            drills.end(somebody, run_id),
            send(drills, run_id, viewer=somebody),
            drills.save_draft(somebody, run_id, thread="kite", text="x"),
            drills.coach(somebody, run_id, thread="kite", text="x", action=Action.REPLY_PUBLIC),
            drills.ask_contact(somebody, run_id, thread="kite", handover=make_handover(), colleague=False, token="token-ask"),
        ]
        assert {refused(answer) for answer in answers} == {RefusalCode.NOT_FOUND}
        assert seen(drills.look(NELL, run_id)).state.status == "running"


def test_what_is_not_there_is_said(app: APIFlask, clock: HandClock) -> None:
    drills, _ = process(clock)
    with app.app_context():
        assert refused(drills.look(NELL, "no-such-run")) is RefusalCode.NOT_FOUND
        assert refused(drills.start(NELL, "no-such-story")) is RefusalCode.NOT_FOUND
        assert refused(drills.scenario("no-such-story")) is RefusalCode.NOT_FOUND
        assert refused(drills.start(NELL, KITE, pace_factor=99)) is RefusalCode.BAD_VALUE
        assert drills.mine(guest("")) == []


class TestDrafts:
    """What is typed is kept until it is sent."""

    def test_a_draft_outlives_a_refusal_and_goes_when_it_is_sent(self, app: APIFlask, clock: HandClock) -> None:
        drills, _ = process(clock)
        with app.app_context():
            run_id = begin(drills)
            drills.save_draft(NELL, run_id, thread="kite", text=REPLY)
            drills.pause(NELL, run_id)
            assert refused(send(drills, run_id)) is RefusalCode.RUN_PAUSED
            assert seen(drills.look(NELL, run_id)).drafts == {"kite": REPLY}
            drills.resume(NELL, run_id)
            assert seen(send(drills, run_id)).drafts == {}

    def test_a_silent_action_keeps_the_words_for_later(self, app: APIFlask, clock: HandClock) -> None:
        drills, _ = process(clock)
        with app.app_context():
            run_id = begin(drills)
            drills.save_draft(NELL, run_id, thread="kite", text="half a thou")
            drills.send(NELL, run_id, thread="kite", text="half a thou", action=Action.MONITOR, token="token-1")
            assert seen(drills.look(NELL, run_id)).drafts == {"kite": "half a thou"}

    def test_what_can_not_be_kept_is_said(self, app: APIFlask, clock: HandClock) -> None:
        drills, _ = process(clock)
        with app.app_context():
            run_id = begin(drills)
            assert refused(drills.save_draft(NELL, run_id, thread="cat", text="x")) is RefusalCode.NOT_FOUND
            assert refused(drills.save_draft(NELL, run_id, thread="kite", text="x" * (DRAFT_LIMIT + 1))) is RefusalCode.TOO_LONG
            assert refused(drills.save_draft(NELL, run_id, thread="kite", text="\x00")) is RefusalCode.BAD_TEXT


class TestCoach:
    """The coach says what a draft would earn, and changes nothing."""

    def test_it_says_what_sending_then_earns(self, app: APIFlask, clock: HandClock) -> None:
        drills, _ = process(clock)
        with app.app_context():
            run_id = begin(drills)
            clock.forward(seconds=75)
            foretold = drills.coach(NELL, run_id, thread="kite", text=REPLY, action=Action.REPLY_PUBLIC)
            assert isinstance(foretold, Coached)
            assert seen(send(drills, run_id)).state.decisions[0].report == foretold.report

    def test_it_tells_of_words_that_were_sent_before(self, app: APIFlask, clock: HandClock) -> None:
        drills, _ = process(clock)
        with app.app_context():
            run_id = begin(drills)
            clock.forward(seconds=75)

            def pasted(action: Action = Action.REPLY_PUBLIC) -> bool:
                coached = drills.coach(NELL, run_id, thread="kite", text=REPLY, action=action)
                assert isinstance(coached, Coached)
                return coached.pasted

            assert not pasted()
            seen(send(drills, run_id))
            assert pasted()
            assert not pasted(Action.IGNORE), "nothing is said then"

    def test_it_stores_nothing_not_even_what_is_due(self, app: APIFlask, clock: HandClock) -> None:
        drills, _ = process(clock)
        with app.app_context():
            run_id = begin(drills)
            before = RunStore().row(run_id)
            clock.forward(seconds=75)
            drills.coach(NELL, run_id, thread="kite", text=REPLY, action=Action.REPLY_PUBLIC)
            assert RunStore().row(run_id) == before

    def test_it_works_while_the_story_is_paused_and_stops_when_it_is_over(self, app: APIFlask, clock: HandClock) -> None:
        drills, _ = process(clock)
        with app.app_context():
            run_id = begin(drills)
            drills.pause(NELL, run_id)
            assert not isinstance(drills.coach(NELL, run_id, thread="kite", text="", action=Action.IGNORE), Refusal)
            drills.end(NELL, run_id)
            assert refused(drills.coach(NELL, run_id, thread="kite", text=REPLY, action=Action.REPLY_PUBLIC)) is RefusalCode.RUN_OVER


def test_the_clock_can_be_slowed_and_switched_off(app: APIFlask, clock: HandClock) -> None:
    drills, _ = process(clock)
    with app.app_context():
        run_id = begin(drills)
        drills.set_pace(NELL, run_id, pace_factor=0.5, untimed=False)
        clock.forward(seconds=10)
        assert seen(drills.look(NELL, run_id)).story_s == pytest.approx(100)
        drills.set_pace(NELL, run_id, pace_factor=1.0, untimed=True)
        clock.forward(seconds=3600)
        view = seen(drills.look(NELL, run_id))
        assert (view.story_s, view.state.untimed) == (pytest.approx(100), True)


def test_a_run_stays_what_it_was_when_the_scenario_is_rewritten(app: APIFlask, clock: HandClock) -> None:
    with app.app_context():
        run_id = begin(process(clock)[0])
        rewritten = process(
            clock, text=SCENARIO.replace("nobody is coming", "still nobody").replace("The kite in the crane", "The kite again")
        )[0]
        clock.forward(seconds=75)
        view = seen(rewritten.look(NELL, run_id))
        assert (view.scenario.title, view.state.posts[-1].say) == ("The kite in the crane", "nobody is coming")
        assert seen(rewritten.look(NELL, begin(rewritten))).scenario.title == "The kite again"


def test_a_snapshot_that_can_not_be_read_any_more_is_said_not_crashed(app: APIFlask, clock: HandClock) -> None:
    with app.app_context():
        drills = process(clock)[0]
        row = RunStore().row(begin(drills))
        assert row is not None
        stored = RunStore().load(row.id)
        assert stored is not None
        RunStore().create(replace(row, id="run-from-long-ago"), {f"scenarios/{KITE}/scenario.yaml": "format: 0\n"}, stored.events)
        assert refused(drills.look(NELL, "run-from-long-ago")) is RefusalCode.STALE


def test_a_token_that_no_page_of_ours_made_is_not_kept(app: APIFlask, clock: HandClock) -> None:
    drills, _ = process(clock)
    with app.app_context():
        run_id = begin(drills)
        assert refused(send(drills, run_id, token="x" * 65)) is RefusalCode.BAD_VALUE
        asked = drills.ask_contact(NELL, run_id, thread="kite", handover=make_handover(), colleague=False, token="x" * 65)
        assert refused(asked) is RefusalCode.BAD_VALUE
        assert not seen(drills.look(NELL, run_id)).state.decisions


def test_many_at_once_on_one_run_are_all_served(stored_app: APIFlask, clock: HandClock) -> None:
    drills, _ = process(clock)
    with stored_app.app_context():
        run_id = begin(drills)

    def work(number: int) -> list[RefusalCode]:
        answers = [send(drills, run_id, token=f"token-{number}-{turn}") for turn in range(12)]
        return [answer.code for answer in answers if isinstance(answer, Refusal)]

    assert at_once(stored_app, work, times=8) == [[]] * 8
    with stored_app.app_context():
        stored = RunStore().load(run_id)
    assert stored is not None
    assert sum(event.kind == "reply_sent" for event in stored.events) == 96
    assert [event.seq for event in stored.events] == list(range(1, stored.row.last_seq + 1))


def test_a_guest_who_signs_up_keeps_the_run(app: APIFlask, clock: HandClock, people: dict[Person, str]) -> None:
    drills, _ = process(clock)
    ines = Viewer(people[INES], "", Role.LEARNER, INES.name)
    with app.app_context():
        run_id = begin(drills)
        seen(drills.look(NELL, run_id))
        RunStore().adopt_guest(NELL.guest_id, people[INES])
        assert seen(drills.look(ines, run_id)).mine
        assert refused(drills.look(NELL, run_id)) is RefusalCode.NOT_FOUND


class TestExample:
    """The landing page shows one finished run that belongs to nobody."""

    def test_it_is_made_once(self, app: APIFlask, clock: HandClock) -> None:
        with app.app_context():
            assert process(clock)[0].example() is None
            assert [process(clock)[0].ensure_example(), process(clock)[0].ensure_example()] == [True, False]

    def test_anybody_may_review_it_and_nobody_may_act_on_it(self, app: APIFlask, clock: HandClock) -> None:
        drills, _ = process(clock)
        with app.app_context():
            drills.ensure_example()
            run_id = drills.example()
            assert run_id is not None
            review = reviewed(drills.review(SAM, run_id))
            assert (review.mine, review.row.status) == (False, "ended")
            assert review.row.ended_ms == clock() - 60_000, "its times lie in the past"
            assert drills.mine(SAM) == []
            assert refused(drills.end(SAM, run_id)) is RefusalCode.NOT_FOUND
            assert refused(send(drills, run_id, viewer=guest(""))) is RefusalCode.NOT_FOUND

    def test_a_new_one_is_made_when_the_story_has_changed(self, app: APIFlask, clock: HandClock) -> None:
        with app.app_context():
            process(clock)[0].ensure_example()
            clock.forward(seconds=60)
            rewritten = process(clock, text=SCENARIO.replace("The kite in the crane", "The kite again"))[0]
            assert rewritten.ensure_example() is True
            run_id = rewritten.example()
            assert run_id is not None
            assert reviewed(rewritten.review(SAM, run_id)).scenario.title == "The kite again"


def test_the_demo_command_makes_the_example_and_says_so(app: APIFlask) -> None:
    said = [app.test_cli_runner().invoke(args=["demo"]) for _ in range(2)]
    assert [result.exit_code for result in said] == [0, 0], said[0].output
    assert "ready" in said[0].output
    assert "already" in said[1].output
