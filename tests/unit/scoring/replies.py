"""Make posts, drafts and reports for the judge's tests; every argument has a plain default."""

from __future__ import annotations

from functools import cache

from simulator.scoring import Context, Draft, Expected, MustAddress, Post, Report, Ruleset, load_ruleset, score
from simulator.scoring.vocabulary import Action, Channel, Kind

BAG = "day 3 of no suitcase. flew Cork to Palma sunday with my wedding shoes in it, wedding is THURSDAY. your form says tracing"
BAG_FACTS = ("Bag scanned at Cork Monday 06:10, never loaded", "Next flight with hold space: Wednesday 07:20")
GOOD = (
    "Your case never left Cork: it was scanned there Monday and nobody told you, which I'm sorry about. I'm asking Cork to put it on"
    " tomorrow's 07:20. DM me the hotel (keep it off here) and I'll confirm by 6 tonight that it's tagged. – Aoife"
)
TEMPLATE = (
    "Hi there, thank you for reaching out to us. We sincerely apologise for any inconvenience caused by the delay of your baggage and"
    " understand how frustrating this must be. You will be contacted as soon as there is an update. Thank you for your patience."
)


@cache
def ruleset() -> Ruleset:
    """Compile the packs once for all tests."""
    return load_ruleset()


def judge(
    draft: str | None,
    *,
    post: str = BAG,
    author: str = "@roisin",
    facts: tuple[str, ...] = (),
    kind: Kind | None = Kind.COMPLAINT,
    must: tuple[str, ...] = (),
    action: Action | None = None,
    elapsed: float | None = None,
    channel: Channel = Channel.MICROBLOG,
    context: Context | None = None,
) -> Report:
    """Judge `draft` under `post`, with the kind given unless it is None."""
    expected = Expected(kind=kind, must_address=tuple(MustAddress(word, (word,)) for word in must))
    around = context or Context(channel=channel, facts=facts, action=action, elapsed_minutes=elapsed, expected=expected)
    return score(Post(post, author), Draft(draft) if draft is not None else None, around, ruleset())


def codes(report: Report) -> set[str]:
    """Return the codes of everything the judge found."""
    return {finding.code for finding in report.findings}
