"""Choose one variant of a scenario: fill its slots, keep what happens in it, and let its noise trade places.

Everything is a function of the variant's number. Number 0 is the scenario as written: the first value of each slot, the
first option of each happening, every thread in its place. A step of the number moves nearly every slot, and no two numbers
below the product of all lengths are the same variant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from simulator.content.model import Scenario, Thread, Variety
from simulator.content.schema import read_variants
from simulator.content.shape import Faults, Leaf, Node, quoted
from simulator.core.clock import format_story_time
from simulator.core.yaml_lines import Listing, Mapped, Scalar, Value

MOST_NUMBER = 9_999
_SLOT = re.compile(r"\{([a-z0-9-]+)(?:\.([a-z0-9-]+))?\}")
Choose = Callable[[Sequence[int]], list[int]]
"""Give the index of the value to take from each of the lists that have these lengths."""


@dataclass(frozen=True, slots=True)
class Picked:
    """A document with one variant's values in their places; `variety` is None where the scenario does not vary."""

    document: Value
    variety: Variety | None = None
    rotation: int = 0
    rounds: int = 1


def variant_number(seed: str) -> int:
    """Return the number of the variant that a run's seed asks for: its digits; any other seed plays the scenario as written."""
    return int(seed) if seed.isdecimal() and seed.isascii() and len(seed) <= len(str(MOST_NUMBER)) else 0


def by_number(number: int) -> Choose:
    """Return the choice of variant `number`: a counter in mixed radix, each place added to the one before it."""

    def choose(lengths: Sequence[int]) -> list[int]:
        chosen: list[int] = []
        rest = number
        for length in lengths:
            rest, digit = divmod(rest, length)
            chosen.append((digit + (chosen[-1] if chosen else 0)) % length)
        return chosen

    return choose


def each_once(turn: int) -> Choose:
    """Return the choice that takes value `turn` of every list, from the start again where a list is shorter."""
    return lambda lengths: [turn % length for length in lengths]


def pick(document: Value, number: int, choose: Choose, faults: Faults) -> Picked:
    """Return `document` as the variant that `choose` makes of it. What is wrong with slots and happenings is noted."""
    if not isinstance(document, Mapped):
        return Picked(document)
    written = document.entries.get("variants")
    node = None if written is None else read_variants(written, faults)
    slots, happenings, shuffle = _parts(node)
    _lint_slots(slots, faults)
    _lint_happenings(happenings, node, faults)
    lengths = [*(len(values) for values in slots.values()), *(len(options) for options in happenings.values())]
    chosen = choose([*lengths, max(1, len(shuffle))])
    indices = dict(zip(slots, chosen, strict=False))
    options = {name: words[at] for (name, words), at in zip(happenings.items(), chosen[len(slots) :], strict=False)}
    filling = _Filling({name: values[indices[name]] for name, values in slots.items()}, faults)
    pruning = _Pruning({word for words in happenings.values() for word in words}, set(options.values()), faults)
    entries = {key: value if key == "variants" else pruning.prune(filling.fill(value)) for key, value in document.entries.items()}
    if node is None:
        return Picked(replace(document, entries=entries))
    _lint_unused(node, filling.used, pruning.named, slots, happenings, faults)
    sizes = {name: len(values) for name, values in slots.items()}
    taken = {**{name: str(at) for name, at in indices.items()}, **options}
    variety = Variety(sizes, {name: tuple(words) for name, words in happenings.items()}, shuffle, taken, number)
    return Picked(replace(document, entries=entries), variety, chosen[-1], max([*lengths, len(shuffle), 1]))


def shuffled(scenario: Scenario, rotation: int) -> Scenario:
    """Return `scenario` with the threads that trade places moved on by `rotation` places."""
    order = scenario.variety.shuffle if scenario.variety else ()
    opens = [next(thread.beats[0].at for thread in scenario.threads if thread.id == name) for name in order]
    at = {name: opens[(place + rotation) % len(order)] for place, name in enumerate(order)}
    return replace(scenario, threads=tuple(_moved(thread, at.get(thread.id)) for thread in scenario.threads))


def _moved(thread: Thread, opens: int | None) -> Thread:
    by = 0 if opens is None else opens - thread.beats[0].at
    return replace(thread, beats=tuple(replace(beat, at=beat.at + by) for beat in thread.beats)) if by else thread


def lint_shuffle(scenario: Scenario, line: int, faults: Faults) -> None:
    """Note where a thread does not fit into a place that it can be moved to."""
    order = scenario.variety.shuffle if scenario.variety else ()
    trading = [thread for thread in scenario.threads if thread.id in order]
    latest = max((thread.beats[0].at for thread in trading), default=0)
    for thread in trading:
        lasts = max(thread.target_s, thread.beats[-1].at - thread.beats[0].at + 1)
        if latest + lasts > scenario.ends_s:
            message = (
                f"'{thread.id}' can open at {format_story_time(latest)} and then lasts past the story's end at "
                f"{format_story_time(scenario.ends_s)}; let the story end later, or leave the thread out of `shuffle`"
            )
            faults.add(line, "S144", message)


def lint_shuffled_names(document: Value, threads: Sequence[str], faults: Faults) -> None:
    """Note names under `shuffle` that are no thread, or that open the story."""
    written = document.entries.get("variants") if isinstance(document, Mapped) else None
    shuffle = written.entries.get("shuffle") if isinstance(written, Mapped) else None
    for name in shuffle.items if isinstance(shuffle, Listing) else ():
        if isinstance(name, Scalar) and name.text not in threads:
            faults.add(name.line, "S144", f"there is no thread {quoted(name.text)} to trade places; name threads that every variant has")
        elif isinstance(name, Scalar) and name.text == threads[0]:
            faults.add(name.line, "S144", f"'{name.text}' opens the story and stays in its place; leave it out of `shuffle`")


