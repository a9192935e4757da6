"""With the shipped heads: own posts, in nobody's corpus, are sorted well enough, and ordinary ones raise no alarm."""

from __future__ import annotations

from simulator.scoring import Context, Post, load_ruleset
from simulator.scoring.triage import sort_post
from simulator.scoring.vocabulary import Kind

RULES = load_ruleset().triage
PLAIN = (
    (Kind.QUESTION, "do you sell the small frames on their own, and what do they cost"),
    (Kind.QUESTION, "Hi, how do I change the name on my booking?"),
    (Kind.PRAISE, "The porter carried everything up four floors and refused a tip. What a gentleman"),
    (Kind.PRAISE, "best pancakes of my life, see you next sunday"),
    (Kind.COMPLAINT, "My curtains came a foot too short, and the second pair as well. Order 7718"),
    (Kind.COMPLAINT, "I have been charged twice for one month and nobody answers my emails"),
    (Kind.HEATED_COMPLAINT, "FIFTH time you cancel on the day. You're a disgrace and I want my money back NOW"),
    (Kind.SUGGESTION, "It would be great if the app let me sort my lists by date"),
    (Kind.SPAM, "Earn 500 a day from home, guaranteed, inbox me now"),
    (Kind.LEGAL_THREAT, "My solicitor has the file and you will be hearing from the county court"),
    (Kind.SAFETY, "The heater sparked and burnt my daughter's hand"),
    (Kind.SELF_HARM, "I don't want to be here any more, I have the pills next to me"),
    (Kind.PRESS, "I'm a reporter with the Morning Post, could I get a comment before 5pm?"),
)
RISKS = {Kind.SELF_HARM, Kind.VIOLENCE_THREAT, Kind.SAFETY, Kind.PERSONAL_DATA, Kind.LEGAL_THREAT, Kind.PRESS}


def test_most_own_posts_are_sorted_right() -> None:
    wrong = [(text, found) for kind, text in PLAIN if (found := sort_post(Post(text), Context(), RULES).kind) is not kind]
    assert len(wrong) <= 3, wrong


def test_ordinary_posts_raise_no_alarm_and_dangers_do() -> None:
    for kind, text in PLAIN:
        assert (sort_post(Post(text), Context(), RULES).kind in RISKS) is (kind in RISKS), text


def test_cues_of_the_heads_quote_the_post() -> None:
    for _, text in PLAIN:
        assert all(text[slice(*cue.span)] == cue.quote for cue in sort_post(Post(text), Context(), RULES).cues)
