"""Show one decision, looked back at: what it cost, when it came, what the public felt, the best line, earlier attempts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from simulator.content.model import Playbook, Scenario
from simulator.core.clock import format_story_time
from simulator.drills.confidence import Confidence
from simulator.drills.marks import AS_GOOD, RIGHT
from simulator.drills.review import Review, ReviewedDecision
from simulator.drills.review_best import BestLine
from simulator.drills.state import HandOverState
from simulator.services.reviews import Attempt
from simulator.web.presenters_confidence import CONFIDENCE
from simulator.web.presenters_edits import AttemptView, present_attempt
from simulator.web.presenters_happenings import name_of, opener
from simulator.web.presenters_inbox import FieldView, HandOverView, handover_fields, present_handover
from simulator.web.presenters_report import ReportView, present_report
from simulator.web.presenters_time import story_label
from simulator.web.presenters_words import ACTION, MARK, number, signed

TONE = {"!!": "gain", "!": "gain", "✓": "soft", "?!": "cost", "?": "cost", "??": "cost"}


@dataclass(frozen=True, slots=True)
class BestView:
    """The best line at a decision. `silent` means that saying nothing was best; `more` is what it would have earned on top."""

    say: str
    why: str
    action: str
    total: str
    more: str
    silent: bool


@dataclass(frozen=True, slots=True)
class FeltView:
    """One line that the decision set off."""

    at: str
    name: str
    say: str


@dataclass(frozen=True, slots=True)
class HandOverReview:
    """One hand-over with both its sides and all that was written; `answer_hidden` where a colleague's words stay private."""

    view: HandOverView
    fields: tuple[FieldView, ...]
    answer_hidden: bool


@dataclass(frozen=True, slots=True)
class DecisionReview:
    """One decision, looked back at. `fork` is the event to play on from, 0 where that can't be done."""

    number: int
    anchor: str
    at: str
    name: str
    mark: str
    mark_word: str
    tone: str
    action: str
    post: str
    text: str
    cost: str
    sure: str
    sure_and_wrong: bool
    timing: str
    moved: tuple[str, ...]
    lines: tuple[FeltView, ...]
    trust_after: str
    report: ReportView
    best: BestView | None
    handovers: tuple[HandOverReview, ...]
    attempts: tuple[AttemptView, ...]
    fork: int


def present_decision_review(
    scenario: Scenario,
    playbook: Playbook,
    review: Review,
    item: ReviewedDecision,
    index: int,
    attempts: Sequence[Attempt],
    *,
    private: bool,
) -> DecisionReview:
    """Return decision number `index` of the review. What is `private` to its player is left out for anybody else."""
    action = str(ACTION[item.action]) if item.action is not None else _("No answer")
    trust = next((entry.trust for entry in review.timeline if item.decision_id and entry.ref == item.decision_id), review.trust_end)
    fork = item.seq if item.seq in review.places else (0 if item.decision_id else review.turning_point(item.thread) or 0)
    return DecisionReview(
        number=index,
        anchor=f"decision-{index}",
        at=story_label(scenario, item.story_s),
        name=opener(scenario, item.thread),
        mark=item.mark,
        mark_word=str(MARK.get(item.mark, "")),
        tone=TONE.get(item.mark, "soft"),
        action=action,
        post=item.post.text,
        text=item.text,
        cost=_cost(item),
        sure=_sure(item) if private else "",
        sure_and_wrong=private and item.sure_and_wrong,
        timing=_timing(item, untimed=review.untimed),
        moved=_moved(scenario, item),
        lines=tuple(FeltView(story_label(scenario, line.story_s), name_of(scenario, line.by), line.say) for line in item.lines),
        trust_after=str(round(trust)),
        report=present_report(item.report, item.text),
        best=_best(item.best_lines[0], item) if item.best_lines else None,
        handovers=tuple(
            present_handover_review(each, scenario, playbook, private=private)
            for each in review.handovers
            if each.handover_id in item.handovers
        ),
        attempts=tuple(present_attempt(each, item.text, action, item.report.total) for each in attempts),
        fork=fork if private else 0,
    )


def present_handover_review(item: HandOverState, scenario: Scenario, playbook: Playbook, *, private: bool) -> HandOverReview:
    """Return one hand-over; what a colleague answered from their inbox is not for strangers."""
    return HandOverReview(present_handover(item, scenario, playbook), handover_fields(item.handover), item.colleague and not private)


def _cost(item: ReviewedDecision) -> str:
    if not item.best_lines:
        return ""
    if item.cost <= -0.5:
        return _("%(points)s over the best line we know", points=signed(-item.cost, 0))
    if item.cost <= AS_GOOD:
        return _("as good as the best line")
    points = round(item.cost)
    return ngettext("%(num)s point under the best line", "%(num)s points under the best line", points)


def _sure(item: ReviewedDecision) -> str:
    if item.confidence is None:
        return ""
    said = str(CONFIDENCE[item.confidence]).lower()
    if item.confidence is Confidence.SURE and item.mark not in RIGHT:
        return _("You were sure, and it did not hold")
    if item.confidence is Confidence.GUESSING and item.mark in RIGHT:
        return _("You were guessing, and it held")
    return _("You were %(said)s", said=said)


def _timing(item: ReviewedDecision, *, untimed: bool) -> str:
    """Say when the decision came; without a clock the story stood still for it, so nothing had waited."""
    if untimed:
        return "" if item.decision_id else _("The post got no answer.")
    waited = format_story_time(item.waited_s)
    if not item.decision_id:
        return _("The post waited %(time)s and got no answer.", time=waited)
    if item.target_s is None:
        return (
            _("%(time)s after they had last written.", time=waited) if item.number > 1 else _("The post had waited %(time)s.", time=waited)
        )
    target = format_story_time(item.target_s)
    over = item.waited_s - item.target_s
    if over > 0:
        return _(
            "The post had waited %(time)s: %(late)s over its target of %(target)s.",
            time=waited,
            late=format_story_time(over),
            target=target,
        )
    return _("The post had waited %(time)s: in time, the target was %(target)s.", time=waited, target=target)


def _moved(scenario: Scenario, item: ReviewedDecision) -> tuple[str, ...]:
    said = [_("%(points)s trust", points=signed(item.trust_moved, 0))] if round(item.trust_moved) else []
    for persona, degrees in item.degrees.items():
        if round(degrees):
            word = _("%(name)s cooled by %(degrees)s°") if degrees < 0 else _("%(name)s heated by %(degrees)s°")
            said.append(word % {"name": name_of(scenario, persona), "degrees": abs(round(degrees))})
    return tuple(said)


def _best(best: BestLine, item: ReviewedDecision) -> BestView:
    more = signed(item.cost, 0) if round(item.cost) >= 1 else ""
    return BestView(best.say, best.why, str(ACTION[best.action]), number(best.total), more, silent=not best.say)
