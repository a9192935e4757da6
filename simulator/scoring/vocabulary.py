"""Name the rubric's words: dimensions, kinds of post, urgencies, actions, contacts, and the codes of findings."""

from __future__ import annotations

from enum import StrEnum


class Named(StrEnum):
    """A word of the rubric. It hashes as the text that it is: `Enum`'s own way is a call of Python code for each look-up."""

    __hash__ = str.__hash__


class Dimension(Named):
    """The eight dimensions of RUBRIC.md, in the order they are shown."""

    LISTEN = "listen"
    ACKNOWLEDGE = "acknowledge"
    RESOLVE = "resolve"
    NURTURE = "nurture"
    TONE = "tone"
    CLARITY = "clarity"
    SPEED = "speed"
    JUDGEMENT = "judgement"


LARN = (Dimension.LISTEN, Dimension.ACKNOWLEDGE, Dimension.RESOLVE, Dimension.NURTURE)
WORDS = (*LARN, Dimension.TONE, Dimension.CLARITY)


class Kind(Named):
    """What a post is, in the corpus' words."""

    QUESTION = "question"
    PRAISE = "praise"
    SUGGESTION = "suggestion"
    COMPLAINT = "complaint"
    HEATED_COMPLAINT = "heated_complaint"
    HUMOROUS_GRIPE = "humorous_gripe"
    MISGUIDED = "misguided"
    CRITICISM = "criticism"
    RAGER = "rager"
    TROLL = "troll"
    OFF_TOPIC = "off_topic"
    SPAM = "spam"
    PERSONAL_DATA = "personal_data"
    LEGAL_THREAT = "legal_threat"
    SAFETY = "safety"
    SELF_HARM = "self_harm"
    VIOLENCE_THREAT = "violence_threat"
    PRESS = "press"
    SPIKE = "spike"


class Urgency(Named):
    """How soon somebody must act."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"


class Action(Named):
    """The eight things one can do with a post."""

    REPLY_PUBLIC = "reply_public"
    REPLY_PRIVATE = "reply_private"
    ACKNOWLEDGE_THEN_PRIVATE = "acknowledge_then_private"
    ESCALATE_FIRST = "escalate_first"
    ESCALATE_AND_REPLY = "escalate_and_reply"
    IGNORE = "ignore"
    MONITOR = "monitor"
    HIDE_REPORT = "hide_report"


SILENT_ACTIONS = frozenset({Action.IGNORE, Action.MONITOR, Action.HIDE_REPORT})


class Contact(Named):
    """The departments an agent can hand a post over to."""

    CARE = "care"
    OPERATIONS = "operations"
    PRODUCT = "product"
    LEGAL = "legal"
    PR = "pr"
    SECURITY = "security"
    PRIVACY = "privacy"
    BILLING = "billing"
    CRISIS = "crisis"
    NONE = "none"


class Channel(Named):
    """The six looks of a network."""

    MICROBLOG = "microblog"
    PAGE = "page"
    REVIEW = "review"
    FORUM = "forum"
    DM = "dm"
    PHOTO = "photo"


class SignOff(Named):
    """How a house ends its replies: `any` is a first name or initials, whichever the agent likes."""

    ANY = "any"
    FIRST_NAME = "first_name"
    INITIALS = "initials"
    TEAM = "team"
    NONE = "none"


CHANNEL_LIMIT = {Channel.MICROBLOG: 280}
"""Most characters a public reply may have where the network sets a limit that people know."""

VIRTUES = frozenset(
    "specific_reference answers_question covers_second_issue names_feeling plain_apology thanks_specific owns_it concrete_step"
    " time_frame direct_fix honest_unknown private_with_reason asks_needed_fact source_given idea_routed check_back"
    " personal_signoff warm_human humour_with invites_share clear_short helps_onlookers safety_first hand_off_human calm_no_bait"
    " holding_line".split()
)
FLAWS = frozenset(
    "generic_template no_acknowledgement conditional_apology blames_customer dismissive defensive policy_shield passes_the_buck"
    " bare_dm vague_promise overpromise wrong_question reasks_known misses_second_issue sarcasm_missed cold_closing sales_pitch"
    " public_compensation pii_in_public liability_admission false_fact wrong_name profanity insult feeds_troll"
    " jolly_under_grief jargon too_long over_apology robotic shouting typos keyword_stuffing gibberish prompt_injection"
    " should_not_reply asks_rating_too_early condescending unsafe_advice".split()
)
DECISIONS = frozenset(
    "baseline right_action fine_action wrong_action right_contact wrong_contact no_escalation escalated_late answered_late no_reply"
    " in_time hid_criticism".split()
)
"""Our own codes, for what the corpus does not label: the starting point of a dimension, the clock and the choice of action."""
CODES = VIRTUES | FLAWS | DECISIONS

CUES = frozenset(
    "issue second_issue feeling ask deadline vulnerable sarcasm already_tried reach_threat legal safety personal_data"
    " praise_target idea false_claim bait".split()
)
