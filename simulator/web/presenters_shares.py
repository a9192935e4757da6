"""Show the links that share a review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.persistence.shares import ShareRow
from simulator.web.presenters_library import iso_time, utc_words


@dataclass(frozen=True, slots=True)
class ShareView:
    """One link that opens: when it was made and until when, each for machines and for people."""

    id: str
    made_iso: str
    made: str
    until_iso: str
    until: str


def present_shares(shares: Sequence[ShareRow]) -> tuple[ShareView, ...]:
    """Return the links to one review, as its player sees them."""
    return tuple(
        ShareView(
            share.id, iso_time(share.created_ms), utc_words(share.created_ms), iso_time(share.expires_ms), utc_words(share.expires_ms)
        )
        for share in shares
    )
