"""A plan is played at its own times, and says in a sentence what did not come true."""

from simulator.content import Plan, parse_plan
from simulator.drills.play import play_plan
from simulator.drills.world import World
from tests.unit.drills.stage import at, make_world

PLAN = """plan: good
seed: a
at 01:00 ask operations
    what_happened: Maya's suitcase missed her flight to Palma on Sunday. Her wedding shoes are in it.
    who_where: @mayarr on the page, 1,840 followers, the top post
    known_unknown: Known: bag SK4471, in Lisbon at 06:10. Not known: which flight it is on.
    asked: Please say which flight the bag is on
    by_when: by 15:30
    said_so_far: nothing in public so far
at 08:00 reply bag acknowledge_then_private
    A wedding without your suitcase is awful, Maya.
    It is on the 17:40.
at 09:00 pause
at 09:00 resume
at 12:00 reply bag reply_public
    It landed. I write when it is at your door.
expect ending solved
expect ending bag solved
expect run finished
expect total >= 1
expect not total >= 100
expect trust <= 100
expect temperature maya <= 60
expect said maya "THANK YOU for staying"
expect not said maya "so that's a no then?"
"""


def read(text: str) -> Plan:
    """Read a plan that is right."""
    plan = parse_plan(text, "late-bag/good.plan")
    assert isinstance(plan, Plan), plan
    return plan


def play(text: str, world: World | None = None) -> tuple[str, ...]:
    """Play a plan and return what did not come true."""
    return play_plan(world or make_world(), read(text)).failures


def test_a_good_plan_comes_true() -> None:
    result = play_plan(make_world(), read(PLAN))
    assert result.failures == ()
    assert result.passed
    assert result.state.status == "ended"


def test_its_steps_happen_at_their_story_times_at_any_pace() -> None:
    for pace in (20.0, 7.0, 0.3, 61.7):
        state = play_plan(make_world(pace=pace), read(PLAN)).state
        times = [state.handovers[0].story_s, *(decision.story_s for decision in state.decisions)]
        wanted = [at("01:00"), at("08:00"), at("12:00")]
        assert all(0 <= time - want < pace / 500 for time, want in zip(times, wanted, strict=True)), (pace, times)


def test_playing_twice_gives_the_same_run() -> None:
    assert play_plan(make_world(), read(PLAN)).events == play_plan(make_world(), read(PLAN)).events


def test_what_did_not_come_true_names_its_line_and_what_is_the_case() -> None:
    expected = ["ending solved", "run finished", "trust >= 90", 'said maya "thanks"', "temperature maya <= 3"]
    text = "plan: nothing\n" + "".join(f"expect {line}\n" for line in expected)
    failures = play(text)
    assert [failure.split(": ")[0] for failure in failures] == [f"late-bag/good.plan:{line}" for line in (2, 3, 4, 5, 6)]
    assert "'bag' ended 'unanswered'" in failures[0]
    assert "the run ended 'time_up'" in failures[1]
    assert "trust is 52" in failures[2]
    assert "so that's a no then?" in failures[3]


def test_a_step_that_is_refused_fails_with_the_reason_a_player_would_read() -> None:
    text = "plan: late\nat 05:00 end\nat 06:00 silent bag ignore\nexpect run stopped\n"
    assert play(text) == (
        "late-bag/good.plan:3: at 06:00: This drill is over, so nothing was sent. Your reply was kept; the review shows what happened.",
    )


def test_a_plan_that_never_resumes_is_told_so() -> None:
    assert "paused" in play("plan: stuck\nat 05:00 pause\nexpect not run finished\n")[0]
