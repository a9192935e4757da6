"""Read plans: played conversations that are used as tests of a scenario."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from simulator.content.document import SIZE_LIMIT
from simulator.content.plan_model import Ask, Control, Expectation, Plan, Reply, Silent, Step
from simulator.content.plan_shift import FORMS, read_arrangement, read_declaration
from simulator.content.plan_words import HANDOVER_FIELDS, parse_expectation, read_block, read_fields
from simulator.content.schema import CONTACTS
from simulator.content.shape import Faults, quoted
from simulator.core.clock import parse_story_time
from simulator.core.diagnostics import Diagnostic
from simulator.core.plain_text import DRAFT_LIMIT, fit_text
from simulator.core.refusal import Refusal
from simulator.scoring.model import HandOver
from simulator.scoring.vocabulary import SILENT_ACTIONS, Action, Contact

STEP_LIMIT = 200
_VERBS = ("ask", "reply", "silent", "pause", "resume", "end", *FORMS)
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TIME = re.compile(r"[0-9]{1,3}:[0-5][0-9](?::[0-5][0-9])?")
_ACTIONS = [str(action) for action in Action]
_SPEAKING = [str(action) for action in Action if action not in SILENT_ACTIONS]
_SILENT = [str(action) for action in Action if action in SILENT_ACTIONS]


@dataclass(slots=True)
class _Reading:
    faults: Faults
    name: str = ""
    seed: str = ""
    steps: list[Step] = field(default_factory=list)
    expectations: list[Expectation] = field(default_factory=list)
    expecting: bool = False


def parse_plan(text: str, path: str) -> Plan | list[Diagnostic]:
    """Return the plan of `text`, or all that is wrong with it, sorted by line. `path` is only for the messages."""
    faults = Faults(path)
    if len(text) > SIZE_LIMIT:
        faults.add(1, "P013", f"the plan has {len(text):,} characters; keep it under {SIZE_LIMIT:,}")
        return faults.found
    reading = _Reading(faults)
    for line, head, block in _heads(text, faults):
        _read_head(reading, line, head, block)
    if not reading.name:
        faults.add(1, "P002", "the plan has no name; write `plan: good` at its start")
    if not reading.expecting:
        faults.add(1, "P012", "the plan expects nothing; add an `expect` line, such as `expect run finished`")
    if len(reading.steps) > STEP_LIMIT:
        faults.add(reading.steps[STEP_LIMIT].line, "P013", f"a plan has at most {STEP_LIMIT} steps; split it")
    if faults.found:
        return sorted(set(faults.found))
    return Plan(reading.name, reading.seed or reading.name, tuple(reading.steps), tuple(reading.expectations), path)


def _heads(text: str, faults: Faults) -> Iterator[tuple[int, str, list[tuple[int, str]]]]:
    """Yield each line that stands at the margin, with the indented lines below it."""
    head: tuple[int, str] | None = None
    block: list[tuple[int, str]] = []
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        if line.startswith("#"):
            continue
        if not line.strip() or line[0] in " \t":
            if head is not None:
                block.append((number, line))
            elif line.strip():
                faults.add(number, "P001", f"{quoted(line)} is indented, but no step stands above it")
            continue
        if head is not None:
            yield *head, block
        head, block = (number, line.strip()), []
    if head is not None:
        yield *head, block


def _read_head(reading: _Reading, line: int, head: str, block: list[tuple[int, str]]) -> None:
    first = head.split(maxsplit=1)[0]
    if first == "at":
        _read_step(reading, line, head, block)
        return
    for number, words in block:
        if words.strip():
            reading.faults.add(number, "P006", f"{quoted(words)} belongs to no reply or hand-over; only those have indented lines")
    if first == "expect":
        reading.expecting = True
        expectation = parse_expectation(head, line, reading.faults)
        if expectation is not None:
            reading.expectations.append(expectation)
    elif head.startswith(("plan:", "seed:")):
        _read_name(reading, line, head)
    else:
        hint = reading.faults.nearest(first, ["plan:", "seed:", "at", "expect"])
        reading.faults.add(line, "P001", f"{quoted(head)} is not understood{hint or '; start with plan:, seed:, at or expect'}")


def _read_name(reading: _Reading, line: int, head: str) -> None:
    key, _, rest = head.partition(":")
    words = rest.partition(" #")[0].strip()
    if _NAME.fullmatch(words) is None or len(words) > 60:
        reading.faults.add(line, "P002", f"{quoted(words)} is no name; write `{key}:` and one lower-case word")
    elif key == "seed":
        reading.seed = words
    elif reading.name:
        reading.faults.add(line, "P002", "the plan has its name already; keep one `plan:` line")
    else:
        reading.name = words
    if key == "plan" and not reading.name:
        reading.name = words or "?"


def _read_step(reading: _Reading, line: int, head: str, block: list[tuple[int, str]]) -> None:
    faults = reading.faults
    _, _, rest = head.partition(" ")
    time, _, rest = rest.strip().partition(" ")
    words = rest.partition(" #")[0].split()
    if _TIME.fullmatch(time) is None:
        faults.add(line, "P003", f"{quoted(time)} is not a story time; write `at mm:ss` or `at h:mm:ss`")
        return
    at = parse_story_time(time)
    if reading.steps and at < reading.steps[-1].at:
        faults.add(line, "P011", f"{time} is before the step above; sort the steps by time")
    verb = words[0] if words else ""
    step: Step | None = None
    if verb == "reply":
        step = _reply(words, at, line, block, faults)
    elif verb == "ask":
        step = _ask(words, at, line, block, faults)
    elif verb == "declare":
        step = read_declaration(words, at, line, block, faults)
    elif verb in _VERBS:
        _no_block(verb, block, faults)
        step = _wordless(words, at, line, faults)
    else:
        hint = faults.nearest(verb, list(_VERBS)) or f"; use one of: {', '.join(_VERBS)}"
        faults.add(line, "P004", f"{quoted(verb)} is not a step{hint}")
    if step is not None:
        reading.steps.append(step)


def _wordless(words: list[str], at: int, line: int, faults: Faults) -> Step | None:
    if words[0] in FORMS:
        return read_arrangement(words, at, line, faults)
    return _silent(words, at, line, faults) if words[0] == "silent" else _control(words, at, line, faults)


def _no_block(verb: str, block: list[tuple[int, str]], faults: Faults) -> None:
    for number, words in block:
        if words.strip():
            faults.add(number, "P006", f"`{verb}` has no words; take {quoted(words)} away, or use `reply`")
            return


def _action(name: str, fitting: list[str], verb: str, line: int, faults: Faults) -> Action | None:
    if name in fitting:
        return Action(name)
    if name in _ACTIONS:
        faults.add(line, "P005", f"`{verb}` does not go with {name}; it goes with one of: {', '.join(fitting)}")
    else:
        hint = faults.nearest(name, fitting) or f"; use one of: {', '.join(fitting)}"
        faults.add(line, "P005", f"{quoted(name)} is not an action{hint}")
    return None


def _reply(words: list[str], at: int, line: int, block: list[tuple[int, str]], faults: Faults) -> Reply | None:
    if len(words) != 3:
        faults.add(line, "P004", "a reply is written `at 09:00 reply <thread> <action>`, its words indented below")
        return None
    action = _action(words[2], _SPEAKING, "reply", line, faults)
    text = fit_text(read_block(block), limit=DRAFT_LIMIT, what="The reply")
    if isinstance(text, Refusal):
        faults.add(line, "P010", text.message)
    elif not text:
        faults.add(line, "P006", "the reply has no words; indent them below it")
    elif action is not None:
        return Reply(at, line, words[1], action, text)
    return None


def _silent(words: list[str], at: int, line: int, faults: Faults) -> Silent | None:
    if len(words) != 3:
        faults.add(line, "P004", "a silent action is written `at 15:00 silent <thread> <action>`")
        return None
    action = _action(words[2], _SILENT, "silent", line, faults)
    return None if action is None else Silent(at, line, words[1], action)


def _control(words: list[str], at: int, line: int, faults: Faults) -> Control | None:
    if len(words) != 1:
        faults.add(line, "P004", f"`{words[0]}` stands alone: `at 20:00 {words[0]}`")
        return None
    return Control(at, line, words[0])


def _ask(words: list[str], at: int, line: int, block: list[tuple[int, str]], faults: Faults) -> Ask | None:
    about = words[3] if len(words) == 4 and words[2] == "about" else ""
    if len(words) != 2 and not about:
        faults.add(line, "P004", "a hand-over is written `at 03:00 ask <contact>` or `at 03:00 ask <contact> about <thread>`")
        return None
    fields = read_fields(block, line, faults)
    if words[1] not in CONTACTS.words:
        hint = faults.nearest(words[1], list(CONTACTS.words)) or f"; there are: {', '.join(CONTACTS.words)}"
        faults.add(line, "P008", f"{quoted(words[1])} is not a contact{hint}")
        return None
    handover = HandOver(Contact(words[1]), **{name: fields.get(name, "") for name in HANDOVER_FIELDS})
    return Ask(at, line, about, handover)
