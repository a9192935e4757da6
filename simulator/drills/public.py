"""Know how the public takes a reply: what it does to temperature and trust, and who says what next.

The model is deterministic and linear on purpose, so that every move can be explained in one sentence:

- A reply is measured against ADEQUATE. Better cools the person it answers, worse heats; onlookers' trust moves alike.
- Trust falls faster than it rises, because one bad reply is told further than one good one.
- A private reply is not seen by onlookers, so it moves only the person (in a private channel the person is all there is).
- Lateness costs trust with the logarithm of the overrun, as Speed does, and most at eight times the target.
- A post that is there only because nobody answered costs trust, and heats the one who wrote it.
- Reactions of the scenario then add what they say.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import log2

from simulator.content.model import Condition, ContactAnswer, Reaction, Thread
from simulator.drills.state import RunState
from simulator.drills.world import World, decisions_of
from simulator.scoring.model import Report
from simulator.scoring.vocabulary import SILENT_ACTIONS, Action, Channel, Dimension

ADEQUATE = 60.0
"""The total at which nothing moves: a reply that does what is asked, no more (between 2 "partly" and 3 "good")."""
COOLING = 0.6
"""Degrees per point above ADEQUATE: from hot (80) to cool (40) takes two excellent replies or three good ones, never one."""
HEATING = 0.4
"""Degrees per point below: somebody already hot has little room left, and the scenario's reactions add more."""
TRUST_WON = 0.15
"""Trust per point above ADEQUATE: the best reply wins 6."""
TRUST_LOST = 0.25
"""Trust per point below: the worst reply loses 15, so that it takes two or three good ones to make up for it."""
LATE_TRUST = 3.0
"""Trust lost for each doubling of the target, for the first reply."""
LATE_DOUBLINGS = 3.0
"""Most doublings that cost: eight times the target, where Speed stands at 0 as well."""
SILENCE_TRUST = 4.0
"""Trust lost when somebody writes again because nobody answered."""
SILENCE_HEAT = 5.0
"""Degrees the one who writes again has gained by then."""
COOL = 40.0
"""At or under this temperature a person has cooled down."""
PRESENT = 50.0
"""A dimension under this is "missing" in a reaction's condition."""
NOT_OURS = ContactAnswer(
    after=300, may_say="", may_not_say="", owner="", next_time="This one isn't ours to answer. Check who looks after it."
)
"""What a contact answers whom the scenario gives no words: five story minutes later, that somebody else must be asked."""
NOT_OURS_NUMBER = -1
"""Its number in AnswerPlanned."""

ESCALATIONS = frozenset({Action.ESCALATE_FIRST, Action.ESCALATE_AND_REPLY})
"""The actions that hand a thread over."""

MOVES: Mapping[str, str] = {
    "reply": "the reply",
    "late": "the first reply came after its target",
    "silence": "nobody had answered",
    "reaction": "what was said next",
}
"""Why a mood moved: the codes of `MoodMoved.why`, in words."""


def after_reply(world: World, state: RunState, persona: str, report: Report, action: Action, *, spoken: bool) -> tuple[float, float] | None:
    """Return the new (temperature of `persona`, trust) after a decision, or None where the street notices nothing.

    Leaving, watching and handing over without a word go unseen; their price comes with what people write next.
    Hiding is seen by the onlookers only.
    """
    if not spoken and action is not Action.HIDE_REPORT:
        return None
    above = report.total - ADEQUATE
    temperature, trust = state.temperature.get(persona, 50.0), state.trust
    if spoken:
        temperature -= above * (COOLING if above > 0 else HEATING)
    if action is not Action.REPLY_PRIVATE or world.scenario.channel is Channel.DM:
        trust += above * (TRUST_WON if above > 0 else TRUST_LOST)
    return within(temperature), within(trust)


def late_cost(elapsed_s: float, target_s: float) -> float:
    """Return the trust that a first reply after `elapsed_s` costs: 0 up to the target, then LATE_TRUST a doubling."""
    if target_s <= 0 or elapsed_s <= target_s:
        return 0.0
    return LATE_TRUST * min(LATE_DOUBLINGS, log2(elapsed_s / target_s))


def within(value: float) -> float:
    """Return `value` held between 0 and 100, to a tenth."""
    return round(min(100.0, max(0.0, value)), 1)


def chosen_reactions(state: RunState, thread: Thread, report: Report, action: Action) -> tuple[int, ...]:
    """Return the numbers of the reactions that the newest decision on `thread` sets off.

    For each persona the first one whose condition holds and that has not been used in this run. `state` already
    holds the decision and the moods it moved.
    """
    chosen: dict[str, int] = {}
    for number, reaction in enumerate(thread.reactions):
        used = (thread.id, number) in state.reactions_done
        if not used and reaction.by not in chosen and holds(reaction.when, state, thread, reaction, report, action):
            chosen[reaction.by] = number
    return tuple(sorted(chosen.values()))


def holds(when: Condition, state: RunState, thread: Thread, reaction: Reaction, report: Report, action: Action) -> bool:
    """Tell whether all that `when` names is so."""
    values: dict[str, float | None] = {
        "total": report.total,
        "turn": len(decisions_of(state, thread.id)),
        "temperature": state.temperature.get(reaction.by),
        "trust": state.trust,
        **{str(dimension): _points(report, dimension) for dimension in Dimension},
    }
    figures = [values.get(name) for name in when.bands]
    return (
        all(value is not None and band.holds(value) for value, band in zip(figures, when.bands.values(), strict=True))
        and all((_points(report, Dimension(name)) or 0.0) < PRESENT for name in when.missing)
        and (not when.code or any(finding.code in when.code for finding in report.findings))
        and (when.blocker is None or when.blocker == bool(report.blockers))
        and (not when.actions or action in when.actions)
        and (not when.handover or when.handover in _handover_states(state, thread.id))
    )


def _points(report: Report, dimension: Dimension) -> float | None:
    entry = report.dimensions.get(dimension)
    return entry.score if entry is not None and entry.applicable else None


def _handover_states(state: RunState, thread_id: str) -> frozenset[str]:
    """A hand-over that was answered has been sent as well."""
    ours = [item for item in state.handovers if item.thread == thread_id]
    if not ours:
        return frozenset({"none"})
    return frozenset({"sent", "answered"} if any(item.answer for item in ours) else {"sent"})


def ending_of(state: RunState, thread: Thread, *, stopped: bool) -> str:
    """Return how an open thread ends when the run does, with nobody having said so.

    Left alone where that was right; unanswered where nobody said a word; handed over where a contact has it; else
    cooled or lost by the temperature of the one who began it (COOL). Nobody walked away from a run that was stopped: what
    was answered and not yet cool is left open.
    """
    decisions = decisions_of(state, thread.id)
    right = {*thread.expected.best, *thread.expected.fine}
    last = decisions[-1].action if decisions else Action.IGNORE
    handed = any(item.thread == thread.id for item in state.handovers)
    spoken = any(decision.text for decision in decisions)
    if not spoken and last in SILENT_ACTIONS and last in right:
        return "left_alone"
    if handed and last in ESCALATIONS:
        return "handed_over"
    if not spoken:
        return "unanswered"
    if state.temperature.get(thread.beats[0].by, 50.0) <= COOL:
        return "cooled"
    return "left_open" if stopped else "lost"
