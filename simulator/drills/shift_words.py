"""Tell words of one's own from words that were only taken over: from the playbook's messages, or from an earlier reply."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from simulator.content.model import Message
from simulator.drills.state import RunState
from simulator.drills.world import World

OWN_WORDS = 6
"""So many words beside the message make it one's own: a name and what happened."""
MOSTLY = 0.7
"""From this share of a message's words on the reply is that message."""
SHORT = 5
"""Shorter replies repeat each other without anybody minding: "Thank you, Pat."."""
_BLANK = re.compile(r"\[[^\]\n]{1,80}\]")
_WORD = re.compile(r"[\w’']+")


def is_pasted(world: World, state: RunState, text: str, decision_id: str) -> bool:
    """Tell whether a reply is a message as it stands, or with a blank left, or was sent in this run before."""
    earlier = [item.text for item in state.decisions if item.decision_id != decision_id and item.text]
    return is_message(text, world.playbook.messages) or any(_repeats(text, other) for other in earlier)


def is_message(text: str, messages: Iterable[Message]) -> bool:
    """Tell whether `text` is one of `messages` with fewer than OWN_WORDS of one's own, or with one of its blanks left."""
    return any(_taken_over(text, message.say) for message in messages)


def _taken_over(text: str, message: str) -> bool:
    blanks = {blank.casefold() for blank in _BLANK.findall(message)}
    if any(blank.casefold() in blanks for blank in _BLANK.findall(text)):
        return True
    return _mostly(text, _BLANK.sub(" ", message))


def _repeats(text: str, earlier: str) -> bool:
    return len(_words(text)) >= SHORT and _mostly(text, earlier)


def _mostly(text: str, source: str) -> bool:
    """Tell whether most words of `source` stand in `text` in their order, with few others."""
    words, known = _words(text), _words(source)
    if not words or not known:
        return False
    same = sum(block.size for block in SequenceMatcher(None, words, known, autojunk=False).get_matching_blocks())
    return same >= MOSTLY * len(known) and len(words) - same < OWN_WORDS


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text.replace("’", "'"))]
