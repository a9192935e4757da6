"""Turn scenarios and runs into cards: what a drill is like, how it went so far, what to play next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flask_babel import lazy_gettext as _

from simulator.content.model import SHIFT, Scenario
from simulator.persistence.rows import RunRow
from simulator.scoring.vocabulary import Channel, Dimension
from simulator.web.presenters_words import DIMENSION, number

NETWORK = {
    Channel.MICROBLOG: _("Microblog"),
    Channel.PAGE: _("Page"),
    Channel.REVIEW: _("Review site"),
    Channel.PHOTO: _("Photo network"),
    Channel.FORUM: _("Forum"),
    Channel.DM: _("Private message"),
}
LEVEL = {1: _("First steps"), 2: _("Everyday"), 3: _("Demanding"), 4: _("Hard"), 5: _("Storm")}
OVER = "ended"


@dataclass(frozen=True, slots=True)
class ScenarioCard:
    """What the library shows of one drill. `best` is the best total of the viewer as text, empty when never finished.

    `threads` counts those of a shift, 0 for a drill.
    """

    slug: str
    title: str
    summary: str
    network: str
    channel: str
    industry: str
    brand: str
    level: int
    level_word: str
    minutes: int
    skills: tuple[str, ...]
    best: str
    best_value: float
    played: int
    open_run: str
    threads: int


@dataclass(frozen=True, slots=True)
class RunCard:
    """One of the viewer's runs. `iso` and `when` tell when it was last touched, in UTC."""

    id: str
    slug: str
    title: str
    over: bool
    paused: bool
    total: str
    total_value: float
    iso: str
    when: str


def card(scenario: Scenario, runs: Sequence[RunRow]) -> ScenarioCard:
    """Return the card of `scenario` for somebody who has played `runs` (of any scenario)."""
    mine = [run for run in runs if run.slug == scenario.slug]
    finished = [run for run in mine if run.status == OVER]
    best = max((run.total for run in finished if run.total is not None), default=None)
    return ScenarioCard(
        slug=scenario.slug,
        title=scenario.title,
        summary=scenario.summary,
        network=str(_("Several networks") if _several(scenario) else NETWORK[scenario.channel]),
        channel=scenario.channel.value,
        industry=scenario.brand.industry,
        brand=scenario.brand.name,
        level=scenario.level,
        level_word=str(LEVEL.get(scenario.level, LEVEL[5])),
        minutes=scenario.minutes,
        skills=tuple(str(DIMENSION[Dimension(skill)]) for skill in scenario.skills if skill in DIMENSION),
        best="" if best is None else number(best),
        best_value=best or 0.0,
        played=len(finished),
        open_run=next((run.id for run in mine if run.status != OVER), ""),
        threads=len(scenario.threads) if scenario.mode == SHIFT else 0,
    )


def _several(scenario: Scenario) -> bool:
    return len({thread.channel or scenario.channel for thread in scenario.threads}) > 1


def cards(scenarios: Iterable[Scenario], runs: Sequence[RunRow]) -> tuple[ScenarioCard, ...]:
    """Return the cards of `scenarios`, easiest and shortest first."""
    return tuple(card(scenario, runs) for scenario in sorted(scenarios, key=lambda each: (each.level, each.minutes, each.title)))


def run_cards(runs: Sequence[RunRow], scenarios: Sequence[Scenario]) -> tuple[RunCard, ...]:
    """Return `runs`, the latest first; a scenario that left the library is named by its slug."""
    titles = {scenario.slug: scenario.title for scenario in scenarios}
    return tuple(_run_card(run, titles.get(run.slug, run.slug)) for run in sorted(runs, key=lambda each: -each.updated_ms))


def play_next(shown: Sequence[ScenarioCard], first: str = "") -> ScenarioCard | None:
    """Return what to play next: the drill `first` for a newcomer, then the easiest not yet begun, then the one with most to gain."""
    begun = [each for each in shown if each.played or each.open_run]
    if not begun:
        return next((each for each in shown if each.slug == first), next(iter(shown), None))
    closed = [each for each in shown if not each.open_run] or list(shown)
    fresh = [each for each in closed if not each.played]
    return fresh[0] if fresh else min(closed, key=lambda each: each.best_value)


def iso_time(at_ms: int) -> str:
    """Write milliseconds since the epoch for `<time datetime>`."""
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _run_card(run: RunRow, title: str) -> RunCard:
    return RunCard(
        id=run.id,
        slug=run.slug,
        title=title,
        over=run.status == OVER,
        paused=run.status == "paused",
        total="" if run.total is None else number(run.total),
        total_value=run.total or 0.0,
        iso=iso_time(run.updated_ms),
        when=utc_words(run.updated_ms),
    )


def utc_words(at_ms: int) -> str:
    """Write milliseconds since the epoch as a time in UTC, for readers without JavaScript."""
    moment = datetime.fromtimestamp(at_ms / 1000, UTC)
    return f"{moment.day} {moment:%b %Y, %H:%M} UTC"
