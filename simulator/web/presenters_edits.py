"""Put a decision beside the same moment in an earlier attempt: which words changed, and what each change won or cost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from simulator.services.reviews import Attempt
from simulator.web.presenters_findings import SMALL
from simulator.web.presenters_library import iso_time, utc_words
from simulator.web.presenters_words import ACTION, number, signed

MOST_WORDS = 600
"""Longer texts are shown as they are: comparing them word by word takes too long, and nobody could read it."""
CHANGES_SHOWN = 5
ALIKE = 0.6
"""Under this share of words that stayed (0–1) the marks would hide both texts, so the earlier one is shown as it was."""
_PIECES = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class WordsView:
    """A stretch of words; `change` is "", "gone" (only in the earlier text) or "new" (only in today's)."""

    text: str
    change: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One thing that the edit won or cost, with its points on the total."""

    say: str
    points: str
    effect: str


@dataclass(frozen=True, slots=True)
class AttemptView:
    """The same moment in an earlier attempt, and what became of it. `more` is today's total minus the earlier one."""

    run_id: str
    iso: str
    when: str
    total: str
    more: str
    effect: str
    action: str
    other_action: bool
    words: tuple[WordsView, ...]
    edited: bool
    changes: tuple[ChangeView, ...]
    other_rules: bool


def present_attempt(attempt: Attempt, text: str, action: str, total: float) -> AttemptView:
    """Return an earlier attempt beside today's `text`, `action` (in words) and `total`."""
    earlier = attempt.decision
    more = total - earlier.report.total
    changes = [change for change in attempt.edit.changes if abs(change.points) >= SMALL] if attempt.edit is not None else []
    said = str(ACTION[earlier.action])
    words = changed_words(earlier.text, text)
    return AttemptView(
        run_id=attempt.run.id,
        iso=iso_time(attempt.run.created_ms),
        when=utc_words(attempt.run.created_ms),
        total=number(earlier.report.total),
        more=signed(more, 0),
        effect=_effect(round(more)),
        action=said,
        other_action=said != action,
        words=words,
        edited=any(part.change for part in words),
        changes=tuple(ChangeView(change.say, signed(change.points), _effect(change.points)) for change in changes[:CHANGES_SHOWN]),
        other_rules=attempt.edit is None,
    )


def changed_words(before: str, after: str) -> tuple[WordsView, ...]:
    """Return both texts as one, with what went and what came marked; where little stayed, or for long texts, the earlier one alone."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if max(len(old), len(new)) > MOST_WORDS or matcher.ratio() < ALIKE:
        return _kept(WordsView(before, ""))
    parts: list[WordsView] = []
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            parts.append(WordsView("".join(new[new_from:new_to]), ""))
        else:
            parts += [WordsView("".join(old[old_from:old_to]), "gone"), WordsView("".join(new[new_from:new_to]), "new")]
    return _kept(*parts)


def _kept(*parts: WordsView) -> tuple[WordsView, ...]:
    return tuple(part for part in parts if part.text)


def _effect(points: float) -> str:
    return "gain" if points > 0 else "cost" if points < 0 else ""
