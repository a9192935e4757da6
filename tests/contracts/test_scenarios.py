"""Every scenario that we ship compiles, fits its JSON Schema, and plays as its plans say."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from simulator.content import Library, load_library, load_playbooks, scenario_schema
from simulator.content.library import read_folder, scenario_folders
from simulator.drills.play import play_plan
from simulator.drills.world import World
from simulator.scoring import Ruleset, load_ruleset

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


def test_there_are_scenarios() -> None:
    assert len(FOLDERS) >= 6


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_it_compiles_without_a_diagnostic_and_has_its_three_plans(folder: Path) -> None:
    _, plans, faults = read_folder(folder, PLAYBOOKS)
    assert [str(fault) for fault in faults] == []
    assert {"good", "poor", "nothing"} <= set(plans)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_it_fits_the_published_schema(folder: Path) -> None:
    read = yaml.load((folder / "scenario.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert [error.message for error in Draft202012Validator(scenario_schema()).iter_errors(read)] == []


@pytest.mark.parametrize(("slug", "name"), PLANS)
def test_its_plan_plays_as_it_says(slug: str, name: str) -> None:
    scenario = library().scenarios[slug]
    world = World(scenario, PLAYBOOKS[scenario.playbook], rules())
    assert play_plan(world, library().plans[slug][name]).failures == ()


def test_the_library_shows_more_than_one_network_and_level() -> None:
    shown = library().scenarios.values()
    assert len({scenario.channel for scenario in shown}) >= 4
    assert len({scenario.level for scenario in shown}) >= 3
