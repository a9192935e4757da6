"""Draw the curves of a review, trust and everybody's temperature: in percent of the width, so that words keep their size on a phone."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from simulator.content.model import Scenario
from simulator.drills.review import Review
from simulator.web.presenters_time import story_label

WIDTH, TOP, BOTTOM = 1000.0, 34.0, 186.0
"""The path has its own box of 1000 units, stretched to the width; heights are pixels."""
LEFT, RIGHT = 3.0, 97.0
"""Where the story begins and ends, in percent of the width."""
EASE = 14.0
BUSY = 28.0
"""A decision within this of either end (percent) may stand in the way of the words there."""
MOST_LINES = 5
LABEL_ROOM = 15.0
"""Pixels between two names beside their lines."""
CLOSE = 6.0
"""Points nearer than this (percent) are drawn on two levels, so that neither hides the other."""


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One decision on the curve; `x` in percent, `y` and `stem_y` in pixels."""

    number: int
    anchor: str
    mark: str
    tone: str
    label: str
    x: str
    y: float
    stem_y: float


@dataclass(frozen=True, slots=True)
class HeatLine:
    """One persona's temperature. `style` numbers the line's look, `label_y` stands beside its end, apart from the others."""

    name: str
    path: str
    style: int
    start: int
    end: int
    label_y: float


