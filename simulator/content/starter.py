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


def starter_files(wishes: StarterWishes) -> dict[str, str]:
    """Return the texts of the new scenario's files by name. They may still not compile: a title can be too long."""
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
        "opening_extra": ", stars: 1" if wishes.channel is Channel.REVIEW else extra,
    }
    folder = files("simulator.content") / "starter"
    return {name: Template((folder / name).read_text(encoding="utf-8")).substitute(words) for name in _FILES}


def _yaml(text: str) -> str:
    """Write `text` as a double-quoted YAML value on one line."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
