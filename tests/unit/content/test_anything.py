"""Whatever somebody writes, the compiler answers with diagnostics and never raises."""

from __future__ import annotations

import json
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.content import CATALOGUE, compile_playbook, compile_scenario, parse_plan
from simulator.content.model import Playbook, Scenario
from simulator.content.plan_model import Plan
from tests.unit.content.texts import PLAN, PLAYBOOK, SCENARIO, house

HOUSE = {"house": house()}
WORDS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["", "1", "00:00", "20:00", ">= 75", "ida", "house", "true", "ignore", "listen", "kite", "-1", "\x00", "\ud800"]),
)
TREES = st.recursive(WORDS, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3)), max_leaves=12)


def check(found: object, right: type) -> None:
    """Hold that `found` is the value, or a sorted list of published diagnostics with one-line messages."""
    if isinstance(found, right):
        return
    assert isinstance(found, list)
    assert found
    assert found == sorted(found)
    assert all(fault.code in CATALOGUE and fault.line >= 1 and "\n" not in str(fault) for fault in found)


@given(text=st.text(alphabet=st.characters(codec=None), max_size=200))
def test_any_text_is_diagnosed(text: str) -> None:
    check(compile_scenario(text, "s.yaml", "s", HOUSE), Scenario)
    check(compile_playbook(text, "p.yaml", "p"), Playbook)
    check(parse_plan(text, "x.plan"), Plan)


def _places(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [path, *(place for key, value in inner for place in _places(value, (*path, key)))]


def _planted(tree: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    copied = dict(tree) if isinstance(tree, dict) else list(tree)
    copied[path[0]] = _planted(copied[path[0]], path[1:], value)
    return copied


SCENARIO_TREE = yaml.load(SCENARIO, Loader=yaml.BaseLoader)
PLAYBOOK_TREE = yaml.load(PLAYBOOK, Loader=yaml.BaseLoader)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(places=st.lists(st.tuples(st.sampled_from(_places(SCENARIO_TREE)), TREES), min_size=1, max_size=3))
def test_any_tree_in_any_place_of_a_scenario_is_diagnosed(places: list[tuple[tuple[Any, ...], Any]]) -> None:
    tree = SCENARIO_TREE
    for place, value in places:
        if place in _places(tree):
            tree = _planted(tree, place, value)
    check(compile_scenario(json.dumps(tree), "s.yaml", "s", HOUSE), Scenario)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(place=st.sampled_from(_places(PLAYBOOK_TREE)), value=TREES)
def test_any_tree_in_any_place_of_a_playbook_is_diagnosed(place: tuple[Any, ...], value: Any) -> None:
    check(compile_playbook(json.dumps(_planted(PLAYBOOK_TREE, place, value)), "p.yaml", "p"), Playbook)


@given(lines=st.lists(st.one_of(st.sampled_from(PLAN.split("\n")), st.text(max_size=30)), max_size=20))
def test_any_lines_of_a_plan_are_diagnosed(lines: list[str]) -> None:
    check(parse_plan("\n".join(lines), "x.plan"), Plan)


def test_aliases_that_would_grow_without_bound_are_refused_before_they_grow() -> None:
    bomb = "\n".join(["a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]" for n in range(1, 60))])
    found = compile_scenario(bomb, "s.yaml", "s", HOUSE)
    assert isinstance(found, list)
    assert "Y006" in {fault.code for fault in found}


def test_a_very_long_list_of_faults_comes_in_good_time() -> None:
    found = compile_scenario("\n".join(f"key-{n}: x" for n in range(15_000)), "s.yaml", "s", HOUSE)
    assert isinstance(found, list)
    assert sum(fault.code == "S002" for fault in found) == 15_000
