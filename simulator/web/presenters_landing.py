"""Draw the landing page's picture from a real drill: its opening post, a stock reply and a good one, both really judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.content.model import Beat, Exemplar, Scenario, Thread
from simulator.core.refusal import Refusal
from simulator.scoring import Context, Draft, Finding, Post, Report
from simulator.scoring.vocabulary import Action, Channel, Kind
from simulator.services.desk import Desk
from simulator.web.presenters_findings import effect_of
from simulator.web.presenters_posts import PostView
from simulator.web.presenters_report import ReportView, Segment, present_report, segments

STOCK_REPLY = "We're sorry for any inconvenience caused. Please DM us your details and our team will look into it as soon as possible."
"""What people have seen under a thousand posts. It is judged on the spot, like the good one."""
TELLING_GAP = 25
MOST_MARKS, LONGEST_MARK = 3, 60
_HOTTEST_FIRST = (Kind.HEATED_COMPLAINT, Kind.COMPLAINT, Kind.HUMOROUS_GRIPE)


@dataclass(frozen=True, slots=True)
class JudgedReply:
    """A reply with what the judge says of it; `segments` mark only the few words that weigh most, so that a glance is enough."""

    text: str
    report: ReportView
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """One thread as it would be played: the post, the reply people expect, and the reply that works.

    `stock` is None where the judge sees no wide gap: then there is nothing to show by comparing.
    """

    channel: str
    post: PostView
    brand: str
    stock: JudgedReply | None
    good: JudgedReply
    why: str


def first_drill(scenarios: Sequence[Scenario]) -> Scenario | None:
    """Return the drill that the landing page offers: a hot post on a microblog shows at once what this is about.

    Where there is none: another heated complaint, a complaint, anything; the easiest and shortest first.
    """

    def rank(scenario: Scenario) -> tuple[int, bool, int, int, str]:
        thread = scenario.threads[0]
        heat = _HOTTEST_FIRST.index(thread.expected.kind) if thread.expected.kind in _HOTTEST_FIRST else len(_HOTTEST_FIRST)
        return heat, scenario.channel is not Channel.MICROBLOG, scenario.level, scenario.minutes, scenario.slug

    return min(scenarios, key=rank, default=None)


def picture_of(scenario: Scenario, desk: Desk) -> Picture | None:
    """Return the picture of `scenario`, or None where it has no exemplar to show."""
    thread = scenario.threads[0]
    if not thread.exemplars:
        return None
    opening, best = thread.beats[0], max(thread.exemplars, key=lambda each: len(each.say))
    stock = _judged(desk, scenario, thread, Exemplar(STOCK_REPLY, "", Action.REPLY_PUBLIC))
    good = _judged(desk, scenario, thread, best)
    if good is None:
        return None
    if stock is not None and good.report.total_value - stock.report.total_value < TELLING_GAP:
        stock = None
    return Picture(scenario.channel.value, _post_view(scenario, opening), scenario.brand.name, stock, good, best.why)


def _judged(desk: Desk, scenario: Scenario, thread: Thread, reply: Exemplar) -> JudgedReply | None:
    author = scenario.personas[thread.beats[0].by]
    context = Context(
        channel=scenario.channel,
        brand=scenario.brand.name,
        facts=tuple(fact.say for fact in scenario.facts),
        action=reply.action,
        expected=thread.expected,
    )
    found = desk.assess(Post(thread.beats[0].say, author.name, author.followers), Draft(reply.say), context)
    if isinstance(found, Refusal) or found.report is None:
        return None
    return JudgedReply(reply.say, present_report(found.report, reply.say), _telling_words(found.report, reply.say))


def _telling_words(report: Report, text: str) -> tuple[Segment, ...]:
    """Mark what weighs most; words that cost as well as earn are shown as what they cost."""
    shown: list[Finding] = []
    for finding in sorted(report.findings, key=lambda each: (each.points > 0, -abs(each.points))):
        short = finding.span is not None and finding.span[1] - finding.span[0] <= LONGEST_MARK
        apart = short and all(_apart(finding, other) for other in shown)
        if apart and effect_of(finding):
            shown.append(finding)
    return segments(text, shown[:MOST_MARKS])


def _apart(one: Finding, other: Finding) -> bool:
    return one.span is None or other.span is None or one.span[1] <= other.span[0] or other.span[1] <= one.span[0]


def _post_view(scenario: Scenario, beat: Beat) -> PostView:
    persona = scenario.personas[beat.by]
    return PostView(
        name=persona.name,
        text=beat.say,
        handle=persona.handle,
        seed=persona.id,
        followers=persona.followers,
        likes=beat.likes,
        stars=beat.stars,
        image=beat.image,
    )
