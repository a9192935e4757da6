"""Sorting: every cue keeps its word, dangers are seen, idle talk is not, and each answer points at the post."""

from __future__ import annotations

import pytest

from simulator.core.yaml_lines import Mapped, read_yaml
from simulator.scoring import Context, Post, Triage, load_ruleset
from simulator.scoring.reading import CueRule
from simulator.scoring.triage import cue_scores, read_post, sort_post
from simulator.scoring.triage_pack import compile_triage
from simulator.scoring.vocabulary import Action, Channel, Contact, Kind, Urgency
from tests.unit.scoring.risky_posts import DANGERS, IDLE

RULES = load_ruleset().triage
WORDED = [cue for cue in RULES.cues if not cue.measure]
RISKS = {Kind.SELF_HARM, Kind.VIOLENCE_THREAT, Kind.SAFETY, Kind.PERSONAL_DATA, Kind.LEGAL_THREAT, Kind.PRESS}


def sort(
    text: str, *, author: str = "", followers: int | None = None, thread: tuple[str, ...] = (), channel: Channel = Channel.MICROBLOG
) -> Triage:
    """Sort one post with the shipped pack."""
    return sort_post(Post(text, author, followers, thread), Context(channel=channel), RULES)


def found(cue: CueRule, text: str) -> bool:
    """Tell whether `cue` is found in `text`, put where the cue looks."""
    post = Post("x", author=text) if cue.field == "author" else Post(text)
    return any(hit.rule is cue for hit in RULES.finder.read(post).hits)


@pytest.mark.parametrize("cue", WORDED, ids=lambda cue: cue.id)
def test_a_cue_is_found_where_it_says_and_nowhere_else(cue: CueRule) -> None:
    assert [text for text in cue.examples if not found(cue, text)] == []
    assert [text for text in cue.counterexamples if found(cue, text)] == []
    assert cue.examples
    assert cue.counterexamples


def test_at_least_nine_of_ten_dangers_are_seen() -> None:
    """A missed danger is the worst that sorting can do."""
    missed = [text for kind, text in DANGERS if sort(text).kind is not kind]
    assert len(missed) <= len(DANGERS) // 10, missed


@pytest.mark.parametrize("text", IDLE)
def test_idle_talk_is_no_danger(text: str) -> None:
    assert sort(text).kind not in RISKS


@pytest.mark.parametrize(
    ("text", "kind", "urgency", "action", "contact"),
    [
        ("Is the strawberry jelly halal?", Kind.QUESTION, Urgency.NORMAL, Action.REPLY_PUBLIC, Contact.NONE),
        ("Thank you Marcus, you carried my mum's bags and made her day", Kind.PRAISE, Urgency.LOW, Action.REPLY_PUBLIC, Contact.NONE),
        ("Idea: please add a dark mode, I'd pay extra for it", Kind.SUGGESTION, Urgency.LOW, Action.REPLY_PUBLIC, Contact.PRODUCT),
        ("You charged me twice, I want a refund", Kind.COMPLAINT, Urgency.NORMAL, Action.ACKNOWLEDGE_THEN_PRIVATE, Contact.BILLING),
        (
            "ABSOLUTE DISGRACE. Third time your driver lied to me. Sort it out NOW!!!",
            Kind.HEATED_COMPLAINT,
            Urgency.HIGH,
            Action.ACKNOWLEDGE_THEN_PRIVATE,
            Contact.OPERATIONS,
        ),
        ("my solicitor will see you in court", Kind.LEGAL_THREAT, Urgency.HIGH, Action.ESCALATE_FIRST, Contact.LEGAL),
        ("the plug is smoking and smells of burning plastic", Kind.SAFETY, Urgency.CRITICAL, Action.ESCALATE_FIRST, Contact.OPERATIONS),
        ("i want to kill myself", Kind.SELF_HARM, Urgency.CRITICAL, Action.ESCALATE_AND_REPLY, Contact.CRISIS),
        ("All customers must verify NOW, click the link, link in bio", Kind.SPAM, Urgency.HIGH, Action.HIDE_REPORT, Contact.SECURITY),
        ("reply u cowards, cope harder 🤡", Kind.TROLL, Urgency.LOW, Action.MONITOR, Contact.NONE),
    ],
)
def test_plain_posts_are_sorted_as_the_rubric_says(text: str, kind: Kind, urgency: Urgency, action: Action, contact: Contact) -> None:
    triage = sort(text)
    assert (triage.kind, triage.urgency, triage.action, triage.contact) == (kind, urgency, action, contact)


