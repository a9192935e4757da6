"""Make small labelled posts, reports and judges whose right figures can be counted by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from simulator.scoring import Context, DimensionScore, Draft, Finding, Post, Report, Triage
from simulator.scoring.agreement.corpus import Corpus, LabelledPost, LabelledReply, Rating, Tier
from simulator.scoring.agreement.judging import Judge
from simulator.scoring.vocabulary import WORDS, Action, Contact, Dimension, Kind, Urgency


def reply(tier: str, *, text: str = "Words.", flaws: str = "", edit_of: int | None = None, note: str = "") -> LabelledReply:
    """Make a reply; `flaws` are codes with blanks between them."""
    return LabelledReply(text, Tier[tier.upper()], tuple(flaws.split()), note, edit_of)


def post(
    name: str = "p1",
    *replies: LabelledReply,
    text: str = "The kettle that I bought from you on Monday leaks all over the kitchen.",
    kind: Kind = Kind.COMPLAINT,
    also: Sequence[Kind] = (),
    urgency: Urgency = Urgency.NORMAL,
    actions: Sequence[Action] = (Action.REPLY_PUBLIC,),
    department: Contact = Contact.NONE,
    file: str = "one.jsonl",
) -> LabelledPost:
    """Make a labelled post: by default a plain complaint."""
    return LabelledPost(name, file, Post(text, "@kit"), kind, urgency, tuple(actions), department, also=tuple(also), replies=replies)


def sorting(
    kind: Kind = Kind.COMPLAINT,
    *,
    urgency: Urgency = Urgency.NORMAL,
    action: Action = Action.REPLY_PUBLIC,
    contact: Contact = Contact.NONE,
    confidence: float = 0.9,
    or_kind: Kind | None = None,
) -> Triage:
    """Make what a judge says of a post."""
    return Triage(kind, urgency, action, contact, confidence, or_kind=or_kind)


def finding(code: str, points: float, *, blocker: bool = False, quote: str = "") -> Finding:
    """Make a finding on Tone."""
    return Finding(code, Dimension.TONE, points, points, why="Because.", blocker=blocker, quote=quote)


def report(total: float, *findings: Finding, kind: Kind = Kind.COMPLAINT, dimension: float | None = None) -> Report:
    """Make a report with `total`; every dimension has the same score, or `dimension`."""
    score = total if dimension is None else dimension
    return Report(total, {name: DimensionScore(score, True, 0.1) for name in WORDS}, findings, sorting(kind), (), "0" * 16)


def judge(score: Callable[[str], float], *, sort: Callable[[str], Triage] = lambda text: sorting()) -> Judge:
    """Make a judge from what it gives to a reply's words and says of a post's words."""

    def scored(about: Post, draft: Draft, context: Context) -> Report:
        return report(score(draft.text))

    return Judge(score=scored, sort=lambda about, context: sort(about.text))


def rating(post_id: str, index: int, rater: str, **ratings: float | None) -> Rating:
    """Make one rater's row."""
    return Rating((post_id, index), rater, ratings)


def totals(**scores: Sequence[float]) -> Mapping[tuple[str, int], float]:
    """Make scores from a list for each post."""
    return {(name, index): score for name, listed in scores.items() for index, score in enumerate(listed)}


def corpus(*posts: LabelledPost, ratings: Sequence[Rating] = (), developed_on: Sequence[str] = ()) -> Corpus:
    """Make a corpus."""
    return Corpus(posts, tuple(ratings), frozenset(developed_on))
