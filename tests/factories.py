"""Make values for tests; every argument is a keyword, so a test names only what it is about."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.scoring.model import Context, HandOver, HandOverAnswer, Post
from simulator.scoring.vocabulary import Action, Channel, Contact

NOON = 1_795_262_400_000
"""A real time in milliseconds: 2026-11-21 12:00 UTC."""


@dataclass
class HandClock:
    """Tell the real time that a test sets by hand."""

    now_ms: int = NOON

    def __call__(self) -> int:
        return self.now_ms

    def forward(self, *, seconds: float) -> None:
        """Let `seconds` of real time pass."""
        self.now_ms += round(seconds * 1000)


def make_post(
    *, text: str = "My suitcase is still not here and the wedding is on Thursday", author: str = "@mayarr", followers: int = 120
) -> Post:
    """Make a customer's post: an ordinary complaint unless told otherwise."""
    return Post(text=text, author=author, followers=followers)


def make_context(
    *, channel: Channel = Channel.MICROBLOG, action: Action | None = None, facts: tuple[str, ...] = (), elapsed_minutes: float | None = None
) -> Context:
    """Make a context: a microblog, nothing known, nothing chosen."""
    return Context(channel=channel, action=action, facts=facts, elapsed_minutes=elapsed_minutes)


def make_handover(
    *, to: Contact = Contact.OPERATIONS, asked: str = "Please say which flight the bag is on", by_when: str = "by 15:30"
) -> HandOver:
    """Make a complete hand-over."""
    return HandOver(
        to=to,
        what_happened="Maya's suitcase missed her flight to Palma on Sunday. Her wedding shoes are in it.",
        who_where="@mayarr on the microblog, 1,840 followers, https://posts.example/4471",
        known_unknown="Known: bag SK4471, scanned in Lisbon at 06:10. Not known: which flight it is on.",
        asked=asked,
        by_when=by_when,
        said_so_far="We said that we are asking the ground team and will write by 16:00.",
    )


def make_answer(*, may_say: str = "Your bag is on the 17:40 tonight and a courier brings it to you before ten.") -> HandOverAnswer:
    """Make a contact's complete answer."""
    return HandOverAnswer(
        may_say=may_say,
        may_not_say="Don't name the ground handler or promise money.",
        owner="Omar Vance, duty manager",
        next_time="Next word at 18:30",
    )
