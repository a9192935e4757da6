"""Know the corpus: labelled posts and replies, who rated them, and how a line of its files becomes a value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Any

from simulator.scoring.model import Context, Draft, Expected, Post
from simulator.scoring.vocabulary import CODES, Action, Channel, Contact, Kind, Urgency

RATED = ("listen", "acknowledge", "resolve", "nurture", "tone", "clarity")
OVERALL = "overall"
ReplyKey = tuple[str, int]
"""A post's id and the reply's place in its list, from 0."""
Ratings = Mapping[str, float | None]
"""A dimension's name or `overall` → 0–4; None where the rater found that it does not apply."""


class Tier(IntEnum):
    """How good its author meant a reply to be."""

    BAD = 0
    WEAK = 1
    GOOD = 2
    EXEMPLARY = 3


class CorpusError(Exception):
    """Say which line of the corpus can't be used, and why."""


@dataclass(frozen=True, slots=True)
class LabelledReply:
    """One reply with its tier, its flaw codes and, where its author rated it, those ratings. `edit_of` is a reply's index."""

    text: str
    tier: Tier
    flaws: tuple[str, ...] = ()
    note: str = ""
    edit_of: int | None = None
    author_ratings: Ratings | None = None

    @property
    def draft(self) -> Draft:
        """Return the reply as the judge takes it."""
        return Draft(self.text)


@dataclass(frozen=True, slots=True)
class LabelledPost:
    """One post with what is right for it. `file` is the name of the corpus file; `also` are other kinds a fair lead could choose."""

    id: str
    file: str
    post: Post
    kind: Kind
    urgency: Urgency
    actions: tuple[Action, ...]
    department: Contact
    channel: Channel = Channel.MICROBLOG
    also: tuple[Kind, ...] = ()
    facts: tuple[str, ...] = ()
    replies: tuple[LabelledReply, ...] = ()

    @property
    def context(self) -> Context:
        """Return what an agent at the desk would see: channel and facts, not the kind."""
        return Context(channel=self.channel, facts=self.facts)

    @property
    def told_context(self) -> Context:
        """Return the same with the kind given, as a scenario gives it."""
        return Context(channel=self.channel, facts=self.facts, expected=Expected(kind=self.kind))


@dataclass(frozen=True, slots=True)
class Rating:
    """What one blind rater said of one reply."""

    key: ReplyKey
    rater: str
    ratings: Ratings


@dataclass(frozen=True, slots=True)
class Corpus:
    """All posts in the order of their files, and the blind raters' rows. `developed_on` names files the rules were tuned on."""

    posts: tuple[LabelledPost, ...]
    ratings: tuple[Rating, ...] = ()
    developed_on: frozenset[str] = field(default_factory=frozenset)

    @property
    def files(self) -> tuple[str, ...]:
        """Return the names of the files, in order."""
        return tuple(dict.fromkeys(post.file for post in self.posts))

    @property
    def replied(self) -> tuple[LabelledPost, ...]:
        """Return the posts that have replies."""
        return tuple(post for post in self.posts if post.replies)

    @property
    def held_out(self) -> Corpus:
        """Return the posts of files that no rule was developed on, with their ratings."""
        posts = tuple(post for post in self.posts if post.file not in self.developed_on)
        ids = {post.id for post in posts}
        return replace(self, posts=posts, ratings=tuple(rating for rating in self.ratings if rating.key[0] in ids))


def post_from_json(raw: Mapping[str, Any], file: str) -> LabelledPost:
    """Return the post of one line. Raises CorpusError naming the line's id where a field is missing or unknown."""
    try:
        said = raw["post"]
        return LabelledPost(
            id=raw["id"],
            file=file,
            post=Post(said["text"], said.get("author", ""), said.get("followers"), tuple(said.get("thread", ()))),
            kind=Kind(raw["kind"]),
            urgency=Urgency(raw["urgency"]),
            actions=tuple(Action(action) for action in raw["actions"]),
            department=Contact(raw["department"]),
            channel=Channel(raw["channel"]),
            also=tuple(Kind(kind) for kind in raw.get("also", ())),
            facts=tuple(raw.get("facts", ())),
            replies=_replies(raw.get("replies", ())),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise CorpusError(f"{file}: {raw.get('id', 'a line without id')}: {error.__class__.__name__}: {error}") from error


def _replies(rows: Sequence[Mapping[str, Any]]) -> tuple[LabelledReply, ...]:
    replies = []
    for row in rows:
        unknown = set(row["flaws"]) - CODES
        edit_of = row.get("edit_of")
        if unknown:
            raise ValueError(f"unknown flaw codes {sorted(unknown)}")
        if edit_of is not None and not 0 <= edit_of < len(rows):
            raise ValueError(f"edit_of {edit_of} is no reply of this post")
        replies.append(
            LabelledReply(row["text"], Tier[row["tier"].upper()], tuple(row["flaws"]), row.get("note", ""), edit_of, row.get("larn"))
        )
    return tuple(replies)


def rating_from_row(row: Mapping[str, str]) -> Rating:
    """Return one rater's row of a CSV file; `x` and an empty cell stand for not applicable."""
    cells = {name: row[name] for name in (*RATED, OVERALL)}
    return Rating(
        key=(row["post_id"], int(row["reply_index"])),
        rater=row["rater"],
        ratings={name: None if cell in ("", "x") else float(cell) for name, cell in cells.items()},
    )


def mean_ratings(ratings: Iterable[Rating]) -> dict[ReplyKey, dict[str, float]]:
    """Return the raters' mean per reply and dimension, leaving out what any of them found not applicable."""
    rows: dict[ReplyKey, list[Ratings]] = {}
    for rating in ratings:
        rows.setdefault(rating.key, []).append(rating.ratings)
    means: dict[ReplyKey, dict[str, float]] = {}
    for key, given in rows.items():
        means[key] = {}
        for name in (*RATED, OVERALL):
            values = [one.get(name) for one in given]
            known = [value for value in values if value is not None]
            if known and len(known) == len(values):
                means[key][name] = sum(known) / len(known)
    return means
