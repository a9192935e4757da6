"""Set up small scenarios and play them by hand: a game moves its own clock and keeps every event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from simulator.content.model import (
    HIDDEN,
    Band,
    Beat,
    Brand,
    Condition,
    ContactAnswer,
    Exemplar,
    Fact,
    Persona,
    Playbook,
    PlaybookContact,
    Reaction,
    Scenario,
    Thread,
)
from simulator.core.clock import parse_story_time
from simulator.core.refusal import Refusal
from simulator.drills.commands import AskContact, Command, End, Send, Start, Tick
from simulator.drills.engine import decide
from simulator.drills.events import Body, Event
from simulator.drills.evolution import evolve
from simulator.drills.state import RunState
from simulator.drills.world import World, story_now
from simulator.scoring import Ruleset, load_ruleset
from simulator.scoring.model import Expected, ExpectedEscalation, HandOver, House, MustAddress
from simulator.scoring.vocabulary import Action, Channel, Contact, Kind
from tests.factories import NOON

WARM = (
    "Maya, a wedding without your suitcase is awful, and we're sorry: we lost track of it. I'm asking Lisbon now "
    "and write here by 16:00 with the flight it is on. Ines"
)
COLD = "Please fill in the form."


@cache
def rules() -> Ruleset:
    """Load the real rules once."""
    return load_ruleset()


def at(written: str) -> int:
    """Read a story time."""
    return parse_story_time(written)


BEATS = (
    Beat(0, "maya", "Suitcase still not here and the wedding is on Thursday", likes=214),
    Beat(at("20:00"), "maya", "so that's a no then?", when="unanswered", reads=500),
    Beat(at("25:00"), "bo", "wow, they really don't answer", when="unanswered"),
    Beat(at("30:00"), "bo", "same happened to me last year"),
    Beat(at("40:00"), "bo", "at least they talk to you", when="answered"),
)
REACTIONS = (
    Reaction(Condition(actions=(Action.IGNORE,)), "maya", at("04:00"), "ignoring me. nice", heats=10, trust=-5),
    Reaction(
        Condition(bands={"turn": Band(2, 99)}), "maya", at("03:00"), "ok. thank you for staying on it", cools=40, trust=10, ends="solved"
    ),
    Reaction(Condition(), "maya", at("02:00"), "and now?", heats=5),
    Reaction(Condition(bands={"turn": Band(1, 1)}), "bo", at("05:00"), "let's see", trust=2),
)
ANSWERS = (
    ContactAnswer(at("06:00"), "It is on the 17:40.", "No names.", "Omar", "18:30", Band(60, 100), reveals=("cause",)),
    ContactAnswer(at("04:00"), "", "Nothing yet.", "Omar", "Which bag, which flight?"),
)


def make_thread(
    *,
    name: str = "bag",
    beats: Sequence[Beat] = BEATS,
    reactions: Sequence[Reaction] = REACTIONS,
    best: Sequence[Action] = (Action.ACKNOWLEDGE_THEN_PRIVATE, Action.REPLY_PUBLIC),
    poor: Sequence[Action] = (Action.IGNORE, Action.HIDE_REPORT),
    kind: Kind = Kind.HEATED_COMPLAINT,
    must_address: Sequence[MustAddress] = (MustAddress("bag", ("suitcase", "bag")),),
    escalation: ExpectedEscalation | None = None,
    exemplars: Sequence[Exemplar] = (Exemplar(WARM, "It owns the loss and gives an hour.", Action.REPLY_PUBLIC),),
) -> Thread:
    """Make a thread: Maya's lost suitcase."""
    expected = Expected(kind, tuple(best), (), tuple(poor), tuple(must_address), escalation)
    return Thread(name, tuple(beats), expected, tuple(reactions), tuple(exemplars), target_s=at("15:00"), onlookers=3120)


