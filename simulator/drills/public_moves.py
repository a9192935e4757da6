"""Say what one decision moves: whose temperature and how much trust, each move with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.content.model import Reaction, Thread
from simulator.drills.public import (
    BYSTANDER,
    HOT,
    JOKE,
    LIGHT,
    LONG_AFTER,
    LONG_TRUST,
    MONEY_HEAT,
    MONEY_TRUST,
    PILE_HEAT,
    SIDE_TRUST,
    TOLD_OFF_HEAT,
    TOLD_OFF_OVER,
    degrees_of,
    late_cost,
    reach,
    taken,
    trust_of,
)
from simulator.drills.state import RunState
from simulator.drills.world import US, World, channel_of, decisions_of, posts_of
from simulator.scoring.model import Report
from simulator.scoring.vocabulary import Action, Channel, Kind


@dataclass(frozen=True, slots=True)
class Move:
    """One move: degrees of `persona` and points of trust, both may be 0. `why` is a key of `drills.public.MOVES`."""

    persona: str
    degrees: float
    trust: float
    why: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What the public hears of a decision. `late_s` is how long the first words took, None for later ones and untimed."""

    report: Report
    action: Action
    spoken: bool
    late_s: float | None = None


def moves_of_reply(world: World, state: RunState, thread: Thread, heard: Heard) -> tuple[Move, ...]:
    """Return what a decision on `thread` moves, in order; `state` already holds the decision.

    Leaving, watching and handing over without a word go unseen; their price comes with what people write next. Hiding is
    seen by the onlookers only.
    """
    opener, far = thread.beats[0].by, reach(world, state, thread)
    if not heard.spoken:
        return (Move(opener, 0.0, trust_of(heard.report.total) * far, "reply"),) if heard.action is Action.HIDE_REPORT else ()
    public = heard.action is not Action.REPLY_PRIVATE or channel_of(world, thread) is Channel.DM
    degrees = degrees_of(taken(heard.report, world.scenario.personas.get(opener)))
    moves = [Move(opener, degrees, trust_of(heard.report.total) * far if public else 0.0, "reply")]
    if heard.late_s is not None:
        moves.append(Move(opener, 0.0, -late_cost(heard.late_s, thread.target_s) * far, "late"))
    moves += _manner(state, thread, heard, far, public)
    moves += _overheard(world, state, thread, heard.report) if public else ()
    return tuple(move for move in moves if move.why == "reply" or move.degrees or move.trust)


def _manner(state: RunState, thread: Thread, heard: Heard, far: float, public: bool) -> Iterator[Move]:
    """What a reply does besides being good or bad: money, jokes, and going on in public."""
    opener = thread.beats[0].by
    hot = state.temperature.get(opener, 50.0)
    codes = {finding.code for finding in heard.report.findings if finding.certain}
    if "public_compensation" in codes and public and hot > HOT:
        yield Move(opener, MONEY_HEAT, -MONEY_TRUST * far, "money")
    if codes & {"humour_with", "jolly_under_grief"}:
        fits = "jolly_under_grief" not in codes and (hot < LIGHT or thread.expected.kind is Kind.HUMOROUS_GRIPE)
        yield Move(opener, -JOKE if fits else JOKE, 0.0, "joke")
    turns = sum(bool(item.text) and item.action is not Action.REPLY_PRIVATE for item in decisions_of(state, thread.id))
    if public and turns > LONG_AFTER and heard.action is not Action.ACKNOWLEDGE_THEN_PRIVATE:
        yield Move(opener, 0.0, -LONG_TRUST * far, "long")


def _overheard(world: World, state: RunState, thread: Thread, report: Report) -> Iterator[Move]:
    """Others who have spoken in the thread take the reply each in their own way, half as far."""
    opener = thread.beats[0].by
    for by in dict.fromkeys(post.by for post in posts_of(state, thread.id)):
        if by not in (US, opener):
            yield Move(by, BYSTANDER * degrees_of(taken(report, world.scenario.personas.get(by))), 0.0, "overheard")


def moves_of_reaction(world: World, state: RunState, thread: Thread, reaction: Reaction) -> tuple[Move, ...]:
    """Return what somebody's words move: what the scenario says, and what taking sides does to the one who began."""
    opener, far = thread.beats[0].by, reach(world, state, thread)
    moves = [Move(reaction.by, float(reaction.heats - reaction.cools), float(reaction.trust), "reaction")]
    if reaction.stance == "piles_on":
        moves.append(Move(opener, PILE_HEAT, -SIDE_TRUST * far, "reaction"))
    if reaction.stance == "defends":
        told_off = TOLD_OFF_HEAT if state.temperature.get(opener, 50.0) > TOLD_OFF_OVER else 0.0
        moves.append(Move(opener, told_off, SIDE_TRUST * far, "reaction"))
    return tuple(move for move in moves if move.degrees or move.trust)
