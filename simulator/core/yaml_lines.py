"""Read YAML as plain strings, lists and mappings that remember their lines; nothing is guessed, nothing is lost.

PyYAML's usual loaders turn `12:30` into 750 and `no` into False, and let a later duplicate key win silently. Here every
scalar stays the string that was written (converting is the schema's work) and a duplicate key is a diagnostic.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from simulator.core.diagnostics import Diagnostic

DEPTH_LIMIT = 40
UNREADABLE = frozenset({"Y005", "Y006"})
"""After these there is no document: what would have stood in the place is unknown, and faults about it would mislead."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """One written value. `empty` tells an empty value (`key:`) from a quoted empty string."""

    text: str
    line: int
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A sequence of values."""

    items: tuple[Value, ...]
    line: int

    def __iter__(self) -> Iterator[Value]:
        return iter(self.items)


@dataclass(frozen=True, slots=True)
class Mapped:
    """A mapping from written keys to values; `key_lines` tells where each key stands."""

    entries: dict[str, Value]
    line: int
    key_lines: dict[str, int]


Value = Scalar | Listing | Mapped


_QUICK_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_own_yaml(text: str, path: str) -> tuple[Value | None, list[Diagnostic]]:
    """Do what `read_yaml` does, with the C loader where there is one: for files of ours, where a test shows that both read the same.

    What is wrong with a file is always said by `read_yaml`.
    """
    try:
        node = yaml.compose(text, Loader=_QUICK_LOADER)
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError):
        return read_yaml(text, path)
    found: list[Diagnostic] = []
    value = None if node is None else _value(node, path, found, 0, set())
    return read_yaml(text, path) if found or value is None else (value, [])


def read_yaml(text: str, path: str) -> tuple[Value | None, list[Diagnostic]]:
    """Return the document of `text` with its lines, and what is wrong with it as YAML (codes Y001 to Y006)."""
    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        words = getattr(error, "problem", None) or str(error).splitlines()[0]
        return None, [Diagnostic(path, line, "Y001", f"this is not valid YAML: {words}")]
    except (ValueError, OverflowError):
        return None, [
            Diagnostic(path, 1, "Y001", "this is not valid YAML: it escapes a character that does not exist; write the character itself")
        ]
    except RecursionError:
        return None, [Diagnostic(path, 1, "Y005", f"nested deeper than {DEPTH_LIMIT} levels")]
    found: list[Diagnostic] = []
    if node is None:
        return None, [Diagnostic(path, 1, "Y004", "the file is empty")]
    value = _value(node, path, found, 0, set())
    return (None if any(fault.code in UNREADABLE for fault in found) else value), found


def _value(node: yaml.Node, path: str, found: list[Diagnostic], depth: int, seen: set[int]) -> Value:
    """Build the value of `node`. A node met twice is an alias: refused, because nested ones grow without bound."""
    line = node.start_mark.line + 1
    if id(node) in seen:
        found.append(Diagnostic(path, line, "Y006", "this value is used again through an alias (`*name`); write it out in each place"))
        return Scalar("", line)
    if depth > DEPTH_LIMIT:
        found.append(Diagnostic(path, line, "Y005", f"nested deeper than {DEPTH_LIMIT} levels"))
        return Scalar("", line)
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        return Scalar(node.value, line, empty=node.value == "" and not node.style)
    if isinstance(node, yaml.SequenceNode):
        return Listing(tuple(_value(item, path, found, depth + 1, seen) for item in node.value), line)
    entries: dict[str, Value] = {}
    key_lines: dict[str, int] = {}
    for key, value in node.value:
        key_line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            found.append(Diagnostic(path, key_line, "Y003", "a key must be a single word or text"))
            continue
        if key.value in entries:
            found.append(Diagnostic(path, key_line, "Y002", f"'{key.value}' stands twice; it is also on line {key_lines[key.value]}"))
            continue
        entries[key.value] = _value(value, path, found, depth + 1, seen)
        key_lines[key.value] = key_line
    return Mapped(entries, line, key_lines)
