"""Judge replies to the public: a post, a draft and what is around them go in, a report with evidence comes out. Pure."""

from simulator.scoring.compare import Change, Comparison, compare
from simulator.scoring.engine import score
from simulator.scoring.facade import score_answer, score_handover, triage
from simulator.scoring.many import post_by_post, score_many
from simulator.scoring.model import (
    Context,
    Cue,
    DimensionScore,
    Draft,
    Expected,
    ExpectedEscalation,
    Finding,
    Fix,
    HandOver,
    HandOverAnswer,
    HandOverPoint,
    HandOverReport,
    House,
    MustAddress,
    Post,
    Report,
    Triage,
)
from simulator.scoring.ruleset import Ruleset, RulesetError, load_ruleset
from simulator.scoring.wire import handover_report_from_json, handover_report_to_json, report_from_json, report_to_json

__all__ = [
    "Change",
    "Comparison",
    "Context",
    "Cue",
    "DimensionScore",
    "Draft",
    "Expected",
    "ExpectedEscalation",
    "Finding",
    "Fix",
    "HandOver",
    "HandOverAnswer",
    "HandOverPoint",
    "HandOverReport",
    "House",
    "MustAddress",
    "Post",
    "Report",
    "Ruleset",
    "RulesetError",
    "Triage",
    "compare",
    "handover_report_from_json",
    "handover_report_to_json",
    "load_ruleset",
    "post_by_post",
    "report_from_json",
    "report_to_json",
    "score",
    "score_answer",
    "score_handover",
    "score_many",
    "triage",
]
