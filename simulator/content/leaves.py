"""Know the shapes of single values: texts, ids, words from a set, numbers, story times, times of day, bands, yes or no."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from simulator.content.band import BAND_PATTERN, parse_band
from simulator.content.shape import Faults, Leaf, quoted, scalar
from simulator.core.clock import parse_story_time
from simulator.core.ids import is_slug
from simulator.core.plain_text import fit_text
from simulator.core.refusal import Refusal, RefusalCode
from simulator.core.yaml_lines import Scalar, Value

_SHOWABLE = r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ud800-\udfff]*$"
_TIME_PATTERN = r"[0-9]{1,3}:[0-5][0-9](?::[0-5][0-9])?"
_TIME = re.compile(_TIME_PATTERN)
_TIME_OF_DAY_PATTERN = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_TIME_OF_DAY = re.compile(_TIME_OF_DAY_PATTERN)


def _written(value: Value, name: str, faults: Faults, code: str, kind: str, wanted: str, read: Callable[[str], Any]) -> Leaf | None:
    """Return what `read` makes of a text of some `kind`; where it makes nothing of it, note what is `wanted`."""
    found = scalar(value, name, f"{kind}: {wanted}", faults)
    if found is None:
        return None
    taken = read(found.text)
    if taken is None:
        faults.add(found.line, code, f"{quoted(found.text)} in '{name}' is not {kind}; write {wanted}")
        return None
    return Leaf(taken, found.line)


def _story_seconds(text: str) -> int | None:
    return parse_story_time(text) if _TIME.fullmatch(text) else None


def _seconds_of_day(text: str) -> int | None:
    if not _TIME_OF_DAY.fullmatch(text):
        return None
    hours, minutes = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60


@dataclass(frozen=True, slots=True)
class Text:
    """Words of at most `most` characters; not blank unless `blank` allows it."""

    most: int
    blank: bool = False

    def read(self, value: Value, name: str, faults: Faults) -> Leaf | None:
        """Return the words without the space around them."""
        if self.blank and isinstance(value, Scalar) and not value.text.strip():
            return Leaf("", value.line)
        found = scalar(value, name, "a text", faults)
        if found is None:
            return None
        text = fit_text(found.text.strip(), limit=self.most, what=f"'{name}'")
        if isinstance(text, Refusal):
            if text.code is RefusalCode.TOO_LONG:
                length = text.detail["length"]
                faults.add(found.line, "S010", f"'{name}' has {length:,} characters; shorten it to {self.most:,}")
            else:
                place = text.detail["position"]
                faults.add(found.line, "S011", f"'{name}' has a character at position {place} that can't be shown; delete it")
            return None
        if not text:
            faults.add(found.line, "S009", f"'{name}' is empty; write the words")
            return None
        return Leaf(text, found.line)

    def json(self) -> dict[str, Any]:
        """Return a string schema; JSON Schema counts the space around the words too, so it is a little stricter."""
        shown: dict[str, Any] = {"type": "string", "maxLength": self.most, "pattern": _SHOWABLE}
        if self.blank:
            return {"anyOf": [shown, {"type": "null"}]}
        return {**shown, "allOf": [{"pattern": r"\S"}]}


@dataclass(frozen=True, slots=True)
class Slug:
    """An id: lower-case words joined by single hyphens."""

    def read(self, value: Value, name: str, faults: Faults) -> Leaf | None:
        """Return the id."""
        wanted = "lower-case letters and digits, words joined by single hyphens, at most 60 characters"
        return _written(value, name, faults, "S013", "an id", wanted, lambda text: text if is_slug(text) else None)

    def json(self) -> dict[str, Any]:
        """Return a string schema."""
        return {"type": "string", "pattern": "^[a-z0-9]+(?:-[a-z0-9]+)*$", "maxLength": 60}


@dataclass(frozen=True, slots=True)
class Choice:
    """One word of a closed set. `also_number` lets typed YAML readers write it as a number."""

    words: tuple[str, ...]
    code: str = "S005"

    @classmethod
    def of(cls, words: Iterable[str]) -> Choice:
        """Return the choice among `words`, an enum's members included."""
        return cls(tuple(str(word) for word in words))

    def read(self, value: Value, name: str, faults: Faults) -> Leaf | None:
        """Return the word."""
        found = scalar(value, name, f"one of: {', '.join(self.words)}", faults)
        if found is None:
            return None
        if found.text in self.words:
            return Leaf(found.text, found.line)
        hint = faults.nearest(found.text, list(self.words)) or f"; write one of: {', '.join(self.words)}"
        faults.add(found.line, self.code, f"{quoted(found.text)} is not a word for '{name}'{hint}")
        return None

    def json(self) -> dict[str, Any]:
        """Return an enumeration; a word that looks like a number may be written as one."""
        return {"enum": [*self.words, *(int(word) for word in self.words if word.isdigit())]}


