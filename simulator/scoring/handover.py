"""Judge both sides of an escalation: could the contact act without asking back, and can the sender use the answer."""

from __future__ import annotations

import re
from collections.abc import Callable

from simulator.scoring.handover_pack import SENDER, HandOverRules, compile_handover
from simulator.scoring.model import Context, HandOver, HandOverAnswer, HandOverPoint, HandOverReport, Post
from simulator.scoring.reading import fold
from simulator.scoring.vocabulary import Action

__all__ = ["HandOverRules", "compile_handover", "judge_answer", "judge_handover"]

TWO_LINES = 320
"""Most characters that two lines of a hand-over form hold."""
_GOOD, _HALF, _NONE = 100.0, 50.0, 0.0
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NAME = re.compile(r"\b[A-ZÀ-Þ][a-zà-ÿ'’-]+")


def judge_handover(handover: HandOver, post: Post, context: Context, rules: HandOverRules, fingerprint: str) -> HandOverReport:
    """Return the sender's side, 0–100 a point: the six fields judged for substance, and the contact and order where they are known."""
    judges: dict[str, Callable[[str], str]] = {
        "what_happened": _what_happened,
        "who_where": lambda text: _who_where(text, post, rules),
        "known_unknown": lambda text: "good" if rules.shows("unknown", text) and len(_words(text)) >= 4 else "weak",
        "asked": lambda text: "good" if rules.shows("ask", text) and len(_words(text)) >= 3 else "weak",
        "by_when": lambda text: "good" if rules.shows("time", text) else "weak",
        "said_so_far": lambda text: "good" if rules.shows("nothing_said", text) or len(_words(text)) >= 3 else "weak",
    }
    points = []
    for name, judge in judges.items():
        written = getattr(handover, name).strip()
        state = "empty" if _is_empty(written, rules) else judge(written if name == "what_happened" else fold(written))
        words = rules.sender[name]
        points.append(HandOverPoint(name, _worth(state), words.why[state], "" if state == "good" else words.fix))
    return _report("sender", [*_with_must_tell(points, handover, context, rules), *_decided(handover, context, rules)], fingerprint)


def judge_answer(answer: HandOverAnswer, target_minutes: float | None, rules: HandOverRules, fingerprint: str) -> HandOverReport:
    """Return the receiver's side, 0–100 a field; without a target or a measured time the time is left out."""
    states = {
        "may_say": _may_say(answer.may_say, rules),
        "may_not_say": _may_not_say(answer.may_not_say, rules),
        "owner": _owner(answer.owner, rules),
        "next_time": _next_time(answer.next_time, rules),
    }
    points = []
    if target_minutes is not None and answer.after_minutes is not None:
        points.append(_answer_time(answer.after_minutes, target_minutes, rules))
    for name, state in states.items():
        words = rules.receiver[name]
        points.append(HandOverPoint(name, _worth(state), words.why[state], "" if state == "good" else words.fix))
    return _report("receiver", points, fingerprint)


def _decided(handover: HandOver, context: Context, rules: HandOverRules) -> list[HandOverPoint]:
    """Judge whom it went to and when, where a scenario says who had to know."""
    expected = context.expected
    if expected is None or expected.escalation is None:
        return []
    due = expected.escalation
    late = due.within_minutes is not None and not context.untimed and (context.elapsed_minutes or 0.0) > due.within_minutes
    spoke_first = context.answered and Action.ESCALATE_FIRST in expected.best
    right = handover.to is due.to
    contact, order = rules.decided["contact"], rules.decided["order"]
    points = [
        HandOverPoint("contact", _GOOD, contact.why["good"])
        if right
        else HandOverPoint("contact", _NONE, contact.why["weak"], f"{contact.fix} {due.to.value}")
    ]
    if right:
        in_order = not late and not spoke_first
        points.append(
            HandOverPoint(
                "order", _worth("good" if in_order else "weak"), order.why["good" if in_order else "weak"], "" if in_order else order.fix
            )
        )
    return points


def _report(side: str, points: list[HandOverPoint], fingerprint: str) -> HandOverReport:
    total = sum(point.score for point in points) / len(points)
    return HandOverReport(side, round(total, 1), tuple(points), fingerprint)


