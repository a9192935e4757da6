"""Play drills: what a player can ask of a run, who may ask it, and what they then see."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from simulator.content.model import SHIFT, Scenario
from simulator.content.variants import MOST_NUMBER
from simulator.core.clock import Now
from simulator.core.plain_text import DRAFT_LIMIT, fit_text
from simulator.core.refusal import Refusal, RefusalCode
from simulator.drills import commands
from simulator.drills.commands import Command
from simulator.drills.confidence import Confidence
from simulator.drills.engine import decide
from simulator.drills.events import Event, HandOverSent
from simulator.drills.evolution import evolve
from simulator.drills.play import play_plan
from simulator.drills.shift import shift_report
from simulator.drills.shift_inbox import suggested_priorities
from simulator.drills.state import RunState
from simulator.drills.timeline import next_moment_ms, visible_facts
from simulator.drills.world import story_now, waiting_threads
from simulator.persistence.handovers import HandOverStore
from simulator.persistence.rows import RunRow
from simulator.persistence.runs import RunStore
from simulator.scoring.model import HandOver
from simulator.scoring.vocabulary import SILENT_ACTIONS, Action, Channel, Contact, Kind
from simulator.services.coaching import Coached, coach_draft
from simulator.services.inbox_rows import inbox_row
from simulator.services.reviews import Reviews
from simulator.services.run_log import Also, Loaded, RunLog
from simulator.services.run_views import ReviewView, RunView, may_act, may_read, owner_of, owns
from simulator.services.viewer import Viewer
from simulator.services.worlds import Worlds

ShiftCommand = commands.Claim | commands.Snooze | commands.Rank | commands.Merge | commands.Declare
Colleagues = Callable[[], Mapping[Contact, Sequence[str]]]
"""Return the names of the people with the contact role, by department."""

TOKEN_LIMIT = 64
"""Most characters of a form's token; each is kept with what it brought about."""
EXAMPLE_PLAN = "good"
EXAMPLE_AGE_MS = 60_000
_HOTTEST_FIRST = (Kind.HEATED_COMPLAINT, Kind.COMPLAINT)


