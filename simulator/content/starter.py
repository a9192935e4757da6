"""Fill in the starter of a new scenario: a small one that compiles, with comments that explain it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from string import Template

from simulator.scoring.vocabulary import Channel

_FILES = ("scenario.yaml", "good.plan", "poor.plan", "nothing.plan")


@dataclass(frozen=True, slots=True)
class StarterWishes:
    """What the author has decided already."""

    slug: str
    title: str
    summary: str
    brand: str
    handle: str
    industry: str
    channel: Channel
    level: int
    playbook: str
    shift: bool = False
    varied: bool = False


_DRILL_VARIANTS = """
variants:                    # another playing, another evening: docs/scenarios.md
  slots:
    cake: [cake, tart, trifle]                # {cake} stands for one of these; the first is the scenario as written
"""
_SHIFT_VARIANTS = """
variants:                        # another playing, another afternoon: docs/scenarios.md
  slots:
    loaf: [seeded loaf, rye loaf, sourdough]     # {loaf} stands for one of these; the first is the shift as written
  shuffle: [praise, spam]                        # these trade opening times

"""


def starter_files(wishes: StarterWishes) -> dict[str, str]:
    """Return the texts of the new drill's or shift's files by name. They may still not compile: a title can be too long."""
    extra = ', image: "an empty cake stand on a laid table"' if wishes.channel is Channel.PHOTO else ""
    words = {
        "slug": wishes.slug,
        "title": _yaml(wishes.title),
        "summary": _yaml(wishes.summary),
        "brand": _yaml(wishes.brand),
        "brand_plain": " ".join(wishes.brand.split()),
        "handle": _yaml(wishes.handle),
        "handle_plain": _yaml(wishes.handle)[1:-1],
        "industry": _yaml(wishes.industry),
        "channel": str(wishes.channel),
        "level": str(wishes.level),
        "playbook": _yaml(wishes.playbook),
        "playbook_plain": wishes.playbook,
        "cake": "{cake}" if wishes.varied else "cake",
        "loaf": "{loaf}" if wishes.varied else "seeded loaf",
        "variants": (_SHIFT_VARIANTS if wishes.shift else _DRILL_VARIANTS) if wishes.varied else "",
        "opening_extra": ", stars: 1" if wishes.channel is Channel.REVIEW else extra,
    }
    folder = files("simulator.content") / ("starter_shift" if wishes.shift else "starter")
    return {name: Template((folder / name).read_text(encoding="utf-8")).substitute(words) for name in _FILES}


def _yaml(text: str) -> str:
    """Write `text` as a double-quoted YAML value on one line."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
