"""Gather what each decision set off in the public: whose temperature moved how far, and who then said what."""

from __future__ import annotations

from dataclasses import dataclass, field

from simulator.drills import events
from simulator.drills.events import Event
from simulator.drills.state import RunState


@dataclass(frozen=True, slots=True)
class SetOff:
    """One line that a decision set off."""

    post_id: str
    by: str
    say: str
    story_s: float


@dataclass(slots=True)
class Felt:
    """What the decisions of a run set off so far, by decision. `degrees` are added up for each persona."""

    degrees: dict[str, dict[str, float]] = field(default_factory=dict)
    lines: dict[str, tuple[SetOff, ...]] = field(default_factory=dict)

    def note(self, state: RunState, event: Event) -> None:
        """Take `event` in; `state` is the run just before it."""
        body = event.body
        if isinstance(body, events.MoodMoved) and body.decision_id:
            moved = self.degrees.setdefault(body.decision_id, {})
            by = body.temperature - state.temperature.get(body.persona, body.temperature)
            moved[body.persona] = round(moved.get(body.persona, 0.0) + by, 1)
        if isinstance(body, events.PostAppeared) and body.reaction is not None and body.say:
            cause = next((item.decision_id for item in state.planned if (item.thread, item.reaction) == (body.thread, body.reaction)), "")
            if cause:
                said = SetOff(body.post_id, body.by, body.say, event.story_s)
                self.lines[cause] = (*self.lines.get(cause, ()), said)
