"""Turn a review into what its page shows: one sentence, the curve, each decision with the best line, what happened when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from simulator.content.model import Scenario
from simulator.drills.review import BestLine, Review, ReviewedDecision, TimelineEntry
from simulator.drills.world import US
from simulator.persistence.rows import RunRow
from simulator.scoring.vocabulary import Action, Contact
from simulator.services.run_views import ReviewView
from simulator.web.presenters_curve import CurveView, Marked, draw_curve
from simulator.web.presenters_inbox import FieldView, HandOverView, handover_fields, present_handover
from simulator.web.presenters_report import ReportView, present_report
from simulator.web.presenters_time import story_label
from simulator.web.presenters_words import ACTION, CONTACT, MARK, THREAD_ENDING, number, signed

TONE = {"!!": "gain", "!": "gain", "✓": "soft", "?!": "cost", "?": "cost", "??": "cost"}
FELL = 8.0
"""How far trust has to fall below its start before coming back counts as turning it round."""
GOOD_ENDINGS = ("solved", "cooled", "handed_over", "left_alone")


@dataclass(frozen=True, slots=True)
class BestView:
    """The best line at a decision; `more` is what it would have earned on top, empty where nothing."""

    say: str
    why: str
    action: str
    total: str
    more: str


@dataclass(frozen=True, slots=True)
class DecisionReview:
    """One decision, looked back at."""

    anchor: str
    at: str
    name: str
    mark: str
    mark_word: str
    tone: str
    action: str
    post: str
    text: str
    moved: tuple[str, ...]
    trust_after: str
    report: ReportView
    best: BestView | None


@dataclass(frozen=True, slots=True)
class HappeningView:
    """One line of what happened when."""

    at: str
    what: str
    words: str
    trust: int
    ours: bool
    link: str


@dataclass(frozen=True, slots=True)
class HandOverReview:
    """One hand-over with both its sides and all that was written."""

    view: HandOverView
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """The whole review page."""

    run_id: str
    slug: str
    title: str
    headline: str
    total: str
    before: str
    mine: bool
    curve: CurveView
    curve_words: str
    decisions: tuple[DecisionReview, ...]
    handovers: tuple[HandOverReview, ...]
    happenings: tuple[HappeningView, ...]
    endings: tuple[str, ...]
    untimed: bool


def present_review(seen: ReviewView, earlier: Sequence[RunRow]) -> ReviewPage:
    """Return the review page; `earlier` are the viewer's other runs of any scenario."""
    review, scenario = seen.review, seen.scenario
    decisions = tuple(_decision(scenario, review, item, index) for index, item in enumerate(review.decisions, start=1))
    marked = tuple(
        Marked(view.anchor, view.mark, view.tone, f"{view.at} {view.mark_word}", item.story_s)
        for view, item in zip(decisions, review.decisions, strict=True)
    )
    anchors = {item.decision_id: view.anchor for view, item in zip(decisions, review.decisions, strict=True)}
    curve = draw_curve(scenario, review, marked)
    return ReviewPage(
        run_id=seen.run_id,
        slug=scenario.slug,
        title=scenario.title,
        headline=headline(scenario, review),
        total=number(review.total) if review.total is not None else "–",
        before=_before(seen, earlier),
        mine=seen.mine,
        curve=curve,
        curve_words=_curve_words(curve, decisions),
        decisions=decisions,
        handovers=tuple(
            HandOverReview(present_handover(item, scenario, seen.playbook), handover_fields(item.handover)) for item in review.handovers
        ),
        happenings=tuple(_happening(scenario, entry, anchors) for entry in review.timeline),
        endings=tuple(_ending(scenario, thread, ending) for thread, ending in review.endings.items()),
        untimed=review.untimed,
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
        return _("%(name)s walked away.", name=_opener(scenario, lost[0]))
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


def _decision(scenario: Scenario, review: Review, item: ReviewedDecision, index: int) -> DecisionReview:
    trust = next((entry.trust for entry in review.timeline if item.decision_id and entry.ref == item.decision_id), review.trust_end)
    return DecisionReview(
        anchor=f"decision-{index}",
        at=story_label(scenario, item.story_s),
        name=_opener(scenario, item.thread),
        mark=item.mark,
        mark_word=str(MARK.get(item.mark, "")),
        tone=TONE.get(item.mark, "soft"),
        action=str(ACTION[item.action]) if item.action is not None else _("No answer"),
        post=item.post.text,
        text=item.text,
        moved=_moved(scenario, item),
        trust_after=str(round(trust)),
        report=present_report(item.report, item.text),
        best=_best(item),
    )


def _moved(scenario: Scenario, item: ReviewedDecision) -> tuple[str, ...]:
    said = []
    if round(item.trust_moved):
        said.append(_("%(points)s trust", points=signed(item.trust_moved, 0)))
    if round(item.temperature_moved):
        word = _("%(name)s cooled by %(degrees)s") if item.temperature_moved < 0 else _("%(name)s heated by %(degrees)s")
        said.append(word % {"name": _opener(scenario, item.thread), "degrees": abs(round(item.temperature_moved))})
    return tuple(said)


def _best(item: ReviewedDecision) -> BestView | None:
    best: BestLine | None = max(item.best_lines, key=lambda line: line.total, default=None)
    if best is None:
        return None
    more = best.total - item.report.total
    return BestView(best.say, best.why, str(ACTION[best.action]), number(best.total), signed(more, 0) if more >= 1 else "")


def _before(seen: ReviewView, earlier: Sequence[RunRow]) -> str:
    """Compare with the viewer's other finished runs of the same scenario."""
    rows = [row for row in earlier if row.slug == seen.scenario.slug and row.status == "ended" and row.total is not None]
    others = [row for row in rows if row.id != seen.run_id]
    if not seen.mine or not others:
        return ""
    first = min(rows, key=lambda row: row.created_ms)
    best = max(row.total or 0.0 for row in rows)
    if first.id == seen.run_id:
        return _("best so far %(best)s", best=number(best))
    return _("first %(first)s · best %(best)s", first=number(first.total or 0.0), best=number(best))


def _curve_words(curve: CurveView, decisions: Sequence[DecisionReview]) -> str:
    marks = "; ".join(_("%(time)s %(mark)s", time=item.at, mark=item.mark_word) for item in decisions)
    words = _("Onlookers' trust from %(start)s at the start to %(end)s at the end.", start=curve.start_trust, end=curve.end_trust)
    return f"{words} {_('Decisions:')} {marks}" if marks else words


def _happening(scenario: Scenario, entry: TimelineEntry, anchors: dict[str, str]) -> HappeningView:
    what, words = _told(scenario, entry)
    return HappeningView(
        at=story_label(scenario, entry.story_s),
        what=what,
        words=words,
        trust=round(entry.trust),
        ours=entry.kind in ("reply", "silence", "handover"),
        link=anchors.get(entry.ref, "") if entry.kind in ("reply", "silence") else "",
    )


def _told(scenario: Scenario, entry: TimelineEntry) -> tuple[str, str]:
    names = {"name": _name(scenario, entry.who)}
    if entry.kind == "silence":
        return str(ACTION[Action(entry.words)]), ""
    if entry.kind == "closed":
        return _ending(scenario, entry.thread, entry.words), ""
    if entry.kind == "pace":
        return (_("The clock was taken off") if entry.words == "untimed" else _("The clock was set")), ""
    said = {
        "started": _("The story began"),
        "post": _("%(name)s wrote") % names,
        "reply": _("You replied"),
        "handover": _("You asked %(name)s") % names,
        "answer": _("%(name)s answered") % names,
        "paused": _("Paused"),
        "resumed": _("Went on"),
        "ended": _("The end"),
    }
    spoken = entry.kind in ("post", "reply", "handover", "answer")
    return said.get(entry.kind, entry.kind), entry.words if spoken else ""


def _ending(scenario: Scenario, thread: str, ending: str) -> str:
    return f"{_opener(scenario, thread)}: {THREAD_ENDING.get(ending, ending)}"


def _opener(scenario: Scenario, thread_id: str) -> str:
    thread = next((item for item in scenario.threads if item.id == thread_id), None)
    return _name(scenario, thread.beats[0].by) if thread is not None else thread_id


def _name(scenario: Scenario, who: str) -> str:
    if who == US:
        return _("you")
    if who in scenario.personas:
        return scenario.personas[who].name
    return str(CONTACT[Contact(who)]) if who in list(Contact) else who
