"""The decision: Speed falls with the log of the overrun, Judgement follows the rubric's table or the scenario."""

from __future__ import annotations

import pytest

from simulator.scoring import Context, Draft, Expected, ExpectedEscalation, House, Post, Triage, load_ruleset, score
from simulator.scoring.decision import judge_decision, speed_score, target_minutes
from simulator.scoring.findings import RawFinding
from simulator.scoring.vocabulary import Action, Contact, Dimension, Kind, Urgency

RULESET = load_ruleset()
RULES = RULESET.decision
POST = Post("x")


def sorted_as(kind: Kind, urgency: Urgency = Urgency.NORMAL) -> Triage:
    """Make the sorting of a post of this kind."""
    return Triage(kind, urgency, Action.REPLY_PUBLIC, Contact.NONE, 1.0)


def judge(kind: Kind, *, draft: str | None = "Hello", urgency: Urgency = Urgency.NORMAL, **context: object) -> list[RawFinding]:
    """Judge one decision about a post of `kind`."""
    words = None if draft is None else Draft(draft)
    return judge_decision(POST, words, Context(**context), sorted_as(kind, urgency), RULES)  # type: ignore[arg-type]


def points(findings: list[RawFinding], dimension: Dimension) -> float | None:
    """Add up a dimension as the engine will; None where it does not apply."""
    own = [finding.points for finding in findings if finding.dimension is dimension]
    return max(0.0, min(100.0, sum(own))) if own else None


def codes(findings: list[RawFinding]) -> set[str]:
    """Name the codes found."""
    return {finding.code for finding in findings}


@pytest.mark.parametrize(
    ("waited", "target", "expected"), [(0, 30, 100), (30, 30, 100), (60, 30, 66.7), (120, 30, 33.3), (240, 30, 0), (5000, 30, 0), (1, 0, 0)]
)
def test_speed_falls_with_the_log_of_the_overrun(waited: float, target: float, expected: float) -> None:
    assert speed_score(waited, target, RULES.zero_at) == pytest.approx(expected, abs=0.1)


def test_the_nearest_target_counts() -> None:
    triage = sorted_as(Kind.COMPLAINT, Urgency.HIGH)
    house = House(targets={Urgency.HIGH: 10})
    assert target_minutes(Context(), triage, RULES) == RULES.targets[Urgency.HIGH]
    assert target_minutes(Context(house=house), triage, RULES) == 10
    assert target_minutes(Context(house=house, target_minutes=4), triage, RULES) == 4


def test_silence_on_a_complaint_is_the_worst_speed_and_on_a_troll_none() -> None:
    assert codes(judge(Kind.COMPLAINT, draft=None, action=Action.MONITOR, elapsed_minutes=5)) >= {"no_reply"}
    assert points(judge(Kind.COMPLAINT, draft=None, action=Action.MONITOR, elapsed_minutes=5), Dimension.SPEED) == 0
    assert points(judge(Kind.TROLL, draft=None, action=Action.MONITOR, elapsed_minutes=5), Dimension.SPEED) is None


def test_an_untimed_run_leaves_speed_out() -> None:
    assert points(judge(Kind.COMPLAINT, elapsed_minutes=900, untimed=True, action=Action.REPLY_PUBLIC), Dimension.SPEED) is None


@pytest.mark.parametrize(
    ("kind", "action", "expected"),
    [
        (Kind.QUESTION, Action.REPLY_PUBLIC, 100),
        (Kind.QUESTION, Action.ACKNOWLEDGE_THEN_PRIVATE, 75),
        (Kind.QUESTION, Action.MONITOR, 40),
        (Kind.QUESTION, Action.IGNORE, 0),
        (Kind.TROLL, Action.MONITOR, 100),
        (Kind.SPAM, Action.HIDE_REPORT, 100),
        (Kind.COMPLAINT, Action.HIDE_REPORT, 0),
    ],
)
def test_the_action_is_worth_what_the_rubric_says(kind: Kind, action: Action, expected: float) -> None:
    assert points(judge(kind, action=action), Dimension.JUDGEMENT) == expected


