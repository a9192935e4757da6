"""Sort a post: what it is, how soon somebody must act, what to do, and whom to tell."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from simulator.scoring.language import is_english
from simulator.scoring.model import Context, Cue, Post, Triage
from simulator.scoring.reading import Hit, Reading
from simulator.scoring.text import KEPT_LENGTH, POSTS_KEPT
from simulator.scoring.triage_heads import CODE_OF_KIND, Opinion, form_opinion, likely_kinds
from simulator.scoring.triage_pack import TriageRules, compile_triage
from simulator.scoring.vocabulary import Action, Channel, Contact, Kind, Urgency

__all__ = ["TriageRules", "compile_triage", "cue_scores", "danger_in", "read_post", "sort_post"]

UNSURE = 0.55
"""Below this confidence the runner-up is named."""
SPREADING = 2_000
"""Followers from which plain criticism wants an answer within the day."""
WIDELY_READ = 10_000
"""Followers from which a post goes a tier faster (RUBRIC, influencer)."""
FOREIGN = 0.3
"""Most confidence about a post in a language that the cues don't know."""
HEATED = 40.0
RULES_VOICE = 1.5
"""What the rules' choice of urgency and contact adds to the heads' sum of logarithms."""

_PRESSING = frozenset({"deadline", "vulnerable", "essentials"})
_DANGERS = frozenset({Kind.SELF_HARM, Kind.VIOLENCE_THREAT, Kind.SAFETY})
_RISKS = frozenset(
    {Kind.SELF_HARM, Kind.VIOLENCE_THREAT, Kind.SAFETY, Kind.PERSONAL_DATA, Kind.LEGAL_THREAT, Kind.PRESS, Kind.SPIKE, Kind.SPAM}
)


@dataclass(frozen=True, slots=True)
class _Ranked:
    kind: Kind
    runner_up: Kind
    confidence: float


def sort_post(post: Post, context: Context, rules: TriageRules) -> Triage:
    """Return what `post` is and calls for, following the rubric's order of questions. Of its context only the channel matters."""
    kept = len(post.text) + sum(map(len, post.thread)) <= KEPT_LENGTH
    return (_sort_once if kept else _sort)(post, context.channel, rules)


def _sort(post: Post, channel: Channel, rules: TriageRules) -> Triage:
    context = Context(channel=channel)
    reading = read_post(post, context, rules)
    scores = cue_scores(reading, rules)
    opinion = form_opinion(post, reading, scores, danger_in(scores, rules), rules.heads)
    ranked = _rank(scores, _gated(scores, rules), rules) if opinion is None else _rank_shares(opinion)
    confidence = ranked.confidence if is_english(post.text) else min(ranked.confidence, FOREIGN)
    urgency = _urgency(ranked.kind, reading, post, rules)
    contact = _contact(ranked.kind, reading, post, rules)
    action = _action(ranked.kind, reading, post, context, urgency, rules)
    if opinion is not None:
        urgency = _agreed_urgency(urgency, ranked.kind, opinion, reading, rules)
        contact = _agreed_contact(contact, ranked.kind, opinion)
        action = _agreed_action(action, ranked.kind, opinion, context, reading)
    return Triage(
        kind=ranked.kind,
        urgency=urgency,
        action=action,
        contact=contact,
        confidence=round(confidence, 3),
        cues=_cues(post, reading, ranked.kind, opinion),
        or_kind=ranked.runner_up if confidence < UNSURE else None,
        why=_why(ranked.kind, reading, post, rules, opinion),
        kinds=likely_kinds(opinion.top, opinion.kinds) if opinion else (),
    )


_sort_once = lru_cache(maxsize=POSTS_KEPT)(_sort)


def _rank_shares(opinion: Opinion) -> _Ranked:
    rest = max((kind for kind in opinion.kinds if kind is not opinion.top), key=lambda kind: opinion.kinds[kind])
    return _Ranked(opinion.top, rest, opinion.kinds[opinion.top])


