"""Judge the decision: was it in time, and was it the right action, to the right contact, in the right order."""

from __future__ import annotations

import math

from simulator.scoring.decision_pack import DecisionRules, Deduction, Fit, UsualActions, compile_decision
from simulator.scoring.findings import RawFinding
from simulator.scoring.model import Context, Draft, ExpectedEscalation, Post, Triage
from simulator.scoring.vocabulary import SILENT_ACTIONS, Action, Contact, Dimension, Kind

__all__ = ["DecisionRules", "compile_decision", "judge_decision", "speed_score", "target_minutes"]

_ESCALATING = frozenset({Action.ESCALATE_FIRST, Action.ESCALATE_AND_REPLY})
ACTION_WORDS = {
    Action.REPLY_PUBLIC: "reply in public",
    Action.REPLY_PRIVATE: "reply in private",
    Action.ACKNOWLEDGE_THEN_PRIVATE: "acknowledge in public, then go private",
    Action.ESCALATE_FIRST: "escalate first",
    Action.ESCALATE_AND_REPLY: "escalate and reply",
    Action.IGNORE: "leave it",
    Action.MONITOR: "watch it",
    Action.HIDE_REPORT: "hide and report it",
}


def judge_decision(post: Post, draft: Draft | None, context: Context, triage: Triage, rules: DecisionRules) -> list[RawFinding]:
    """Return the findings for Speed and Judgement, points on each dimension's own 0–100 scale.

    A dimension without a finding does not apply: Speed where the time is unknown or the run untimed, or where silence was
    right; Judgement where no action is given.
    """
    return [*_speed(draft, context, triage, rules), *_judgement(draft, context, triage, rules)]


def target_minutes(context: Context, triage: Triage, rules: DecisionRules) -> float:
    """Return the first reply's target in minutes: the scenario's, else the house's for this urgency, else the pack's."""
    if context.target_minutes is not None:
        return context.target_minutes
    return context.house.targets.get(triage.urgency, rules.targets[triage.urgency])


def speed_score(elapsed_minutes: float, target: float, zero_at: float) -> float:
    """Return 100 within the target, falling with the log of the overrun to 0 at `zero_at` times the target (RUBRIC, Speed)."""
    if elapsed_minutes <= target:
        return 100.0
    if target <= 0:
        return 0.0
    return max(0.0, 100.0 * (1.0 - math.log(elapsed_minutes / target) / math.log(zero_at)))


def _speed(draft: Draft | None, context: Context, triage: Triage, rules: DecisionRules) -> list[RawFinding]:
    if context.untimed or context.elapsed_minutes is None:
        return []
    if draft is None and not _answers(context.action):
        if _silence_is_right(context, triage, rules):
            return []
        return [_finding("no_reply", Dimension.SPEED, 0.0, rules)]
    target = target_minutes(context, triage, rules)
    score = speed_score(context.elapsed_minutes, target, rules.zero_at)
    code = "in_time" if context.elapsed_minutes <= target else "answered_late"
    waited = f"{minutes_words(context.elapsed_minutes)}, target {minutes_words(target)}"
    return [_finding(code, Dimension.SPEED, score, rules, note=f" ({waited})")]


def _answers(action: Action | None) -> bool:
    """Tell whether choosing this action without words still is a first response: a hand-over goes out."""
    return action is Action.ESCALATE_FIRST


def _silence_is_right(context: Context, triage: Triage, rules: DecisionRules) -> bool:
    fitting = _actions(context, triage, rules)
    return context.action in SILENT_ACTIONS and context.action in (*fitting.best, *fitting.fine)


def _judgement(draft: Draft | None, context: Context, triage: Triage, rules: DecisionRules) -> list[RawFinding]:
    action = context.action
    if action is None:
        if draft is None and context.elapsed_minutes is not None:
            return _no_action(context, triage, rules)
        return []
    kind = _kind(context, triage)
    findings = [_action_finding(action, context, triage, rules)]
    if action is Action.HIDE_REPORT and kind in rules.fair:
        findings.append(_finding("hid_criticism", Dimension.JUDGEMENT, 0.0, rules, blocker=True))
    if kind in rules.danger and action in SILENT_ACTIONS and not context.told:
        points = rules.deductions[Deduction.SILENT_BEFORE_DANGER]
        findings.append(_finding("unsafe_advice", Dimension.JUDGEMENT, points, rules, blocker=True))
    return [*findings, *_escalation(action, draft, context, triage, rules)]


