"""Let simulated players of different skill play a scenario many times, and gather what came of it and what never came.

A player is a mix of sources of words (the scenario's own exemplars, replies of a corpus by tier, silence) and a pace.
Chance is a hash of the run's number, so that the same call gives the same figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import fmean
from typing import TypeVar

from simulator.content import vary
from simulator.content.model import SHIFT, Thread
from simulator.core.ids import content_hash
from simulator.core.refusal import Refusal
from simulator.drills import commands
from simulator.drills.commands import Command
from simulator.drills.engine import decide
from simulator.drills.events import HandOverAnswered, PostAppeared
from simulator.drills.evolution import evolve
from simulator.drills.incident import FEWEST
from simulator.drills.play import STARTS_MS, real_time
from simulator.drills.review import run_total
from simulator.drills.review_best import best_lines
from simulator.drills.shift import WEIGHT, priority_of
from simulator.drills.state import INCIDENT, RunState
from simulator.drills.world import World, channel_of, decisions_of, is_open, story_now, waiting_threads
from simulator.scoring.model import HandOver
from simulator.scoring.vocabulary import CHANNEL_LIMIT, SILENT_ACTIONS, Action, Contact, Kind

T = TypeVar("T")
Lines = Mapping[tuple[Kind, str], Sequence[str]]
"""Replies of a corpus, by the kind of their post and their tier: exemplary, good, weak or bad."""
MOST_TURNS = 60
"""Decisions of one run after which a simulated player gives up; a shift of forty threads needs about so many."""
PATIENCE_S = 30.0
"""Story seconds until a player who has nothing to do looks again."""


@dataclass(frozen=True, slots=True)
class Player:
    """A kind of player. `sources` are drawn from with equal chance; `waits` is the share of a target that passes first.

    A source is own (the scenario's exemplars), exemplary, good, weak, bad (of the corpus), or clumsy: a wrong action,
    hiding among them; rude (RUDE), silence (any silent action), again (what was said last). `sorts` tells whether the
    dangerous one comes first, repeats are merged and contacts asked; `probes` whether every contact is asked anyhow.
    """

    name: str
    sources: tuple[str, ...]
    waits: float
    sorts: bool = False
    probes: bool = False


PLAYERS = (
    Player("lead", ("own",), 0.3, sorts=True),
    Player("sound", ("own", "own", "exemplary", "good"), 0.5, sorts=True),
    Player("middling", ("own", "good", "weak"), 0.8),
    Player("hurried", ("weak", "bad", "good"), 0.4),
    Player("careless", ("bad", "clumsy", "weak"), 1.4),
    Player("silent", (), 1.0),
    Player("prober", ("own", "rude", "silence", "weak", "own", "again", "bad", "good"), 0.6, probes=True),
)
"""From the one who would be glad to sign every line to the one who never says any; and one who tries everything, to hear all there is."""
PROBES = 4
"""How many runs a prober has for each of the others'."""
RUDE = "Calm down, you idiot. This is your own fault and we don't care."
"""What blocks a reply in any scenario."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What came of all runs of one kind of player; `endings` counts threads by how they ended."""

    player: str
    total: float | None
    trust: float
    endings: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Unheard:
    """Something of the scenario that no run brought: a beat, a reaction or a contact's answer, with its number from 1."""

    what: str
    where: str
    number: int
    words: str


@dataclass(frozen=True, slots=True)
class Balance:
    """How a scenario plays: by player, and what nobody ever heard."""

    standings: tuple[Standing, ...]
    unheard: tuple[Unheard, ...]
    runs: int


@dataclass(slots=True)
class _Tally:
    """What has been heard over all runs: (thread, beat), (thread, reaction), (contact, its words)."""

    beats: set[tuple[str, str, int]] = field(default_factory=set)
    reactions: set[tuple[str, str, int]] = field(default_factory=set)
    answers: set[tuple[str, str]] = field(default_factory=set)


def balance(world: World, lines: Lines, runs: int) -> Balance:
    """Return how `world` plays when each of PLAYERS plays it `runs` times, in its first so many variants."""
    worlds = [replace(world, scenario=vary(world.scenario, number)) for number in range(runs)]
    tally = _Tally()
    standings = []
    for player in PLAYERS:
        played = list(enumerate(worlds * (PROBES if player.probes else 1)))
        states = [_play(varied, player, lines, number, tally) for number, varied in played]
        totals = [total for (_, varied), state in zip(played, states, strict=True) if (total := run_total(varied, state)) is not None]
        endings = Counter(ending for state in states for ending in state.closed.values())
        mean = round(fmean(totals), 1) if totals else None
        standings.append(Standing(player.name, mean, round(fmean(state.trust for state in states), 1), endings))
    return Balance(tuple(standings), _unheard(worlds, tally), runs)


def _play(world: World, player: Player, lines: Lines, number: int, tally: _Tally) -> RunState:
    state, now_ms = RunState(), STARTS_MS

    def carry_out(command: Command) -> bool:
        nonlocal state
        new = decide(world, state, command, now_ms)
        for event in [] if isinstance(new, Refusal) else new:
            _note(state, event.body, tally)
            state = evolve(world, state, event)
        return not isinstance(new, Refusal)

    carry_out(commands.Start(seed=str(number)))
    for turn in range(MOST_TURNS):
        waiting = [world_thread for name in waiting_threads(world, state) if (world_thread := world.thread(name))]
        if not player.sources or state.status != "running":
            break
        if waiting:
            thread = _next(waiting, player)
            now_ms = real_time(state, _moment(world, state, thread, player, turn), now_ms)
            if not carry_out(commands.Tick()) or state.status != "running" or not is_open(state, thread.id):
                continue
            for command in _acts(world, state, thread, player, lines, (number, turn)):
                carry_out(command)
        else:
            now_ms = real_time(state, story_now(state, now_ms) + PATIENCE_S * (1 + turn % 8), now_ms)
            carry_out(commands.Tick())
    now_ms = real_time(state, world.scenario.ends_s, now_ms)
    carry_out(commands.Tick())
    return state


def _note(state: RunState, body: object, tally: _Tally) -> None:
    if isinstance(body, PostAppeared):
        if body.beat is not None:
            tally.beats.add((body.thread, body.by, body.beat))
        if body.reaction is not None:
            tally.reactions.add((body.thread, body.by, body.reaction))
    if isinstance(body, HandOverAnswered):
        asked = next((item for item in state.handovers if item.handover_id == body.handover_id), None)
        tally.answers.add((str(asked.handover.to) if asked else "", body.answer.may_say + body.answer.next_time))


def _next(waiting: Sequence[Thread], player: Player) -> Thread:
    return max(waiting, key=lambda thread: WEIGHT[priority_of(thread)]) if player.sorts else waiting[0]


def _moment(world: World, state: RunState, thread: Thread, player: Player, turn: int) -> float:
    """When the player answers: after a share of the target, and in a shift after a short while for each thread."""
    last = max(post.story_s for post in state.posts if post.thread == thread.id)
    wait = thread.target_s * player.waits / (1 if not decisions_of(state, thread.id) else 3)
    if world.scenario.mode == SHIFT:
        return state.last_story_s + 60 * (1 + player.waits)
    return min(last + wait, world.scenario.ends_s - 1.0) + turn


def _acts(world: World, state: RunState, thread: Thread, player: Player, lines: Lines, at: tuple[int, int]) -> list[Command]:
    """Return what the player does about a thread now: perhaps declare or merge, perhaps ask a contact, then decide."""
    token = f"{thread.id}-{at[1]}"
    if player.sorts:
        arranged = _arranged(world, state, thread, token)
        if arranged is not None:
            return [arranged]
    asked = _asked(world, state, thread, token) if player.sorts else _probed(world, state, thread, token, at) if player.probes else []
    return [*asked, _decision(world, state, thread, _drawn(player.sources, player.name, *map(str, at)), lines, token)]


def _arranged(world: World, state: RunState, thread: Thread, token: str) -> Command | None:
    incident = world.scenario.incident
    if thread.same_as and any(post.thread == thread.same_as for post in state.posts):
        return commands.Merge(thread.id, thread.same_as)
    if incident is None or thread.id not in incident.threads:
        return None
    if state.incident is not None:
        return None if state.covers(thread.id) else commands.Merge(thread.id, INCIDENT)
    begun = tuple(name for name in incident.threads if is_open(state, name))
    return commands.Declare(begun, incident.exemplars[0].say, f"declare-{token}") if len(begun) >= max(FEWEST, incident.reports) else None


def _asked(world: World, state: RunState, thread: Thread, token: str) -> list[Command]:
    escalation = thread.expected.escalation
    if escalation is None or any(item.thread == thread.id for item in state.handovers):
        return []
    handover = _full_handover(world, thread, escalation.to, "; ".join(escalation.must_tell))
    return [commands.AskContact(thread.id, handover, f"ask-{token}")]


def _full_handover(world: World, thread: Thread, to: Contact, told: str) -> HandOver:
    return HandOver(
        to=to,
        what_happened=f"{thread.beats[0].say} ({told})",
        who_where=f"{world.scenario.personas[thread.beats[0].by].name}, on {channel_of(world, thread)}; {told}",
        known_unknown=f"Known: what the post says: {told}. Not known: how it came about and who else it meets",
        asked="Find out what happened, say what we may promise, and do what has to be done at once",
        by_when="Within ten minutes, please",
        said_so_far="That we are on it and write again soon",
    )


def _probed(world: World, state: RunState, thread: Thread, token: str, at: tuple[int, int]) -> list[Command]:
    """Ask every contact in turn, thinly and fully, whether or not it is theirs."""
    contacts = list(world.scenario.contacts)
    if not contacts:
        return []
    to = contacts[sum(at) % len(contacts)]
    thin = HandOver(to, "Something is wrong", "", "", "", "", "")
    full = _full_handover(world, thread, to, thread.beats[0].say)
    return [commands.AskContact(thread.id, thin if (at[0] + at[1]) % 2 else full, f"probe-{token}")]


def _decision(world: World, state: RunState, thread: Thread, source: str, lines: Lines, token: str) -> Command:
    chance = f"{token}-{source}"
    if source == "own":
        best = best_lines(world, state, thread, state.last_story_s)
        if best:
            return commands.Send(thread.id, best[0].say, best[0].action, token)
        source = "good"
    if source == "silence":
        return commands.Send(thread.id, "", _drawn(sorted(SILENT_ACTIONS), chance), token)
    if source == "again":
        return commands.Send(thread.id, next((item.text for item in state.decisions if item.text), RUDE), Action.REPLY_PUBLIC, token)
    if source == "rude":
        return commands.Send(thread.id, RUDE, Action.REPLY_PUBLIC, token)
    if source == "clumsy":
        action = _drawn([*thread.expected.poor, Action.HIDE_REPORT, Action.IGNORE, Action.REPLY_PRIVATE], chance)
        return commands.Send(thread.id, "" if action in SILENT_ACTIONS else "Please contact our service team.", action, token)
    action = _spoken_action(thread, chance, good=source in ("exemplary", "good"))
    limit = CHANNEL_LIMIT.get(channel_of(world, thread), 10_000)
    kind = thread.expected.kind or Kind.COMPLAINT
    found = [text for text in (lines.get((kind, source)) or lines.get((Kind.COMPLAINT, source)) or ()) if len(text) <= limit]
    text = _drawn(found, chance) if found else "We are sorry about that and look into it."
    return commands.Send(thread.id, text, action, token)


def _spoken_action(thread: Thread, chance: str, *, good: bool) -> Action:
    wanted = [*thread.expected.best, *thread.expected.fine] if good else list(Action)
    spoken = [action for action in wanted if action not in SILENT_ACTIONS]
    return _drawn(spoken or [Action.REPLY_PUBLIC], chance, "action")


def _drawn(words: Sequence[T], *chance: str) -> T:
    return words[int(content_hash(*chance), 16) % len(words)]


def _unheard(worlds: Sequence[World], tally: _Tally) -> tuple[Unheard, ...]:
    """A beat or reaction counts as heard if it was in any variant; those that no variant played has are not looked for."""
    found: dict[tuple[str, str, int], Unheard] = {}
    for world in worlds:
        for thread in world.scenario.threads:
            for number, beat in enumerate(thread.beats):
                if (thread.id, beat.by, number) not in tally.beats:
                    found.setdefault(("beat", thread.id, number), Unheard("beat", thread.id, number + 1, beat.say))
            for number, reaction in enumerate(thread.reactions):
                if (thread.id, reaction.by, number) not in tally.reactions:
                    words = f"{reaction.by}: {reaction.say}"
                    found.setdefault(("reaction", thread.id, number), Unheard("reaction", thread.id, number + 1, words))
        for contact, answers in world.scenario.contacts.items():
            for number, answer in enumerate(answers):
                if (str(contact), answer.may_say + answer.next_time) not in tally.answers:
                    found.setdefault(
                        ("answer", str(contact), number), Unheard("answer", str(contact), number + 1, answer.may_say or answer.next_time)
                    )
    return tuple(found.values())