def _agreed_urgency(usual: Urgency, kind: Kind, opinion: Opinion, reading: Reading, rules: TriageRules) -> Urgency:
    """Add what the rules say as one more voice; what is critical by its kind, and pressing for somebody vulnerable, stays so."""
    if rules.kinds[kind].urgency is Urgency.CRITICAL:
        return Urgency.CRITICAL
    if usual is Urgency.HIGH and "vulnerable" in reading.signals:
        return Urgency.HIGH
    if kind in _RISKS and kind is not Kind.SPAM:
        return max((Urgency.HIGH, Urgency.CRITICAL), key=lambda one: opinion.urgencies[one] + (RULES_VOICE if one is usual else 0.0))
    return max(opinion.urgencies, key=lambda one: opinion.urgencies[one] + (RULES_VOICE if one is usual else 0.0))


def _agreed_contact(usual: Contact, kind: Kind, opinion: Opinion) -> Contact:
    if kind in _RISKS:
        return usual
    return max(opinion.contacts, key=lambda one: opinion.contacts[one] + (RULES_VOICE if one is usual else 0.0))


def _agreed_action(usual: Action, kind: Kind, opinion: Opinion, context: Context, reading: Reading) -> Action:
    """Take the action that is likeliest acceptable over all kinds that the post may be; rules keep dangers and private messages."""
    if (
        kind in _RISKS
        or usual is Action.REPLY_PRIVATE
        or kind is Kind.OFF_TOPIC
        or (kind is Kind.QUESTION and "own_account" in reading.signals)
    ):
        return usual
    return max(opinion.actions, key=lambda one: opinion.actions[one])


def read_post(post: Post, context: Context, rules: TriageRules) -> Reading:
    """Return the cues, heat and signals of `post`."""
    return rules.finder.read(post, private=context.channel is Channel.DM)


def cue_scores(reading: Reading, rules: TriageRules) -> dict[Kind, float]:
    """Return what each kind has going for it: its prior and what the cues add. Trained heads add to these sums."""
    scores = {kind: rule.prior for kind, rule in rules.kinds.items()}
    for hit in reading.hits:
        for kind, weight in hit.rule.kinds:
            scores[kind] += weight * _worth(hit)
    return scores


def _worth(hit: Hit) -> float:
    return 1.0 + 0.5 * (hit.count - 1)


def danger_in(scores: Mapping[Kind, float], rules: TriageRules) -> Kind | None:
    """Return the first danger, in the rubric's order, whose cues reach its gate."""
    return next((kind for kind in _gated(scores, rules) if kind in _DANGERS), None)


def _gated(scores: Mapping[Kind, float], rules: TriageRules) -> list[Kind]:
    """Return the kinds that reach their gate: dangers first in the rubric's order, then the strongest."""
    gated = [kind for kind, rule in rules.kinds.items() if rule.gate is not None and scores[kind] >= rule.gate]
    gated.sort(key=lambda kind: (kind not in _DANGERS, 0.0 if kind in _DANGERS else -scores[kind]))
    return gated


def _rank(scores: Mapping[Kind, float], gated: list[Kind], rules: TriageRules) -> _Ranked:
    """Take the first danger that reaches its gate, else the strongest gated kind that does, else the best of the others."""
    others = [kind for kind, rule in rules.kinds.items() if rule.gate is None]
    best_first = sorted(others, key=lambda kind: -scores[kind])
    order = [*gated, *best_first]
    top = order[0]
    closed = [kind for kind, rule in rules.kinds.items() if rule.gate is not None and kind not in gated]
    level = {kind: scores[kind] for kind in [*order, *closed]}
    if gated:
        level[top] = max(level.values()) + 1.0
    share = _share(top, level)
    rest = sorted((kind for kind in level if kind is not top), key=lambda kind: -level[kind])
    return _Ranked(top, rest[0], share)


def _share(top: Kind, level: Mapping[Kind, float]) -> float:
    peak = max(level.values())
    total = sum(math.exp(score - peak) for score in level.values())
    return math.exp(level[top] - peak) / total


