"""Know what an id looks like, and pick from lists by seed without a random generator."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

Item = TypeVar("Item")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{8,64}\Z")


def is_slug(text: str) -> bool:
    """Tell whether `text` is lower-case words joined by single hyphens, at most 60 characters."""
    return len(text) <= 60 and _SLUG.match(text) is not None


def is_token(text: str) -> bool:
    """Tell whether `text` could be one of our ids or command tokens: 8 to 64 URL-safe characters."""
    return _TOKEN.match(text) is not None


def content_hash(*parts: str) -> str:
    """Return a 16-hex-digit fingerprint of `parts`; the order and the borders between them count."""
    digest = blake2b(digest_size=8)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def pick(seed: str, label: str, items: Sequence[Item]) -> Item:
    """Return the item that `seed` chooses for `label`: same seed and label, same item."""
    return items[int(content_hash(seed, label), 16) % len(items)]
