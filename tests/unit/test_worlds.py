"""A run stays what it was: its own texts are read again even where today's checks would refuse them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from simulator.content import Library, compile_playbook, compile_scenario
from simulator.core.refusal import Refusal, RefusalCode
from simulator.drills.world import World
from simulator.scoring import load_ruleset
from simulator.services.worlds import Worlds
from tests.unit.content.texts import PLAYBOOK, SCENARIO, house, kite

NEVER_SPEAKS = SCENARIO.replace("personas:\n", 'personas:\n  cy: {name: Cy, handle: "@cy", temper: calm}\n')
LESS_URGENT_FIRST = PLAYBOOK.replace('high: "30:00"', 'high: "05:00"')


def reload(texts: Mapping[str, str]) -> World | Refusal:
    """Read a run's own texts with the kite's library of today."""
    return Worlds(library=Library({"kite": kite()}, {}), playbooks={"house": house()}, ruleset=load_ruleset()).reload("kite", texts)


def texts(scenario: str = SCENARIO, playbook: str = PLAYBOOK) -> dict[str, str]:
    """Return what a run keeps of what it is played on."""
    return {"scenarios/kite/scenario.yaml": scenario, "playbooks/house.yaml": playbook}


def test_a_run_on_the_library_as_it_is_shares_its_world() -> None:
    world = reload(texts())
    assert isinstance(world, World)
    assert (world.scenario, world.playbook) == (kite(), house())


def test_texts_that_a_check_of_today_refuses_are_read_all_the_same() -> None:
    assert not hasattr(compile_scenario(NEVER_SPEAKS, "x", "kite", {"house": house()}), "slug")
    assert not hasattr(compile_playbook(LESS_URGENT_FIRST, "x", "house"), "slug")
    world = reload(texts(NEVER_SPEAKS, LESS_URGENT_FIRST))
    assert isinstance(world, World)
    assert set(world.scenario.personas) == {"ida", "bo", "cy"}
    assert world.playbook.targets["high"] == 5


@pytest.mark.parametrize(
    "kept",
    [
        texts(scenario="format: 2\n"),
        texts(playbook="a: [1\n"),
        texts(scenario=SCENARIO.replace("playbook: house", "playbook: villa")),
        {"playbooks/house.yaml": PLAYBOOK},
        {},
    ],
)
def test_texts_that_can_not_be_read_at_all_are_refused_in_plain_words(kept: dict[str, str]) -> None:
    answer = reload(kept)
    assert isinstance(answer, Refusal)
    assert (answer.code, "can't read any more" in answer.message) == (RefusalCode.STALE, True)