_Row = str | Mapping[str, str]


def _parts(node: Node | None) -> tuple[dict[str, list[_Row]], dict[str, list[str]], tuple[str, ...]]:
    if node is None:
        return {}, {}, ()
    slots, one_of = node.node("slots"), node.node("one_of")
    values = {name: [_row(item) for item in _items(slots, name)] for name in (slots.parts if slots else ())}
    options = {name: list(one_of.many(name)) for name in (one_of.parts if one_of else ())} if one_of else {}
    return (
        {name: rows for name, rows in values.items() if rows},
        {name: words for name, words in options.items() if words},
        node.many("shuffle"),
    )


def _items(node: Node | None, name: str) -> tuple[Leaf | Node, ...]:
    part = node.parts.get(name) if node else None
    return part if isinstance(part, tuple) else ()


def _row(item: Leaf | Node) -> _Row:
    return str(item.value) if isinstance(item, Leaf) else {key: item.get(key, "") for key in item.parts}


def _lint_slots(slots: Mapping[str, list[_Row]], faults: Faults) -> None:
    for name, rows in slots.items():
        keys = {frozenset() if isinstance(row, str) else frozenset(row) for row in rows}
        if len(keys) > 1:
            faults.add(1, "S141", f"the values of slot '{name}' differ in shape; let each be a text, or each have the same keys")


def _lint_happenings(happenings: Mapping[str, list[str]], node: Node | None, faults: Faults) -> None:
    seen: dict[str, str] = {}
    for group, words in happenings.items():
        for word in words:
            if word in seen and node is not None:
                faults.add(
                    node.line_of("one_of"), "S143", f"'{word}' is an option of both '{seen[word]}' and '{group}'; give each its own name"
                )
            seen.setdefault(word, group)


def _lint_unused(
    node: Node, used: set[str], named: set[str], slots: Mapping[str, object], happenings: Mapping[str, list[str]], faults: Faults
) -> None:
    for name in slots:
        if name not in used:
            faults.add(
                node.line_of("slots"), "S142", f"no text uses the slot '{name}'; write {{{name}}} where its value belongs, or leave it out"
            )
    for group, words in happenings.items():
        if not named & set(words):
            faults.add(node.line_of("one_of"), "S142", f"nothing depends on '{group}'; give an entry `only: {words[0]}`, or leave it out")


@dataclass(slots=True)
class _Filling:
    """Put a variant's values into the texts of a document."""

    values: Mapping[str, _Row]
    faults: Faults
    used: set[str]

    def __init__(self, values: Mapping[str, _Row], faults: Faults) -> None:
        self.values, self.faults, self.used = values, faults, set()

    def fill(self, value: Value) -> Value:
        """Return `value` with every slot filled; without slots nothing is looked for."""
        if not self.values:
            return value
        if isinstance(value, Scalar):
            return replace(value, text=_SLOT.sub(lambda found: self._word(found, value.line), value.text))
        if isinstance(value, Listing):
            return replace(value, items=tuple(self.fill(item) for item in value.items))
        return replace(value, entries={key: self.fill(inner) for key, inner in value.entries.items()})

    def _word(self, found: re.Match[str], line: int) -> str:
        name, part = found.group(1), found.group(2) or ""
        row = self.values.get(name)
        self.used.add(name)
        if isinstance(row, str) and not part:
            return row
        if isinstance(row, Mapping) and part in row:
            return row[part]
        if row is None:
            hint = self.faults.nearest(name, list(self.values)) or f"; there are: {', '.join(self.values)}"
            wrong = f"there is no slot {quoted(found.group())}{hint}"
        elif isinstance(row, str):
            wrong = f"the slot '{name}' has no parts; write {{{name}}}"
        else:
            wrong = f"which part of '{name}'? Write one of: {', '.join(f'{{{name}.{key}}}' for key in row)}"
        self.faults.add(line, "S141", wrong)
        return found.group()


class _Pruning:
    """Take out what does not happen in a variant."""

    def __init__(self, known: set[str], happening: set[str], faults: Faults) -> None:
        self._known, self._happening, self._faults = known, happening, faults
        self.named: set[str] = set()

    def prune(self, value: Value) -> Value:
        """Return `value` without the entries whose `only` names nothing that happens."""
        if isinstance(value, Listing):
            return replace(value, items=tuple(self.prune(item) for item in value.items if self._stays(item)))
        if isinstance(value, Mapped):
            kept = {key: self.prune(inner) for key, inner in value.entries.items() if self._stays(inner) and not _is_only(key, inner)}
            return Mapped(kept, value.line, {key: value.key_lines[key] for key in kept})
        return value

    def _stays(self, item: Value) -> bool:
        only = item.entries.get("only") if isinstance(item, Mapped) else None
        if only is None or not _is_only("only", only):
            return True
        names = [name for name in (only.items if isinstance(only, Listing) else (only,)) if isinstance(name, Scalar)]
        for name in names:
            if name.text not in self._known:
                hint = self._faults.nearest(name.text, sorted(self._known)) or "; name an option of `variants.one_of`"
                self._faults.add(name.line, "S140", f"nothing called {quoted(name.text)} can happen{hint}")
        self.named |= {name.text for name in names}
        return any(name.text in self._happening for name in names)


def _is_only(key: str, value: Value) -> bool:
    return key == "only" and isinstance(value, Scalar | Listing)
