"""Wrap the judges of posts and hand-overs so that callers only ever hold one ruleset."""

from __future__ import annotations

from simulator.scoring.handover import judge_answer, judge_handover
from simulator.scoring.model import Context, HandOver, HandOverAnswer, HandOverReport, Post, Triage
from simulator.scoring.ruleset import Ruleset, house_fingerprint
from simulator.scoring.triage import sort_post


def triage(post: Post, context: Context, ruleset: Ruleset) -> Triage:
    """Say what `post` is, how urgent, what to do with it, and who must know."""
    return sort_post(post, context, ruleset.triage)


def score_handover(handover: HandOver, post: Post, context: Context, ruleset: Ruleset) -> HandOverReport:
    """Judge the sender's side of an escalation."""
    return judge_handover(handover, post, context, ruleset.handover, house_fingerprint(ruleset.base, context.house))


def score_answer(answer: HandOverAnswer, target_minutes: float | None, ruleset: Ruleset) -> HandOverReport:
    """Judge the receiver's side of an escalation; `target_minutes` is None where no time was asked."""
    return judge_answer(answer, target_minutes, ruleset.handover, ruleset.fingerprint)
