"""Turn a review into what its page shows: one sentence, the curve, the decisions with one of them open, what happened when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from simulator.content.model import Scenario
from simulator.drills.review import Review, calibration_of
from simulator.services.reviews import Past
from simulator.services.run_views import ReviewView
from simulator.web.presenters_confidence import CalibrationView, present_calibration
from simulator.web.presenters_curve import CurveView, Marked, draw_curve
from simulator.web.presenters_decision import DecisionReview, HandOverReview, present_decision_review, present_handover_review
from simulator.web.presenters_happenings import HappeningView, ending_of_thread, opener, present_happening, told_of
from simulator.web.presenters_shift import FindingView, ShiftReportView, present_shift_report
from simulator.web.presenters_time import story_label
from simulator.web.presenters_words import number, signed

FELL = 8.0
"""How far trust has to fall below its start before coming back counts as turning it round."""
GOOD_ENDINGS = ("solved", "cooled", "handed_over", "left_alone", "merged")
TRIES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class TryView:
    """One finished run of the same scenario on the strip from first to best."""

    run_id: str
    total: str
    word: str
    here: bool


@dataclass(frozen=True, slots=True)
class OriginView:
    """Where a fork came from; `more` is what it won on the total since."""

    run_id: str
    total: str
    more: str
    at: str


@dataclass(frozen=True, slots=True)
class LeadView:
    """The moment that the run hung on, in a sentence; `fork` is the event to play on from, 0 where that can't be done."""

    sentence: str
    number: int
    anchor: str
    fork: int
    tone: str


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """The whole review page. `shared` is what a stranger sees through a link: nothing to press, nothing private."""

    run_id: str
    slug: str
    variant: int
    title: str
    headline: str
    lead: LeadView | None
    total: str
    before: str
    mine: bool
    shared: bool
    curve: CurveView
    curve_words: str
    decisions: tuple[DecisionReview, ...]
    first: tuple[DecisionReview, ...]
    chosen: int
    handovers: tuple[HandOverReview, ...]
    happenings: tuple[HappeningView, ...]
    endings: tuple[str, ...]
    untimed: bool
    tries: tuple[TryView, ...]
    origin: OriginView | None
    calibration: CalibrationView | None
    shift: ShiftReportView | None


def present_review(seen: ReviewView, past: Past, *, chosen: int = 0, shared: bool = False) -> ReviewPage:
    """Return the review page with decision number `chosen` open (else the one most worth a look)."""
    review, scenario = seen.review, seen.scenario
    private = not shared
    decisions = tuple(
        present_decision_review(
            scenario, seen.playbook, review, item, index, past.attempts.get((item.thread, item.number), ()), private=private and seen.mine
        )
        for index, item in enumerate(review.decisions, start=1)
    )
    unanswered = [item for item in review.decisions if not item.decision_id]  # they stand at the end: several would hide each other
    marked = tuple(
        Marked(view.number, view.anchor, view.mark, view.tone, f"{view.at} {view.mark_word}", item.story_s)
        for view, item in zip(decisions, review.decisions, strict=True)
        if item.decision_id or len(unanswered) == 1
    )
    curve = draw_curve(scenario, review, marked)
    wrong = tuple(item for item in decisions if item.sure_and_wrong)
    placed = {each.view.id for item in decisions for each in item.handovers}
    numbers = {item.decision_id: index for index, item in enumerate(review.decisions, start=1) if item.decision_id}
    shift = present_shift_report(scenario, review.shift) if review.shift is not None else None
    return ReviewPage(
        run_id=seen.run_id,
        slug=scenario.slug,
        variant=scenario.variety.number if scenario.variety else 0,
        title=scenario.title,
        headline=headline(scenario, review),
        lead=_lead(review, decisions, wrong, shift.costs if shift else ()),
        total=number(review.total) if review.total is not None else "–",
        before=_before(seen, past),
        mine=seen.mine,
        shared=shared,
        curve=curve,
        curve_words=_curve_words(curve, decisions),
        decisions=decisions,
        first=wrong,
        chosen=chosen if 0 < chosen <= len(decisions) else _worth_a_look(review, wrong),
        handovers=tuple(
            present_handover_review(item, scenario, seen.playbook, private=private and seen.mine)
            for item in review.handovers
            if item.handover_id not in placed
        ),
        happenings=tuple(present_happening(scenario, entry, numbers) for entry in told_of(review, own=private and seen.mine)),
        endings=tuple(ending_of_thread(scenario, thread, ending) for thread, ending in review.endings.items()),
        untimed=review.untimed,
        tries=_tries(seen, past),
        origin=_origin(seen, past),
        calibration=present_calibration(calibration_of(review)) if private and seen.mine else None,
        shift=shift,
    )


