"""Every scenario that we ship compiles, fits its JSON Schema, and plays as its plans say."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from simulator.content import Library, load_library, load_playbooks, scenario_schema
from simulator.content.library import read_folder, scenario_folders
from simulator.content.model import SHIFT, Scenario
from simulator.drills.play import play_plan
from simulator.drills.world import World
from simulator.scoring import Ruleset, load_ruleset
from simulator.scoring.vocabulary import Channel, Kind

ROOT = Path(__file__).parents[2]
FOLDERS = scenario_folders(ROOT / "scenarios")
PLANS = [(folder.name, file.stem) for folder in FOLDERS for file in sorted(folder.glob("*.plan"))]
PLAYBOOKS = load_playbooks(ROOT / "playbooks")


@cache
def library() -> Library:
    """Compile the shipped library once."""
    return load_library(ROOT / "scenarios", PLAYBOOKS)


@cache
def rules() -> Ruleset:
    """Compile the rules once."""
    return load_ruleset()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_it_compiles_without_a_diagnostic(folder: Path) -> None:
    _, _, faults = read_folder(folder, PLAYBOOKS)
    assert [str(fault) for fault in faults] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_it_fits_the_published_schema(folder: Path) -> None:
    read = yaml.load((folder / "scenario.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert [error.message for error in Draft202012Validator(scenario_schema()).iter_errors(read)] == []


@pytest.mark.parametrize(("slug", "name"), PLANS)
def test_its_plan_plays_as_it_says(slug: str, name: str) -> None:
    scenario = library().scenarios[slug]
    world = World(scenario, PLAYBOOKS[scenario.playbook], rules())
    assert play_plan(world, library().plans[slug][name]).failures == ()


@pytest.mark.parametrize(
    ("shown", "least"),
    [
        pytest.param(lambda scenario: {scenario.slug}, 24, id="scenarios"),
        pytest.param(lambda scenario: {thread.expected.kind for thread in scenario.threads}, len(Kind), id="every kind of post"),
        pytest.param(lambda scenario: {scenario.brand.industry}, 12, id="industries"),
        pytest.param(lambda scenario: {scenario.channel}, len(Channel), id="every network"),
        pytest.param(lambda scenario: {scenario.level}, 5, id="levels 1 to 5"),
        pytest.param(lambda scenario: {scenario.slug} if scenario.mode == SHIFT else set(), 4, id="shifts"),
    ],
)
def test_the_library_is_as_wide_as_we_promise(shown: Callable[[Scenario], set[object]], least: int) -> None:
    found = set().union(*map(shown, library().scenarios.values()))
    assert len(found - {None}) >= least, sorted(map(str, found))


@pytest.mark.parametrize(
    ("count", "least"),
    [
        pytest.param(lambda scenario: scenario.variety is not None and len(scenario.variety.slots), 2, id="slots that vary"),
        pytest.param(lambda scenario: sum(len(thread.reactions) for thread in scenario.threads), 8, id="reaction lines"),
        pytest.param(lambda scenario: sum(len(thread.exemplars) for thread in scenario.threads), 2, id="exemplars"),
        pytest.param(lambda scenario: len({"good", "poor", "nothing"} & set(library().plans[scenario.slug])), 3, id="three plans"),
    ],
)
def test_every_scenario_is_as_rich_as_we_promise(count: Callable[[Scenario], int], least: int) -> None:
    assert [f"{slug}: {count(scenario)}" for slug, scenario in library().scenarios.items() if count(scenario) < least] == []