def _worth(state: str) -> float:
    return {"good": _GOOD, "empty": _NONE}.get(state, _HALF)


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _is_empty(text: str, rules: HandOverRules) -> bool:
    """Tell whether a field says nothing: blank, a filler, or one letter over and over."""
    folded = fold(text).strip(" .!,;:")
    return folded in rules.empty_words or not _words(folded) or len(set(folded.replace(" ", ""))) <= 2


def _what_happened(text: str) -> str:
    if len(_words(text)) < 5:
        return "thin"
    return "long" if len(text) > TWO_LINES or text.count("\n") > 1 else "good"


def _who_where(text: str, post: Post, rules: HandOverRules) -> str:
    author = fold(post.author).strip("@ ")
    named = bool(author) and author in text
    return "good" if rules.shows("who", text) or (named and (rules.shows("where", text) or len(_words(text)) >= 4)) else "weak"


def _with_must_tell(points: list[HandOverPoint], handover: HandOver, context: Context, rules: HandOverRules) -> list[HandOverPoint]:
    """Lower a field for each thing that this contact needs and is told nowhere."""
    expected = context.expected.escalation if context.expected is not None else None
    if expected is None:
        return points
    said = fold(" ".join(getattr(handover, name) for name in SENDER))
    missing = [item for item in expected.must_tell if not tells(said, item, rules)]
    lowered = {point.field: point for point in points}
    for number, item in enumerate(missing):
        name = _MUST_TELL_FIELDS[number % len(_MUST_TELL_FIELDS)]
        lowered[name] = _lacking(lowered[name], item, rules)
    return list(lowered.values())


_MUST_TELL_FIELDS = ("what_happened", "known_unknown", "who_where")
"""Where a thing that must be told may stand, so where its absence shows, in turn."""


def _lacking(point: HandOverPoint, item: str, rules: HandOverRules) -> HandOverPoint:
    score = max(0.0, point.score - rules.missing_cost)
    fix = f"{rules.missing_fix} {item}"
    return HandOverPoint(point.field, score, f"{item} {rules.missing_why}", f"{point.fix}; {fix}" if point.fix else fix)


def tells(said: str, item: str, rules: HandOverRules) -> bool:
    """Tell whether folded text `said` holds `item`: a time for "by when", else most of the item's own words, endings aside."""
    item = fold(item)
    if item in said:
        return True
    if item in ("by when", "when", "deadline", "time"):
        return rules.shows("time", said)
    wanted = [word for word in _words(item) if word not in _SMALL]
    if not wanted:
        return False
    have = {_stem(word) for word in _words(said)}
    return sum(_stem(word) in have for word in wanted) * 2 > len(wanted)


_SMALL = frozenset("a an the of to in on at by is are was were they he she it who what where when how and or for with".split())


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _answer_time(after: float, target: float, rules: HandOverRules) -> HandOverPoint:
    words = rules.receiver["after_minutes"]
    if after <= target:
        return HandOverPoint("after_minutes", _GOOD, words.why["good"])
    score = _HALF if after <= 2 * target else _NONE
    return HandOverPoint("after_minutes", score, words.why["weak"], words.fix)


def _blank(text: str, rules: HandOverRules) -> bool:
    return fold(text).strip(" .!,;:") in rules.empty_words or not _words(text)


def _may_say(text: str, rules: HandOverRules) -> str:
    """Good: at least a sentence in the brand's own voice that could be pasted, not an instruction and not a stall."""
    if _blank(text, rules):
        return "empty"
    folded = fold(text)
    count = len(_words(folded))
    usable = count >= 6 and rules.shows("public_voice", folded) and not rules.shows("instruction", folded)
    stalls = rules.shows("stalling", folded) and not rules.shows("time", folded) and count < 25
    return "good" if usable and not stalls else "weak"


def _may_not_say(text: str, rules: HandOverRules) -> str:
    if rules.shows("nothing_held", fold(text)):
        return "good"
    if _blank(text, rules):
        return "empty"
    return "good" if len(_words(text)) >= 2 else "weak"


def _owner(text: str, rules: HandOverRules) -> str:
    if _blank(text, rules):
        return "empty"
    named = _NAME.search(text) is not None or "@" in text
    return "good" if named and not (rules.shows("team", fold(text)) and len(_words(text)) <= 3) else "weak"


def _next_time(text: str, rules: HandOverRules) -> str:
    if _blank(text, rules):
        return "empty"
    return "good" if rules.shows("exact_time", fold(text)) else "weak"
