"""Small trained linear models over the words of a text: how they are read, weighed and explained. The weights lie beside."""

from simulator.scoring.heads.grams import Grams, char_grams, read_grams
from simulator.scoring.heads.linear import HeadError, LinearHead, Link, Weighed
from simulator.scoring.heads.store import HEADS, head_from_json, head_to_json, load_heads

__all__ = [
    "HEADS",
    "Grams",
    "HeadError",
    "LinearHead",
    "Link",
    "Weighed",
    "char_grams",
    "head_from_json",
    "head_to_json",
    "load_heads",
    "read_grams",
]
