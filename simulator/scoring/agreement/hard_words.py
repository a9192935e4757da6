"""Say of a hard case in a few sentences what went wrong."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.scoring.agreement.corpus import LabelledReply
from simulator.scoring.agreement.hardest import HardCase
from simulator.scoring.model import Finding


def hard_case_text(case: HardCase) -> str:
    """Return one paragraph in Markdown: the pair, what the judge saw in it, what it did not see, and the author's reason."""
    better, worse = case.post.replies[case.pair.better[1]], case.post.replies[case.pair.worse[1]]
    edit = " (a minimal edit of it)" if case.pair.edit else ""
    said = [
        f"**{case.post.id}** ({case.post.kind}): reply {case.pair.worse[1]}, {_tier(worse)}{edit}, got {case.worse_total:.1f} points,"
        f" reply {case.pair.better[1]}, {_tier(better)}, only {case.better_total:.1f}.",
    ]
    if case.sorted_as is not case.post.kind:
        said.append(f"The post was sorted as {case.sorted_as}.")
    if case.missed:
        said.append(f"Flaws of reply {case.pair.worse[1]} that were not seen: {', '.join(case.missed)}.")
    if case.named:
        said.append(f"Seen, but not dear enough: {', '.join(case.named)}.")
    if case.credited:
        said.append(f"Reply {case.pair.worse[1]} was credited with {_listed(case.credited)}.")
    if worse.note:
        said.append(f"The author on it: “{worse.note}”.")
    if case.held_against:
        said.append(f"Held against reply {case.pair.better[1]}: {_listed(case.held_against)}.")
    return " ".join(said)


def _tier(reply: LabelledReply) -> str:
    return reply.tier.name.lower()


def _listed(findings: Sequence[Finding]) -> str:
    return ", ".join(f"{finding.code} {finding.points:+.1f}" + (f" (“{finding.quote}”)" if finding.quote else "") for finding in findings)
