"""Small trained linear models over the words of a text: how they are read, weighed and explained. The weights lie beside."""

from simulator.scoring.heads.grams import NO_GRAMS, Grams, char_grams, read_grams
from simulator.scoring.heads.joined import JoinedHeads
from simulator.scoring.heads.linear import HeadError, LinearHead, Link, Weighed
from simulator.scoring.heads.store import HEADS, head_from_json, head_to_json, load_heads

__all__ = [
    "HEADS",
    "NO_GRAMS",
    "Grams",
    "HeadError",
    "JoinedHeads",
    "LinearHead",
    "Link",
    "Weighed",
    "char_grams",
    "head_from_json",
    "head_to_json",
    "load_heads",
    "read_grams",
]
