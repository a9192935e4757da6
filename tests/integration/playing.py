"""Play through the services: what a server process works with, and views that tests look into."""

from __future__ import annotations

from simulator.content import Library
from simulator.core.refusal import Refusal, RefusalCode
from simulator.integrations.machine import new_id
from simulator.persistence.handovers import HandOverStore
from simulator.persistence.people import PeopleStore
from simulator.persistence.runs import RunStore
from simulator.scoring.vocabulary import Action
from simulator.services.drills import Drills
from simulator.services.handovers import HandOvers, drill_services
from simulator.services.run_views import ReviewView, RunView
from simulator.services.viewer import Viewer, guest
from tests.app_fixtures import shipped_content
from tests.factories import HandClock
from tests.unit.content.texts import SCENARIO, good_plan, house, kite

KITE = "kite"
REPLY = "Ida, a kite on a crane is no way to end a Sunday, sorry. Crane 4 stands until noon; I write here by 12:30 with news. Bo"
NELL, SAM = guest("guest-nell-1"), guest("guest-sam-22")


def process(clock: HandClock, *, text: str = SCENARIO) -> tuple[Drills, HandOvers]:
    """Start what one server process works with; call it again for a second process, or the same one after a kill."""
    return drill_services(
        library=Library({KITE: kite(text=text)}, {KITE: {"good": good_plan()}}),
        playbooks={"house": house()},
        ruleset=shipped_content().ruleset,
        runs=RunStore(),
        inbox=HandOverStore(),
        people=PeopleStore(),
        now=clock,
        new_id=new_id,
    )


def seen(answer: RunView | Refusal) -> RunView:
    """Return the view; fail where it was refused."""
    assert isinstance(answer, RunView), answer
    return answer


def reviewed(answer: ReviewView | Refusal) -> ReviewView:
    """Return the review; fail where it was refused."""
    assert isinstance(answer, ReviewView), answer
    return answer


def refused(answer: object) -> RefusalCode:
    """Return the code of a refusal; fail where it is none."""
    assert isinstance(answer, Refusal), answer
    return answer.code


def begin(drills: Drills, viewer: Viewer = NELL) -> str:
    """Start a run and return its id."""
    run_id = drills.start(viewer, KITE)
    assert isinstance(run_id, str)
    return run_id


def send(drills: Drills, run_id: str, *, viewer: Viewer = NELL, token: str = "token-first", text: str = REPLY) -> RunView | Refusal:
    """Send a reply."""
    return drills.send(viewer, run_id, thread="kite", text=text, action=Action.REPLY_PUBLIC, token=token)
