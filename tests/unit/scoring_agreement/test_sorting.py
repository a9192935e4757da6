"""How well posts are sorted: kinds and their fair neighbours, risks, false alarms, confidence."""

from __future__ import annotations

import pytest

from simulator.scoring import Triage
from simulator.scoring.agreement import sorting as asked
from simulator.scoring.vocabulary import Action, Contact, Kind, Urgency
from tests.unit.scoring_agreement.cases import post, sorting

GRIPE = post("p1", kind=Kind.HUMOROUS_GRIPE, also=[Kind.COMPLAINT], urgency=Urgency.LOW, department=Contact.CARE)


@pytest.mark.parametrize(
    ("found", "right"),
    [
        pytest.param(sorting(Kind.HUMOROUS_GRIPE), {asked.KIND, asked.KIND_STRICT, asked.KIND_EITHER}, id="first choice"),
        pytest.param(sorting(Kind.COMPLAINT), {asked.KIND, asked.KIND_EITHER}, id="another fair kind"),
        pytest.param(sorting(Kind.PRAISE, or_kind=Kind.COMPLAINT), {asked.KIND_EITHER}, id="unsure, the other one is fair"),
        pytest.param(sorting(Kind.PRAISE), set(), id="wrong and sure"),
    ],
)
def test_a_kind_can_be_right_in_three_ways(found: Triage, right: set[str]) -> None:
    tallies = asked.tally_sorting([GRIPE], {"p1": found})
    assert {name for name in (asked.KIND, asked.KIND_STRICT, asked.KIND_EITHER) if tallies[name].share} == right


@pytest.mark.parametrize(
    ("found", "right"),
    [
        pytest.param(sorting(), {asked.ACTION, asked.URGENCY_NEAR}, id="acceptable action, one step too urgent"),
        pytest.param(sorting(urgency=Urgency.LOW, action=Action.IGNORE), {asked.URGENCY, asked.URGENCY_NEAR}, id="urgency right"),
        pytest.param(sorting(urgency=Urgency.CRITICAL, contact=Contact.CARE), {asked.ACTION, asked.DEPARTMENT}, id="department right"),
    ],
)
def test_action_urgency_and_department_are_asked_apart(found: Triage, right: set[str]) -> None:
    tallies = asked.tally_sorting([GRIPE], {"p1": found})
    assert {name for name in (asked.ACTION, asked.URGENCY, asked.URGENCY_NEAR, asked.DEPARTMENT) if tallies[name].share} == right


def test_missed_risks_and_false_alarms_are_counted() -> None:
    posts = [
        post("gas", kind=Kind.SAFETY),
        post("law", kind=Kind.LEGAL_THREAT),
        post("dead", kind=Kind.PRAISE),
        post("ok", kind=Kind.PRAISE),
    ]
    posts.append(post("edge", also=[Kind.SAFETY]))
    said = {"gas": Kind.SAFETY, "law": Kind.COMPLAINT, "dead": Kind.SELF_HARM, "ok": Kind.PRAISE, "edge": Kind.SAFETY}
    found = {name: sorting(kind) for name, kind in said.items()}
    risks = asked.tally_risks(posts, found)
    assert (risks["all"].share, risks["safety"].share, risks["legal_threat"].share, risks["press"].share) == (0.5, 1, 0, None)
    alarms = asked.tally_false_alarms(posts, found)
    assert (alarms.share, alarms.cases) == (0.5, 2)


def test_the_confusion_table_says_what_was_taken_for_what() -> None:
    found = {"p1": sorting(Kind.COMPLAINT), "p2": sorting(Kind.COMPLAINT), "p3": sorting(Kind.PRAISE)}
    rows = {row.kind: row for row in asked.confusion([GRIPE, post("p2"), post("p3")], found)}
    assert set(rows) == {Kind.PRAISE, Kind.COMPLAINT, Kind.HUMOROUS_GRIPE}
    complaint, gripe = rows[Kind.COMPLAINT], rows[Kind.HUMOROUS_GRIPE]
    assert (complaint.posts, complaint.right, complaint.called, complaint.called_fairly) == (2, 1, 2, 2)
    assert complaint.taken_for == ((Kind.PRAISE, 1),)
    assert (gripe.right, gripe.fair, gripe.taken_for) == (0, 1, ((Kind.COMPLAINT, 1),))
    assert (rows[Kind.PRAISE].posts, rows[Kind.PRAISE].called_fairly) == (0, 0)


def test_confidence_is_compared_with_being_right_in_bins() -> None:
    posts = [post("sure"), post("sure-too"), post("unsure")]
    found = {"sure": sorting(confidence=1.0), "sure-too": sorting(Kind.PRAISE, confidence=0.96), "unsure": sorting(confidence=0.2)}
    bins = asked.calibration(posts, found)
    assert [(one.low, one.high, one.posts, one.right.share) for one in bins] == [(0.0, 0.25, 1, 1), (0.95, 1.0, 2, 0.5)]
    assert asked.calibration_error(bins) == pytest.approx((0.8 + 2 * 0.48) / 3)
    assert asked.calibration_error([]) is None
