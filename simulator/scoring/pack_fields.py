"""Take typed fields out of a rule pack's YAML and say, with the line, what is wrong with each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from simulator.core.diagnostics import Diagnostic
from simulator.core.yaml_lines import Listing, Mapped, Scalar, Value

Word = TypeVar("Word", bound=StrEnum)


@dataclass(slots=True)
class PackFields:
    """Read one pack. Every reader gives a usable value and notes a diagnostic where the written one is wrong.

    Codes: R101 unknown or missing key, R102 wrong shape, R103 not one of the words, R104 not a number, R105 bad pattern,
    R106 an id stands twice.
    """

    path: str
    found: list[Diagnostic] = field(default_factory=list)

    def fault(self, line: int, code: str, message: str) -> None:
        """Note one fault."""
        self.found.append(Diagnostic(self.path, line, code, message))

    def keys(self, value: Mapped, *, needed: Collection[str], optional: Collection[str] = ()) -> bool:
        """Check the keys of a mapping; tell whether all needed ones are there."""
        for key, line in value.key_lines.items():
            if key not in needed and key not in optional:
                known = ", ".join(sorted({*needed, *optional}))
                self.fault(line, "R101", f"'{key}' is not known here; known are {known}")
        missing = [key for key in needed if key not in value.entries]
        for key in missing:
            self.fault(value.line, "R101", f"'{key}' is missing")
        return not missing

    def mapped(self, value: Value | None, line: int, what: str) -> Mapped:
        """Return `value` as a mapping, an empty one where it is not."""
        if isinstance(value, Mapped):
            return value
        self.fault(value.line if value else line, "R102", f"{what} must be a mapping")
        return Mapped({}, line, {})

    def items(self, value: Value | None, line: int, what: str) -> tuple[Value, ...]:
        """Return the items of a list, none where it is not a list."""
        if isinstance(value, Listing):
            return value.items
        self.fault(value.line if value else line, "R102", f"{what} must be a list")
        return ()

    def text(self, value: Value | None, line: int, what: str) -> str:
        """Return a written scalar that says something."""
        if isinstance(value, Scalar) and value.text.strip():
            return value.text
        self.fault(value.line if value else line, "R102", f"{what} must be some text")
        return ""

    def texts(self, value: Value | None, line: int, what: str) -> tuple[str, ...]:
        """Return a list of written scalars."""
        return tuple(self.text(item, line, f"each of {what}") for item in self.items(value, line, what))

    def number(self, value: Value | None, line: int, what: str) -> float:
        """Return a written number, 0 where it is not one."""
        written = value.text if isinstance(value, Scalar) else ""
        try:
            return float(written)
        except ValueError:
            self.fault(value.line if value else line, "R104", f"{what} must be a number, not '{written}'")
            return 0.0

    def word(self, kind: type[Word], value: Value | None, line: int, what: str) -> Word:
        """Return one of the words of `kind`, its first where the written one is not among them."""
        words = list(kind)
        written = value.text if isinstance(value, Scalar) else ""
        for word in words:
            if word.value == written:
                return word
        self.fault(value.line if value else line, "R103", f"{what} '{written}' is not one of {', '.join(words)}")
        return words[0]

    def weights(self, kind: type[Word], value: Value | None, line: int, what: str) -> Mapping[Word, float]:
        """Return a mapping from words of `kind` to numbers."""
        mapped = self.mapped(value, line, what)
        read: dict[Word, float] = {}
        for key, item in mapped.entries.items():
            at = mapped.key_lines[key]
            read[self.word(kind, Scalar(key, at), at, f"in {what},")] = self.number(item, at, f"{what}: {key}")
        return read