def test_a_swearing_complaint_is_a_complaint_and_no_troll() -> None:
    assert sort("bloody hell, my order is late again and the box was smashed").kind in (Kind.COMPLAINT, Kind.HEATED_COMPLAINT)


def test_thanks_with_an_edge_is_no_praise() -> None:
    assert sort("Thanks for ruining our holiday, the room was filthy 👏👏").kind is not Kind.PRAISE


def test_what_hangs_on_the_answer_makes_a_complaint_urgent() -> None:
    assert sort("My parcel is still missing").urgency is Urgency.NORMAL
    assert sort("My parcel is still missing and my mum is 86 and alone, her heart tablets are in it").urgency is Urgency.HIGH


def test_personal_data_in_a_private_message_is_not_exposed() -> None:
    words = "Booking problem, my mobile is 07700 900123"
    assert sort(words).kind is Kind.PERSONAL_DATA
    assert sort(words, channel=Channel.DM).kind is not Kind.PERSONAL_DATA


def test_many_saying_the_same_beneath_it_is_a_spike() -> None:
    thread = ("@a: down here too", "@b: same in Leeds", "@c: nothing here either")
    assert sort("is the app down for everyone?", thread=thread).kind is Kind.SPIKE


def test_in_a_private_message_the_answer_is_private() -> None:
    assert sort("Is the strawberry jelly halal?", channel=Channel.DM).action is Action.REPLY_PRIVATE


def test_every_cue_quotes_the_post_and_the_reason_is_a_sentence() -> None:
    text = "ı İ 😂 DAY 4 without internet, your app says “all fine”. Fix it please"
    triage = sort(text)
    assert triage.cues
    assert all(text[slice(*cue.span)] == cue.quote for cue in triage.cues)
    assert triage.why.endswith(".")


def test_an_unsure_answer_names_the_runner_up() -> None:
    triage = sort("hm")
    assert triage.confidence < 0.55
    assert triage.or_kind is not None
    assert triage.or_kind is not triage.kind


def test_another_language_is_never_sorted_with_confidence() -> None:
    assert sort("el pedido no ha llegado y nadie me contesta en la tienda, es una vergüenza").confidence <= 0.3


def test_scores_are_the_sum_of_priors_and_cues() -> None:
    """The seam at which trained heads will add theirs."""
    reading = read_post(Post("thank you"), Context(), RULES)
    by_hand = RULES.kinds[Kind.PRAISE].prior
    for hit in reading.hits:
        by_hand += dict(hit.rule.kinds).get(Kind.PRAISE, 0.0) * (1 + 0.5 * (hit.count - 1))
    assert cue_scores(reading, RULES)[Kind.PRAISE] == pytest.approx(by_hand)


def test_a_faulty_pack_names_every_fault_with_its_line() -> None:
    text = "format: 1\nkinds: {praise: {says: x, urgency: soon}}\nsignals: {}\ncues:\n"
    text += "  - {id: a, code: nonsense, why: w, source: s, pattern: '('}\n"
    value, _ = read_yaml(text, "triage.yaml")
    assert isinstance(value, Mapped)
    rules, faults = compile_triage(value, "triage.yaml")
    assert rules is None
    assert {fault.code for fault in faults} >= {"R101", "R103", "R105"}
    assert all(fault.line >= 1 for fault in faults)
