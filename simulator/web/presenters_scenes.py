"""Choose a drawn picture for a photo post: a motif by the words of its alternative text, colours and light by seed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from simulator.core.ids import pick

_MOTIFS: tuple[tuple[str, str], ...] = (
    ("bag", "suitcase suitcases bag bags luggage carousel backpack trolley"),
    ("cup", "cup coffee tea mug latte drink glass bottle beer"),
    ("plate", "plate food meal dish salad soup sandwich burger pizza cake dinner lunch breakfast bread fruit chicken bowl menu"),
    ("parcel", "parcel box package delivery carton crate letterbox doorstep"),
    ("screen", "phone screen app screenshot laptop tablet message website error"),
    ("shoe", "shoe shoes boot boots sneaker sneakers trainer trainers sole"),
    ("shirt", "shirt dress jacket coat jumper sweater jeans clothes sleeve zip hoodie"),
    ("cloth", "hem seam thread stitch stitched embroidered embroidery cloth fabric tear torn veil lace needle swallow"),
    ("vehicle", "bus train tram coach plane aircraft car van platform seat carriage airport gate station queue"),
    ("room", "room bed bathroom hotel shower window sofa chair curtain mould wall ceiling floor door"),
    ("paper", "receipt bill invoice ticket letter paper leaflet label sign notice form"),
    ("device", "kettle toaster machine charger battery heater plug cable appliance router fridge oven blender scooter bike"),
)
_LIGHTS = (
    ("#f3d9b1", "#e2a76f", "#7c4a2d"),
    ("#cfe3e8", "#7fb0bd", "#2c5563"),
    ("#e8d5e3", "#b98aad", "#5e3657"),
    ("#dfe6c9", "#a5b878", "#4b5b2a"),
    ("#f0cfc4", "#d08a77", "#7a3a2c"),
    ("#d5d9ea", "#8f9ac4", "#38437a"),
)
_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Scene:
    """How to draw one picture: three colours from light to dark, the thing in it, and where the light stands (60 to 500)."""

    motif: str
    light: str
    middle: str
    dark: str
    sun: int


def scene_of(seed: str, alt: str) -> Scene:
    """Return the picture for the words `alt`; `seed` chooses its light. No known word gives a landscape."""
    light, middle, dark = pick(seed + alt, "light", _LIGHTS)
    return Scene(_motif_of(alt), light, middle, dark, pick(seed + alt, "sun", range(60, 501)))


def _motif_of(alt: str) -> str:
    said = set(_WORD.findall(alt.lower()))
    best, motif = max((len(said.intersection(words.split())), motif) for motif, words in _MOTIFS)
    return motif if best else "land"
