"""YAML read as it is written: strings, lines, and no silent loss."""

from __future__ import annotations

import pytest

from simulator.core.yaml_lines import Listing, Mapped, Scalar, read_yaml


def test_nothing_is_guessed() -> None:
    value, faults = read_yaml("at: 12:30\nopen: no\nnone: ~\nnumber: 007\n", "x.yaml")
    assert faults == []
    assert isinstance(value, Mapped)
    assert {key: item.text for key, item in value.entries.items() if isinstance(item, Scalar)} == {
        "at": "12:30",
        "open": "no",
        "none": "~",
        "number": "007",
    }


def test_lines_are_remembered() -> None:
    value, _ = read_yaml("a: 1\nlist:\n  - x\n  - y\n", "x.yaml")
    assert isinstance(value, Mapped)
    listing = value.entries["list"]
    assert isinstance(listing, Listing)
    assert [item.line for item in listing] == [3, 4]
    assert value.key_lines == {"a": 1, "list": 2}


def test_an_empty_value_differs_from_a_quoted_empty_one() -> None:
    value, _ = read_yaml('a:\nb: ""\n', "x.yaml")
    assert isinstance(value, Mapped)
    assert [item.empty for item in value.entries.values() if isinstance(item, Scalar)] == [True, False]


@pytest.mark.parametrize(
    ("case", "text", "line", "code", "says"),
    [
        ("no YAML", "a: [1\nb: 2\n", 2, "Y001", "not valid YAML"),
        ("duplicate key", "a: 1\nb: 2\na: 3\n", 3, "Y002", "also on line 1"),
        ("key that is a list", "? [a, b]\n: 1\n", 1, "Y003", "a key must be"),
        ("empty file", "# only a comment\n", 1, "Y004", "empty"),
        ("too deep", "[" * 60 + "]" * 60, 1, "Y005", "deeper"),
        ("inside itself", "a: &x\n  b: *x\n", 1, "Y006", "alias"),
        ("used twice", "a: &x [1]\nb: *x\n", 1, "Y006", "write it out"),
    ],
)
def test_faults_are_named_with_their_line(case: str, text: str, line: int, code: str, says: str) -> None:
    _, faults = read_yaml(text, "x.yaml")
    assert [(fault.line, fault.code) for fault in faults][:1] == [(line, code)], case
    assert says in faults[0].message
    assert str(faults[0]).startswith(f"x.yaml:{line}: {code} ")


def test_a_very_deep_document_does_not_crash() -> None:
    _, faults = read_yaml("[" * 20_000, "x.yaml")
    assert faults[0].code in {"Y001", "Y005", "Y006"}
