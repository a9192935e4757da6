"""Know what a shift can get wrong: its incident, its repeats, and what only a shift may have."""

from __future__ import annotations

from simulator.content.lint_thread import Setting
from simulator.content.shape import Faults, Node

FEWEST_THREADS = 4
"""With fewer there is nothing to put in order."""


def lint_shift(scenario: Node, setting: Setting, faults: Faults) -> None:
    """Note every fault of meaning that has to do with shifts."""
    threads = scenario.nodes("threads")
    if setting.shift and 0 < len(threads) < FEWEST_THREADS:
        faults.add(
            scenario.line_of("mode"), "S145", f"a shift with {len(threads)} threads has nothing to put in order; write {FEWEST_THREADS}"
        )
    if not setting.shift and scenario.has("incident"):
        faults.add(scenario.line_of("incident"), "S145", "an incident is declared in a shift; add `mode: shift`, or leave it out")
    for thread in threads:
        if thread.get("id") == "incident":
            faults.add(thread.line_of("id"), "S131", "'incident' is what threads are merged into; choose another id for this one")
    _lint_repeats(threads, setting, faults)
    _lint_incident(scenario.node("incident"), threads, faults)
    if not scenario.has("incident"):
        _lint_needless(threads, faults)


def _lint_repeats(threads: tuple[Node, ...], setting: Setting, faults: Faults) -> None:
    repeats = {thread.get("id"): thread.get("same_as") for thread in threads}
    for thread in threads:
        same = thread.get("same_as")
        if same is None:
            continue
        if not setting.shift:
            faults.add(thread.line_of("same_as"), "S145", "repeats are merged in a shift; add `mode: shift`, or leave `same_as` out")
        elif same not in repeats or same == thread.get("id"):
            hint = faults.nearest(same, [name for name in repeats if name]) or "; name another thread"
            faults.add(thread.line_of("same_as"), "S146", f"there is no other thread '{same}'{hint}")
        elif repeats[same] is not None:
            faults.add(thread.line_of("same_as"), "S146", f"'{same}' is itself a repeat; name '{repeats[same]}'")


def _lint_incident(incident: Node | None, threads: tuple[Node, ...], faults: Faults) -> None:
    if incident is None:
        return
    known = {thread.get("id") for thread in threads}
    for leaf in incident.leaves("threads"):
        if leaf.value not in known:
            hint = faults.nearest(leaf.value, [name for name in known if name]) or "; name a thread of this shift"
            faults.add(leaf.line, "S147", f"there is no thread '{leaf.value}'{hint}")
    if incident.get("reports", 2) > len(incident.many("threads")):
        faults.add(incident.line_of("reports"), "S147", "so many reports never come; ask for as many as `threads` has, or fewer")


def _lint_needless(threads: tuple[Node, ...], faults: Faults) -> None:
    for thread in threads:
        for beat in thread.nodes("beats"):
            if beat.get("when") in ("undeclared", "declared"):
                faults.add(beat.line_of("when"), "S148", f"'{beat.get('when')}' waits for an incident, and there is none to declare")
        for reaction in thread.nodes("reactions"):
            when = reaction.node("when")
            if when is not None and when.get("incident") == "declared":
                faults.add(when.line_of("incident"), "S148", "this reaction waits for an incident, and there is none to declare")