def make_world(
    *, threads: Sequence[Thread] | None = None, channel: Channel = Channel.PAGE, ends: str = "1:20:00", pace: float = 20.0
) -> World:
    """Make a world of one thread on a page, twenty story seconds a real second."""
    scenario = Scenario(
        slug="late-bag",
        title="The late bag",
        summary="A suitcase misses a wedding.",
        brief="You answer for Skylark Air.",
        brand=Brand("Skylark Air", "@skylarkair", "airline", "warm and plain"),
        channel=channel,
        level=2,
        pace=pace,
        minutes=4,
        skills=("acknowledge",),
        playbook="default",
        personas={
            "maya": Persona("maya", "Maya R", "@mayarr", 1840, "hot"),
            "bo": Persona("bo", "Bo", "@bo", 90, "calm"),
        },
        facts=(
            Fact("bag", "Bag SK4471 was in Lisbon at 06:10"),
            Fact("flight", "Next flight 17:40", at("02:00")),
            Fact("cause", "…", HIDDEN),
        ),
        threads=tuple(threads) if threads is not None else (make_thread(),),
        contacts={Contact.OPERATIONS: ANSWERS},
        ends_s=at(ends),
        fingerprint="f",
    )
    contacts = (
        PlaybookContact(Contact.OPERATIONS, "Duty manager", "what is happening on the ground", 15),
        PlaybookContact(Contact.LEGAL, "Counsel", "threats", 15),
    )
    return World(scenario, Playbook("default", "Default", contacts, {}, House(), "p"), rules())


@dataclass
class Game:
    """Play a world by hand. Story times are written as in scenarios."""

    world: World = field(default_factory=make_world)
    now_ms: int = NOON
    state: RunState = field(default_factory=RunState)
    events: list[Event] = field(default_factory=list)

    def do(self, command: Command) -> list[Event] | Refusal:
        """Carry out a command now and keep what comes of it."""
        new = decide(self.world, self.state, command, self.now_ms)
        for event in new if isinstance(new, list) else []:
            self.state = evolve(self.world, self.state, event)
            self.events.append(event)
        return new

    def follow(self, steps: Iterable[tuple[int, Command]], *, end: bool) -> Game:
        """Do each command once so many milliseconds have passed (the clock may go back a little), and stop if it is to `end`."""
        for passes_ms, command in steps:
            self.now_ms += passes_ms
            self.do(command)
        if end:
            self.do(End())
        return self

    def start(self, *, untimed: bool = False, pace_factor: float = 1.0) -> Game:
        """Start the run."""
        self.do(Start(seed="s", untimed=untimed, pace_factor=pace_factor))
        return self

    def until(self, written: str) -> Game:
        """Let the clock run to a story time without looking."""
        ahead = at(written) - story_now(self.state, self.now_ms)
        self.now_ms += max(0, round(ahead / (self.state.clock.pace or 1) * 1000))
        return self

    def look(self, written: str = "") -> Game:
        """Look at the run, at a story time if one is given."""
        if written:
            self.until(written)
        self.do(Tick())
        return self

    def send(
        self, text: str = WARM, action: Action = Action.REPLY_PUBLIC, *, thread: str = "bag", token: str = ""
    ) -> list[Event] | Refusal:
        """Send a reply now."""
        return self.do(Send(thread, text, action, token or f"token-{len(self.events)}"))

    def ask(self, handover: HandOver, *, thread: str = "bag", colleague: bool = False, token: str = "") -> list[Event] | Refusal:
        """Ask a contact now."""
        return self.do(AskContact(thread, handover, token or f"asked-{len(self.events)}", colleague=colleague))

    def bodies(self, kind: type[Body]) -> list[Body]:
        """Return what happened of one kind."""
        return [event.body for event in self.events if isinstance(event.body, kind)]

    def said(self, by: str) -> list[str]:
        """Return what somebody said, in order."""
        return [post.say for post in self.state.posts if post.by == by]
