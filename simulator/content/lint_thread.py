"""Know what one thread can get wrong: its beats, what is expected, its exemplars."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from simulator.content.lint_reactions import lint_reactions
from simulator.content.model import Playbook
from simulator.content.shape import Faults, Node, quoted
from simulator.core.clock import format_story_time
from simulator.scoring.vocabulary import CHANNEL_LIMIT, SILENT_ACTIONS, Action, Channel


@dataclass(frozen=True, slots=True)
class Setting:
    """What a thread may refer to; None where that part of the file is itself wrong."""

    personas: frozenset[str] | None
    channel: Channel | None
    playbook: Playbook | None
    playbook_known: bool
    answering: frozenset[str]
    ends_s: int | None
    shift: bool = False


def lint_thread(thread: Node, setting: Setting, *, first: bool, faults: Faults) -> None:
    """Note every fault of meaning in one thread; its own channel goes before the scenario's."""
    if thread.get("channel") is not None:
        setting = replace(setting, channel=Channel(thread.get("channel")))
    beats = thread.nodes("beats")
    _lint_order(beats, first, faults)
    for index, beat in enumerate(beats):
        _lint_post(beat, setting, opening=index == 0, faults=faults)
    _lint_target(thread, beats, setting, faults)
    _lint_must_address(thread, beats, faults)
    _lint_actions(thread, setting, faults)
    _lint_exemplars(thread, setting, faults)
    reactions = thread.nodes("reactions")
    for reaction in reactions:
        _lint_words(reaction, setting, faults)
    quiet = setting.shift and not _written(thread, "reactions")
    lint_reactions(reactions, None if quiet or not beats else beats[0], faults)


def _lint_order(beats: tuple[Node, ...], first: bool, faults: Faults) -> None:
    if not beats:
        return
    if first and beats[0].get("at", 0) != 0:
        faults.add(beats[0].line_of("at"), "S102", 'the first thread opens the story; let its first beat stand at "00:00"')
    if beats[0].get("when", "always") != "always":
        faults.add(beats[0].line_of("when"), "S103", "the opening post always comes; leave `when` out")
    before = 0
    for beat in beats:
        at = beat.get("at")
        if at is None:
            continue
        if at < before:
            message = f"the beat at {format_story_time(at)} stands after one at {format_story_time(before)}; sort them by time"
            faults.add(beat.line_of("at"), "S104", message)
        before = max(before, at)


def _lint_post(beat: Node, setting: Setting, *, opening: bool, faults: Faults) -> None:
    _lint_words(beat, setting, faults)
    if setting.channel is None:
        return
    if beat.has("stars") and setting.channel is not Channel.REVIEW:
        faults.add(beat.line_of("stars"), "S118", f"only reviews have stars, and this is a {setting.channel}; leave them out")
    if beat.has("image") and setting.channel is not Channel.PHOTO:
        faults.add(beat.line_of("image"), "S119", f"only a photo network shows images, and this is a {setting.channel}; leave it out")
    if opening and setting.channel is Channel.PHOTO and not beat.has("image"):
        faults.add(beat.line, "S120", "the opening post of a photo network needs an `image`: describe the picture in words")


def _lint_words(post: Node, setting: Setting, faults: Faults) -> None:
    by = post.get("by")
    if by is not None and setting.personas is not None and by not in setting.personas:
        hint = faults.nearest(by, sorted(setting.personas)) or f"; there are: {', '.join(sorted(setting.personas))}"
        faults.add(post.line_of("by"), "S101", f"'{by}' is not a persona of this scenario{hint}")
    _lint_length(post, setting, "post", faults)


def _lint_length(post: Node, setting: Setting, what: str, faults: Faults) -> None:
    limit = CHANNEL_LIMIT.get(setting.channel) if setting.channel else None
    length = len(post.get("say", ""))
    if limit is not None and length > limit:
        message = f"this {what} has {length} characters; a {setting.channel} allows {limit}"
        faults.add(post.line_of("say"), "S121", message)


def _lint_target(thread: Node, beats: tuple[Node, ...], setting: Setting, faults: Faults) -> None:
    target = thread.get("target")
    if target is None:
        return
    if target == 0:
        faults.add(thread.line_of("target"), "S105", "the first reply is due at once; give it a target after the opening post")
    opens = beats[0].get("at") if beats else None
    if opens is not None and setting.ends_s is not None and opens < setting.ends_s < opens + target:
        message = f"the first reply is due {format_story_time(target)} after the opening post, but the story has ended by then"
        faults.add(thread.line_of("target"), "S105", f"{message}; choose an earlier target or a later `ends`")


