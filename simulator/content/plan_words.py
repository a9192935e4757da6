"""Read the parts of a plan: indented words, a hand-over's fields, expectations."""

from __future__ import annotations

import re
from textwrap import dedent

from simulator.content.band import parse_band
from simulator.content.plan_model import Expectation
from simulator.content.shape import Faults, quoted
from simulator.core.plain_text import NOTE_LIMIT, fit_text
from simulator.core.refusal import Refusal

HANDOVER_FIELDS = ("what_happened", "who_where", "known_unknown", "asked", "by_when", "said_so_far")
THREAD_ENDINGS = ("solved", "cooled", "lost", "handed_over", "left_alone", "unanswered", "left_open", "merged")
SHIFT_PARTS = ("shift", "coverage", "order", "targets", "quality")
"""The score of a shift, and the parts that it is made of."""
RUN_ENDINGS = ("finished", "time_up", "stopped")
_FIELD = re.compile(r"([A-Za-z_]+):(?:\s+|$)(.*)", re.DOTALL)
_SAID = re.compile(r'said (\S+) "(.+)"')
_FORMS = (
    '`ending [thread] solved`, `run finished`, `total >= 70`, `trust >= 60`, `temperature maya <= 40`, `said maya "words"`, '
    "in a shift `shift >= 70` or its `coverage`, `order`, `targets`, `quality`"
)


def read_block(block: list[tuple[int, str]]) -> str:
    """Return the words of indented lines, without their common indent and the blank lines around them."""
    return dedent("\n".join(line.expandtabs(4) for _, line in block)).strip()


def read_fields(block: list[tuple[int, str]], line: int, faults: Faults) -> dict[str, str]:
    """Return a hand-over's fields. A line indented deeper than the first goes on with the field above it."""
    fields: dict[str, list[str]] = {}
    field_lines: dict[str, int] = {}
    margin: int | None = None
    current = ""
    for number, raw in block:
        words = raw.expandtabs(4)
        if not words.strip():
            continue
        indent = len(words) - len(words.lstrip())
        margin = indent if margin is None else margin
        if indent > margin and current:
            fields[current].append(words.strip())
            continue
        current = _field(words.strip(), number, fields, faults)
        field_lines[current] = number
    if not fields and not faults.found:
        faults.add(line, "P007", f"the hand-over says nothing; indent its fields below: {', '.join(HANDOVER_FIELDS)}")
    found: dict[str, str] = {}
    for name, lines in fields.items():
        text = fit_text("\n".join(lines).strip(), limit=NOTE_LIMIT, what=f"'{name}'")
        if isinstance(text, Refusal):
            faults.add(field_lines[name], "P010", text.message)
        else:
            found[name] = text
    return {name: text for name, text in found.items() if name in HANDOVER_FIELDS}


def _field(words: str, number: int, fields: dict[str, list[str]], faults: Faults) -> str:
    match = _FIELD.fullmatch(words)
    name = match[1] if match else ""
    if match is None or name not in HANDOVER_FIELDS:
        hint = faults.nearest(name, list(HANDOVER_FIELDS)) or f"; write one of: {', '.join(f'{known}:' for known in HANDOVER_FIELDS)}"
        faults.add(number, "P007", f"{quoted(name or words)} is not a field of a hand-over{hint}")
        name = name or "?"
    elif name in fields:
        faults.add(number, "P007", f"'{name}' stands twice; keep one")
    fields[name] = [match[2]] if match else [words]
    return name


def parse_expectation(head: str, line: int, faults: Faults) -> Expectation | None:
    """Return what `head`, an `expect …` line, expects."""
    rest = head.removeprefix("expect").strip()
    negated = rest.startswith("not ")
    body = rest.removeprefix("not ").strip() if negated else rest
    said = _SAID.match(body)
    if said is not None and _comment_only(body[said.end() :]):
        return Expectation("said", line, head, about=said[1], words=said[2], negated=negated)
    body = body.partition(" #")[0].strip()
    what, _, value = body.partition(" ")
    found: Expectation | None = None
    if what == "ending":
        found = _ending(value.split(), line, head, faults)
    elif what == "run" and value in RUN_ENDINGS:
        found = Expectation("run", line, head, words=value)
    elif what in ("total", "trust", *SHIFT_PARTS):
        found = _banded(what, "", value, line, head)
    elif what == "temperature":
        about, _, band = value.strip().partition(" ")
        found = _banded(what, about, band, line, head)
    if found is None:
        faults.add(line, "P009", f"{quoted(rest)} can't be expected; write {_FORMS}, each with `not` before it where it must not be")
        return None
    return Expectation(what, line, head, found.about, found.words, found.band, negated)


def _comment_only(rest: str) -> bool:
    return not rest.strip() or rest.lstrip().startswith("#")


def _ending(words: list[str], line: int, head: str, faults: Faults) -> Expectation | None:
    if len(words) not in (1, 2) or words[-1] not in THREAD_ENDINGS:
        return None
    return Expectation("ending", line, head, about=words[0] if len(words) == 2 else "", words=words[-1])


def _banded(what: str, about: str, written: str, line: int, head: str) -> Expectation | None:
    band = parse_band(written)
    return None if band is None or band.low > band.high else Expectation(what, line, head, about=about, band=band)
