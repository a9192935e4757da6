"""Forks and shared links, stored: whose they are, what they hold, when they end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from apiflask import APIFlask

from simulator.core.refusal import Refusal, RefusalCode
from simulator.drills.confidence import Confidence, Hits
from simulator.drills.events import ReplySent
from simulator.persistence.rows import RunRow
from simulator.persistence.runs import RunStore
from simulator.scoring.vocabulary import Action
from simulator.services.container import Services
from simulator.services.shares import DAYS, MOST, Made
from simulator.services.viewer import Role, Viewer, guest
from tests.factories import HandClock
from tests.integration.playing import NELL, SAM, refused, reviewed, seen
from tests.integration.storing import services_of

FERRY, THREAD = "ferry-sailed-with-the-dog", "biscuit"
COLD = "Please fill in the form on our website."
WARM = "Nell, we sailed without you and with Biscuit: I'm sorry. I've asked operations to radio the ship and write back by 14:45. – Sam"
DAY_S = 86_400


class Table:
    """One player at one app: plays, looks back, forks and shares."""

    def __init__(self, app: APIFlask, clock: HandClock) -> None:
        self.services: Services = services_of(app)
        self.clock = clock

    def played(self, text: str = COLD, *, viewer: Viewer = NELL, sure: Confidence | None = None, at_s: float = 5) -> str:
        """Play one reply and stop; returns the run's id."""
        run_id = self.services.drills.start(viewer, FERRY)
        assert isinstance(run_id, str)
        self.clock.forward(seconds=at_s)
        self.reply(run_id, text, viewer=viewer, sure=sure)
        self.clock.forward(seconds=5)
        seen(self.services.drills.end(viewer, run_id))
        return run_id

    def reply(self, run_id: str, text: str, *, viewer: Viewer = NELL, sure: Confidence | None = None) -> None:
        """Send a reply."""
        token = f"token-{self.clock()}-{run_id[:6]}"
        seen(self.services.drills.send(viewer, run_id, thread=THREAD, text=text, action=Action.REPLY_PUBLIC, token=token, confidence=sure))

    def reply_place(self, run_id: str) -> int:
        """Return the place of the first reply in a run's log."""
        events = self.services.drills._log.events(run_id)
        return next(event.seq for event in events if isinstance(event.body, ReplySent))

    def row(self, run_id: str) -> RunRow:
        """Return a run's row."""
        row = RunStore().row(run_id)
        assert row is not None
        return row

    def fork(self, run_id: str, *, viewer: Viewer = NELL) -> str:
        """Play on from just before the first reply."""
        forked = self.services.forks.play_on(viewer, run_id, self.reply_place(run_id))
        assert isinstance(forked, str), forked
        return forked

    def share(self, run_id: str, days: int = 7) -> Made:
        """Make a link to a run's review."""
        made = self.services.shares.create(NELL, run_id, days)
        assert isinstance(made, Made), made
        return made


@pytest.fixture
def table(stored_app: APIFlask, clock: HandClock) -> Iterator[Table]:
    """Sit down at an app, on SQLite and on PostgreSQL."""
    with stored_app.app_context():
        yield Table(stored_app, clock)


def test_a_fork_goes_on_from_the_blunder_and_can_be_won(table: Table) -> None:
    lost = table.played()
    table.clock.forward(seconds=7 * DAY_S)
    again = table.fork(lost)
    view = seen(table.services.drills.look(NELL, again))
    old = table.services.drills._log.events(lost)[table.reply_place(lost) - 1]
    assert (view.story_s, view.state.status, view.state.decisions) == (old.story_s, "running", ())
    assert (view.row.parent_run, view.row.parent_seq, view.row.created_ms) == (lost, old.seq, table.clock())
    assert view.drafts == {THREAD: COLD}, "the words lie ready to be mended"
    table.clock.forward(seconds=2)
    table.reply(again, WARM)
    seen(table.services.drills.end(NELL, again))
    first, second = table.row(lost), table.row(again)
    assert (first.total or 0) < (second.total or 0)
    assert first.last_seq == len(table.services.drills._log.events(lost)), "the first run stays what it was"


@pytest.mark.parametrize(
    "somebody",
    [SAM, guest(""), Viewer("u9", "", Role.ADMIN, "Ada"), Viewer("u8", "", Role.LEARNER, "Ines")],
    ids=["guest", "nobody", "admin", "learner"],
)
def test_only_its_player_may_fork_or_share_a_run(table: Table, somebody: Viewer) -> None:
    run_id = table.played()
    share = table.share(run_id)
    services = table.services
    assert refused(services.forks.play_on(somebody, run_id, table.reply_place(run_id))) is RefusalCode.NOT_FOUND
    assert refused(services.shares.create(somebody, run_id, 7)) is RefusalCode.NOT_FOUND
    assert refused(services.shares.take_back(somebody, run_id, share.share.id)) is RefusalCode.NOT_FOUND
    assert services.shares.of(somebody, run_id) == []


def test_a_run_that_goes_on_can_be_neither_forked_nor_shared(table: Table) -> None:
    run_id = table.services.drills.start(NELL, FERRY)
    assert isinstance(run_id, str)
    assert refused(table.services.forks.play_on(NELL, run_id, 2)) is RefusalCode.STALE
    assert refused(table.services.shares.create(NELL, run_id, 7)) is RefusalCode.STALE
    assert refused(table.services.forks.play_on(NELL, "no-such-run", 2)) is RefusalCode.NOT_FOUND


