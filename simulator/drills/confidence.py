"""Know how sure a player said they were, and how often that was right: a figure of its own, apart from every score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Confidence(StrEnum):
    """How sure somebody is, before they send, that a decision will do."""

    SURE = "sure"
    FAIRLY_SURE = "fairly_sure"
    GUESSING = "guessing"


@dataclass(frozen=True, slots=True)
class Hits:
    """How many decisions were made with one confidence, and how many of them were right."""

    right: int = 0
    said: int = 0

    def __add__(self, other: Hits) -> Hits:
        return Hits(self.right + other.right, self.said + other.said)


Calibration = Mapping[Confidence, Hits]
"""Hits by confidence; what was never said is not in it."""


def calibrate(decisions: Iterable[tuple[Confidence | None, bool]]) -> dict[Confidence, Hits]:
    """Count (confidence, was it right) pairs; a decision without a confidence counts nowhere."""
    counted: dict[Confidence, Hits] = {}
    for confidence, right in decisions:
        if confidence is not None:
            counted[confidence] = counted.get(confidence, Hits()) + Hits(int(right), 1)
    return counted


def together(parts: Iterable[Calibration]) -> dict[Confidence, Hits]:
    """Return several calibrations as one."""
    summed: dict[Confidence, Hits] = {}
    for part in parts:
        for confidence, hits in part.items():
            summed[confidence] = summed.get(confidence, Hits()) + hits
    return summed


def calibration_to_json(calibration: Calibration) -> dict[str, list[int]]:
    """Return a calibration as JSON values: {confidence: [right, said]}."""
    return {confidence.value: [hits.right, hits.said] for confidence, hits in calibration.items()}


def calibration_from_json(stored: Mapping[str, list[int]] | None) -> dict[Confidence, Hits]:
    """Return what `calibration_to_json` wrote; nothing where nothing was stored."""
    return {Confidence(name): Hits(*counts) for name, counts in (stored or {}).items()}
