"""Let the trained heads weigh in on what a post is, how urgent, for whom, and what to do; dangers that cues see stay dangers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import log

from simulator.scoring.heads import NO_GRAMS, Grams, JoinedHeads, LinearHead, Weighed, read_grams
from simulator.scoring.model import Kinds, Post
from simulator.scoring.reading import Reading
from simulator.scoring.triage_features import triage_features
from simulator.scoring.vocabulary import Action, Contact, Kind, Urgency

KIND_HEAD = "triage_kind"
URGENCY_HEAD = "triage_urgency"
CONTACT_HEAD = "triage_contact"
USUAL_HEAD = "triage_usual"
TRIAGE_HEADS = (KIND_HEAD, URGENCY_HEAD, CONTACT_HEAD, USUAL_HEAD)

RISK_FROM = 0.25
"""A risk is taken seriously from this share on, even where another kind is likelier; set by the false alarms on held-out files."""
BARE_RISK_FROM = 0.4
"""The same where no cue of that risk stands in the post."""
GATE_FROM = 0.06
"""A danger whose cues stand in the post is one unless the heads give it less than this; its words are then still shown."""
GATED = 0.7
"""Least share of a danger whose cues stand in the post."""
LEAST = 1e-3
LIKELY = 0.02
"""Kinds with a smaller share are not worth a word."""

_KINDS = {kind.value: kind for kind in Kind}
_USUAL_KIND = {kind: f"kind:{kind.value}" for kind in Kind}
_USUAL_URGENCY = {one: f"urgency:{one.value}" for one in Urgency}
_USUAL_CONTACT = {one: f"contact:{one.value}" for one in Contact}
_USUAL_ACTION = {one: f"action:{one.value}" for one in Action}
"""What the head of what is usual calls a kind, and what it says of it."""
RISK_KINDS = (Kind.SELF_HARM, Kind.VIOLENCE_THREAT, Kind.SAFETY, Kind.PERSONAL_DATA, Kind.LEGAL_THREAT, Kind.PRESS)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the heads make of a post: a share for each kind, urgency and contact, and how likely each action is acceptable."""

    kinds: Mapping[Kind, float]
    top: Kind
    urgencies: Mapping[Urgency, float]
    contacts: Mapping[Contact, float]
    actions: Mapping[Action, float]
    evidence: tuple[Weighed, ...]


@dataclass(frozen=True, slots=True, eq=False)
class TriageHeads:
    """The heads that sort a post: those that weigh its words, joined, and what is `usual` for a kind."""

    worded: JoinedHeads
    usual: LinearHead


def join_triage_heads(heads: Mapping[str, LinearHead]) -> TriageHeads | None:
    """Return the heads of `heads` that sort posts; None where one of them isn't there."""
    if any(name not in heads for name in TRIAGE_HEADS):
        return None
    return TriageHeads(JoinedHeads.of([heads[name] for name in (KIND_HEAD, URGENCY_HEAD, CONTACT_HEAD)]), heads[USUAL_HEAD])


def form_opinion(post: Post, reading: Reading, sums: Mapping[Kind, float], gated: Kind | None, heads: TriageHeads | None) -> Opinion | None:
    """Return the heads' opinion; None where they aren't there. `gated` is the danger that cues found, which stands."""
    if heads is None:
        return None
    grams = read_grams(post.text)
    features = triage_features(post, reading, sums, grams)
    said = heads.worded.scores(grams, features)
    top, kinds = settle_kinds({_KINDS[label]: share for label, share in said[KIND_HEAD].items()}, reading, sums, gated)
    usual = heads.usual.scores(NO_GRAMS, {_USUAL_KIND[kind]: share for kind, share in kinds.items()})
    urgencies, contacts = said[URGENCY_HEAD], said[CONTACT_HEAD]
    return Opinion(
        kinds=kinds,
        top=top,
        urgencies={one: _agreed(usual[name], urgencies.get(one, 0.0)) for one, name in _USUAL_URGENCY.items()},
        contacts={one: _agreed(usual[name], contacts.get(one, 0.0)) for one, name in _USUAL_CONTACT.items()},
        actions={one: usual[name] for one, name in _USUAL_ACTION.items()},
        evidence=_evidence(heads.worded.heads[KIND_HEAD], grams, top),
    )


