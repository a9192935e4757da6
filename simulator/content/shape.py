"""Describe the shape of a content file once: reading it gives coded faults, printing it gives JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Protocol

from simulator.core.diagnostics import Diagnostic
from simulator.core.yaml_lines import Listing, Mapped, Scalar, Value

_SUGGESTIONS_LIMIT = 100
_WORD_LIMIT = 40


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value of the right shape, and its line."""

    value: Any
    line: int


@dataclass(frozen=True, slots=True)
class Node:
    """One mapping: the parts of the right shape, and the line of every known key, right or wrong."""

    line: int
    parts: Mapping[str, Part]
    lines: Mapping[str, int]

    def get(self, key: str, default: Any = None) -> Any:
        """Return the plain value of leaf `key`, or `default` where it is left out or wrong."""
        part = self.parts.get(key)
        return part.value if isinstance(part, Leaf) else default

    def many(self, key: str) -> tuple[Any, ...]:
        """Return the plain values of a list of leaves; a single leaf counts as a list of one."""
        return tuple(leaf.value for leaf in self.leaves(key))

    def leaves(self, key: str) -> tuple[Leaf, ...]:
        """Return the leaves of a list; a single leaf counts as a list of one."""
        part = self.parts.get(key)
        if isinstance(part, Leaf):
            return (part,)
        return tuple(item for item in part if isinstance(item, Leaf)) if isinstance(part, tuple) else ()

    def node(self, key: str) -> Node | None:
        """Return the mapping under `key`, or None."""
        part = self.parts.get(key)
        return part if isinstance(part, Node) else None

    def nodes(self, key: str) -> tuple[Node, ...]:
        """Return the mappings of the list under `key`."""
        part = self.parts.get(key)
        return tuple(item for item in part if isinstance(item, Node)) if isinstance(part, tuple) else ()

    def has(self, key: str) -> bool:
        """Tell whether `key` was written, right or wrong."""
        return key in self.lines

    def line_of(self, key: str) -> int:
        """Return the line of `key`, or the mapping's own where it is left out."""
        return self.lines.get(key, self.line)


Part = Leaf | Node | tuple["Leaf | Node", ...]


@dataclass(slots=True)
class Faults:
    """Collect the diagnostics of one file."""

    path: str
    found: list[Diagnostic] = field(default_factory=list)

    def add(self, line: int, code: str, message: str) -> None:
        """Note one fault."""
        self.found.append(Diagnostic(self.path, line, code, message))

    def nearest(self, word: str, words: list[str]) -> str:
        """Return "; did you mean 'x'?" or an empty text. Gives up after a hundred faults: comparing words is slow."""
        if len(self.found) > _SUGGESTIONS_LIMIT or len(word) > _WORD_LIMIT:
            return ""
        close = get_close_matches(word, words, n=1, cutoff=0.6)
        return f"; did you mean '{close[0]}'?" if close else ""


class Shape(Protocol):
    """Know one shape: read a value of it, and say it as JSON Schema."""

    def read(self, value: Value, name: str, faults: Faults) -> Part | None:
        """Return the value's part, or None after noting what is wrong; `name` is how messages call it."""

    def json(self) -> dict[str, Any]:
        """Return the shape as JSON Schema; scalars may be strings, as the files are read."""


def quoted(text: str) -> str:
    """Return `text` on one line between quotes, cut to 40 characters."""
    flat = " ".join(text.split())
    shown = "".join(char if char.isprintable() else "?" for char in flat)
    return f"'{shown[:_WORD_LIMIT]}…'" if len(shown) > _WORD_LIMIT else f"'{shown}'"


def kind_of(value: Value) -> str:
    """Name what was written, for messages."""
    if isinstance(value, Mapped):
        return "a mapping"
    if isinstance(value, Listing):
        return "a list"
    return "nothing" if value.empty else quoted(value.text)


def scalar(value: Value, name: str, wanted: str, faults: Faults) -> Scalar | None:
    """Return `value` if it is a written scalar, else note that `wanted` belongs there."""
    if isinstance(value, Scalar) and not value.empty:
        return value
    faults.add(value.line, "S004", f"'{name}' has {kind_of(value)}; write {wanted}")
    return None


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a record: its shape, and whether it may be left out."""

    shape: Shape
    required: bool = True


def optional(shape: Shape) -> Field:
    """Return a key that may be left out."""
    return Field(shape, required=False)


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with known keys. `title` is how messages call it."""

    title: str
    fields: Mapping[str, Field | Shape]

    def read(self, value: Value, name: str, faults: Faults) -> Node | None:
        """Return the record with the parts that are right."""
        if not isinstance(value, Mapped):
            faults.add(value.line, "S004", f"{self.title} has {kind_of(value)}; write a mapping of keys ({', '.join(self.fields)})")
            return None
        parts: dict[str, Part] = {}
        for key, inner in value.entries.items():
            wanted = self.fields.get(key)
            if wanted is None:
                hint = faults.nearest(key, list(self.fields)) or f"; it may have: {', '.join(self.fields)}"
                faults.add(value.key_lines[key], "S002", f"{self.title} has no key {quoted(key)}{hint}")
                continue
            part = _shape(wanted).read(inner, key, faults)
            if part is not None:
                parts[key] = part
        for key, wanted in self.fields.items():
            if _required(wanted) and key not in value.entries:
                faults.add(value.line, "S003", f"{self.title} has no '{key}'; add it")
        return Node(value.line, parts, {key: line for key, line in value.key_lines.items() if key in self.fields})

    def json(self) -> dict[str, Any]:
        """Return an object schema that allows no other keys."""
        return {
            "type": "object",
            "properties": {key: _shape(wanted).json() for key, wanted in self.fields.items()},
            "required": [key for key, wanted in self.fields.items() if _required(wanted)],
            "additionalProperties": False,
        }