@dataclass(frozen=True, slots=True)
class MoodRow:
    """One row of the table behind the curves: the moods once something had happened; `heats` in the order of `CurveView.people`."""

    at: str
    decision: int
    trust: int
    heats: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CurveView:
    """Both curves. Paths are in the stretched box; `middle` is the height of trust 50."""

    path: str
    area: str
    points: tuple[CurvePoint, ...]
    start_time: str
    end_time: str
    start_label_y: float
    end_label_y: float
    start_trust: int
    end_trust: int
    middle: float
    bottom: float
    heats: tuple[HeatLine, ...]
    heat_words: str
    people: tuple[str, ...]
    rows: tuple[MoodRow, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """A decision to be marked on the curve."""

    number: int
    anchor: str
    mark: str
    tone: str
    label: str
    story_s: float


def draw_curve(scenario: Scenario, review: Review, marked: tuple[Marked, ...]) -> CurveView:
    """Return the trust curve of `review` with `marked` decisions on it."""
    end_s = max(review.story_s, *(item.story_s for item in marked), 1.0) if marked else max(review.story_s, 1.0)
    moods = [(point.story_s, point.trust) for point in review.curve] or [(0.0, review.trust_start)]
    path = _path(moods, end_s)
    points = _points(moods, marked, end_s)
    left, right = _unit(0.0, end_s), _unit(end_s, end_s)
    people = tuple(who for who in scenario.personas if _has_part(review, who))
    heats = _heat_lines(scenario, review, people, end_s)
    return CurveView(
        path=path,
        area=f"{path} L{right:g} {BOTTOM:g} L{left:g} {BOTTOM:g} Z",
        points=points,
        start_time=story_label(scenario, 0),
        end_time=story_label(scenario, end_s),
        start_label_y=_label_y(_height(review.trust_start), [point.y for point in points if float(point.x[:-1]) < BUSY]),
        end_label_y=_label_y(_height(moods[-1][1]), [point.y for point in points if float(point.x[:-1]) > 100 - BUSY]),
        start_trust=round(review.trust_start),
        end_trust=round(moods[-1][1]),
        middle=_height(50.0),
        bottom=BOTTOM,
        heats=heats,
        heat_words="; ".join(_("%(name)s from %(start)s to %(end)s", name=item.name, start=item.start, end=item.end) for item in heats),
        people=tuple(scenario.personas[who].name for who in people),
        rows=_rows(scenario, review, people),
    )


def story_x(review: Review, story_s: float) -> str:
    """Return where a moment of the story stands on the curves, in percent."""
    return f"{_percent(story_s, max(review.story_s, 1.0)):.2f}%"


def _has_part(review: Review, who: str) -> bool:
    """Tell whether a persona wrote anything, or was moved by anything."""
    heats = {point.temperature.get(who) for point in review.curve}
    return len(heats) > 1 or any(post.by == who for post in review.state.posts)


def _heat_lines(scenario: Scenario, review: Review, people: tuple[str, ...], end_s: float) -> tuple[HeatLine, ...]:
    """Those who were moved furthest get a line; all are in the table."""

    def moved(who: str) -> float:
        values = [point.temperature.get(who, 0.0) for point in review.curve]
        return max(values) - min(values)

    chosen = sorted(sorted(people, key=lambda who: -moved(who))[:MOST_LINES], key=people.index)
    lines = [(who, [(point.story_s, point.temperature.get(who, 0.0)) for point in review.curve]) for who in chosen]
    places = _apart([_height(points[-1][1]) + 4 for _, points in lines])
    return tuple(
        HeatLine(scenario.personas[who].name, _path(points, end_s), style, round(points[0][1]), round(points[-1][1]), label_y)
        for style, ((who, points), label_y) in enumerate(zip(lines, places, strict=True))
    )


def _apart(wanted: list[float]) -> list[float]:
    """Move labels apart so that none covers another, in the order of their heights, inside the plot."""
    placed: dict[int, float] = {}
    last = TOP - LABEL_ROOM
    for index in sorted(range(len(wanted)), key=lambda place: wanted[place]):
        last = placed[index] = max(wanted[index], last + LABEL_ROOM)
    over = max(0.0, last - (BOTTOM + 4))
    return [round(placed[index] - over, 1) for index in range(len(wanted))]


def _rows(scenario: Scenario, review: Review, people: tuple[str, ...]) -> tuple[MoodRow, ...]:
    """A row for the beginning, for each decision, and for whatever else moved somebody."""
    numbers = {item.decision_id: index for index, item in enumerate(review.decisions, start=1) if item.decision_id}
    found: list[MoodRow] = []
    for entry in review.timeline:
        decision = numbers.get(entry.ref, 0) if entry.kind in ("reply", "silence") else 0
        heats = tuple(round(entry.temperature.get(who, 0.0)) for who in people)
        row = MoodRow(story_label(scenario, entry.story_s), decision, round(entry.trust), heats)
        if not found or decision or entry.kind == "ended" or (row.trust, row.heats) != (found[-1].trust, found[-1].heats):
            found.append(row)
    return tuple(found)


def _path(moods: list[tuple[float, float]], end_s: float) -> str:
    """A mood holds between two happenings and moves at them, with a little ease so that the eye can follow."""
    x, y = _unit(0.0, end_s), _height(moods[0][1])
    parts = [f"M{x:g} {y:g}"]
    for story_s, trust in moods[1:]:
        to_x, to_y = _unit(story_s, end_s), _height(trust)
        ease = min(EASE, max(0.0, to_x - x) / 2)
        parts.append(f"L{to_x - ease:g} {y:g} C{to_x:g} {y:g} {to_x - ease:g} {to_y:g} {to_x:g} {to_y:g}")
        x, y = to_x, to_y
    parts.append(f"L{_unit(end_s, end_s):g} {y:g}")
    return " ".join(parts)


def _points(moods: list[tuple[float, float]], marked: tuple[Marked, ...], end_s: float) -> tuple[CurvePoint, ...]:
    found: list[CurvePoint] = []
    last_x, raised = -100.0, False
    for item in marked:
        x = _percent(item.story_s, end_s)
        trust = next((trust for story_s, trust in reversed(moods) if story_s <= item.story_s), moods[0][1])
        raised = x - last_x < CLOSE and not raised
        y = _height(trust)
        drawn_y = y - 30 if raised and y - 30 > 14 else (y + 30 if raised else y)
        found.append(CurvePoint(item.number, item.anchor, item.mark, item.tone, item.label, f"{x:.2f}%", drawn_y, y))
        last_x = x
    return tuple(found)


def _label_y(y: float, near: list[float]) -> float:
    """Write above the line, and above the marked decisions that stand `near`."""
    return round(max(12.0, min([y - 10, *(each - 22 for each in near)])), 1)


def _percent(story_s: float, end_s: float) -> float:
    return LEFT + (RIGHT - LEFT) * min(1.0, max(0.0, story_s / end_s))


def _unit(story_s: float, end_s: float) -> float:
    return round(_percent(story_s, end_s) * WIDTH / 100, 1)


def _height(trust: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * trust / 100, 1)
