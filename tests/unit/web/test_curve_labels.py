"""Names beside their lines never cover each other and stay in the plot."""

from __future__ import annotations

from itertools import pairwise

import pytest

from simulator.web.presenters_curve import BOTTOM, LABEL_ROOM, TOP, _apart


@pytest.mark.parametrize(
    "wanted",
    [[], [100.0], [100.0, 100.0, 100.0], [40.0, 180.0], [188.0, 187.0, 186.0, 185.0, 184.0], [38.0, 39.0, 186.0, 120.0, 121.0]],
)
def test_labels_keep_apart(wanted: list[float]) -> None:
    placed = _apart(wanted)
    assert len(placed) == len(wanted)
    ordered = sorted(placed)
    assert all(below - above >= LABEL_ROOM - 0.2 for above, below in pairwise(ordered))
    assert all(TOP - 20 <= place <= BOTTOM + 4 for place in placed)
    assert sorted(range(len(wanted)), key=lambda index: wanted[index]) == sorted(range(len(wanted)), key=lambda index: placed[index])
