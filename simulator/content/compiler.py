"""Compile one scenario: whole, or with every fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from simulator.content.build import build_scenario
from simulator.content.document import read_document, reread_document
from simulator.content.lint import lint
from simulator.content.model import Playbook, Scenario
from simulator.content.schema import read_shape
from simulator.content.shape import Faults, Node
from simulator.content.variants import Choose, by_number, each_once, lint_shuffle, lint_shuffled_names, pick, shuffled
from simulator.core.diagnostics import Diagnostic
from simulator.core.yaml_lines import Value


def compile_scenario(text: str, path: str, slug: str, playbooks: Mapping[str, Playbook]) -> Scenario | list[Diagnostic]:
    """Return the scenario of `text` as written, or all that is wrong with it or with one of its variants, sorted by line.

    `path` is only for the messages. Variants are bounded: every value of every slot is compiled once.
    """

    def check(node: Node, faults: Faults) -> None:
        lint(node, playbooks, faults)

    faults = Faults(path)
    read = _Read(text, path, slug, read_document(text, faults), tuple(faults.found))
    written = _compile(read, check, _Variant(0, by_number(0)))
    if not isinstance(written, _Compiled):
        return written
    found: dict[tuple[int, str], Diagnostic] = {}
    for turn in range(1, written.rounds):
        other = _compile(read, check, _Variant(0, each_once(turn)))
        for fault in [] if isinstance(other, _Compiled) else other:
            message = f"{fault.message} (where value {turn + 1} of each slot is taken)"
            found.setdefault((fault.line, fault.code), Diagnostic(fault.path, fault.line, fault.code, message))
    return sorted(found.values()) or written.scenario


def vary(scenario: Scenario, number: int) -> Scenario:
    """Return variant `number` of a scenario that compiled; the scenario itself where it does not vary, or is that variant.

    Raises ValueError where its text does not hold that variant, which compiling it has ruled out.
    """
    if scenario.variety is None or scenario.variety.number == number:
        return scenario
    varied = recall_scenario(scenario.source, scenario.slug, scenario.slug, number)
    if not isinstance(varied, Scenario):
        raise ValueError(f"variant {number} of '{scenario.slug}' does not compile: {varied[0]}")
    return varied


def recall_scenario(text: str, path: str, slug: str, number: int = 0) -> Scenario | list[Diagnostic]:
    """Return variant `number` of a text that compiled when a run began on it, or what keeps its shape from being read.

    Only the shape is checked: its meaning was right by the checks of its day, and a later check must not shut anybody
    out of their own run.
    """
    faults = Faults(path)
    read = _Read(text, path, slug, reread_document(text, faults), tuple(faults.found))
    recalled = _compile(read, None, _Variant(number, by_number(number)))
    return recalled.scenario if isinstance(recalled, _Compiled) else recalled


@dataclass(frozen=True, slots=True)
class _Read:
    """A text and its document, read once for all variants, with what is wrong with it as YAML."""

    text: str
    path: str
    slug: str
    document: Value | None
    found: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Variant:
    number: int
    choose: Choose


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A scenario, and how many rounds it takes to have every value of every slot once."""

    scenario: Scenario
    rounds: int


def _compile(read: _Read, check: Callable[[Node, Faults], None] | None, variant: _Variant) -> _Compiled | list[Diagnostic]:
    faults = Faults(read.path, list(read.found))
    document = read.document
    picked = None if document is None else pick(document, variant.number, variant.choose, faults)
    node = None if picked is None else read_shape(picked.document, faults)
    if node is not None and picked is not None and check is not None:
        check(node, faults)
        lint_shuffled_names(picked.document, [thread.get("id") for thread in node.nodes("threads")], faults)
    if faults.found or node is None or picked is None:
        return sorted(set(faults.found))
    scenario = replace(build_scenario(node, read.slug, read.text), variety=picked.variety)
    if check is not None:
        lint_shuffle(scenario, node.line_of("variants"), faults)
    if faults.found:
        return sorted(set(faults.found))
    return _Compiled(shuffled(scenario, picked.rotation) if picked.rotation else scenario, picked.rounds)