def _no_action(context: Context, triage: Triage, rules: DecisionRules) -> list[RawFinding]:
    """Judge a post that was left lying: as good as choosing to ignore it."""
    fitting = _actions(context, triage, rules)
    if Action.IGNORE in (*fitting.best, *fitting.fine):
        return []
    findings = [_finding("no_reply", Dimension.JUDGEMENT, 0.0, rules)]
    if _kind(context, triage) in rules.danger and not context.told:
        points = rules.deductions[Deduction.SILENT_BEFORE_DANGER]
        findings.append(_finding("unsafe_advice", Dimension.JUDGEMENT, points, rules, blocker=True))
    return findings


def _action_finding(action: Action, context: Context, triage: Triage, rules: DecisionRules) -> RawFinding:
    fitting = _actions(context, triage, rules)
    fit = _fit(action, fitting)
    if fit is not Fit.BEST and _spoke_after_telling(action, fitting, context, triage, rules):
        fit = Fit.BEST
    code = {Fit.BEST: "right_action", Fit.FINE: "fine_action"}.get(fit, "wrong_action")
    note = f": {ACTION_WORDS[fitting.best[0]]}" if fit is not Fit.BEST and fitting.best else ""
    return _finding(code, Dimension.JUDGEMENT, rules.worth[fit], rules, fix_note=note)


def _fit(action: Action, fitting: UsualActions) -> Fit:
    for fit, actions in ((Fit.BEST, fitting.best), (Fit.FINE, fitting.fine), (Fit.POOR, fitting.poor)):
        if action in actions:
            return fit
    return Fit.NEITHER


def _spoke_after_telling(action: Action, fitting: UsualActions, context: Context, triage: Triage, rules: DecisionRules) -> bool:
    """Tell whether the escalation that was called for is done, so that speaking now is the second half of the right action."""
    due, also, _ = _due(context, triage, rules)
    told = due is not None and any(contact in (due.to, *also) for contact in context.told)
    return told and action not in SILENT_ACTIONS and bool(_ESCALATING & {*fitting.best, *fitting.fine})


def _escalation(action: Action, draft: Draft | None, context: Context, triage: Triage, rules: DecisionRules) -> list[RawFinding]:
    due, also, first = _due(context, triage, rules)
    if due is None:
        return []
    if any(contact in (due.to, *also) for contact in context.told):
        return [_finding("right_contact", Dimension.JUDGEMENT, 0.0, rules)]
    if context.told:
        return [_contact_finding("wrong_contact", Deduction.WRONG_CONTACT, due.to, rules)]
    if action not in _ESCALATING:
        return [_contact_finding("no_escalation", Deduction.NO_ESCALATION, due.to, rules)]
    overdue = due.within_minutes is not None and not context.untimed and (context.elapsed_minutes or 0.0) > due.within_minutes
    # On the live desk nobody records hand-overs yet, so only a drill can tell that the words went out before one.
    spoke_first = first and context.expected is not None and action is Action.ESCALATE_AND_REPLY and draft is not None
    if overdue or spoke_first:
        return [_contact_finding("escalated_late", Deduction.ESCALATED_LATE, None, rules)]
    return []


def _due(context: Context, triage: Triage, rules: DecisionRules) -> tuple[ExpectedEscalation | None, tuple[Contact, ...], bool]:
    """Return the escalation that is called for, who else would do, and whether it goes before words on substance."""
    usual = rules.escalates.get(_kind(context, triage))
    if context.expected is not None:
        return context.expected.escalation, (), bool(usual and usual.first)
    if usual is None:
        return None, (), False
    return ExpectedEscalation(usual.to), usual.also, usual.first


def _actions(context: Context, triage: Triage, rules: DecisionRules) -> UsualActions:
    expected = context.expected
    if expected is not None and (expected.best or expected.fine or expected.poor):
        return UsualActions(expected.best, expected.fine, expected.poor)
    return rules.usual[_kind(context, triage)]


def _kind(context: Context, triage: Triage) -> Kind:
    return context.expected.kind if context.expected is not None and context.expected.kind is not None else triage.kind


def _contact_finding(code: str, deduction: Deduction, to: Contact | None, rules: DecisionRules) -> RawFinding:
    note = f" {to.value}" if to is not None else ""
    return _finding(code, Dimension.JUDGEMENT, rules.deductions[deduction], rules, fix_note=note)


def _finding(
    code: str, dimension: Dimension, points: float, rules: DecisionRules, *, note: str = "", fix_note: str = "", blocker: bool = False
) -> RawFinding:
    words = rules.says[code]
    fix = words.fix + fix_note if words.fix else ""
    return RawFinding(code, dimension, points, words.why + note, fix, blocker=blocker, rule=f"decision.{code}")


def minutes_words(minutes: float) -> str:
    """Write minutes as people say them: `12 min`, `1 h 30 min`."""
    whole = round(minutes)
    if whole < 60:
        return f"{whole} min"
    hours, rest = divmod(whole, 60)
    return f"{hours} h {rest} min" if rest else f"{hours} h"
