"""Turn a run into what the play page shows: the clock, the moods and the cockpit beside the street."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import format_decimal
from flask_babel import gettext as _

from simulator.content.model import Scenario
from simulator.drills.state import Decision, RunState
from simulator.scoring.vocabulary import CHANNEL_LIMIT, SILENT_ACTIONS, Action, Channel
from simulator.services.run_views import RunView
from simulator.web.presenters_inbox import ContactChoice, HandOverView, contact_choices, present_handover
from simulator.web.presenters_report import ReportView, present_report
from simulator.web.presenters_shift import (
    ShiftReportView,
    ShiftView,
    first_in_inbox,
    present_shift,
    present_shift_report,
)
from simulator.web.presenters_street import MeterView, ThreadView, is_new, present_temperature, present_threads, trust_word
from simulator.web.presenters_time import story_label
from simulator.web.presenters_words import ACTION, ACTION_MEANING

PACES = ("1", "0.5", "0.25")


@dataclass(frozen=True, slots=True)
class ClockView:
    """What the browser needs to draw seconds. `standing` means that it doesn't run now.

    `starts_s` is the time of day at story second 0, in seconds since midnight; None where the scenario names none.
    """

    story_s: float
    story_text: str
    starts_s: int | None
    pace: float
    now_ms: int
    standing: bool
    status: str
    untimed: bool
    chosen_pace: str


@dataclass(frozen=True, slots=True)
class FactView:
    """Something the agent can see; `new` when it has just come in."""

    say: str
    new: bool


@dataclass(frozen=True, slots=True)
class ActionView:
    """One of the eight choices, with the digit that chooses it. `limit` is 0 where the network sets none."""

    value: str
    label: str
    meaning: str
    key: str
    silent: bool
    limit: int


@dataclass(frozen=True, slots=True)
class DecisionView:
    """One decision with its report, as it is revealed after sending."""

    id: str
    action: str
    at: str
    text: str
    report: ReportView


@dataclass(frozen=True, slots=True)
class PlayView:
    """The whole play page."""

    run_id: str
    title: str
    brand: str
    channel: str
    brief: str
    clock: ClockView
    threads: tuple[ThreadView, ...]
    current: ThreadView | None
    temperature: MeterView | None
    trust: MeterView
    onlookers: str
    facts: tuple[FactView, ...]
    contacts: tuple[ContactChoice, ...]
    handovers: tuple[HandOverView, ...]
    actions: tuple[ActionView, ...]
    draft: str
    limit: int
    revealed: DecisionView | None
    ended: bool
    ending: str
    seq: int
    shift: ShiftView | None = None
    shift_report: ShiftReportView | None = None


def present_play(view: RunView, *, thread: str = "", reveal: str = "", typed: str | None = None) -> PlayView:
    """Return the play page of `view`.

    `thread` is the one the draft is for (else the first that waits), `reveal` the decision whose report is open, `typed`
    words that could not be sent and must not be lost.
    """
    threads = present_threads(view, thread or first_in_inbox(view))
    current = next((item for item in threads if item.current), None)
    state = view.state
    channel = Channel(current.channel) if current is not None else view.scenario.channel
    limit = CHANNEL_LIMIT.get(channel, 0)
    draft = view.drafts.get(current.id, "") if current is not None else ""
    return PlayView(
        run_id=view.run_id,
        title=view.scenario.title,
        brand=view.scenario.brand.name,
        channel=channel.value,
        brief=view.scenario.brief,
        clock=present_clock(view),
        threads=threads,
        current=current,
        temperature=present_temperature(view, current),
        trust=MeterView(_("Onlookers' trust"), _("Trust"), round(state.trust), trust_word(state.trust)),
        onlookers=format_decimal(state.onlookers),
        facts=_facts(view),
        contacts=contact_choices(view.playbook, view.colleagues),
        handovers=tuple(present_handover(item, view.scenario, view.playbook) for item in reversed(state.handovers)),
        actions=action_views(limit),
        draft=typed if typed is not None else draft,
        limit=limit,
        revealed=_revealed(view.scenario, state, reveal),
        ended=state.status == "ended",
        ending=ending_words(state.ending),
        seq=state.last_seq,
        shift=present_shift(view, threads, current),
        shift_report=None if view.shift_report is None else present_shift_report(view.scenario, view.shift_report),
    )


def present_clock(view: RunView) -> ClockView:
    """Return the clock as the browser needs it."""
    state = view.state
    factor = state.clock.pace / view.scenario.pace if view.scenario.pace else 1.0
    chosen = "untimed" if state.untimed else min(PACES, key=lambda pace: abs(float(pace) - factor))
    return ClockView(
        story_s=round(view.story_s, 2),
        story_text=story_label(view.scenario, view.story_s),
        starts_s=view.scenario.starts_s,
        pace=state.clock.pace,
        now_ms=view.now_ms,
        standing=state.status != "running" or state.clock.paused,
        status=state.status,
        untimed=state.untimed,
        chosen_pace=chosen,
    )


def action_views(limit: int) -> tuple[ActionView, ...]:
    """Return the eight choices; `limit` is the network's for public words."""
    return tuple(
        ActionView(
            value=action.value,
            label=str(label),
            meaning=str(ACTION_MEANING[action]),
            key=str(number),
            silent=action in SILENT_ACTIONS,
            limit=0 if action is Action.REPLY_PRIVATE or action in SILENT_ACTIONS else limit,
        )
        for number, (action, label) in enumerate(ACTION.items(), start=1)
    )


def present_decision(scenario: Scenario, decision: Decision) -> DecisionView:
    """Return one decision with its report."""
    return DecisionView(
        id=decision.decision_id,
        action=str(ACTION[decision.action]),
        at=story_label(scenario, decision.story_s),
        text=decision.text,
        report=present_report(decision.report, decision.text),
    )


def ending_words(ending: str) -> str:
    """Say how a run came to its end, empty while it goes on."""
    words: Mapping[str, str] = {
        "finished": _("Everything here has come to its end."),
        "time_up": _("The story has run its time."),
        "stopped": _("You stopped this drill."),
    }
    return words.get(ending, "")


def _facts(view: RunView) -> tuple[FactView, ...]:
    revealed = {
        answer_id
        for item in view.state.handovers
        if item.answered_s is not None and is_new(view, item.answered_s)
        for answer_id in view.state.revealed
    }
    return tuple(FactView(fact.say, (fact.at > 0 and is_new(view, fact.at)) or fact.id in revealed) for fact in view.facts)


def _revealed(scenario: Scenario, state: RunState, decision_id: str) -> DecisionView | None:
    decision = next((item for item in state.decisions if item.decision_id == decision_id), None)
    return present_decision(scenario, decision) if decision is not None else None
