"""List what happened in a run, one entry for what people would call a happening, with the moods once it had happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from simulator.drills import events
from simulator.drills.events import Event
from simulator.drills.state import RunState
from simulator.drills.world import US


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened, for the list of the review. `trust` is the onlookers' trust once it had happened.

    `kind` is started, post, reply, silence, handover, answer, closed, merged, incident (declared), alarm (a false one),
    paused, resumed, pace or ended; `who` is the id of a persona, "us", a contact or the name of who answered; `words` is
    what was said, or the ending; `ref` is the id of the post, decision or hand-over. `temperature` is everybody's then,
    `last_seq` the last event that belongs to it.
    """

    seq: int
    story_s: float
    real_ms: int
    kind: str
    thread: str
    who: str
    words: str
    ref: str
    trust: float
    temperature: Mapping[str, float] = field(default_factory=dict)
    last_seq: int = 0


def add_entry(timeline: list[TimelineEntry], event: Event, after: RunState) -> None:
    """Add `event` to `timeline`; a mood that moves right after something belongs to it. `after` is the state since."""
    body = event.body
    if isinstance(body, events.MoodMoved) and timeline:
        timeline[-1] = replace(timeline[-1], trust=after.trust, temperature=after.temperature, last_seq=event.seq)
        return
    describe = _ENTRIES.get(type(body))
    if describe is None or (isinstance(body, events.PostAppeared) and not body.say):
        if timeline:
            timeline[-1] = replace(timeline[-1], last_seq=event.seq)
        return
    kind, thread, who, words, ref = describe(body)
    entry = TimelineEntry(event.seq, event.story_s, event.real_ms, kind, thread, who, words, ref, after.trust, after.temperature, event.seq)
    timeline.append(entry)


_ENTRIES: Mapping[type, Callable[[Any], tuple[str, str, str, str, str]]] = {
    events.RunStarted: lambda body: ("started", "", US, "", ""),
    events.PostAppeared: lambda body: ("post", body.thread, body.by, body.say, body.post_id),
    events.ReplySent: lambda body: ("reply" if body.text else "silence", body.thread, US, body.text or body.action.value, body.decision_id),
    events.HandOverSent: lambda body: ("handover", body.thread, body.handover.to.value, body.handover.what_happened, body.handover_id),
    events.HandOverAnswered: lambda body: ("answer", "", body.answered_by, body.answer.may_say, body.handover_id),
    events.ThreadClosed: lambda body: ("closed", body.thread, "", body.ending, ""),
    events.ThreadsMerged: lambda body: ("merged", body.thread, US, body.into, ""),
    events.IncidentDeclared: lambda body: ("incident" if body.threads else "alarm", "", US, body.text, body.incident_id),
    events.Paused: lambda body: ("paused", "", US, "", ""),
    events.Resumed: lambda body: ("resumed", "", US, "", ""),
    events.PaceSet: lambda body: ("pace", "", US, "untimed" if body.untimed else f"{body.pace:g}", ""),
    events.RunEnded: lambda body: ("ended", "", "", body.ending, ""),
}
