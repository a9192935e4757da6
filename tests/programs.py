"""Skip, or fail, where a program that some tests need is not installed."""

from __future__ import annotations

import os

import pytest


def need(program: object, what: str) -> None:
    """Skip where `program` is not installed; fail instead where nothing may be skipped (`COMPOSURE_NO_SKIPS=1`, set by CI)."""
    if program:
        return
    if os.environ.get("COMPOSURE_NO_SKIPS") == "1":
        pytest.fail(f"{what} is needed here and was not found")
    pytest.skip(f"{what} was not found; its tests did not run")
