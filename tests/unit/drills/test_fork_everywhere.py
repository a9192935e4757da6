"""Every shipped scenario, a shift included, can be played on from every place that its review offers."""

from __future__ import annotations

import pytest

from simulator.drills.commands import End
from simulator.drills.engine import decide
from simulator.drills.events import IncidentDeclared, ReplySent
from simulator.drills.evolution import evolve, fold
from simulator.drills.fork import REDONE, fork_at
from simulator.drills.play import play_plan
from simulator.drills.review import review_run
from simulator.drills.world import World, story_now
from tests.app_fixtures import shipped_content

SLUGS = sorted(shipped_content().library.scenarios)
LATER = 86_400_000


@pytest.mark.parametrize("name", ["good", "poor", "nothing"])
@pytest.mark.parametrize("slug", SLUGS)
def test_every_place_leads_back_to_its_moment_and_on_to_an_end(slug: str, name: str) -> None:
    content = shipped_content()
    scenario = content.library.scenarios[slug]
    world = World(scenario, content.playbooks[scenario.playbook], content.ruleset)
    past = play_plan(world, content.library.plans[slug][name]).events
    review = review_run(world, past)
    now_ms = past[-1].real_ms + LATER
    assert review.places
    for item in review.decisions:
        assert item.seq in review.places if item.decision_id else review.turning_point(item.thread)
    for seq in review.places:
        begun = fork_at(world, past, seq, now_ms)
        assert isinstance(begun, list)
        state = fold(begun, world)
        assert state.status == "running"
        if not state.untimed:
            assert story_now(state, now_ms) == pytest.approx(past[seq - 1].story_s, abs=0.001 * state.clock.pace + 1e-6)
        if isinstance(past[seq - 1].body, REDONE):
            assert all(event.body != past[seq - 1].body for event in begun), "it is yet to be done"
        end = decide(world, state, End(), now_ms)
        assert isinstance(end, list)
        for event in end:
            state = evolve(world, state, event)
        assert state.status == "ended"


def test_a_shift_can_be_taken_up_before_its_incident_was_declared() -> None:
    content = shipped_content()
    scenario = next(item for item in content.library.scenarios.values() if item.mode == "shift")
    world = World(scenario, content.playbooks[scenario.playbook], content.ruleset)
    past = play_plan(world, content.library.plans[scenario.slug]["good"]).events
    declared = [event.seq for event in past if isinstance(event.body, IncidentDeclared)]
    replied = [event.seq for event in past if isinstance(event.body, ReplySent)]
    places = review_run(world, past).places
    assert set(declared) | set(replied) <= set(places)
    assert declared
    for seq in declared:
        begun = fork_at(world, past, seq, past[-1].real_ms)
        assert isinstance(begun, list)
        assert fold(begun, world).incident is None
