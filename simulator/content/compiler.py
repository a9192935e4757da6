"""Compile one scenario: whole, or with every fault."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.content.build import build_scenario
from simulator.content.document import read_document
from simulator.content.lint import lint
from simulator.content.model import Playbook, Scenario
from simulator.content.schema import read_shape
from simulator.content.shape import Faults
from simulator.core.diagnostics import Diagnostic


def compile_scenario(text: str, path: str, slug: str, playbooks: Mapping[str, Playbook]) -> Scenario | list[Diagnostic]:
    """Return the scenario of `text`, or all that is wrong with it, sorted by line. `path` is only for the messages."""
    faults = Faults(path)
    document = read_document(text, faults)
    node = None if document is None else read_shape(document, faults)
    if node is not None:
        lint(node, playbooks, faults)
    if faults.found or node is None:
        return sorted(set(faults.found))
    return build_scenario(node, slug, text)