def test_a_fork_is_made_once_a_form_and_anew_once_that_one_is_over(table: Table) -> None:
    lost = table.played()
    place, forks = table.reply_place(lost), table.services.forks
    made = forks.play_on(NELL, lost, place, token="one form")
    assert isinstance(made, str)
    table.services.drills.save_draft(NELL, made, thread=THREAD, text=WARM)
    assert forks.play_on(NELL, lost, place, token="one form") == made
    assert seen(table.services.drills.look(NELL, made)).drafts == {THREAD: WARM}, "what was typed since is not overwritten"
    assert forks.play_on(NELL, lost, place, token="another form") != made
    assert len(table.services.drills.mine(NELL)) == 3
    seen(table.services.drills.end(NELL, made))
    assert forks.play_on(NELL, lost, place, token="one form") != made


@pytest.mark.parametrize("seq", [0, 1, 4, 999, -3])
def test_there_is_no_fork_in_the_middle_of_something(table: Table, seq: int) -> None:
    run_id = table.played()
    place = table.reply_place(run_id)
    assert refused(table.services.forks.play_on(NELL, run_id, place + 1 if seq == 4 else seq)) is RefusalCode.BAD_VALUE


def test_the_same_moment_is_put_beside_earlier_attempts(table: Table) -> None:
    first = table.played(COLD)
    table.clock.forward(seconds=60)
    again = table.fork(first)
    table.reply(again, WARM)
    seen(table.services.drills.end(NELL, again))
    review = reviewed(table.services.drills.review(NELL, again))
    past = table.services.reviews.past_of(NELL, review)
    attempt = past.attempts[THREAD, 1][0]
    assert (attempt.run.id, attempt.decision.text) == (first, COLD)
    assert attempt.edit is not None
    assert attempt.edit.total == round(review.review.decisions[0].report.total - attempt.decision.report.total, 1)
    assert [row.id for row in past.runs] == [first, again]
    assert past.parent is not None
    assert past.parent.id == first
    of_first = table.services.reviews.past_of(NELL, reviewed(table.services.drills.review(NELL, first)))
    assert (dict(of_first.attempts), of_first.parent) == ({}, None)


def test_what_a_fork_copied_is_no_attempt_of_its_own_and_not_counted_twice(table: Table) -> None:
    made = table.services.accounts.create_first_admin(name="Ines Calder", email="ines@calder.example", password="quiet harbour lamp 42")
    assert not isinstance(made, Refusal)
    ines = made.viewer()
    first = table.services.drills.start(ines, FERRY)
    assert isinstance(first, str)
    table.clock.forward(seconds=5)
    table.reply(first, COLD, viewer=ines, sure=Confidence.SURE)
    table.clock.forward(seconds=5)
    table.reply(first, WARM, viewer=ines, sure=Confidence.FAIRLY_SURE)
    seen(table.services.drills.end(ines, first))
    places = [event.seq for event in table.services.drills._log.events(first) if isinstance(event.body, ReplySent)]
    table.clock.forward(seconds=60)
    again = table.services.forks.play_on(ines, first, places[1])
    assert isinstance(again, str)
    table.reply(again, WARM, viewer=ines, sure=Confidence.FAIRLY_SURE)
    seen(table.services.drills.end(ines, again))
    figures = table.services.reviews.calibration(ines)
    assert figures[Confidence.SURE] == Hits(0, 1)
    assert figures[Confidence.FAIRLY_SURE].said == 2
    review = reviewed(table.services.drills.review(ines, again))
    assert (THREAD, 1) not in table.services.reviews.past_of(ines, review).attempts


def test_nobody_elses_past_is_shown(table: Table) -> None:
    run_id = table.played()
    shared = reviewed(table.services.shares.open(table.share(run_id).token))
    assert shared.mine is False
    past = table.services.reviews.past_of(SAM, shared)
    assert (past.runs, dict(past.attempts), past.parent) == ((), {}, None)
    assert table.services.reviews.calibration(SAM) == {}


@pytest.mark.parametrize("days", DAYS)
def test_a_link_opens_until_it_runs_out(table: Table, days: int) -> None:
    run_id = table.played()
    made = table.share(run_id, days)
    table.clock.forward(seconds=days * DAY_S - 1)
    assert reviewed(table.services.shares.open(made.token)).run_id == run_id
    table.clock.forward(seconds=1)
    assert refused(table.services.shares.open(made.token)) is RefusalCode.EXPIRED
    assert table.services.shares.of(NELL, run_id) == []


def test_a_link_that_was_taken_back_opens_no_more(table: Table) -> None:
    run_id = table.played()
    made, other = table.share(run_id), table.share(run_id, 30)
    assert table.services.shares.take_back(NELL, run_id, made.share.id) is None
    assert refused(table.services.shares.open(made.token)) is RefusalCode.EXPIRED
    assert reviewed(table.services.shares.open(other.token)).run_id == run_id
    assert refused(table.services.shares.take_back(NELL, run_id, made.share.id)) is RefusalCode.NOT_FOUND


@pytest.mark.parametrize("token", ["", "x", "x" * 5000, "ö\ud800"])
def test_a_wrong_token_opens_nothing(table: Table, token: str) -> None:
    table.share(table.played())
    assert refused(table.services.shares.open(token)) is RefusalCode.EXPIRED


@pytest.mark.parametrize("days", [0, 1, 8, 365, -7])
def test_a_link_opens_for_a_week_or_a_month_only(table: Table, days: int) -> None:
    assert refused(table.services.shares.create(NELL, table.played(), days)) is RefusalCode.BAD_VALUE


def test_there_is_an_end_to_links(table: Table) -> None:
    run_id = table.played()
    for _ in range(MOST):
        table.share(run_id)
    assert refused(table.services.shares.create(NELL, run_id, 7)) is RefusalCode.TOO_MANY
    table.clock.forward(seconds=7 * DAY_S)
    assert not isinstance(table.services.shares.create(NELL, run_id, 7), Refusal)
