"""Publish every diagnostic code of content files: what it means and how to mend it."""

from __future__ import annotations

from simulator.core.diagnostics import DiagnosticCode

_YAML = (
    ("Y001", "Not valid YAML", "Mend the line that is named: often a missing quote, a stray colon or a tab used to indent."),
    ("Y002", "A key stands twice", "Keep one of the two; nothing may win silently."),
    ("Y003", "A key is not a word", "Write keys as plain words, one a line."),
    ("Y004", "The file is empty", "Write the file, or start from `flask --app simulator scenarios new`."),
    ("Y005", "Nested too deep", "Unfold the structure; no part of the format is deeper than a handful of levels."),
    ("Y006", "An alias", "Write the value out where it is needed; `*name` copies are not read."),
)
_SHAPE = (
    ("S001", "The file is too large", "Keep a content file under 256 kB of text; split the scenario in two."),
    ("S002", "Unknown key", "Use a key of the format; the message names the nearest ones."),
    ("S003", "A key is missing", "Add the key that the message names."),
    ("S004", "Wrong type", "Write a text, a list or a mapping, as the message says; leave the key out where there is nothing to say."),
    ("S005", "Not one of the allowed words", "Use one of the words that the message lists."),
    ("S006", "Not a fitting number", "Write plain digits inside the range that the message gives."),
    ("S007", "Not a story time", 'Write "mm:ss" or "h:mm:ss" with two digits after each colon, in quotes.'),
    ("S008", "Not a band", 'Write ">= 75", "<= 40", "40..74" or a single number.'),
    ("S009", "A text is empty", "Write the text, or leave an optional key out."),
    ("S010", "A text is too long", "Shorten the text to the limit that the message gives."),
    ("S011", "A character can't be shown", "Delete the control character or lone surrogate that the message names."),
    ("S012", "Too many or too few entries", "Keep within the counts that the message gives."),
    ("S013", "Not an id", "Write ids as lower-case letters and digits, words joined by single hyphens, at most 60 characters."),
    ("S015", "Unknown format number", "Write `format: 1`, the only format there is so far."),
    ("S016", "An entry stands twice in one list", "Keep one of the two."),
    ("S017", "Not a time of day", 'Write the 24-hour time as "hh:mm", two digits each, in quotes: "09:05", "14:20".'),
)
_MEANING = (
    ("S101", "A speaker is not a persona", "Name one of the `personas`, or add the persona."),
    ("S102", "The story does not open at 00:00", "Let the first beat of the first thread stand at 00:00."),
    ("S103", "An opening post is conditional", "Leave `when` out of a thread's first beat: it opens the thread for everybody."),
    ("S104", "Beats out of order", "Sort the beats of a thread by their time."),
    ("S105", "A target lies outside the story", "Give the first reply a target after the opening post and before the story ends."),
    ("S106", "No fallback reaction", "End the opener's reactions with `when: {}`, so that no reply meets a silence by accident."),
    ("S107", "A reaction can't be reached", "Put the reaction before the fallback, or let it ask for a later `turn`."),
    ("S108", "A contact is not in the playbook", "Name a contact of the playbook, or add the contact there."),
    ("S109", "An expected hand-over gets no answer", "Give the contact an answer under `contacts`."),
    ("S110", "An escalation is best but not described", "Add `expect.escalate` with the contact, or choose another best action."),
    ("S111", "A hidden fact is never revealed", "Let a contact's answer list it under `reveals`, or give it a time."),
    ("S112", "An answer reveals an unknown fact", "Name an id of `facts`."),
    ("S113", "A hidden fact has a time", "Keep either `hidden: true` or `at`."),
    ("S114", "An id stands twice", "Give each its own id."),
    ("S115", "An exemplar shows an action that is not wanted", "Use one of the best or fine actions of its thread."),
    ("S116", "Nobody says what must be addressed", "List a word or phrase that stands, as whole words, in a post of the thread."),
    ("S117", "The story ends too early", "Let `ends` be later than the last beat."),
    ("S118", "Stars outside a review", "Leave `stars` out, or set `channel: review`."),
    ("S119", "An image outside a photo network", "Leave `image` out, or set `channel: photo`."),
    ("S120", "A photo without a picture", "Describe the picture of the opening post under `image`, in words that a screen reader can say."),
    ("S121", "Longer than the network allows", "Shorten the text to the channel's limit."),
    ("S122", "A persona never speaks", "Give the persona a beat or a reaction with words, or leave the persona out."),
    ("S123", "The playbook does not exist", "Name a file of the playbooks folder, without `.yaml`."),
    ("S124", "A contact's answer can't be reached", "Put narrower `complete` bands first, and the answer without one last."),
    ("S125", "Some hand-overs get no answer", "Let the last answer of each contact stand without `complete`."),
    ("S126", "A contact asks back without asking", "Where `may_say` is empty, say under `next` what the contact needs to know."),
    ("S127", "An action is judged twice", "List each action once among best, fine and poor."),
    ("S128", "No exemplar", "Add one exemplar to a thread that wants words: the review shows it as the best line."),
    ("S129", "An exemplar's words don't fit its action", "A silent action has no words; every other one needs them."),
    ("S130", "`minutes` can't be true", "Let `minutes` be no more than `ends` divided by `pace`."),
    ("S131", "A reserved id", "Choose another id: `us` is the brand itself."),
    ("S132", "A reaction both cools and heats", "Keep one of `cools` and `heats`."),
    ("S133", "A reaction does nothing", "Give it words, a change of mood, or an ending."),
    ("S134", "A band is upside down", "Write the lower number first."),
    ("S140", "An unknown happening", "Let `only` name an option of `variants.one_of`."),
    (
        "S141",
        "A slot that does not fit",
        "Write {name} for a slot of texts and {name.part} for a slot of rows; let all rows of a slot have the same parts.",
    ),
    ("S142", "A slot or happening without use", "Use it in a text or under `only`, or leave it out."),
    ("S143", "A happening stands twice", "Give each option of `variants.one_of` its own name."),
    (
        "S144",
        "A thread can't trade places",
        "Let `shuffle` name threads that every variant has and that fit into each other's places; the first thread stays.",
    ),
    ("S145", "Only for shifts", "Add `mode: shift`, with four threads or more, or leave the key out."),
    ("S146", "A repeat of nothing", "Let `same_as` name another thread that is not itself a repeat."),
    ("S147", "An incident without its threads", "Let `incident.threads` name threads of the shift, at least as many as `reports`."),
    ("S148", "No incident to declare", "Describe the `incident`, or leave the condition out."),
)
_FOLDER = (
    ("S201", "A folder's name is not a slug", "Name the folder in lower-case words joined by hyphens: the name is the scenario's address."),
    ("S202", "A folder without a scenario", "Add `scenario.yaml`, or remove the folder."),
    ("S203", "A file can't be read as text", "Save the file as UTF-8."),
    ("S204", "A plan is missing", "Write good.plan, poor.plan and nothing.plan beside the scenario."),
    ("S205", "No content found", "Point to the folder that holds the scenarios or playbooks."),
)
_PLAN = (
    ("P001", "A line is not understood", "Start a line with plan:, seed:, at or expect; indent what belongs to the step above."),
    ("P002", "The plan's name is missing or stands twice", "Write `plan: name` once, before the first step."),
    ("P003", "Not a story time", "Write `at mm:ss` or `at h:mm:ss`."),
    ("P004", "An unknown step", "Use ask, reply, silent, pause, resume or end."),
    ("P005", "The action does not fit the step", "Use `reply` with an action that speaks, `silent` with ignore, monitor or hide_report."),
    ("P006", "Words missing or out of place", "Indent the text of a reply under it; other steps have none."),
    ("P007", "A hand-over's field is wrong", "Use the six fields of a hand-over, each once: `name: words`."),
    ("P008", "An unknown contact", "Name one of the contacts of the format."),
    ("P009", "An expectation is not understood", "Use one of the forms that docs/scenarios.md lists."),
    ("P010", "A text can't be sent", "Shorten it, or delete the character that the message names."),
    ("P011", "Steps out of order", "Sort the steps by their time."),
    ("P012", "A plan expects nothing", "Add at least one `expect` line: a plan is a test."),
    ("P013", "The file is too large", "Keep a plan under 256 kB and 200 steps."),
    ("P101", "A thread or persona is not in the scenario", "Use an id of the scenario."),
    ("P102", "A step at an impossible time", "Act after the thread has opened and before the story ends."),
    ("P103", "A thread must be named", "Name the thread: the scenario has several that could be meant."),
    ("P104", "A contact is not in the playbook", "Ask a contact that the scenario's playbook lists."),
    ("P105", "The plan's name is not its file's name", "Let `plan:` say the file's name without `.plan`."),
    ("P106", "Only for shifts", "Let the scenario have `mode: shift`, or leave the step or expectation out."),
)
_PLAYBOOK = (
    ("B101", "Targets out of order", "Let a more urgent post have the same or a shorter target: critical, high, normal, low."),
    ("B102", "A phrase is both approved and banned", "Keep it in one of the two lists."),
    ("B103", "A phrase stands twice", "Keep one of the two."),
    ("B104", "No such rule", "Name the id of a rule or a code that findings carry; `flask --app simulator scoring rules` lists both."),
    ("B105", "A guard can't be switched", "Leave it out: rules that cap the total or void the reply stay on in every house."),
    ("B106", "A rule is switched twice", "Keep one of the two."),
    ("B107", "The sign-off and the team's name don't fit", "Give `team` where `sign_off` is team, and leave it out elsewhere."),
    ("B108", "A weight is out of bounds", "Write a percentage of the rubric's own weight, 50 to 200; 100 changes nothing."),
    ("B109", "A weight for what does not apply", "Leave it out: this kind of post does not call for that dimension."),
    ("B110", "A reading limit is out of bounds", "Write a LIX from 25 to 60, or a school grade from 4 to 16; at least one of them."),
)

