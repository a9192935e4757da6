"""Know what contacts' answers and facts can get wrong."""

from __future__ import annotations

from simulator.content.model import Band, Playbook
from simulator.content.shape import Faults, Leaf, Node


def lint_contacts(scenario: Node, playbook: Playbook | None, faults: Faults) -> None:
    """Note every fault of meaning in the answers of contacts, and hidden facts that no answer reveals."""
    contacts = scenario.node("contacts")
    revealed: set[str] = set()
    facts = {fact.get("id") for fact in scenario.nodes("facts")}
    for name in contacts.parts if contacts else ():
        assert contacts is not None
        if playbook is not None and name not in {str(contact.contact) for contact in playbook.contacts}:
            message = f"the playbook '{playbook.slug}' has no contact '{name}'; add it there, or let somebody else answer"
            faults.add(contacts.line_of(name), "S108", message)
        answers = contacts.nodes(name)
        _lint_bands(name, answers, faults)
        for answer in answers:
            revealed |= _lint_answer(answer, facts, faults)
    _lint_facts(scenario, revealed, faults)


def _lint_answer(answer: Node, facts: set[str], faults: Faults) -> set[str]:
    if not answer.get("may_say") and not answer.get("next") and not _wrong(answer, "may_say") and not _wrong(answer, "next"):
        message = "this answer has no `may_say`, so it asks back; say under `next` what the contact needs to know"
        faults.add(answer.line, "S126", message)
    for leaf in answer.leaves("reveals"):
        if leaf.value not in facts:
            hint = faults.nearest(leaf.value, [fact for fact in facts if fact])
            faults.add(leaf.line, "S112", f"there is no fact '{leaf.value}'{hint or '; name an id of `facts`'}")
    return set(answer.many("reveals"))


def _wrong(node: Node, key: str) -> bool:
    return node.has(key) and key not in node.parts


def _lint_bands(name: str, answers: tuple[Node, ...], faults: Faults) -> None:
    earlier: list[Band] = []
    for answer in answers:
        if _wrong(answer, "complete"):
            return
        band = answer.get("complete", Band(0, 100))
        if any(other.low <= band.low and band.high <= other.high for other in earlier):
            message = "an earlier answer always comes before this one; put narrower `complete` bands first"
            faults.add(answer.line, "S124", message)
        earlier.append(band)
    if answers and not any(band == Band(0, 100) for band in earlier):
        message = f"not every hand-over to {name} gets an answer; let the last one stand without `complete`"
        faults.add(answers[-1].line, "S125", message)


def _lint_facts(scenario: Node, revealed: set[str], faults: Faults) -> None:
    for fact in scenario.nodes("facts"):
        if not fact.get("hidden"):
            continue
        if fact.has("at"):
            faults.add(fact.line_of("at"), "S113", "a hidden fact has no time; keep either `hidden` or `at`")
        name = fact.get("id")
        if isinstance(fact.parts.get("id"), Leaf) and name not in revealed:
            message = f"nobody ever reveals '{name}'; list it under `reveals` of a contact's answer, or give it a time"
            faults.add(fact.line_of("hidden"), "S111", message)