def _shape(wanted: Field | Shape) -> Shape:
    return wanted.shape if isinstance(wanted, Field) else wanted


def _required(wanted: Field | Shape) -> bool:
    return wanted.required if isinstance(wanted, Field) else True


@dataclass(frozen=True, slots=True)
class Named:
    """A mapping from ids of one shape to values of another, `least` to `most` of them."""

    key: Shape
    inner: Shape
    least: int
    most: int

    def read(self, value: Value, name: str, faults: Faults) -> Node | None:
        """Return the mapping; entries whose id is wrong are left out."""
        if not isinstance(value, Mapped):
            faults.add(value.line, "S004", f"'{name}' has {kind_of(value)}; write a mapping, one entry an id")
            return None
        _count(len(value.entries), value.line, name, self.least, self.most, faults)
        parts: dict[str, Part] = {}
        for key, inner in list(value.entries.items())[: self.most]:
            line = value.key_lines[key]
            fit = self.key.read(Scalar(key, line), name, faults)
            part = self.inner.read(inner, key, faults)
            if fit is not None and part is not None:
                parts[key] = part
        return Node(value.line, parts, value.key_lines)

    def json(self) -> dict[str, Any]:
        """Return an object schema with a rule for its keys."""
        return {
            "type": "object",
            "propertyNames": self.key.json(),
            "additionalProperties": self.inner.json(),
            "minProperties": self.least,
            "maxProperties": self.most,
        }


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of `least` to `most` values of one shape; `unique` refuses the same leaf twice."""

    inner: Shape
    least: int
    most: int
    unique: bool = False

    def read(self, value: Value, name: str, faults: Faults) -> tuple[Leaf | Node, ...] | None:
        """Return the items that are right; at most `most` are looked at."""
        if not isinstance(value, Listing):
            faults.add(value.line, "S004", f"'{name}' has {kind_of(value)}; write a list: each entry on its own line after '- '")
            return None
        _count(len(value.items), value.line, name, self.least, self.most, faults)
        items: list[Leaf | Node] = []
        for item in value.items[: self.most]:
            part = self.inner.read(item, name, faults)
            if (
                self.unique
                and isinstance(part, Leaf)
                and any(part.value == earlier.value for earlier in items if isinstance(earlier, Leaf))
            ):
                faults.add(part.line, "S016", f"{quoted(str(part.value))} stands twice in '{name}'; keep one")
            elif isinstance(part, Leaf | Node):
                items.append(part)
        return tuple(items)

    def json(self) -> dict[str, Any]:
        """Return an array schema."""
        wanted: dict[str, Any] = {"type": "array", "items": self.inner.json(), "minItems": self.least, "maxItems": self.most}
        return {**wanted, "uniqueItems": True} if self.unique else wanted


@dataclass(frozen=True, slots=True)
class OneOrMore:
    """A single leaf, or a list of them."""

    inner: Shape
    most: int

    def read(self, value: Value, name: str, faults: Faults) -> Part | None:
        """Return the leaf or the leaves."""
        if isinstance(value, Listing):
            return self._list().read(value, name, faults)
        return self.inner.read(value, name, faults)

    def json(self) -> dict[str, Any]:
        """Return a choice of the two."""
        return {"anyOf": [self.inner.json(), self._list().json()]}

    def _list(self) -> ListOf:
        return ListOf(self.inner, 1, self.most, unique=True)


@dataclass(frozen=True, slots=True)
class TextOr:
    """A text, or a mapping in its place."""

    text: Shape
    record: Shape

    def read(self, value: Value, name: str, faults: Faults) -> Part | None:
        """Return the text as a leaf, or the record."""
        return self.record.read(value, name, faults) if isinstance(value, Mapped) else self.text.read(value, name, faults)

    def json(self) -> dict[str, Any]:
        """Return a choice of the two."""
        return {"anyOf": [self.text.json(), self.record.json()]}


def _count(number: int, line: int, name: str, least: int, most: int, faults: Faults) -> None:
    if not least <= number <= most:
        faults.add(line, "S012", f"'{name}' has {number} entries; it takes {least} to {most}")