def _lint_must_address(thread: Node, beats: tuple[Node, ...], faults: Faults) -> None:
    said = "\n".join(beat.get("say", "") for beat in beats)
    seen: set[str] = set()
    for thing in thread.nodes("must_address"):
        name = thing.get("id")
        if name in seen:
            faults.add(thing.line_of("id"), "S114", f"'{name}' stands twice in `must_address`; give each its own id")
        seen.add(name)
        words = thing.many("say")
        if words and said and not any(has_words(said, word) for word in words):
            listed = ", ".join(quoted(word) for word in words[:5])
            message = f"no post of this thread says any of {listed}; list a word or phrase that a post has"
            faults.add(thing.line_of("say"), "S116", message)


def has_words(text: str, words: str) -> bool:
    """Tell whether `words` stand in `text` as whole words, whatever their case and the space between them."""
    wanted = r"\s+".join(re.escape(word) for word in words.replace("’", "'").casefold().split())
    return re.search(rf"(?<!\w){wanted}(?!\w)", text.replace("’", "'").casefold()) is not None


def _lint_actions(thread: Node, setting: Setting, faults: Faults) -> None:
    expect = thread.node("expect")
    actions = expect.node("actions") if expect else None
    if expect is None or actions is None:
        return
    judged: dict[str, str] = {}
    for mark in ("best", "fine", "poor"):
        for leaf in actions.leaves(mark):
            if leaf.value in judged:
                message = f"'{leaf.value}' is already {judged[leaf.value]}; list each action once among best, fine and poor"
                faults.add(leaf.line, "S127", message)
            judged.setdefault(leaf.value, mark)
    escalate = expect.node("escalate")
    for leaf in actions.leaves("best"):
        if leaf.value in (Action.ESCALATE_FIRST, Action.ESCALATE_AND_REPLY) and not expect.has("escalate"):
            faults.add(leaf.line, "S110", f"'{leaf.value}' is best, but to whom? Add `escalate: {{to: …}}` under `expect`")
    if escalate is not None:
        _lint_escalation(escalate, setting, faults)


def _lint_escalation(escalate: Node, setting: Setting, faults: Faults) -> None:
    to = escalate.get("to")
    if to is None:
        return
    if setting.playbook is not None and to not in {str(contact.contact) for contact in setting.playbook.contacts}:
        message = f"the playbook '{setting.playbook.slug}' has no contact '{to}'; add it there, or expect another one"
        faults.add(escalate.line_of("to"), "S108", message)
    elif to not in setting.answering:
        faults.add(escalate.line_of("to"), "S109", f"a hand-over to {to} is expected, but nobody answers it; add `{to}` under `contacts`")


def _lint_exemplars(thread: Node, setting: Setting, faults: Faults) -> None:
    expect = thread.node("expect")
    actions = expect.node("actions") if expect else None
    wanted = (*actions.many("best"), *actions.many("fine")) if actions else ()
    for exemplar in thread.nodes("exemplars"):
        _lint_length(exemplar, setting, "exemplar", faults)
        action = exemplar.get("action")
        if action is None:
            continue
        if wanted and action not in wanted:
            message = f"'{action}' is neither best nor fine here; show one of: {', '.join(wanted)}"
            faults.add(exemplar.line_of("action"), "S115", message)
        silent = Action(action) in SILENT_ACTIONS
        if silent == bool(exemplar.get("say")) and (silent or "say" in exemplar.parts or not exemplar.has("say")):
            wish = "leave `say` out" if silent else "write the words"
            faults.add(exemplar.line_of("say"), "S129", f"'{action}' is {'silent' if silent else 'said in words'}; {wish}")
    best = actions.many("best") if actions else ()
    if best and any(Action(action) not in SILENT_ACTIONS for action in best) and not _written(thread, "exemplars"):
        faults.add(thread.line, "S128", "this thread wants words, but shows none; add one exemplar")


def _written(thread: Node, key: str) -> bool:
    """Tell whether the list has an entry, or is itself of the wrong shape (which has its own diagnostic)."""
    return bool(thread.nodes(key)) or (thread.has(key) and key not in thread.parts)
