"""Where a scenario knows who must be told and when, a hand-over is judged for that too."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.scoring import Context, Expected, ExpectedEscalation, load_ruleset, score_handover
from simulator.scoring.vocabulary import Action, Contact
from tests.factories import make_handover, make_post

RULESET = load_ruleset()
DANGER = Expected(best=(Action.ESCALATE_FIRST,), escalation=ExpectedEscalation(Contact.OPERATIONS, within_minutes=20.0))
DELAY = Expected(best=(Action.REPLY_PUBLIC,), escalation=ExpectedEscalation(Contact.OPERATIONS, within_minutes=20.0))
QUESTION = Expected(best=(Action.REPLY_PUBLIC,))


@pytest.mark.parametrize(
    ("case", "expected", "to", "minutes", "answered", "points"),
    [
        ("right contact at once", DANGER, Contact.OPERATIONS, 3, False, {"contact": 100, "order": 100}),
        ("right contact after the time", DANGER, Contact.OPERATIONS, 21, False, {"contact": 100, "order": 50}),
        ("right contact after our words, where danger goes first", DANGER, Contact.OPERATIONS, 3, True, {"contact": 100, "order": 50}),
        ("right contact after our words, where that is fine", DELAY, Contact.OPERATIONS, 3, True, {"contact": 100, "order": 100}),
        ("wrong contact", DANGER, Contact.PRODUCT, 3, False, {"contact": 0}),
        ("nobody had to be told", QUESTION, Contact.PRODUCT, 3, False, {}),
    ],
)
def test_contact_and_order(case: str, expected: Expected, to: Contact, minutes: float, answered: bool, points: dict[str, float]) -> None:
    context = Context(expected=expected, elapsed_minutes=minutes, answered=answered)
    report = score_handover(make_handover(to=to), make_post(), context, RULESET)
    assert {point.field: point.score for point in report.points if point.field in ("contact", "order")} == points, case
    assert report.completeness == 100


def test_a_wrong_contact_is_named_with_the_right_one() -> None:
    report = score_handover(make_handover(to=Contact.PRODUCT), make_post(), Context(expected=DANGER), RULESET)
    assert next(point.fix for point in report.points if point.field == "contact") == "hand this over to operations"
    assert report.total < 90


def test_an_untimed_hand_over_is_never_late() -> None:
    context = replace(Context(expected=DANGER, elapsed_minutes=400.0), untimed=True)
    report = score_handover(make_handover(), make_post(), context, RULESET)
    assert next(point.score for point in report.points if point.field == "order") == 100
