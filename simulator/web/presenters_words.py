"""Say the rubric's words to a person: labels for dimensions, actions, kinds, urgencies, contacts, codes and endings."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from simulator.scoring.vocabulary import Action, Contact, Dimension, Kind, Urgency

DIMENSION = {
    Dimension.LISTEN: _("Listen"),
    Dimension.ACKNOWLEDGE: _("Acknowledge"),
    Dimension.RESOLVE: _("Resolve"),
    Dimension.NURTURE: _("Nurture"),
    Dimension.TONE: _("Tone"),
    Dimension.CLARITY: _("Clarity"),
    Dimension.SPEED: _("Speed"),
    Dimension.JUDGEMENT: _("Judgement"),
}
LETTER = {Dimension.LISTEN: "L", Dimension.ACKNOWLEDGE: "A", Dimension.RESOLVE: "R", Dimension.NURTURE: "N"}

ACTION = {
    Action.REPLY_PUBLIC: _("Reply in public"),
    Action.ACKNOWLEDGE_THEN_PRIVATE: _("Acknowledge, then go private"),
    Action.REPLY_PRIVATE: _("Reply in private"),
    Action.ESCALATE_FIRST: _("Escalate first"),
    Action.ESCALATE_AND_REPLY: _("Escalate and reply"),
    Action.MONITOR: _("Watch it"),
    Action.IGNORE: _("Leave it"),
    Action.HIDE_REPORT: _("Hide and report"),
}
"""Also the order in which the choices stand, and so their digit keys."""
ACTION_MEANING = {
    Action.REPLY_PUBLIC: _("Everybody can read it."),
    Action.ACKNOWLEDGE_THEN_PRIVATE: _("Details follow by message."),
    Action.REPLY_PRIVATE: _("Only they can read it."),
    Action.ESCALATE_FIRST: _("A holding line at most."),
    Action.ESCALATE_AND_REPLY: _("Tell a contact, answer now."),
    Action.MONITOR: _("Keep an eye on it."),
    Action.IGNORE: _("It needs no answer."),
    Action.HIDE_REPORT: _("Spam, data, threats only."),
}

KIND = {
    Kind.QUESTION: _("Question"),
    Kind.PRAISE: _("Praise"),
    Kind.SUGGESTION: _("Suggestion"),
    Kind.COMPLAINT: _("Complaint"),
    Kind.HEATED_COMPLAINT: _("Heated complaint"),
    Kind.HUMOROUS_GRIPE: _("Humorous gripe"),
    Kind.MISGUIDED: _("Complaint built on a wrong fact"),
    Kind.CRITICISM: _("Criticism without a request"),
    Kind.RAGER: _("Rant or satire"),
    Kind.TROLL: _("Bait"),
    Kind.OFF_TOPIC: _("Off topic"),
    Kind.SPAM: _("Spam or scam"),
    Kind.PERSONAL_DATA: _("Personal data in the open"),
    Kind.LEGAL_THREAT: _("Legal threat"),
    Kind.SAFETY: _("Safety or injury"),
    Kind.SELF_HARM: _("Somebody may hurt themselves"),
    Kind.VIOLENCE_THREAT: _("Threat of violence"),
    Kind.PRESS: _("Press"),
    Kind.SPIKE: _("Many posts about one thing"),
}
URGENCY = {
    Urgency.CRITICAL: _("Critical: minutes count"),
    Urgency.HIGH: _("High: within the half hour"),
    Urgency.NORMAL: _("Normal: today, within hours"),
    Urgency.LOW: _("Low: today is fine"),
}
CONTACT = {
    Contact.CARE: _("Customer care lead"),
    Contact.OPERATIONS: _("Operations"),
    Contact.PRODUCT: _("Product"),
    Contact.LEGAL: _("Legal"),
    Contact.PR: _("Press and PR"),
    Contact.SECURITY: _("Security"),
    Contact.PRIVACY: _("Privacy"),
    Contact.BILLING: _("Billing"),
    Contact.CRISIS: _("Crisis team"),
    Contact.NONE: _("Nobody: the front line can do this"),
}
CUE = {
    "issue": _("the problem"),
    "second_issue": _("a second problem"),
    "feeling": _("a feeling"),
    "ask": _("what is asked"),
    "deadline": _("a deadline"),
    "vulnerable": _("somebody who needs extra care"),
    "sarcasm": _("sarcasm"),
    "already_tried": _("what was already tried"),
    "reach_threat": _("reach"),
    "legal": _("law"),
    "safety": _("safety"),
    "personal_data": _("personal data"),
    "praise_target": _("what is praised"),
    "idea": _("an idea"),
    "false_claim": _("a claim that may be wrong"),
    "bait": _("bait"),
}
THREAD_ENDING = {
    "solved": _("Solved"),
    "cooled": _("Calmed down"),
    "lost": _("Walked away"),
    "handed_over": _("Handed over"),
    "left_alone": _("Left alone"),
    "unanswered": _("Never answered"),
    "left_open": _("Still open"),
    "merged": _("Merged"),
}
MARK = {
    "!!": _("brilliant"),
    "!": _("good"),
    "✓": _("fine"),
    "?!": _("inaccuracy"),
    "?": _("mistake"),
    "??": _("blunder"),
}
HANDOVER_FIELD = {
    "what_happened": _("What happened"),
    "who_where": _("Who and where"),
    "known_unknown": _("Known and not known"),
    "asked": _("What is asked for"),
    "by_when": _("By when"),
    "said_so_far": _("Said in public so far"),
    "contact": _("The right contact"),
    "to": _("The right contact"),
    "order": _("The right order"),
    "must_tell": _("What this contact has to know"),
    "time": _("In time"),
    "after_minutes": _("In time"),
    "in_time": _("In time"),
    "may_say": _("May be said"),
    "may_not_say": _("May not be said"),
    "owner": _("Owner"),
    "next_time": _("Next word"),
}
HANDOVER_HINT = {
    "what_happened": _("Two lines: what the person says went wrong."),
    "who_where": _("Name or handle, a link, and how far it reaches."),
    "known_unknown": _("What you have checked, and what nobody knows yet."),
    "asked": _("The one thing you need them to do or decide."),
    "by_when": _("A clock time, and why then."),
    "said_so_far": _("Your public words up to now, or “nothing yet”."),
}

CODE = {
    "specific_reference": _("Takes up their own case"),
    "answers_question": _("Answers the question"),
    "covers_second_issue": _("Covers the second point too"),
    "names_feeling": _("Names the feeling"),
    "plain_apology": _("Apologises plainly"),
    "thanks_specific": _("Thanks for something in particular"),
    "owns_it": _("Owns it"),
    "concrete_step": _("A concrete next step"),
    "time_frame": _("Says by when"),
    "direct_fix": _("Fixes it, or points right at the fix"),
    "honest_unknown": _("Honest about what isn't known"),
    "private_with_reason": _("Goes private, and says why"),
    "asks_needed_fact": _("Asks for the one missing fact"),
    "source_given": _("Gives a source"),
    "idea_routed": _("Tells where the idea goes"),
    "check_back": _("Promises to check back"),
    "personal_signoff": _("Signs as a person"),
    "warm_human": _("Warm and human"),
    "humour_with": _("Good humour, with them"),
    "invites_share": _("Invites them to share"),
    "clear_short": _("Short and clear"),
    "helps_onlookers": _("Helps those who read along"),
    "safety_first": _("Safety first"),
    "hand_off_human": _("Brings in a human at once"),
    "calm_no_bait": _("Stays calm, takes no bait"),
    "holding_line": _("A clean holding line"),
    "generic_template": _("Could be under any post"),
    "no_acknowledgement": _("No word for how it feels"),
    "conditional_apology": _("Sideways apology"),
    "blames_customer": _("Puts it on the customer"),
    "dismissive": _("Waves it away"),
    "defensive": _("Defends first"),
    "policy_shield": _("Hides behind policy"),
    "passes_the_buck": _("Passes the buck"),
    "bare_dm": _("“DM us” and nothing else"),
    "vague_promise": _("Vague promise"),
    "overpromise": _("Promises what can't be known"),
    "wrong_question": _("Answers another question"),
    "reasks_known": _("Asks for what the post says"),
    "misses_second_issue": _("Misses the second point"),
    "sarcasm_missed": _("Takes sarcasm at its word"),
    "cold_closing": _("Cold closing"),
    "sales_pitch": _("Sells into a complaint"),
    "public_compensation": _("Offers money in public"),
    "pii_in_public": _("Personal data in public"),
    "liability_admission": _("Admits liability"),
    "false_fact": _("Contradicts the known facts"),
    "wrong_name": _("Wrong name"),
    "profanity": _("Swearing"),
    "insult": _("Insult"),
    "feeds_troll": _("Feeds the troll"),
    "jolly_under_grief": _("Jolly where it is grave"),
    "jargon": _("Jargon"),
    "too_long": _("Too long"),
    "over_apology": _("Apologises too often"),
    "robotic": _("Sounds like a robot"),
    "shouting": _("Shouting"),
    "typos": _("Typing errors"),
    "keyword_stuffing": _("Good words with nothing behind them"),
    "gibberish": _("Not readable as a reply"),
    "prompt_injection": _("Talks to the judge, not the customer"),
    "should_not_reply": _("Better left without a reply"),
    "asks_rating_too_early": _("Asks for a rating too early"),
    "condescending": _("Talks down"),
    "unsafe_advice": _("Unsafe advice"),
    "baseline": _("Starting point"),
    "reading": _("How it reads"),
    "right_action": _("The right action"),
    "fine_action": _("A fair action"),
    "wrong_action": _("Another action would serve better"),
    "right_contact": _("The right contact knows"),
    "wrong_contact": _("The wrong contact was asked"),
    "no_escalation": _("Nobody was told"),
    "escalated_late": _("Told late"),
    "answered_late": _("Answered late"),
    "no_reply": _("No reply"),
    "in_time": _("In time"),
    "hid_criticism": _("Hid fair criticism"),
}


def code_label(code: str) -> str:
    """Return the words for a finding's `code`; an unknown one is spelled out rather than hidden."""
    known = CODE.get(code)
    return str(known) if known is not None else code.replace("_", " ").capitalize()


def signed(points: float, digits: int = 1) -> str:
    """Write points with their sign and a true minus; whole numbers without a decimal; nothing is ±0."""
    rounded = round(points, digits)
    if rounded == 0:
        return "±0"
    return f"{'+' if rounded > 0 else '−'}{abs(rounded):g}"


def sentence(words: str) -> str:
    """Begin `words` with a capital letter."""
    return words[:1].upper() + words[1:]


def number(value: float) -> str:
    """Write a score: at most one decimal, none where it is whole."""
    return f"{round(value, 1):g}"
