"""Ask the machine for the time and for chance: the only place that does."""

from __future__ import annotations

import secrets
import time


def now() -> int:
    """Return the real time in whole milliseconds since the Unix epoch (UTC)."""
    return time.time_ns() // 1_000_000


def new_id() -> str:
    """Return a fresh id: 16 URL-safe characters, 96 bits of chance."""
    return secrets.token_urlsafe(12)


def new_secret() -> str:
    """Return a fresh secret: 43 URL-safe characters, 256 bits of chance."""
    return secrets.token_urlsafe(32)
