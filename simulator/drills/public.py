"""Know the figures by which the public takes what is said, and how a thread ends when nobody has said so.

The model is deterministic and piecewise linear on purpose, so that every move can be explained in one sentence. What a
single reply moves is in `drills.public_moves`, who then says what in `drills.public_conditions`; formula, constants and
reasons also stand in docs/patterns.md §10.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import log2, log10

from simulator.content.model import PHASES, ContactAnswer, Persona, Thread
from simulator.drills.state import RunState
from simulator.drills.world import World, channel_of, decisions_of
from simulator.scoring.model import Report
from simulator.scoring.vocabulary import SILENT_ACTIONS, Action, Channel, Dimension, Kind

ADEQUATE = 60.0
"""The total at which nothing moves: a reply that does what is asked, no more (between 2 "partly" and 3 "good")."""
COOLING = 0.6
"""Degrees per point above ADEQUATE: from hot (80) to cool (40) takes two excellent replies or three good ones, never one."""
HEATING = 0.4
"""Degrees per point below: somebody already hot has little room left, and the scenario's reactions add more."""
CARED = 0.5
"""The share of what somebody `cares` for in how they take a reply; the rest is its total."""
BYSTANDER = 0.5
"""The share of a move that reaches others who have spoken in the thread: it was not said to them."""
TRUST_WON = 0.15
"""Trust per point above ADEQUATE, before reach: the best reply wins 6."""
TRUST_LOST = 0.25
"""Trust per point below: the worst reply loses 15, so that it takes two or three good ones to make up for it."""
REACH_AT_ONE, REACH_A_TENFOLD, MOST_REACH = 0.4, 0.2, 1.6
"""Reach is 1 where a thousand read along; each tenfold moves trust a fifth more. People count crowds by orders of magnitude."""
LATE_TRUST = 3.0
"""Trust lost for each doubling of the target, for the first reply."""
LATE_DOUBLINGS = 3.0
"""Most doublings that cost: eight times the target, where Speed stands at 0 as well."""
SILENCE_TRUST: Mapping[str, float] = dict(zip(PHASES, (3.0, 4.0, 6.0, 5.0), strict=True))
"""Trust lost, before reach, when somebody writes because nobody answered: witnesses, their echo, the press, old grievances."""
SILENCE_READS: Mapping[str, float] = dict(zip(PHASES, (0.1, 0.5, 2.0, 0.5), strict=True))
"""How many more read along by then, as a share of those who did; where the beat says no number itself."""
SILENCE_HEAT = 5.0
"""Degrees the one who writes again has gained by then."""
LONG_AFTER, LONG_TRUST = 3, 2.0
"""From the fourth public turn of ours in one thread each costs trust: an argument on show, whatever is said in it."""
HOT, MONEY_HEAT, MONEY_TRUST = 60.0, 6.0, 3.0
"""Money in public to somebody over HOT: they hear a price, and everybody else that shouting pays."""
LIGHT, JOKE = 50.0, 6.0
"""A joke cools somebody under LIGHT, or who joked first, by JOKE; anybody hotter hears that it is not taken seriously."""
CLOSE_TRUST = 4.0
"""Trust won when a thread is solved where everybody could read how."""
HIDE_TRUST, HIDE_HEAT = 8.0, 15.0
"""What hiding fair words costs when it comes back, before reach."""
SCREENSHOT_AFTER = 240
"""Story seconds until then."""
SCREENSHOT_READS = 1.0
"""The share of the readers that the screenshot brings on top."""
SCREENSHOT = -1
"""Its number among the reactions of a thread."""
PILE_HEAT, SIDE_TRUST, TOLD_OFF_OVER, TOLD_OFF_HEAT = 4.0, 2.0, 70.0, 3.0
"""A bystander who piles on heats the opener and costs trust; one who defends wins trust, and heats an opener who is over 70."""
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
MAY_BE_HIDDEN = frozenset({Kind.SPAM, Kind.TROLL, Kind.RAGER, Kind.PERSONAL_DATA, Kind.VIOLENCE_THREAT, Kind.SELF_HARM})
"""Kinds of post that no onlooker calls fair criticism: hiding them does not come back."""

