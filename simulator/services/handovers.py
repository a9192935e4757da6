"""Let contacts read and answer the hand-overs that colleagues sent them in drills."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from simulator.content import Library
from simulator.content.model import Playbook
from simulator.core.clock import Now
from simulator.core.refusal import Refusal, RefusalCode
from simulator.drills.commands import AnswerAsColleague
from simulator.drills.events import Event, HandOverAnswered
from simulator.persistence.handovers import HandOverStore
from simulator.persistence.people import PeopleStore
from simulator.persistence.rows import HandOverRow
from simulator.persistence.runs import RunStore
from simulator.scoring import Ruleset
from simulator.scoring.model import HandOverAnswer
from simulator.scoring.vocabulary import Contact
from simulator.services.drills import Drills
from simulator.services.inbox_rows import InboxItem, answer_json, inbox_item
from simulator.services.reviews import Reviews
from simulator.services.run_log import Loaded, RunLog
from simulator.services.viewer import Role, Viewer
from simulator.services.worlds import Worlds


@dataclass(frozen=True, slots=True)
class HandOvers:
    """Keep the inboxes. A department's hand-overs are for its contacts and for admins, nobody else."""

    inbox_store: HandOverStore
    log: RunLog
    now: Now

    def inbox(self, viewer: Viewer) -> list[InboxItem]:
        """Return what the viewer may answer: what waits first, longest wait on top, then what is answered."""
        rows = [row for contact in _departments(viewer) for row in self.inbox_store.handovers_for(contact.value)]
        waiting = sorted((row for row in rows if row.answered_ms is None), key=lambda row: row.filed_ms)
        answered = sorted((row for row in rows if row.answered_ms is not None), key=lambda row: -(row.answered_ms or 0))
        return [inbox_item(row) for row in (*waiting, *answered)]

    def item(self, viewer: Viewer, handover_id: str) -> InboxItem | Refusal:
        """Return one hand-over by its inbox id."""
        row = self._row(viewer, handover_id)
        return row if isinstance(row, Refusal) else inbox_item(row)

    def answer(self, viewer: Viewer, handover_id: str, answer: HandOverAnswer) -> InboxItem | Refusal:
        """Answer a hand-over: the answer reaches the colleague's run, paused or over as it may be, and is judged."""
        row = self._row(viewer, handover_id)
        if isinstance(row, Refusal):
            return row

        def mark(_before: Loaded, new: Sequence[Event]) -> None:
            for event in new:
                body = event.body
                if isinstance(body, HandOverAnswered) and body.handover_id == row.handover_id:
                    kept = answer_json(body.answer, body.report)
                    self.inbox_store.mark_answered(row.id, answered_by=viewer.name, answered_ms=self.now(), answer_json=kept)

        command = AnswerAsColleague(row.handover_id, answer, viewer.name)
        done = self.log.carry_out(row.run_id, lambda _row: None, command, mark)
        return done if isinstance(done, Refusal) else self.item(viewer, handover_id)

    def _row(self, viewer: Viewer, handover_id: str) -> HandOverRow | Refusal:
        row = self.inbox_store.handover(handover_id)
        if row is None or Contact(row.contact) not in _departments(viewer):
            return Refusal(RefusalCode.NOT_FOUND, "There is no such hand-over in your inbox.")
        return row


def _departments(viewer: Viewer) -> tuple[Contact, ...]:
    if not viewer.signed_in:
        return ()
    if viewer.is_admin:
        return tuple(contact for contact in Contact if contact is not Contact.NONE)
    return (viewer.contact,) if viewer.contact else ()


def drill_services(
    *,
    library: Library,
    playbooks: Mapping[str, Playbook],
    ruleset: Ruleset,
    runs: RunStore,
    inbox: HandOverStore,
    people: PeopleStore,
    now: Now,
    new_id: Callable[[], str],
) -> tuple[Drills, HandOvers]:
    """Return the drills and the inbox on one run log, with the people who have the contact role as colleagues."""

    def colleagues() -> dict[Contact, list[str]]:
        found: dict[Contact, list[str]] = {}
        for person in people.active_with_role(Role.CONTACT):
            if person.contact:
                found.setdefault(Contact(person.contact), []).append(person.name)
        return found

    worlds = Worlds(library=library, playbooks=playbooks, ruleset=ruleset)
    log = RunLog(worlds=worlds, runs=runs, now=now)
    reviews = Reviews(log=log, runs=runs)
    drills = Drills(worlds=worlds, log=log, runs=runs, reviews=reviews, inbox=inbox, now=now, new_id=new_id, colleagues=colleagues)
    return drills, HandOvers(inbox_store=inbox, log=log, now=now)