@dataclass(frozen=True, slots=True)
class YesNo:
    """`true` or `false`."""

    def read(self, value: Value, name: str, faults: Faults) -> Leaf | None:
        """Return True or False."""
        found = Choice(("true", "false")).read(value, name, faults)
        return Leaf(found.value == "true", found.line) if found else None

    def json(self) -> dict[str, Any]:
        """Return the two words, as strings or as booleans."""
        return {"enum": ["true", "false", True, False]}


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `low` to `high`. `high` is under 10, a power of ten, or one less than one: its pattern stays short."""

    low: int
    high: int

    def read(self, value: Value, name: str, faults: Faults) -> Leaf | None:
        """Return the number."""
        wanted = f"a whole number from {self.low} to {self.high:,}"
        found = scalar(value, name, wanted, faults)
        if found is None:
            return None
        if re.fullmatch(self.pattern(), found.text):
            return Leaf(int(found.text), found.line)
        faults.add(found.line, "S006", f"{quoted(found.text)} does not fit '{name}'; write {wanted}, in plain digits")
        return None

    def json(self) -> dict[str, Any]:
        """Return an integer, written as a number or as a string."""
        typed = {"type": "integer", "minimum": self.low, "maximum": self.high}
        return {"anyOf": [typed, {"type": "string", "pattern": f"^(?:{self.pattern()})$"}]}

    def pattern(self) -> str:
        """Return the regular expression of the range's numbers, without leading zeros."""
        parts = [f"-(?:{_up_to(-self.low)})"] if self.low < 0 else []
        parts += ["0"] if self.low <= 0 else []
        return "|".join([*parts, _up_to(self.high)])


def _up_to(high: int) -> str:
    digits = len(str(high))
    if high < 10:
        return f"[1-{high}]"
    if high == 10 ** (digits - 1):
        return f"{high}|[1-9][0-9]{{0,{digits - 2}}}"
    if high == 10**digits - 1:
        return f"[1-9][0-9]{{0,{digits - 1}}}"
    raise ValueError(f"{high} has no short pattern")


@dataclass(frozen=True, slots=True)
class Pace:
    """Story seconds per real second: 1 to 999, with at most one decimal."""

    def read(self, value: Value, name: str, faults: Faults) -> Leaf | None:
        """Return the pace as a float."""
        found = scalar(value, name, "a number from 1 to 999", faults)
        if found is None:
            return None
        if re.fullmatch(self._pattern(), found.text):
            return Leaf(float(found.text), found.line)
        faults.add(
            found.line, "S006", f"{quoted(found.text)} does not fit '{name}'; write a number from 1 to 999 (story seconds a real second)"
        )
        return None

    def json(self) -> dict[str, Any]:
        """Return a number, written as a number or as a string."""
        typed = {"type": "number", "minimum": 1, "exclusiveMaximum": 1000}
        return {"anyOf": [typed, {"type": "string", "pattern": f"^(?:{self._pattern()})$"}]}

    @staticmethod
    def _pattern() -> str:
        return r"[1-9][0-9]{0,2}(?:\.[0-9])?"


@dataclass(frozen=True, slots=True)
class StoryTime:
    """A story time as `mm:ss` or `h:mm:ss`; always a string, for YAML would make a number of it."""

    def read(self, value: Value, name: str, faults: Faults) -> Leaf | None:
        """Return whole story seconds."""
        wanted = 'mm:ss ("04:30") or h:mm:ss ("1:04:30")'
        return _written(value, name, faults, "S007", "a story time", wanted, _story_seconds)

    def json(self) -> dict[str, Any]:
        """Return a string schema."""
        return {"type": "string", "pattern": f"^{_TIME_PATTERN}$"}


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A 24-hour time of day as `hh:mm`, from 00:00 to 23:59; always a string, for YAML would make a number of it."""

    def read(self, value: Value, name: str, faults: Faults) -> Leaf | None:
        """Return whole seconds since midnight."""
        wanted = 'hh:mm, "00:00" to "23:59" ("09:05", "14:20")'
        return _written(value, name, faults, "S017", "a time of day", wanted, _seconds_of_day)

    def json(self) -> dict[str, Any]:
        """Return a string schema."""
        return {"type": "string", "pattern": f"^{_TIME_OF_DAY_PATTERN}$"}


@dataclass(frozen=True, slots=True)
class BandText:
    """A band; `count` counts turns instead of points."""

    count: bool = False

    def read(self, value: Value, name: str, faults: Faults) -> Leaf | None:
        """Return the band. One that is upside down is noted (S134) and still returned."""
        wanted = '">= 75", "<= 40", "40..74" or a single number, each 0 to 100'
        found = _written(value, name, faults, "S008", "a band", wanted, lambda text: parse_band(text, count=self.count))
        if found is not None and isinstance(value, Scalar) and found.value.low > found.value.high:
            faults.add(found.line, "S134", f"the band {quoted(value.text)} of '{name}' holds for nothing; write the lower number first")
        return found

    def json(self) -> dict[str, Any]:
        """Return a string schema, or a single number."""
        typed = {"type": "number", "minimum": 0, "maximum": 100}
        return {"anyOf": [typed, {"type": "string", "pattern": rf"^\s*{BAND_PATTERN}\s*$"}]}
