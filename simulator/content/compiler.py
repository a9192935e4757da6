"""Compile one scenario: whole, or with every fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from simulator.content.build import build_scenario
from simulator.content.document import read_document
from simulator.content.lint import lint
from simulator.content.model import Playbook, Scenario
from simulator.content.schema import read_shape
from simulator.content.shape import Faults, Node
from simulator.core.diagnostics import Diagnostic


def compile_scenario(text: str, path: str, slug: str, playbooks: Mapping[str, Playbook]) -> Scenario | list[Diagnostic]:
    """Return the scenario of `text`, or all that is wrong with it, sorted by line. `path` is only for the messages."""
    return _compile(text, path, slug, lambda node, faults: lint(node, playbooks, faults))


def recall_scenario(text: str, path: str, slug: str) -> Scenario | list[Diagnostic]:
    """Return the scenario of a text that compiled when a run began on it, or what keeps its shape from being read.

    Only the shape is checked: its meaning was right by the checks of its day, and a later check must not shut anybody
    out of their own run.
    """
    return _compile(text, path, slug, lambda _node, _faults: None)


def _compile(text: str, path: str, slug: str, check: Callable[[Node, Faults], None]) -> Scenario | list[Diagnostic]:
    faults = Faults(path)
    document = read_document(text, faults)
    node = None if document is None else read_shape(document, faults)
    if node is not None:
        check(node, faults)
    if faults.found or node is None:
        return sorted(set(faults.found))
    return build_scenario(node, slug, text)
