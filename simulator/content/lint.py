"""Know what a scenario of the right shape can still get wrong: its meaning (codes S1xx)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from simulator.content.lint_contacts import lint_contacts
from simulator.content.lint_shift import lint_shift
from simulator.content.lint_thread import Setting, lint_thread
from simulator.content.model import SHIFT, Playbook
from simulator.content.shape import Faults, Node, quoted
from simulator.core.clock import format_story_time
from simulator.core.ids import is_slug
from simulator.scoring.vocabulary import Channel


def lint(scenario: Node, playbooks: Mapping[str, Playbook], faults: Faults) -> None:
    """Note every fault of meaning. Parts whose shape is wrong are passed over: they have their own diagnostics."""
    personas = scenario.node("personas")
    channel = scenario.get("channel")
    playbook = playbooks.get(scenario.get("playbook", ""))
    setting = Setting(
        personas=None if personas is None else frozenset(filter(is_slug, personas.lines)),
        channel=None if channel is None else Channel(channel),
        playbook=playbook,
        playbook_known=playbook is not None,
        answering=_answering(scenario),
        ends_s=scenario.get("ends"),
        shift=scenario.get("mode") == SHIFT,
    )
    if playbook is None and scenario.get("playbook") is not None:
        known = ", ".join(sorted(playbooks)) or "none yet"
        hint = faults.nearest(scenario.get("playbook"), list(playbooks)) or f"; there are: {known}"
        faults.add(scenario.line_of("playbook"), "S123", f"there is no playbook {quoted(scenario.get('playbook'))}{hint}")
    threads = scenario.nodes("threads")
    for index, thread in enumerate(threads):
        lint_thread(thread, setting, first=index == 0, faults=faults)
    _lint_ids(threads, "thread", faults)
    _lint_ids(scenario.nodes("facts"), "fact", faults)
    _lint_personas(personas, threads, faults)
    _lint_clock(scenario, faults)
    lint_contacts(scenario, playbook, faults)
    lint_shift(scenario, setting, faults)


def _answering(scenario: Node) -> frozenset[str]:
    contacts = scenario.node("contacts")
    return frozenset(contacts.lines) if contacts else frozenset()


def _lint_ids(nodes: Iterable[Node], what: str, faults: Faults) -> None:
    seen: dict[str, int] = {}
    for node in nodes:
        name = node.get("id")
        if name is None:
            continue
        if name in seen:
            faults.add(node.line_of("id"), "S114", f"the {what} '{name}' stands twice; it is also on line {seen[name]}")
        seen.setdefault(name, node.line_of("id"))


def _lint_personas(personas: Node | None, threads: tuple[Node, ...], faults: Faults) -> None:
    if personas is None:
        return
    speaking = {beat.get("by") for thread in threads for beat in thread.nodes("beats")}
    speaking |= {reaction.get("by") for thread in threads for reaction in thread.nodes("reactions") if reaction.get("say")}
    misspelt = not speaking <= {*personas.lines, None}
    for name, line in personas.lines.items():
        if name == "us":
            faults.add(line, "S131", "'us' is the brand itself; choose another id for this persona")
        elif name not in speaking and not misspelt and is_slug(name):
            faults.add(line, "S122", f"'{name}' never speaks; give them a beat or a reaction with words, or leave them out")


def _lint_clock(scenario: Node, faults: Faults) -> None:
    ends = scenario.get("ends")
    if ends is None:
        return
    times = [(beat.get("at"), beat.line_of("at")) for thread in scenario.nodes("threads") for beat in thread.nodes("beats")]
    last = max((at for at, _ in times if at is not None), default=None)
    if last is not None and ends <= last:
        message = f"the story ends at {format_story_time(ends)}, but a beat stands at {format_story_time(last)}; let it end later"
        faults.add(scenario.line_of("ends"), "S117", message)
    pace, minutes = scenario.get("pace"), scenario.get("minutes")
    if pace is not None and minutes is not None and (minutes - 1) * 60 * pace > ends:
        most = max(1, round(ends / pace / 60))
        message = f"{format_story_time(ends)} at pace {pace:g} takes {most} min at most; write that, or mend `pace` or `ends`"
        faults.add(scenario.line_of("minutes"), "S130", message)
