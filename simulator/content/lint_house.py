"""Check what a playbook changes in the judge: names that exist, guards left alone, factors within bounds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from simulator.content.shape import Faults, Leaf, Node, quoted
from simulator.scoring import Ruleset, load_ruleset
from simulator.scoring.house_style import guarded_names, switchable_names
from simulator.scoring.vocabulary import WORDS, Dimension, Kind, SignOff

LEAST_WEIGHT, MOST_WEIGHT = 50, 200
"""Percent of the rubric's own weight: a house may lean, not turn the rubric over."""
LIX, GRADE = (25, 60), (4, 16)


@dataclass(frozen=True, slots=True)
class RuleNames:
    """The names that a playbook may switch, those that it may not, and the dimensions that each kind calls for."""

    free: frozenset[str] = frozenset()
    guarded: frozenset[str] = frozenset()
    applies: Mapping[Kind, Collection[Dimension]] = field(default_factory=dict)


def names_of(ruleset: Ruleset) -> RuleNames:
    """Return what a playbook may name of `ruleset`."""
    return RuleNames(
        switchable_names(ruleset.book), guarded_names(ruleset.book), {kind: tuple(row) for kind, row in ruleset.rubric.weights.items()}
    )


@lru_cache(maxsize=1)
def shipped_rule_names() -> RuleNames:
    """Return the names of the rules that we ship, read once."""
    return names_of(load_ruleset())


def lint_house(node: Node, names: RuleNames, faults: Faults) -> None:
    """Note what is wrong with the rules, weights, sign-off and reading limit of a playbook."""
    _lint_switches(node, names, faults)
    _lint_weights(node, names, faults)
    _lint_sign_off(node, faults)
    _lint_reading(node, faults)


def _lint_switches(node: Node, names: RuleNames, faults: Faults) -> None:
    first: dict[str, int] = {}
    for item in node.nodes("rules"):
        leaf = item.parts.get("rule")
        if not isinstance(leaf, Leaf):
            continue
        name = leaf.value
        if name in names.guarded:
            faults.add(leaf.line, "B105", f"{quoted(name)} guards people and stays on in every house; leave it out")
        elif name not in names.free:
            hint = faults.nearest(name, sorted(names.free)) or "; `scoring rules` lists the rules with their codes"
            faults.add(leaf.line, "B104", f"there is no rule and no code {quoted(name)}{hint}")
        elif name in first:
            faults.add(leaf.line, "B106", f"{quoted(name)} is switched twice; it is also on line {first[name]}")
        first.setdefault(name, leaf.line)


def _lint_weights(node: Node, names: RuleNames, faults: Faults) -> None:
    weights = node.node("weights")
    for row_name, row in weights.parts.items() if weights else ():
        if not isinstance(row, Node):
            continue
        for name, leaf in row.parts.items():
            if not isinstance(leaf, Leaf):
                continue
            if not LEAST_WEIGHT <= leaf.value <= MOST_WEIGHT:
                wanted = f"write {LEAST_WEIGHT} to {MOST_WEIGHT}, in percent of the rubric's weight"
                faults.add(leaf.line, "B108", f"{leaf.value} for {name} under {row_name} is out of bounds; {wanted}")
            if row_name in set(Kind) and name in WORDS and Dimension(name) not in names.applies.get(Kind(row_name), WORDS):
                faults.add(leaf.line, "B109", f"a post of kind {row_name} does not call for {name}; leave it out")


def _lint_sign_off(node: Node, faults: Faults) -> None:
    team_signs = node.get("sign_off") == SignOff.TEAM
    if team_signs and not node.has("team"):
        faults.add(node.line_of("sign_off"), "B107", "the sign-off is the team's name, but there is no 'team'; add it")
    if node.has("team") and not team_signs:
        faults.add(node.line_of("team"), "B107", "a 'team' is named, but it does not sign; write `sign_off: team`, or leave it out")


def _lint_reading(node: Node, faults: Faults) -> None:
    reading = node.node("reading")
    if reading is None:
        return
    if not reading.lines:
        faults.add(reading.line, "B110", "the reading limit is empty; give 'lix', 'grade' or both")
    for name, (low, high) in (("lix", LIX), ("grade", GRADE)):
        value = reading.get(name)
        if value is not None and not low <= value <= high:
            faults.add(reading.line_of(name), "B110", f"{value} for {name} is out of bounds; write {low} to {high}")
