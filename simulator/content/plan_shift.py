"""Read the steps of a plan that only a shift has: claim, snooze, rank, merge, declare."""

from __future__ import annotations

from simulator.content.plan_model import Arrange, Declare
from simulator.content.plan_words import read_block
from simulator.content.shape import Faults, quoted
from simulator.core.clock import parse_story_time
from simulator.core.plain_text import DRAFT_LIMIT, fit_text
from simulator.core.refusal import Refusal
from simulator.scoring.vocabulary import Urgency

FORMS = {
    "claim": "claim <thread>",
    "snooze": "snooze <thread> 20:00",
    "rank": "rank <thread> critical",
    "merge": "merge <thread> into <thread>",
    "declare": "declare <thread> <thread> …, with the statement indented below",
}


def read_arrangement(words: list[str], at: int, line: int, faults: Faults) -> Arrange | None:
    """Return what is done in the inbox."""
    verb, about = words[0], words[1:]
    if verb == "merge" and len(about) == 3 and about[1] == "into":
        return Arrange(at, line, verb, about[0], about[2])
    if verb == "claim" and len(about) == 1:
        return Arrange(at, line, verb, about[0], "")
    if verb == "rank" and len(about) == 2 and about[1] in set(Urgency):
        return Arrange(at, line, verb, about[0], about[1])
    if verb == "snooze" and len(about) == 2 and _seconds(about[1]) is not None:
        return Arrange(at, line, verb, about[0], about[1])
    faults.add(line, "P004", f"{quoted(' '.join(words))} is not understood; write `{FORMS[verb]}`")
    return None


def read_declaration(words: list[str], at: int, line: int, block: list[tuple[int, str]], faults: Faults) -> Declare | None:
    """Return the statement with the threads that it is about."""
    if len(words) < 3:
        faults.add(line, "P004", f"an incident has two threads at least; write `{FORMS['declare']}`")
        return None
    text = fit_text(read_block(block), limit=DRAFT_LIMIT, what="The statement")
    if isinstance(text, Refusal):
        faults.add(line, "P010", text.message)
        return None
    if not text:
        faults.add(line, "P006", "the statement has no words; indent them below `declare`")
        return None
    return Declare(at, line, tuple(words[1:]), text)


def _seconds(written: str) -> int | None:
    try:
        return parse_story_time(written)
    except ValueError:
        return None