class Drills:
    """Answer everything a player can ask of a run. Only its owner may act on it; a public run may be read by all.

    Trainers and admins get no look into practice either: it is private (DESIGN §2.9).
    """

    def __init__(
        self,
        *,
        worlds: Worlds,
        log: RunLog,
        runs: RunStore,
        reviews: Reviews,
        inbox: HandOverStore,
        now: Now,
        new_id: Callable[[], str],
        colleagues: Colleagues,
    ) -> None:
        self._worlds = worlds
        self._log = log
        self._runs = runs
        self.reviews = reviews
        self._inbox = inbox
        self._now = now
        self._new_id = new_id
        self._colleagues = colleagues

    def library(self) -> tuple[Scenario, ...]:
        """Return all scenarios, the easier ones first."""
        return tuple(sorted(self._worlds.library.scenarios.values(), key=lambda scenario: (scenario.level, scenario.title)))

    def scenario(self, slug: str) -> Scenario | Refusal:
        """Return one scenario of the library."""
        return self._worlds.library.scenarios.get(slug) or _no_such_scenario()

    def landing(self) -> Scenario:
        """Return the scenario for somebody who has never played: the hottest on a microblog, the easiest, the shortest."""
        return min(self.library(), key=_for_a_first_time)

    def start(
        self, viewer: Viewer, slug: str, *, untimed: bool = False, pace_factor: float = 1.0, variant: int = 0, token: str = ""
    ) -> str | Refusal:
        """Start a run of a variant of a scenario (0 is as written) and return its id.

        A form sent again with the same `token` and choices gets the run that it has started already.
        """
        if not 0 <= variant <= MOST_NUMBER:
            return Refusal(RefusalCode.BAD_VALUE, f"Variants are numbered from 0 to {MOST_NUMBER}.", "variant")
        played = self._worlds.fresh(slug, str(variant))
        if played is None:
            return _no_such_scenario()
        chosen = (owner_of(viewer), slug, str(untimed), str(pace_factor), str(variant))
        run_id = self._log.id_for(token, *chosen) if token else self._new_id()
        command = commands.Start(seed=str(variant), untimed=untimed, pace_factor=pace_factor)
        begun = decide(played.world, RunState(), command, self._now())
        if isinstance(begun, Refusal):
            return begun
        self._log.create(_new_row(run_id, slug, viewer), played.world, played.texts, begun)
        return run_id

    def look(self, viewer: Viewer, run_id: str) -> RunView | Refusal:
        """Return the run as it stands now; what was due since the last look is played first."""
        return self._act(viewer, run_id, commands.Tick(), reading=True)

    def send(
        self, viewer: Viewer, run_id: str, *, thread: str, text: str, action: Action, token: str, confidence: Confidence | None = None
    ) -> RunView | Refusal:
        """Send a reply or choose a silent action; the kept draft goes once its words are sent."""
        if len(token) > TOKEN_LIMIT:
            return _strange_token()

        def forget_draft(_before: Loaded, _new: Sequence[Event]) -> None:
            if action not in SILENT_ACTIONS:
                self._runs.save_draft(run_id, thread, "", self._now())

        return self._act(viewer, run_id, commands.Send(thread, text, action, token, confidence), also=forget_draft)

    def ask_contact(
        self, viewer: Viewer, run_id: str, *, thread: str, handover: HandOver, colleague: bool, token: str
    ) -> RunView | Refusal:
        """Hand a thread over to a contact: the scenario's, or with `colleague` a real one, into whose inbox it goes."""
        if len(token) > TOKEN_LIMIT:
            return _strange_token()
        refusal = self._no_colleague(viewer, handover.to) if colleague else None
        if refusal is not None:
            return refusal
        command = commands.AskContact(thread, handover, token, colleague=colleague)
        return self._act(viewer, run_id, command, also=lambda before, new: self._file(viewer, run_id, before, new))

    def arrange(self, viewer: Viewer, run_id: str, command: ShiftCommand) -> RunView | Refusal:
        """Claim, put off, rank or merge a thread of a shift, or declare its incident."""
        if isinstance(command, commands.Declare) and len(command.token) > TOKEN_LIMIT:
            return _strange_token()
        return self._act(viewer, run_id, command)

    def pause(self, viewer: Viewer, run_id: str) -> RunView | Refusal:
        """Let the story stand still."""
        return self._act(viewer, run_id, commands.Pause())

    def resume(self, viewer: Viewer, run_id: str) -> RunView | Refusal:
        """Let the story go on."""
        return self._act(viewer, run_id, commands.Resume())

    def end(self, viewer: Viewer, run_id: str) -> RunView | Refusal:
        """Stop the run here."""
        return self._act(viewer, run_id, commands.End())

    def set_pace(self, viewer: Viewer, run_id: str, *, pace_factor: float, untimed: bool) -> RunView | Refusal:
        """Run the story slower or faster, or let it wait for the player."""
        return self._act(viewer, run_id, commands.SetPace(pace_factor, untimed))

    def save_draft(self, viewer: Viewer, run_id: str, *, thread: str, text: str) -> Refusal | None:
        """Keep what is being typed under a thread."""
        found = self._typed(viewer, run_id, thread, text)
        if isinstance(found, Refusal):
            return found
        self._runs.save_draft(run_id, thread, found[1], self._now())
        return None

    def coach(self, viewer: Viewer, run_id: str, *, thread: str, text: str, action: Action) -> Coached | Refusal:
        """Return what a draft would earn if it were sent now. Nothing is stored, and it earns nothing."""
        found = self._typed(viewer, run_id, thread, text)
        if isinstance(found, Refusal):
            return found
        return coach_draft(found[0], thread, found[1], action, self._now())

    def review(self, viewer: Viewer, run_id: str) -> ReviewView | Refusal:
        """Return the review of a run that is over."""
        return self.reviews.look_back(viewer, run_id, may_read(viewer))

    def mine(self, viewer: Viewer) -> list[RunRow]:
        """Return the viewer's runs, newest first."""
        return self._runs.runs_of(user=viewer.user_id, guest=viewer.guest_id)

    def example(self) -> str | None:
        """Return the id of the finished run that anybody may review, if there is one."""
        row = self._runs.example()
        return row.id if row else None

    def ensure_example(self) -> Refusal | bool:
        """Make the example run from the landing scenario's good plan, unless there is one; tell whether it was made.

        A new one is made when the scenario or the rules have changed since. Its real times end a minute ago.
        """
        slug = self.landing().slug
        played = self._worlds.fresh(slug)
        plan = self._worlds.library.plans.get(slug, {}).get(EXAMPLE_PLAN)
        if played is None or plan is None:
            return Refusal(RefusalCode.NOT_FOUND, f"The scenario '{slug}' has no plan called '{EXAMPLE_PLAN}' to make an example of.")
        row = self._runs.example()
        stored = self._runs.load(row.id) if row and row.slug == slug and row.fingerprint == self._worlds.fingerprint else None
        if stored is not None and stored.texts == played.texts:
            return False
        rehearsal = play_plan(played.world, plan).events
        took_ms = rehearsal[-1].real_ms - rehearsal[0].real_ms
        result = play_plan(played.world, plan, starts_ms=self._now() - EXAMPLE_AGE_MS - took_ms)
        if result.state.status != "ended":
            return Refusal(RefusalCode.BAD_VALUE, f"The plan '{EXAMPLE_PLAN}' of '{slug}' does not play to its end: {result.failures}")
        self._log.create(_new_row(self._new_id(), slug, None), played.world, played.texts, result.events)
        return True

    def _act(self, viewer: Viewer, run_id: str, command: Command, *, reading: bool = False, also: Also | None = None) -> RunView | Refusal:
        done = self._log.carry_out(run_id, may_read(viewer) if reading else may_act(viewer), command, also)
        return done if isinstance(done, Refusal) else self._view(viewer, done)

    def _view(self, viewer: Viewer, loaded: Loaded) -> RunView:
        now_ms = self._now()
        world, state = loaded.world, loaded.state
        story_s = story_now(state, now_ms)
        mine = owns(viewer, loaded.row)
        colleagues = self._colleagues() if mine and viewer.signed_in else {}
        return RunView(
            run_id=loaded.row.id,
            scenario=world.scenario,
            playbook=world.playbook,
            state=state,
            story_s=story_s,
            now_ms=now_ms,
            next_ms=next_moment_ms(world, state, now_ms),
            drafts=self._runs.drafts(loaded.row.id) if mine else {},
            facts=visible_facts(world, state, story_s),
            waiting=waiting_threads(world, state),
            colleagues={contact: list(names) for contact, names in colleagues.items() if names},
            mine=mine,
            row=loaded.row,
            suggested=suggested_priorities(world, state, story_s),
            shift_report=shift_report(world, state) if world.scenario.mode == SHIFT and state.status == "ended" else None,
        )

    def _typed(self, viewer: Viewer, run_id: str, thread: str, text: str) -> tuple[Loaded, str] | Refusal:
        """Return the viewer's own run and a draft that is fit to keep, under a thread that there is."""
        loaded = self._log.load_for(may_act(viewer), run_id)
        if isinstance(loaded, Refusal):
            return loaded
        if loaded.world.thread(thread) is None:
            return Refusal(RefusalCode.NOT_FOUND, "There is no such conversation in this drill.", "thread")
        fit = fit_text(text, limit=DRAFT_LIMIT, what="Your draft", about="text")
        return fit if isinstance(fit, Refusal) else (loaded, fit)

    def _no_colleague(self, viewer: Viewer, contact: Contact) -> Refusal | None:
        if not viewer.signed_in:
            return Refusal(RefusalCode.SIGN_IN_FIRST, "Sign in to ask a colleague. The scenario's own contact answers without an account.")
        if not self._colleagues().get(contact):
            return Refusal(RefusalCode.BAD_VALUE, "Nobody here answers for this contact yet. Ask the scenario's own contact instead.", "to")
        return None

    def _file(self, viewer: Viewer, run_id: str, before: Loaded, new: Sequence[Event]) -> None:
        """Put what was sent to a colleague into their inbox, in the transaction that stores it."""
        state = before.state
        for event in new:
            state = evolve(before.world, state, event)
            if isinstance(event.body, HandOverSent) and event.body.colleague:
                row = inbox_row(self._new_id(), run_id, viewer.name, before.world, state, event, event.body)
                self._inbox.file_handover(row)


def _for_a_first_time(scenario: Scenario) -> tuple[int, bool, int, int, str]:
    kind = scenario.threads[0].expected.kind
    heat = _HOTTEST_FIRST.index(kind) if kind in _HOTTEST_FIRST else len(_HOTTEST_FIRST)
    return heat, scenario.channel is not Channel.MICROBLOG, scenario.level, scenario.minutes, scenario.slug


def _new_row(run_id: str, slug: str, owner: Viewer | None) -> RunRow:
    """Return the row of a new run; without an owner it is public. The log fills in what its events say."""
    return RunRow(
        id=run_id,
        owner_user=owner.user_id if owner else None,
        owner_guest=owner.guest_id if owner and owner.user_id is None else None,
        slug=slug,
        status="running",
        created_ms=0,
        updated_ms=0,
        ended_ms=None,
        last_seq=0,
        total=None,
        public=owner is None,
        fingerprint="",
    )


def _no_such_scenario() -> Refusal:
    return Refusal(RefusalCode.NOT_FOUND, "There is no such scenario.", "slug")


def _strange_token() -> Refusal:
    return Refusal(
        RefusalCode.BAD_VALUE, "This form is not as this page made it, so nothing was sent. Open the page again and send it from there."
    )
