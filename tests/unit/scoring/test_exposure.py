"""What a public reply must not tell about a person is found; what a house tells everybody is not."""

from __future__ import annotations

import pytest

from simulator.scoring import Context, Draft, Expected, Post, load_ruleset, score
from simulator.scoring.vocabulary import Channel, Kind

RULESET = load_ruleset()


def blocked(draft: str, post: str = "", kind: Kind = Kind.COMPLAINT, facts: tuple[str, ...] = (), channel: Channel = Channel.PAGE) -> bool:
    """Tell whether the draft is capped for personal data."""
    context = Context(channel=channel, facts=facts, expected=Expected(kind=kind))
    report = score(Post(post), Draft(draft), context, RULESET)
    return any(finding.code == "pii_in_public" for finding in report.findings)


@pytest.mark.parametrize(
    "draft",
    [
        "Write to returns@tansy.example and you'll hear by noon.",
        "Our lost-card line is free on 0800 555 0199, day and night.",
        "You'll find our shop at 7 Tansy Lane.",
    ],
)
def test_what_a_house_tells_everybody_is_fine(draft: str) -> None:
    assert not blocked(draft)


def test_a_private_matter_counts_only_where_the_post_had_not_told_it() -> None:
    draft = "Your dementia nurse is on her way."
    assert blocked(draft, "Nobody came today")
    assert not blocked(draft, "My dementia nurse never came")


def test_exposed_data_may_not_be_said_again_in_public() -> None:
    post = "My account 88120457 is locked, I live at 12 Tansy Meadow"
    assert blocked("I've unlocked 88120457 for you.", post, Kind.PERSONAL_DATA)
    assert not blocked("I've hidden your post and unlocked it for you.", post, Kind.PERSONAL_DATA)


def test_private_channels_are_exempt() -> None:
    assert not blocked("Please confirm her date of birth.", channel=Channel.DM)
    assert blocked("Please confirm her date of birth.")
