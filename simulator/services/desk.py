"""Sit beside somebody at work: sort a real post and judge the draft with the drill's own judge. Nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from simulator.content.model import Playbook
from simulator.core.plain_text import DRAFT_LIMIT, NOTE_LIMIT, POST_LIMIT, SHORT_LIMIT, fit_text, span_as_sent
from simulator.core.refusal import Refusal, RefusalCode
from simulator.scoring import Context, Draft, Finding, Fix, House, Post, Report, Ruleset, Triage, score, triage
from simulator.services import assess_request as shape

DEFAULT = "default"
"""The playbook that is offered first, where there is one of this name."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the desk says: the sorting, the report where there was a decision to judge, and what the judge read.

    `playbook` is the one whose house style judged; None stands for the plain house rules.
    Spans count in `post` and `draft` as they stand here (line ends are one character); what programs are answered counts
    in the texts as they sent them.
    """

    post: Post
    draft: Draft | None
    triage: Triage
    report: Report | None
    fingerprint: str
    playbook: Playbook | None = None


class Desk:
    """Judge single drafts for pages, API and batch runs."""

    def __init__(self, *, ruleset: Ruleset, playbooks: Mapping[str, Playbook]) -> None:
        self._ruleset = ruleset
        self._playbooks = playbooks

    @property
    def playbooks(self) -> tuple[Playbook, ...]:
        """Return the playbooks that can be chosen from; the first is the one for whoever doesn't choose."""
        return tuple(sorted(self._playbooks.values(), key=lambda each: (each.slug != DEFAULT, each.title.casefold(), each.slug)))

    def assess(self, post: Post, draft: Draft | None, context: Context, playbook: str | None = None) -> Assessment | Refusal:
        """Sort `post` and judge the decision: `draft`, or saying nothing where the context names a silent action.

        Without a draft and without an action the post is only sorted. The house style is that of `playbook`; where that is
        None, the context's own.
        """
        chosen = None if playbook is None else self._playbook(playbook)
        if isinstance(chosen, Refusal):
            return chosen
        if chosen is not None:
            context = replace(context, house=chosen.house)
        fitted = _fit_post(post)
        if isinstance(fitted, Refusal):
            return fitted
        if draft is not None:
            words = fit_text(draft.text, limit=DRAFT_LIMIT, what="The draft", about="draft")
            if isinstance(words, Refusal):
                return words
            draft = Draft(words)
        for fact in context.facts:
            checked = fit_text(fact, limit=NOTE_LIMIT, what="A fact", about="facts")
            if isinstance(checked, Refusal):
                return checked
        if draft is None and context.action is None:
            return replace(self._sorted(fitted, context), playbook=chosen)
        report = score(fitted, draft, context, self._ruleset)
        return Assessment(fitted, draft, report.triage, report, report.fingerprint, chosen)

    def sort(self, post: Post, context: Context) -> Triage | Refusal:
        """Say what `post` is and what it calls for."""
        fitted = _fit_post(post)
        return fitted if isinstance(fitted, Refusal) else triage(fitted, context, self._ruleset)

    def answer_assess(self, request: shape.AssessIn) -> shape.AssessOut | Refusal:
        """Judge a program's request; without a draft the total is None and no dimension is there."""
        checked = shape.fit_assess(request)
        if isinstance(checked, Refusal):
            return checked
        house = self._house(request.playbook)
        if isinstance(house, Refusal):
            return house
        context = Context(
            channel=checked.channel,
            facts=tuple(checked.facts),
            action=checked.action,
            elapsed_minutes=checked.elapsed_minutes,
            house=house,
        )
        post, draft = shape.post_of(checked), shape.draft_of(checked)
        if draft is None:
            only = self._sorted(post, context)
            return _answer(request, only)
        report = score(post, draft, context, self._ruleset)
        return _answer(request, Assessment(post, draft, report.triage, report, report.fingerprint))

    def answer_triage(self, request: shape.TriageIn) -> shape.TriageOut | Refusal:
        """Sort a program's post."""
        checked = shape.fit_triage(request)
        if isinstance(checked, Refusal):
            return checked
        house = self._house(request.playbook)
        if isinstance(house, Refusal):
            return house
        found = self._sorted(shape.post_of(checked), Context(channel=checked.channel, house=house))
        return shape.TriageOut(id=request.id, triage=_sorted_out(found.triage, request.post.text), fingerprint=found.fingerprint)

    def _sorted(self, post: Post, context: Context) -> Assessment:
        found = triage(post, context, self._ruleset)
        return Assessment(post, None, found, None, self._ruleset.for_house(context.house).fingerprint)

    def _house(self, name: str | None) -> House | Refusal:
        if name is None:
            return House()
        playbook = self._playbook(name)
        return playbook if isinstance(playbook, Refusal) else playbook.house

    def _playbook(self, name: str) -> Playbook | Refusal:
        playbook = self._playbooks.get(name)
        if playbook is None:
            known = ", ".join(sorted(self._playbooks)) or "none"
            return Refusal(RefusalCode.BAD_VALUE, f"There is no playbook of this name; known are: {known}.", "playbook")
        return playbook


def _fit_post(post: Post) -> Post | Refusal:
    text = fit_text(post.text, limit=POST_LIMIT, what="The post", about="post", required=True)
    if isinstance(text, Refusal):
        return text
    author = fit_text(post.author, limit=SHORT_LIMIT, what="The author", about="author")
    if isinstance(author, Refusal):
        return author
    lines: list[str] = []
    for line in post.thread:
        fitted = fit_text(line, limit=POST_LIMIT, what="A line of the thread", about="thread")
        if isinstance(fitted, Refusal):
            return fitted
        lines.append(fitted)
    return replace(post, text=text, author=author, thread=tuple(lines))


def _answer(asked: shape.AssessIn, found: Assessment) -> shape.AssessOut:
    report, draft = found.report, asked.draft or ""
    return shape.AssessOut(
        id=asked.id,
        total=report.total if report else None,
        dimensions={
            name: shape.DimensionOut(score=one.score, applicable=one.applicable)
            for name, one in (report.dimensions if report else {}).items()
        },
        blockers=list(report.blockers) if report else [],
        findings=[_finding_out(one, draft) for one in report.findings] if report else [],
        fixes=[_fix_out(one, draft) for one in report.fixes] if report else [],
        triage=_sorted_out(found.triage, asked.post.text),
        fingerprint=found.fingerprint,
    )


def _finding_out(one: Finding, draft: str) -> shape.FindingOut:
    span = None if one.span is None else span_as_sent(draft, one.span)
    return shape.FindingOut(
        code=one.code,
        dimension=one.dimension,
        points=one.points,
        blocker=one.blocker,
        span=span,
        quote=one.quote if span is None else draft[slice(*span)],
        why=one.why,
        fix=one.fix,
    )


def _fix_out(one: Fix, draft: str) -> shape.FixOut:
    span = None if one.span is None else span_as_sent(draft, one.span)
    return shape.FixOut(code=one.code, dimension=one.dimension, gain=one.gain, say=one.say, span=span, example=one.example)


def _sorted_out(found: Triage, post: str) -> shape.SortedOut:
    spans = [span_as_sent(post, cue.span) for cue in found.cues]
    return shape.SortedOut(
        kind=found.kind,
        urgency=found.urgency,
        action=found.action,
        contact=found.contact,
        confidence=found.confidence,
        or_kind=found.or_kind,
        why=found.why,
        cues=[shape.CueOut(span=span, quote=post[slice(*span)], code=cue.code) for span, cue in zip(spans, found.cues, strict=True)],
    )
