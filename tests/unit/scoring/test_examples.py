"""An example is about this very post, in the house's voice, and there is none where it would not read well."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.scoring import Context, Draft, Expected, Fix, House, MustAddress, Post, Report, report_from_json, report_to_json, score
from simulator.scoring.agreement.corpus import LabelledPost
from simulator.scoring.examples import MOST_CHARACTERS
from simulator.scoring.own_words import own_words
from simulator.scoring.privacy import find_personal_data
from simulator.scoring.vocabulary import Kind, SignOff
from simulator.services.evaluation import read_corpus
from tests.unit.scoring.replies import judge, ruleset

VAGUE = (
    "Sarah, I'm sorry your parcel isn't with you and the tracking page is blank. That's frustrating after ordering on Monday."
    " We're looking into it and someone will be in touch. – Ruth"
)
PARCEL = "My parcel is still not here. Ordered it on Monday, the tracking page is blank."
CORPUS = read_corpus(Path(__file__).parents[3] / "corpus").posts


def words_of(text: str, author: str = "", issue: str = "") -> object:
    return own_words(Post(text, author), issue or text, "", ruleset().examples.grammar)


@pytest.mark.parametrize(
    ("post", "clause"),
    [
        ("My parcel is still not here.", "your parcel is still not with you"),
        ("I was charged twice for one night.", "you were charged twice for one night"),
        ("I've been waiting 40 minutes at gate 9", "you've been waiting 40 minutes at gate 9"),
        ("Your app crashes every morning.", "our app crashes every morning"),
        ("Hi, the milk was sour on monday, shame", "the milk was sour on Monday"),
        ("the lift doesnt stop at level 2", "the lift doesn't stop at level 2"),
        ("We waited two hours for a cold pizza", "you waited two hours for a cold pizza"),
        ("My train is cancelled for the third time this week", "your train is cancelled for the third time this week"),
        ("The box is not like this picture", ""),
        ("My parcel is here.", ""),
        ("If my parcel is not here tomorrow I'm done", ""),
        ("Great, my parcel is still missing", ""),
        ("Is my parcel still not on the van?", ""),
        ("My daughter is still not at school", ""),
        ("My parcel is not what you said", ""),
        ('He said "my parcel is not here"', ""),
        ("MY PARCEL IS STILL NOT HERE", ""),
        ("the bloody lift is down again", ""),
        ("my acct 20394857 is still locked", ""),
    ],
)
def test_what_went_wrong_is_said_back_only_where_it_is_plain(post: str, clause: str) -> None:
    assert words_of(post).clause == clause  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("post", "noun"),
    [
        ("Where is my parcel?", "your parcel"),
        ("your portal is a maze", "our portal"),
        ("a bent wheel on the new stroller, really", "the bent wheel"),
        ("my husband called them", ""),
        ("the way you treat people", ""),
        ("my phone number is public", ""),
        ("the driver threw my parcel", "your parcel"),
    ],
)
def test_what_a_post_is_about_is_a_plain_thing(post: str, noun: str) -> None:
    assert words_of(post).noun == noun  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("post", "ask"),
    [
        ("Hi, can I bring my dog on the ferry?", "whether you can bring your dog on the ferry"),
        ("How do I change my seat?", "how you can change your seat"),
        ("Do you have cots for twins?", "whether we have cots for twins"),
        ("Is there a lift at Holm?", "whether there is a lift at holm"),
        ("Can you even read?", ""),
        ("Do I look like I care?", ""),
    ],
)
def test_a_question_is_reported(post: str, ask: str) -> None:
    assert words_of(post).ask == ask  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("author", "name"), [("Sarah Hopkins", "Sarah"), ("@sarah", ""), ("Angry Sarah", ""), ("SARAH", ""), ("Official Page", "")]
)
def test_only_a_plain_first_name_is_used(author: str, name: str) -> None:
    assert words_of(PARCEL, author).name == name  # type: ignore[attr-defined]


def fixes(report: Report) -> dict[str, str]:
    return {fix.code: fix.example for fix in report.fixes}


def test_a_step_shows_itself_in_this_post_s_words() -> None:
    told = fixes(judge(VAGUE, post=PARCEL, author="Sarah Hopkins"))
    assert "I'm asking [the person or team] about your parcel now, and I'll write here by [day and time]." in told.values(), told
    assert any("your parcel" in example for example in told.values())


@pytest.mark.parametrize(
    ("sign_off", "ends"),
    [("any", "– [your first name]"), ("initials", "^[your initials]"), ("team", "– the Skylark crew")],
)
def test_an_example_is_signed_as_the_house_signs(sign_off: str, ends: str) -> None:
    house = House(sign_off=SignOff(sign_off), team="the Skylark crew")
    draft = (
        "That blank tracking page would annoy me too, and I'm sorry: the label came off in our depot, our mistake. Your parcel leaves on"
        " the 14:00 van today. If it isn't there by 6, tell me here."
    )
    report = judge(draft, post=PARCEL, context=Context(expected=Expected(kind=Kind.COMPLAINT), house=house))
    assert fixes(report).get("personal_signoff", "").endswith(ends), fixes(report)


def test_a_formal_house_writes_it_out() -> None:
    house = House(voice="formal and calm")
    report = judge(VAGUE, post=PARCEL, context=Context(expected=Expected(kind=Kind.COMPLAINT), house=house))
    assert "I am asking [the person or team] about your parcel now, and I will write here by [day and time]." in fixes(report).values()


def test_a_missed_part_is_named() -> None:
    expected = Expected(kind=Kind.COMPLAINT, must_address=(MustAddress("page", ("tracking page",)),))
    told = fixes(judge("I'm sorry. I'll ring you by 6 tonight. – Ruth", post=PARCEL, context=Context(expected=expected)))
    assert told.get("misses_second_issue", told.get("covers_second_issue")) == "And about the tracking page: [your answer to that]."


def test_the_known_fact_that_a_draft_leaves_out_is_put_forward_in_brackets() -> None:
    facts = ("The Holm ferry leaves at 10:30 on Sundays.", "Dogs go on the car deck")
    context = Context(expected=Expected(kind=Kind.QUESTION), facts=facts)
    post = "What time is the Holm ferry on Sunday?"
    told = fixes(judge("We sail every day. – Ruth", post=post, context=context))
    assert "About the Holm ferry: [in your own words: The Holm ferry leaves at 10:30 on Sundays]." in told.values(), told
    told = fixes(judge("The ferry leaves at 10:30.", post=post, context=context))
    assert not any("in your own words" in example for example in told.values()), told


@pytest.mark.parametrize("kind", [Kind.PERSONAL_DATA, Kind.SELF_HARM, Kind.TROLL, Kind.SPAM, Kind.VIOLENCE_THREAT, Kind.RAGER])
def test_some_posts_get_none_of_their_words_back(kind: Kind) -> None:
    assert set(fixes(judge("We'll look into it.", post=PARCEL, kind=kind)).values()) <= {""}


def test_an_example_survives_the_wire_and_old_reports_have_none() -> None:
    report = judge("We'll look into it.", post=PARCEL)
    written = report_to_json(report)
    assert report_from_json(written) == report
    for fix in written["fixes"]:
        del fix["example"]
    assert {fix.example for fix in report_from_json(written).fixes} == {""}


def drafts(labelled: LabelledPost) -> list[Draft]:
    return [reply.draft for reply in labelled.replies[:2]] or [Draft("Thank you for your message. We'll look into it.")]


def test_no_example_of_the_corpus_is_long_or_leads_to_a_person_or_swears() -> None:
    given: list[tuple[str, Fix]] = []
    for labelled in CORPUS:
        for draft in drafts(labelled):
            given += [(labelled.id, fix) for fix in score(labelled.post, draft, labelled.told_context, ruleset()).fixes if fix.example]
    assert len(given) > len(CORPUS) / 4
    harsh = ruleset().examples.harsh
    for where, fix in given:
        said = fix.example
        assert len(said) <= MOST_CHARACTERS, (where, said)
        assert not list(find_personal_data(said)), (where, said)
        assert not any(pattern.search(said.lower()) for pattern in harsh), (where, said)
        assert not set("@{}") & set(said), (where, said)
        assert "  " not in said, (where, said)
        assert said[0].isupper() == (said[0] != "["), (where, said)
        assert said.count("[") == said.count("]"), (where, said)
