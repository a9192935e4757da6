"""Say whose a run is, and hold what somebody sees of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from simulator.content.model import Fact, Playbook, Scenario
from simulator.core.refusal import Refusal
from simulator.drills.review import Review
from simulator.drills.shift import ShiftReport
from simulator.drills.state import RunState
from simulator.persistence.rows import RunRow
from simulator.scoring.vocabulary import Contact, Urgency
from simulator.services.run_log import no_such_run
from simulator.services.viewer import Viewer


@dataclass(frozen=True, slots=True)
class RunView:
    """What the player sees of a run at `now_ms` (story second `story_s`). `waiting` are threads that want a reply.

    `next_ms` is the real time of the next thing that is due, None where none is.
    `mine` tells whether the viewer may act; `colleagues` are the people who can be asked, by department (none for
    guests). Of a shift `suggested` is how soon the judge thinks that somebody must act, and `shift_report` its score once it is over.
    """

    run_id: str
    scenario: Scenario
    playbook: Playbook
    state: RunState
    story_s: float
    now_ms: int
    next_ms: int | None
    drafts: dict[str, str]
    facts: tuple[Fact, ...]
    waiting: tuple[str, ...]
    colleagues: dict[Contact, list[str]]
    mine: bool
    row: RunRow
    suggested: Mapping[str, Urgency] = field(default_factory=dict)
    shift_report: ShiftReport | None = None


@dataclass(frozen=True, slots=True)
class ReviewView:
    """What somebody sees of a run that is over. `mine` tells whether it is the viewer's own."""

    run_id: str
    scenario: Scenario
    playbook: Playbook
    review: Review
    mine: bool
    row: RunRow


def owns(viewer: Viewer, row: RunRow) -> bool:
    """Tell whether a run is the viewer's own, as a member or as the guest of this browser."""
    if row.owner_user is not None:
        return row.owner_user == viewer.user_id
    return bool(row.owner_guest) and row.owner_guest == viewer.guest_id


def owner_of(viewer: Viewer) -> str:
    """Return what names the viewer among all owners of runs."""
    return f"guest {viewer.guest_id}" if viewer.user_id is None else f"user {viewer.user_id}"


def may_act(viewer: Viewer) -> Callable[[RunRow], Refusal | None]:
    """Return the right to act on a run: its owner's alone."""
    return lambda row: None if owns(viewer, row) else no_such_run()


def may_read(viewer: Viewer) -> Callable[[RunRow], Refusal | None]:
    """Return the right to look at a run: its owner's, and everybody's where it is public."""
    return lambda row: None if row.public or owns(viewer, row) else no_such_run()