def settle_kinds(
    said: Mapping[Kind, float], reading: Reading, sums: Mapping[Kind, float], gated: Kind | None
) -> tuple[Kind, dict[Kind, float]]:
    """Return what a post is taken for and the share of each kind, from the shares that the head gave and what the cues found."""
    kinds = dict.fromkeys(Kind, 0.0) | dict(said)
    if reading.measures["private"] and reading.measures["exposed"]:
        kinds[Kind.PERSONAL_DATA] = 0.0
    top = _top(kinds, sums, gated)
    if kinds[top] < GATED and top is gated:
        rest = sum(share for kind, share in kinds.items() if kind is not top) or 1.0
        kinds = {kind: GATED if kind is top else share * (1 - GATED) / rest for kind, share in kinds.items()}
    return top, kinds


def likely_kinds(top: Kind, kinds: Mapping[Kind, float]) -> Kinds:
    """Return the kinds that a post may well be with their shares, the one it is taken for first."""
    others = [kind for kind, share in kinds.items() if kind is not top and share >= LIKELY]
    return tuple((kind, round(kinds[kind], 4)) for kind in (top, *sorted(others, key=lambda kind: -kinds[kind])))


def _top(kinds: Mapping[Kind, float], sums: Mapping[Kind, float], gated: Kind | None) -> Kind:
    if gated is not None and kinds[gated] >= GATE_FROM:
        return gated
    risk = max(RISK_KINDS, key=lambda kind: kinds[kind])
    likeliest = max(kinds, key=lambda kind: kinds[kind])
    if likeliest in RISK_KINDS and kinds[likeliest] < BARE_RISK_FROM and sums[likeliest] <= 0:
        return max((kind for kind in kinds if kind not in RISK_KINDS), key=lambda kind: kinds[kind])
    return risk if kinds[risk] >= (RISK_FROM if sums[risk] > 0 else BARE_RISK_FROM) else likeliest


def _agreed(usual: float, said: float) -> float:
    """Return the sum of the logarithms of what is usual for the kind and what the words say."""
    return log(max(usual, LEAST)) + log(max(said, LEAST))


def _evidence(head: LinearHead, grams: Grams, top: Kind) -> tuple[Weighed, ...]:
    return head.evidence(grams, top.value, most=2) if top.value in head.labels else ()


class HeadCue(StrEnum):
    """Which of the corpus' cue codes the words get that moved a head most, by kind."""

    ISSUE = "issue"
    FEELING = "feeling"
    ASK = "ask"
    SARCASM = "sarcasm"
    LEGAL = "legal"
    SAFETY = "safety"
    VULNERABLE = "vulnerable"
    PERSONAL_DATA = "personal_data"
    PRAISE = "praise_target"
    IDEA = "idea"
    FALSE_CLAIM = "false_claim"
    BAIT = "bait"
    REACH = "reach_threat"


CODE_OF_KIND: Mapping[Kind, HeadCue] = {
    Kind.QUESTION: HeadCue.ASK,
    Kind.PRAISE: HeadCue.PRAISE,
    Kind.SUGGESTION: HeadCue.IDEA,
    Kind.COMPLAINT: HeadCue.ISSUE,
    Kind.HEATED_COMPLAINT: HeadCue.FEELING,
    Kind.HUMOROUS_GRIPE: HeadCue.SARCASM,
    Kind.MISGUIDED: HeadCue.FALSE_CLAIM,
    Kind.CRITICISM: HeadCue.ISSUE,
    Kind.RAGER: HeadCue.FEELING,
    Kind.TROLL: HeadCue.BAIT,
    Kind.OFF_TOPIC: HeadCue.ISSUE,
    Kind.SPAM: HeadCue.BAIT,
    Kind.PERSONAL_DATA: HeadCue.PERSONAL_DATA,
    Kind.LEGAL_THREAT: HeadCue.LEGAL,
    Kind.SAFETY: HeadCue.SAFETY,
    Kind.SELF_HARM: HeadCue.VULNERABLE,
    Kind.VIOLENCE_THREAT: HeadCue.SAFETY,
    Kind.PRESS: HeadCue.REACH,
    Kind.SPIKE: HeadCue.ISSUE,
}