MOVES: Mapping[str, str] = {
    "reply": "the reply",
    "late": "the first reply came after its target",
    "silence": "nobody had answered",
    "reaction": "what was said next",
    "overheard": "they read the reply along",
    "long": "the exchange went on in public for long",
    "money": "money was offered in public to somebody angry",
    "joke": "the reply joked",
    "hidden": "what had been hidden came back as a screenshot",
    "close": "it was solved where everybody could read it",
    "statement": "the statement about the incident",
    "false_alarm": "an incident was declared that was none",
}
"""Why a mood moved: the codes of `MoodMoved.why`, in words."""


def within(value: float) -> float:
    """Return `value` held between 0 and 100, to a tenth."""
    return round(min(100.0, max(0.0, value)), 1)


def reach(world: World, state: RunState, thread: Thread) -> float:
    """Return how far trust moves with what happens in `thread`: 0.4 + 0.2 a tenfold of its readers, at most 1.6.

    In a private channel the person is all the public there is: 1.
    """
    if channel_of(world, thread) is Channel.DM:
        return 1.0
    return reach_of(state.readers.get(thread.id, 0))


def reach_of(readers: int) -> float:
    """Return the reach of so many readers."""
    return min(MOST_REACH, REACH_AT_ONE + REACH_A_TENFOLD * log10(max(1, readers)))


def taken(report: Report, persona: Persona | None) -> float:
    """Return how one person takes a reply, 0 to 100: its total, and as much what they care for, where it applies."""
    entries = [report.dimensions.get(Dimension(name)) for name in (persona.cares if persona else ())]
    cared = [entry.score for entry in entries if entry is not None and entry.applicable and entry.score is not None]
    return report.total if not cared else (1 - CARED) * report.total + CARED * sum(cared) / len(cared)


def degrees_of(heard: float) -> float:
    """Return by how many degrees a reply that is taken so heats (negative: cools)."""
    above = heard - ADEQUATE
    return -above * (COOLING if above > 0 else HEATING)


def trust_of(total: float) -> float:
    """Return by how much a reply of that total moves trust, before reach."""
    above = total - ADEQUATE
    return above * (TRUST_WON if above > 0 else TRUST_LOST)


def late_cost(elapsed_s: float, target_s: float) -> float:
    """Return the trust that a first reply after `elapsed_s` costs, before reach: 0 up to the target, then LATE_TRUST a doubling."""
    if target_s <= 0 or elapsed_s <= target_s:
        return 0.0
    return LATE_TRUST * min(LATE_DOUBLINGS, log2(elapsed_s / target_s))


def phase_of(state: RunState, thread: Thread, number: int) -> str:
    """Return how far an unanswered thread has spread with its beat `number`: as written, else one phase further each time."""
    beat = thread.beats[number]
    if beat.phase:
        return beat.phase
    before = sum((thread.id, at) in state.beats_done for at, each in enumerate(thread.beats[:number]) if each.when == "unanswered")
    return PHASES[min(before, len(PHASES) - 1)]


def comes_back(thread: Thread, action: Action) -> bool:
    """Tell whether hiding the thread is hiding fair words."""
    right = (*thread.expected.best, *thread.expected.fine)
    return action is Action.HIDE_REPORT and action not in right and thread.expected.kind not in MAY_BE_HIDDEN


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
    spoken = any(decision.text for decision in decisions) or state.covers(thread.id)
    if not spoken and last in SILENT_ACTIONS and last in right:
        return "left_alone"
    if handed and last in ESCALATIONS:
        return "handed_over"
    if not spoken:
        return "unanswered"
    if state.temperature.get(thread.beats[0].by, 50.0) <= COOL:
        return "cooled"
    return "left_open" if stopped else "lost"
