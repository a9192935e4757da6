"""Step through a whole run: the street and the moods as they stood once each thing had happened."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask_babel import gettext as _

from simulator.content.model import Scenario
from simulator.drills.review import Review, ReviewedDecision
from simulator.drills.state import RunState
from simulator.drills.world import channel_of_scenario
from simulator.services.run_views import ReviewView
from simulator.web.presenters_curve import CurveView, Marked, draw_curve, story_x
from simulator.web.presenters_decision import TONE
from simulator.web.presenters_happenings import HappeningView, opener, present_happening, told_of
from simulator.web.presenters_posts import PostView
from simulator.web.presenters_street import heat_word, present_post, trust_word
from simulator.web.presenters_time import story_label
from simulator.web.presenters_words import MARK


@dataclass(frozen=True, slots=True)
class MoodView:
    """One mood at a step: 0–100 and its word. `key` is "trust" or a persona's id."""

    key: str
    label: str
    value: int
    word: str


@dataclass(frozen=True, slots=True)
class StepView:
    """One step: what happened, the last event it holds, the moods since; `fork` is the event to play on from, 0 for none."""

    number: int
    seq: int
    happening: HappeningView
    moods: tuple[MoodView, ...]
    x: str
    fork: int


@dataclass(frozen=True, slots=True)
class StreetPost:
    """One post and the event it came with."""

    seq: int
    post: PostView
    there: bool


@dataclass(frozen=True, slots=True)
class StreetThread:
    """One conversation of the street; `there` tells whether it has begun by the step that is shown."""

    id: str
    name: str
    channel: str
    seq: int
    posts: tuple[StreetPost, ...]
    there: bool


@dataclass(frozen=True, slots=True)
class StepsPage:
    """The whole page, standing at `step`. `shared` is what a stranger sees through a link."""

    run_id: str
    title: str
    mine: bool
    shared: bool
    step: StepView
    steps: tuple[StepView, ...]
    threads: tuple[StreetThread, ...]
    curve: CurveView


@dataclass(frozen=True, slots=True)
class _Over:
    """A finished run as the street draws it."""

    scenario: Scenario
    state: RunState
    story_s: float


def present_steps(seen: ReviewView, number: int, *, shared: bool = False) -> StepsPage:
    """Return the run at step `number`, from 1; a number beyond either end counts as that end."""
    review, scenario = seen.review, seen.scenario
    steps = _steps(seen)
    step = steps[min(max(number, 1), len(steps)) - 1]
    marked = tuple(
        Marked(index, f"decision-{index}", item.mark, TONE.get(item.mark, "soft"), _label(scenario, item), item.story_s)
        for index, item in enumerate(review.decisions, start=1)
        if item.decision_id
    )
    return StepsPage(
        run_id=seen.run_id,
        title=scenario.title,
        mine=seen.mine,
        shared=shared,
        step=step,
        steps=steps,
        threads=_threads(scenario, review, step.seq),
        curve=draw_curve(scenario, review, marked),
    )


def _steps(seen: ReviewView) -> tuple[StepView, ...]:
    review, scenario = seen.review, seen.scenario
    numbers = {item.decision_id: index for index, item in enumerate(review.decisions, start=1) if item.decision_id}
    people = [who for who in scenario.personas if any(post.by == who for post in review.state.posts)]
    return tuple(
        StepView(
            number=number,
            seq=entry.last_seq,
            happening=present_happening(scenario, entry, numbers),
            moods=(
                MoodView("trust", _("Onlookers' trust"), round(entry.trust), trust_word(entry.trust)),
                *(
                    MoodView(who, scenario.personas[who].name, round(heat), heat_word(heat))
                    for who in people
                    for heat in (entry.temperature.get(who, 0.0),)
                ),
            ),
            x=story_x(review, entry.story_s),
            fork=entry.seq if seen.mine and entry.seq in review.places else 0,
        )
        for number, entry in enumerate(told_of(review, own=seen.mine), start=1)
    )


def _threads(scenario: Scenario, review: Review, seq: int) -> tuple[StreetThread, ...]:
    """Counters of answers are left out: they would tell of what is still to come."""
    over = _Over(scenario, review.state, review.story_s)
    found = []
    for thread in scenario.threads:
        posts = tuple(
            StreetPost(post.seq, replace(present_post(over, thread, post), replies=0), post.seq <= seq)
            for post in review.state.posts
            if post.thread == thread.id
        )
        if posts:
            found.append(
                StreetThread(
                    thread.id,
                    opener(scenario, thread.id),
                    channel_of_scenario(scenario, thread.id).value,
                    posts[0].seq,
                    posts,
                    posts[0].there,
                )
            )
    return tuple(found)


def _label(scenario: Scenario, item: ReviewedDecision) -> str:
    return f"{story_label(scenario, item.story_s)} {MARK[item.mark]}"