def headline(scenario: Scenario, review: Review) -> str:
    """Say in one sentence how the run went."""
    if not any(decision.decision_id for decision in review.decisions):
        return _("You let it be, and that was right.") if (review.total or 0) >= 60 else _("The street waited, and heard nothing.")
    if review.ending == "stopped":
        return _("You stopped at %(time)s.", time=story_label(scenario, review.story_s))
    turned = _turned_at(review)
    if turned is not None:
        return _("You turned it round at %(time)s.", time=story_label(scenario, turned))
    lost = [thread for thread, ending in review.endings.items() if ending == "lost"]
    if lost:
        return _("%(name)s walked away.", name=opener(scenario, lost[0]))
    endings = set(review.endings.values())
    if endings and endings <= set(GOOD_ENDINGS):
        if "solved" in endings:
            return _("It came to a good end.")
        return _("It is in the right hands.") if "handed_over" in endings else _("It calmed down.")
    if review.trust_end >= review.trust_start:
        return _("You kept the street's trust.")
    return _("Trust slipped from %(start)s to %(end)s.", start=round(review.trust_start), end=round(review.trust_end))


def _turned_at(review: Review) -> float | None:
    if not review.curve or review.trust_end < review.trust_start - 2:
        return None
    lowest = min(review.curve, key=lambda point: point.trust)
    if lowest.trust > review.trust_start - FELL:
        return None
    return next((item.story_s for item in review.decisions if item.story_s >= lowest.story_s and item.trust_moved > 0), None)


def _worth_a_look(review: Review, wrong: Sequence[DecisionReview]) -> int:
    """The number of the decision to open first: sure and wrong, else the one that cost most, else the first."""
    if wrong:
        return wrong[0].number
    costs = [item.cost for item in review.decisions]
    return costs.index(max(costs)) + 1 if costs else 0


def _lead(
    review: Review, decisions: Sequence[DecisionReview], wrong: Sequence[DecisionReview], costs: Sequence[FindingView]
) -> LeadView | None:
    """Say which decision to look at first, and why; where all held, what cost a shift most (`costs`)."""
    at = _worth_a_look(review, wrong)
    if not at:
        return None
    item = decisions[at - 1]
    words = {"time": item.at, "mark": item.mark_word, "cost": item.cost, "name": item.name}
    if item.tone != "cost":
        sentence = _("What cost most: %(words)s", words=costs[0].words) if costs else _("Every decision held.")
    elif item.cost:
        sentence = _("It hung on %(time)s, with %(name)s: %(mark)s, %(cost)s.", **words)
    else:
        sentence = _("It hung on %(time)s, with %(name)s: %(mark)s.", **words)
    return LeadView(sentence, item.number, item.anchor, item.fork, item.tone)


def _before(seen: ReviewView, past: Past) -> str:
    """Compare with the viewer's other finished runs of the same scenario."""
    if not any(row.id != seen.run_id for row in past.runs):
        return ""
    first, best = past.runs[0], max(row.total or 0.0 for row in past.runs)
    if first.id == seen.run_id:
        return _("best so far %(best)s", best=number(best))
    return _("first %(first)s · best %(best)s", first=number(first.total or 0.0), best=number(best))


def _tries(seen: ReviewView, past: Past) -> tuple[TryView, ...]:
    if len(past.runs) < 2:
        return ()
    best = max(past.runs, key=lambda row: (row.total or 0.0, -row.created_ms))
    first, rest = past.runs[0], past.runs[1:]
    shown = (first, *rest[-(TRIES_SHOWN - 1) :])
    if best not in shown:
        shown = (first, best, *rest[-(TRIES_SHOWN - 2) :])
    words = {first.id: _("first"), best.id: _("best") if best is not first else _("first and best")}
    return tuple(TryView(row.id, number(row.total or 0.0), words.get(row.id, ""), row.id == seen.run_id) for row in shown)


def _origin(seen: ReviewView, past: Past) -> OriginView | None:
    if past.parent is None or seen.row.parent_seq is None:
        return None
    more = (seen.review.total or 0.0) - (past.parent.total or 0.0)
    return OriginView(past.parent.id, number(past.parent.total or 0.0), signed(more, 0), story_label(seen.scenario, past.parent_s))


def _curve_words(curve: CurveView, decisions: Sequence[DecisionReview]) -> str:
    marks = "; ".join(_("%(time)s %(mark)s", time=item.at, mark=item.mark_word) for item in decisions)
    words = _("Onlookers' trust from %(start)s at the start to %(end)s at the end.", start=curve.start_trust, end=curve.end_trust)
    return f"{words} {_('Decisions:')} {marks}" if marks else words