CATALOGUE: dict[str, DiagnosticCode] = {
    code: DiagnosticCode(code, title, mend) for code, title, mend in (*_YAML, *_SHAPE, *_MEANING, *_FOLDER, *_PLAN, *_PLAYBOOK)
}
"""Every code of scenarios, plans and playbooks, in the order in which they are listed."""

_HEADINGS = {
    "Y0": "YAML",
    "S0": "Shape of a scenario or playbook",
    "S1": "Meaning of a scenario",
    "S2": "Folders and files",
    "P0": "Plans",
    "P1": "Plans against their scenario",
    "B1": "Meaning of a playbook",
}


def diagnostics_page() -> str:
    """Return docs/diagnostics.md: every code with its meaning and how to mend it, as Markdown."""
    lines = [
        "# Diagnostics of content files",
        "",
        "`flask --app simulator scenarios check` prints every fault of every file as `path:line: CODE message`.",
        "This page is written by `flask --app simulator scenarios codes --markdown`; a test keeps it true.",
    ]
    heading = ""
    for code in CATALOGUE.values():
        if _HEADINGS[code.code[:2]] != heading:
            heading = _HEADINGS[code.code[:2]]
            lines += ["", f"## {heading}", "", "| code | meaning | how to mend it |", "|---|---|---|"]
        lines.append(f"| {code.code} | {code.title} | {code.mend} |")
    return "\n".join(lines) + "\n"
