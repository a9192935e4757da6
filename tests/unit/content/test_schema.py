"""The published JSON Schema agrees with the compiler about shape."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from simulator.content import scenario_schema
from simulator.content.leaves import BandText, Pace, StoryTime, TimeOfDay, Whole
from simulator.content.shape import Faults, Shape
from simulator.core.yaml_lines import Scalar
from tests.unit.content.test_scenario_faults import SHAPE
from tests.unit.content.texts import SCENARIO, changed

VALIDATOR = Draft202012Validator(scenario_schema())
BY_SHAPE = [(code, old, new) for code, old, new, _ in SHAPE if code.startswith("S")]
"""Faults that any YAML reader can see in the tree; aliases are gone by then (Y006)."""


def strings(text: str) -> Any:
    """Read YAML as the compiler does: every scalar a string."""
    return yaml.load(text, Loader=yaml.BaseLoader)


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(scenario_schema())


def test_a_good_scenario_is_valid_read_as_strings_and_read_as_types() -> None:
    VALIDATOR.validate(strings(SCENARIO))
    VALIDATOR.validate(yaml.safe_load(SCENARIO))


@pytest.mark.parametrize(("code", "old", "new"), BY_SHAPE)
def test_what_the_compiler_refuses_by_shape_the_schema_refuses_too(code: str, old: str, new: str) -> None:
    assert not VALIDATOR.is_valid(strings(changed(SCENARIO, old, new)))


@pytest.mark.parametrize(
    "shape",
    [Whole(1, 5), Whole(0, 100), Whole(-100, 100), Whole(1, 99), Whole(0, 9_999_999), Pace(), StoryTime(), TimeOfDay(), BandText()],
    ids=repr,
)
@given(
    written=st.one_of(
        st.integers(-120, 1_200).map(str),
        st.from_regex(r"\A-?[0-9]{0,8}(\.[0-9]{1,2})?\Z"),
        st.from_regex(r"\A[0-9]{1,4}:[0-9]{1,2}(:[0-9]{1,2})?\Z"),
        st.from_regex(r"\A(>=|<=|>)? ?[0-9]{1,3}(\.\.[0-9]{1,3})?\Z"),
    ).filter(lambda written: not written.endswith("\n"))
)
def test_a_number_time_or_band_is_right_for_both_or_for_neither(shape: Shape, written: str) -> None:
    faults = Faults("x")
    shape.read(Scalar(written, 1), "x", faults)
    by_shape = [fault for fault in faults.found if fault.code != "S134"]
    assert Draft202012Validator(shape.json()).is_valid(written) == (not by_shape)


@pytest.mark.parametrize(("low", "high"), [(1, 5), (0, 100), (-100, 100), (1, 99), (0, 1_000)])
def test_a_range_holds_what_it_says_and_nothing_else(low: int, high: int) -> None:
    shape = Whole(low, high)
    accepted = [number for number in range(-1_100, 1_101) if shape.read(Scalar(str(number), 1), "x", Faults("x"))]
    assert accepted == list(range(low, high + 1))