def _urgency(kind: Kind, reading: Reading, post: Post, rules: TriageRules) -> Urgency:
    usual = rules.kinds[kind].urgency
    signals = reading.signals
    if usual is Urgency.CRITICAL or (kind is Kind.PERSONAL_DATA and "leak" in signals):
        return Urgency.CRITICAL
    if kind is Kind.SPAM:
        return Urgency.HIGH if "targets_customers" in signals else usual
    if kind is Kind.QUESTION:
        return Urgency.HIGH if "at_once" in signals else usual
    if kind is Kind.COMPLAINT and (signals & _PRESSING or reading.heat >= HEATED or _widely_read(post)):
        return Urgency.HIGH
    if kind is Kind.MISGUIDED and _widely_read(post):
        return Urgency.HIGH
    if kind is Kind.CRITICISM and (post.followers or 0) >= SPREADING:
        return Urgency.NORMAL
    return usual


def _widely_read(post: Post) -> bool:
    return (post.followers or 0) >= WIDELY_READ


def _contact(kind: Kind, reading: Reading, post: Post, rules: TriageRules) -> Contact:
    usual = rules.kinds[kind].contact
    if kind is Kind.SPAM and "targets_customers" in reading.signals:
        return Contact.SECURITY
    if kind is Kind.MISGUIDED and _widely_read(post):
        return Contact.PR
    if kind not in (Kind.COMPLAINT, Kind.HEATED_COMPLAINT):
        return usual
    scores: dict[Contact, float] = {usual: 1.0}
    for hit in reading.hits:
        for contact, weight in hit.rule.contacts:
            scores[contact] = scores.get(contact, 0.0) + weight * _worth(hit)
    return max(scores, key=lambda contact: scores[contact])


def _action(kind: Kind, reading: Reading, post: Post, context: Context, urgency: Urgency, rules: TriageRules) -> Action:
    usual = rules.kinds[kind].action
    if context.channel is Channel.DM and usual in (Action.REPLY_PUBLIC, Action.ACKNOWLEDGE_THEN_PRIVATE) and kind not in _RISKS:
        return Action.REPLY_PRIVATE
    if kind is Kind.QUESTION and "own_account" in reading.signals:
        return Action.ACKNOWLEDGE_THEN_PRIVATE
    if kind is Kind.OFF_TOPIC:
        return Action.REPLY_PUBLIC if reading.measures["asks_at_all"] else Action.IGNORE
    return usual


def _cues(post: Post, reading: Reading, kind: Kind, opinion: Opinion | None) -> tuple[Cue, ...]:
    found = [
        Cue((start, end), post.text[start:end], hit.rule.code)
        for hit in reading.hits
        for start, end in hit.spans
        if hit.rule.kinds or hit.rule.signals or hit.rule.contacts
    ]
    for weighed in opinion.evidence if opinion else ():
        start, end = weighed.span
        if all(end <= cue.span[0] or start >= cue.span[1] for cue in found):
            found.append(Cue((start, end), post.text[start:end], CODE_OF_KIND[kind].value))
    return tuple(sorted(found, key=lambda cue: cue.span))


def _why(kind: Kind, reading: Reading, post: Post, rules: TriageRules, opinion: Opinion | None) -> str:
    says = rules.kinds[kind].says
    telling = [(weight * _worth(hit), hit) for hit in reading.hits for one, weight in hit.rule.kinds if one is kind and weight > 0]
    if not telling:
        if opinion is None or not opinion.evidence:
            return f"{says}."
        start, end = opinion.evidence[0].span
        return f"{says}: “{post.text[start:end]}” is how such posts are often worded."
    _, hit = max(telling, key=lambda pair: pair[0])
    if hit.spans:
        start, end = hit.spans[0]
        return f"{says}: “{post.text[start:end]}” {hit.rule.why}."
    return f"{says}: {hit.rule.why}."