@pytest.mark.parametrize(
    ("what", "action", "told", "code", "expected"),
    [
        ("the right one knows, holding line", Action.ESCALATE_FIRST, (Contact.OPERATIONS,), "right_contact", 100),
        ("told, then the public word", Action.REPLY_PUBLIC, (Contact.OPERATIONS,), "right_contact", 100),
        ("answered on substance, nobody told", Action.REPLY_PUBLIC, (), "no_escalation", 0),
        ("the wrong one knows", Action.ESCALATE_FIRST, (Contact.BILLING,), "wrong_contact", 70),
        ("is about to escalate", Action.ESCALATE_FIRST, (), "right_action", 100),
    ],
)
def test_a_safety_post_goes_to_who_can_decide_before_words(
    what: str, action: Action, told: tuple[Contact, ...], code: str, expected: float
) -> None:
    findings = judge(Kind.SAFETY, urgency=Urgency.CRITICAL, action=action, told=told)
    assert code in codes(findings), what
    assert points(findings, Dimension.JUDGEMENT) == expected


def test_a_scenarios_own_expectation_goes_before_the_table() -> None:
    expected = Expected(kind=Kind.COMPLAINT, best=(Action.REPLY_PRIVATE,), poor=(Action.REPLY_PUBLIC,))
    assert points(judge(Kind.COMPLAINT, action=Action.REPLY_PRIVATE, expected=expected), Dimension.JUDGEMENT) == 100
    assert points(judge(Kind.COMPLAINT, action=Action.REPLY_PUBLIC, expected=expected), Dimension.JUDGEMENT) == 0


def test_an_escalation_after_its_time_costs() -> None:
    expected = Expected(
        kind=Kind.LEGAL_THREAT, best=(Action.ESCALATE_FIRST,), escalation=ExpectedEscalation(Contact.LEGAL, within_minutes=15)
    )
    late = judge(Kind.LEGAL_THREAT, action=Action.ESCALATE_FIRST, expected=expected, elapsed_minutes=40)
    assert "escalated_late" in codes(late)
    assert "escalated_late" not in codes(judge(Kind.LEGAL_THREAT, action=Action.ESCALATE_FIRST, expected=expected, elapsed_minutes=10))


def test_hiding_fair_criticism_is_a_blocker_and_hiding_spam_is_not() -> None:
    assert [one.code for one in judge(Kind.CRITICISM, draft=None, action=Action.HIDE_REPORT) if one.blocker] == ["hid_criticism"]
    assert not any(one.blocker for one in judge(Kind.SPAM, draft=None, action=Action.HIDE_REPORT))


@pytest.mark.parametrize("kind", [Kind.SAFETY, Kind.SELF_HARM, Kind.VIOLENCE_THREAT])
def test_looking_away_from_danger_is_a_blocker_unless_a_person_was_told(kind: Kind) -> None:
    assert "unsafe_advice" in {one.code for one in judge(kind, draft=None, action=Action.MONITOR) if one.blocker}
    told = judge(kind, draft=None, action=Action.MONITOR, told=(Contact.CRISIS, Contact.OPERATIONS, Contact.SECURITY))
    assert "unsafe_advice" not in {one.code for one in told}


def test_a_blocker_caps_the_whole_report() -> None:
    context = Context(action=Action.HIDE_REPORT, elapsed_minutes=1, expected=Expected(kind=Kind.COMPLAINT))
    report = score(Post("My parcel is still missing"), None, context, RULESET)
    assert "hid_criticism" in report.blockers
    assert report.total <= 20


def test_every_finding_gives_a_reason_and_a_loss_gives_a_fix() -> None:
    for kind in Kind:
        for action in Action:
            for finding in judge(kind, action=action, elapsed_minutes=500):
                assert finding.why
                assert finding.fix or finding.code in {"right_action", "right_contact", "in_time"}, finding
