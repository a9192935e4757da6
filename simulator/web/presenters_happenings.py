"""Say what happened in a run, one line each: who did what at which moment of the story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from simulator.content.model import Scenario
from simulator.drills.review import Review
from simulator.drills.review_timeline import TimelineEntry
from simulator.drills.world import US
from simulator.scoring.vocabulary import Action, Contact
from simulator.web.presenters_time import story_label
from simulator.web.presenters_words import ACTION, CONTACT, THREAD_ENDING

DECISIONS = ("reply", "silence")
SPOKEN = ("post", "reply", "handover", "answer", "incident")
OURS = ("reply", "silence", "handover", "merged", "incident", "alarm")


@dataclass(frozen=True, slots=True)
class HappeningView:
    """One line of what happened when; `decision` is the number of the decision it was, 0 for anything else."""

    at: str
    what: str
    words: str
    trust: int
    ours: bool
    decision: int


def told_of(review: Review, *, own: bool) -> tuple[TimelineEntry, ...]:
    """Return what may be told of a run: that a colleague answered, and who, is for its `own` player alone."""
    hidden = {item.handover_id for item in review.handovers if item.colleague and not own}
    return tuple(entry for entry in review.timeline if not (entry.kind == "answer" and entry.ref in hidden))


def present_happening(scenario: Scenario, entry: TimelineEntry, numbers: Mapping[str, int]) -> HappeningView:
    """Return one entry in words; `numbers` counts the decisions by their ids. Its words are left out where a colleague wrote them."""
    what, words = _told(scenario, entry)
    return HappeningView(
        at=story_label(scenario, entry.story_s),
        what=what,
        words=words,
        trust=round(entry.trust),
        ours=entry.kind in OURS,
        decision=numbers.get(entry.ref, 0) if entry.kind in DECISIONS else 0,
    )


def ending_of_thread(scenario: Scenario, thread: str, ending: str) -> str:
    """Say how the thread of somebody ended."""
    return f"{opener(scenario, thread)}: {THREAD_ENDING.get(ending, ending)}"


def opener(scenario: Scenario, thread_id: str) -> str:
    """Return the name of whoever began a thread."""
    thread = next((item for item in scenario.threads if item.id == thread_id), None)
    return name_of(scenario, thread.beats[0].by) if thread is not None else thread_id


def name_of(scenario: Scenario, who: str) -> str:
    """Return how somebody is called: a persona, a contact, or you."""
    if who == US:
        return _("you")
    if who in scenario.personas:
        return scenario.personas[who].name
    return str(CONTACT[Contact(who)]) if who in list(Contact) else who


def _told(scenario: Scenario, entry: TimelineEntry) -> tuple[str, str]:
    names = {"name": name_of(scenario, entry.who)}
    if entry.kind == "silence":
        return str(ACTION[Action(entry.words)]), ""
    if entry.kind == "closed":
        return ending_of_thread(scenario, entry.thread, entry.words), ""
    if entry.kind == "pace":
        return (_("The clock was taken off") if entry.words == "untimed" else _("The clock was set")), ""
    said = {
        "started": _("The story began"),
        "post": _("%(name)s wrote") % names,
        "reply": _("You replied"),
        "handover": _("You asked %(name)s") % names,
        "answer": _("%(name)s answered") % names,
        "merged": _("You took %(thread)s for a repeat", thread=opener(scenario, entry.thread)),
        "incident": _("You declared an incident"),
        "alarm": _("You declared an incident that was none"),
        "paused": _("Paused"),
        "resumed": _("Went on"),
        "ended": _("The end"),
    }
    return said.get(entry.kind, entry.kind), entry.words if entry.kind in SPOKEN else ""
