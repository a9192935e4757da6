"""Compile scenarios, plans and playbooks: whole, or with every fault at once."""

from simulator.content.codes import CATALOGUE, diagnostics_page
from simulator.content.compiler import compile_scenario, recall_scenario, vary
from simulator.content.library import ContentError, Library, load_library, load_playbooks
from simulator.content.lint_house import RuleNames, names_of
from simulator.content.plan import parse_plan
from simulator.content.plan_lint import check_plan, thread_asked
from simulator.content.plan_model import Plan
from simulator.content.playbook import compile_playbook, recall_playbook
from simulator.content.schema import scenario_schema
from simulator.content.variants import variant_number

__all__ = [
    "CATALOGUE",
    "ContentError",
    "Library",
    "Plan",
    "RuleNames",
    "check_plan",
    "compile_playbook",
    "compile_scenario",
    "diagnostics_page",
    "load_library",
    "load_playbooks",
    "names_of",
    "parse_plan",
    "recall_playbook",
    "recall_scenario",
    "scenario_schema",
    "thread_asked",
    "variant_number",
    "vary",
]
