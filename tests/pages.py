"""Read what a page says."""

from __future__ import annotations

import re


def found(pattern: str, page: str) -> str:
    """Return what the group of `pattern` holds where it first stands in `page`; fail where it does not."""
    match = re.search(pattern, page)
    assert match is not None, f"{pattern} is not there"
    return match[1]
