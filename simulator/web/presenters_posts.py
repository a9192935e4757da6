"""Hold one post as `_parts/post.html` draws it, whatever the network."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PostView:
    """What the page shows of one post.

    `seed` chooses face and picture (a handle or an id); `when` is a short label ("14:02", "6 min"); `image` is the
    alternative text of a picture, empty for none; `reply` marks anything under the opening post; `to` names whom a
    private message of ours goes to.
    """

    name: str
    text: str
    handle: str = ""
    seed: str = ""
    id: str = ""
    followers: int | None = None
    when: str = ""
    likes: int = 0
    shares: int = 0
    replies: int = 0
    stars: int | None = None
    image: str = ""
    reply: bool = False
    ours: bool = False
    new: bool = False
    private: bool = False
    to: str = ""
