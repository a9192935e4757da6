"""A hand-over reaches a colleague's inbox, and their answer the run."""

from __future__ import annotations

import pytest
from apiflask import APIFlask

from simulator.core.refusal import Refusal, RefusalCode
from simulator.persistence.runs import RunStore
from simulator.scoring.model import HandOver, HandOverAnswer
from simulator.scoring.vocabulary import Contact
from simulator.services.run_views import RunView
from simulator.services.viewer import Role, Viewer
from tests.cast import ADA, INES, OMAR, RUTH, TOLU, Person
from tests.factories import HandClock, make_answer, make_handover
from tests.integration.playing import NELL, REPLY, begin, process, refused, reviewed, seen, send


class TestColleagues:
    """A hand-over reaches a person, and their answer the run."""

    @pytest.fixture(autouse=True)
    def cast(self, app: APIFlask, people: dict[Person, str], clock: HandClock) -> None:
        """Give the cast their seats."""
        contacts = {OMAR: Contact.OPERATIONS}
        self.app = app
        self.as_ = {
            person: Viewer(people[person], "", Role(person.role), person.name, contacts.get(person))
            for person in (ADA, RUTH, INES, TOLU, OMAR)
        }
        self.drills, self.handovers = process(clock)

    def ask(self, run_id: str, *, handover: HandOver | None = None) -> RunView | Refusal:
        """Let Ines ask a colleague."""
        asked = handover or make_handover()
        return self.drills.ask_contact(self.as_[INES], run_id, thread="kite", handover=asked, colleague=True, token="token-ask")

    def filed(self) -> tuple[str, str]:
        """Let Ines play and ask; return the run's and the inbox item's ids."""
        run_id = begin(self.drills, self.as_[INES])
        seen(self.ask(run_id))
        return run_id, self.handovers.inbox(self.as_[OMAR])[0].id

    def test_the_contact_sees_what_they_need_and_not_the_learners_score(self) -> None:
        with self.app.app_context():
            run_id = begin(self.drills, self.as_[INES])
            send(self.drills, run_id, viewer=self.as_[INES])
            seen(self.ask(run_id))
            item = self.handovers.inbox(self.as_[OMAR])[0]
            assert (item.sender_name, item.handover, item.scenario_title) == (INES.name, make_handover(), "The kite in the crane")
            assert [(line.name, line.text, line.ours) for line in item.thread] == [
                ("Ida", "my red kite is stuck in your crane", False),
                ("Port of Ellery", REPLY, True),
            ]
            assert (item.inside, item.target_minutes) == (("The line is caught on the jib.",), 15)
            assert (item.answer, item.report) == (None, None)

    def test_the_answer_reaches_the_run_and_is_judged(self, clock: HandClock) -> None:
        with self.app.app_context():
            run_id, item_id = self.filed()
            clock.forward(seconds=90)
            item = self.handovers.answer(self.as_[OMAR], item_id, make_answer())
            assert not isinstance(item, Refusal)
            assert item.report is not None
            assert item.answer is not None
            assert (item.answered_by, item.answer.after_minutes, item.report.side) == (OMAR.name, 1.5, "receiver")
            asked = seen(self.drills.look(self.as_[INES], run_id)).state.handovers[0]
            assert (asked.answered_by, asked.answer, asked.answer_report) == (OMAR.name, item.answer, item.report)

    @pytest.mark.parametrize("state", ["paused", "ended"])
    def test_it_reaches_a_run_that_stands_or_is_over(self, clock: HandClock, state: str) -> None:
        with self.app.app_context():
            run_id, item_id = self.filed()
            (self.drills.pause if state == "paused" else self.drills.end)(self.as_[INES], run_id)
            clock.forward(seconds=3600)
            assert not isinstance(self.handovers.answer(self.as_[OMAR], item_id, make_answer()), Refusal)
            row = RunStore().row(run_id)
            assert row is not None
            assert row.status == state
            if state == "ended":
                review = reviewed(self.drills.review(self.as_[INES], run_id)).review
                assert review.handovers[0].answered_by == OMAR.name

    def test_only_the_department_and_admins_see_it(self) -> None:
        with self.app.app_context():
            _, item_id = self.filed()
            for person in (RUTH, INES, TOLU):
                assert self.handovers.inbox(self.as_[person]) == []
                assert refused(self.handovers.item(self.as_[person], item_id)) is RefusalCode.NOT_FOUND
                assert refused(self.handovers.answer(self.as_[person], item_id, make_answer())) is RefusalCode.NOT_FOUND
            other = Viewer("user-legal", "", Role.CONTACT, "Lee", Contact.LEGAL)
            assert self.handovers.inbox(other) == []
            assert self.handovers.inbox(NELL) == []
            assert [item.id for item in self.handovers.inbox(self.as_[ADA])] == [item_id]

    def test_one_answer_is_enough_and_an_empty_one_is_none(self) -> None:
        with self.app.app_context():
            _, item_id = self.filed()
            assert refused(self.handovers.answer(self.as_[OMAR], item_id, HandOverAnswer())) is RefusalCode.EMPTY
            self.handovers.answer(self.as_[OMAR], item_id, make_answer())
            assert refused(self.handovers.answer(self.as_[ADA], item_id, make_answer())) is RefusalCode.ALREADY_DONE

    def test_what_waits_stands_above_what_is_answered(self, clock: HandClock) -> None:
        with self.app.app_context():
            _, first = self.filed()
            clock.forward(seconds=5)
            run_id = begin(self.drills, self.as_[INES])
            seen(self.ask(run_id))
            self.handovers.answer(self.as_[OMAR], first, make_answer())
            assert [item.answer is None for item in self.handovers.inbox(self.as_[OMAR])] == [True, False]

    def test_a_refused_hand_over_is_in_nobodys_inbox(self) -> None:
        with self.app.app_context():
            run_id = begin(self.drills, self.as_[INES])
            assert refused(self.ask(run_id, handover=HandOver(Contact.OPERATIONS))) is RefusalCode.EMPTY
            assert self.handovers.inbox(self.as_[OMAR]) == []

    def test_asking_twice_by_accident_files_it_once(self) -> None:
        with self.app.app_context():
            run_id = begin(self.drills, self.as_[INES])
            for _ in range(2):
                seen(self.ask(run_id))
            assert len(self.handovers.inbox(self.as_[OMAR])) == 1

    def test_a_guest_is_asked_to_sign_in_and_nobody_waits_for_an_empty_desk(self) -> None:
        with self.app.app_context():
            run_id = begin(self.drills)
            answer = self.drills.ask_contact(NELL, run_id, thread="kite", handover=make_handover(), colleague=True, token="token-1")
            assert refused(answer) is RefusalCode.SIGN_IN_FIRST
            mine = begin(self.drills, self.as_[INES])
            assert refused(self.ask(mine, handover=make_handover(to=Contact.LEGAL))) is RefusalCode.BAD_VALUE
            view = seen(self.drills.look(self.as_[INES], mine))
            assert view.colleagues == {Contact.OPERATIONS: [OMAR.name]}
            assert seen(self.drills.look(NELL, run_id)).colleagues == {}
