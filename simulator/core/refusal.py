"""Say an expected "no" as a value, so that callers must look at it and pages can word it in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class RefusalCode(StrEnum):
    """Name every expected "no"; `simulator.web.errors` maps each to one status and one page."""

    NOT_FOUND = "not_found"
    NOT_ALLOWED = "not_allowed"
    SIGN_IN_FIRST = "sign_in_first"
    TOO_LONG = "too_long"
    EMPTY = "empty"
    BAD_TEXT = "bad_text"
    BAD_VALUE = "bad_value"
    STALE = "stale"
    ALREADY_DONE = "already_done"
    RUN_OVER = "run_over"
    RUN_PAUSED = "run_paused"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105
    WEAK_PASSWORD = "weak_password"  # noqa: S105
    EXPIRED = "expired"
    TAKEN = "taken"
    BUSY = "busy"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Carry one expected "no".

    `message` is plain English for a person; `about` names the form field it belongs to, or is empty;
    `detail` holds figures worth showing (a limit, a length), JSON-able.
    """

    code: RefusalCode
    message: str
    about: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
