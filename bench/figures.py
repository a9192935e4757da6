"""Collect how long each kind of request took, and say it in a table beside the bare endpoint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

BARE = "bare Flask"


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which `share` (0 to 1) of `values` lie, by nearest rank; 0 where there are none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


@dataclass
class Figures:
    """Times in milliseconds by kind of request, and what went wrong."""

    times: dict[str, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)

    def took(self, kind: str, ms: float) -> None:
        """Note one request."""
        self.times.setdefault(kind, []).append(ms)

    def failed(self, what: str) -> None:
        """Note one error."""
        self.errors[what] += 1

    def rows(self, seconds: float) -> Iterable[str]:
        """Give a table's lines: requests a second, percentiles, and each beside the bare endpoint's."""
        bare = self.times.get(BARE, [])
        yield f"{'kind':<22}{'count':>8}{'per s':>9}{'p50 ms':>9}{'p95':>9}{'p99':>9}   × bare p50 / p95 / p99"
        for kind in sorted(self.times, key=lambda name: (name != BARE, name)):
            taken = self.times[kind]
            marks = [percentile(taken, share) for share in (0.5, 0.95, 0.99)]
            beside = [f"{mark / (percentile(bare, share) or 1):.1f}" for mark, share in zip(marks, (0.5, 0.95, 0.99), strict=True)]
            figures = "".join(f"{mark:>9.1f}" for mark in marks)
            yield f"{kind:<22}{len(taken):>8}{len(taken) / seconds:>9.1f}{figures}   {' / '.join(beside)}"
