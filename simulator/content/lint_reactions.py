"""Know what reactions can get wrong: no fallback, out of reach, without effect.

After each reply, each persona takes their first reaction that holds and has not been used. So a second fallback is for a
second reply, and a condition behind a fallback is looked at only from the second reply on.
"""

from __future__ import annotations

from simulator.content.model import Band
from simulator.content.shape import Faults, Node
from simulator.scoring.vocabulary import SILENT_ACTIONS, Action

_SPEAKING = frozenset(str(action) for action in Action if action not in SILENT_ACTIONS)
_EFFECTS = ("cools", "heats", "trust", "ends", "say")


def lint_reactions(reactions: tuple[Node, ...], opening: Node | None, faults: Faults) -> None:
    """Note every fault of meaning among the reactions of one thread, which `opening` opens."""
    for reaction in reactions:
        if reaction.get("cools") and reaction.get("heats"):
            faults.add(reaction.line_of("heats"), "S132", "this reaction both cools and heats; keep one of the two")
        if not any(reaction.get(key) or _unread(reaction, key) for key in _EFFECTS):
            faults.add(reaction.line, "S133", "this reaction does nothing; give it words, a change of mood, or `ends`")
    for by in dict.fromkeys(reaction.get("by") for reaction in reactions if reaction.get("by")):
        _lint_reach([reaction for reaction in reactions if reaction.get("by") == by], by, faults)
    opener = opening.get("by") if opening else None
    if opener is not None:
        _lint_fallback(reactions, opener, opening, faults)


def _unread(node: Node, key: str) -> bool:
    return node.has(key) and key not in node.parts


def _lint_reach(mine: list[Node], by: str, faults: Faults) -> None:
    fallbacks, closed = 0, False
    for reaction in mine:
        when = reaction.node("when")
        if when is None:
            continue
        if closed:
            faults.add(reaction.line, "S107", f"a reaction of '{by}' before this one always closes the thread; put this one before it")
        elif fallbacks and when.lines and _first_turn(when) <= fallbacks:
            wish = f'put it before the fallback, or add `turn: ">= {fallbacks + 1}"`'
            faults.add(reaction.line, "S107", f"'{by}' has a fallback (`when: {{}}`) before this one, which takes the same reply; {wish}")
        if not when.lines:
            fallbacks += 1
            closed = closed or bool(reaction.get("ends"))


def _first_turn(when: Node) -> float:
    band = when.get("turn")
    return band.low if isinstance(band, Band) else 1


def _lint_fallback(reactions: tuple[Node, ...], opener: str, opening: Node | None, faults: Faults) -> None:
    covered: set[str] = set()
    for reaction in reactions:
        when = reaction.node("when")
        if reaction.get("by") != opener or when is None:
            continue
        if not when.lines:
            return
        if set(when.lines) == {"action"}:
            covered |= set(when.many("action"))
    if not covered >= _SPEAKING and opening is not None:
        line = reactions[-1].line if reactions else opening.line
        message = f"'{opener}' opened this thread and may have nothing to say to a reply; end with `{{when: {{}}, by: {opener}, …}}`"
        faults.add(line, "S106", message)
