"""Say in numbers what the cues and the shape of a post tell the trained heads, beside its words."""

from __future__ import annotations

from collections.abc import Mapping
from math import log1p, log10

from simulator.scoring.heads import Grams
from simulator.scoring.model import Post
from simulator.scoring.reading import Reading
from simulator.scoring.vocabulary import Kind

CUE_SHARE = 0.25
"""Cues were written on part of the posts that heads learn from, so there they look surer than they are; this keeps them modest."""


def triage_features(post: Post, reading: Reading, cue_sums: Mapping[Kind, float], grams: Grams) -> dict[str, float]:
    """Return the named features of one post, each about 0 to 1."""
    said = {f"rule:{kind.value}": max(-3.0, min(4.0, total)) / 2 * CUE_SHARE for kind, total in cue_sums.items()}
    said |= {f"cue:{hit.rule.id}": 0.5 * CUE_SHARE for hit in reading.hits}
    said |= {f"signal:{signal}": 0.5 * CUE_SHARE for signal in reading.signals}
    measures = reading.measures
    shape = {
        "heat": reading.heat / 50,
        "words": log1p(measures["words"]) / 4,
        "questions": min(measures["questions"], 3) / 2,
        "ends_asking": measures["ends_asking"] / 2,
        "exclamations": min(measures["exclamations"], 4) / 3,
        "shouted": min(measures["shouted"], 5) / 4,
        "laughs": min(measures["laughs"], 2) / 2,
        "chorus": min(measures["chorus"], 3) / 2,
        "exposed": min(measures["exposed"], 2) / 2,
        "followers": log10(1 + max(post.followers or 0, 0)) / 4,
        "widely_read": float((post.followers or 0) >= 10_000) / 2,
        "thread": min(len(post.thread), 4) / 4,
        "digits": min(5, sum(map(str.isdigit, post.text[:2000]))) / 5,
        "starts_low": float(post.text[:1].islower()) / 2,
        "link": float("url" in grams.tokens or ".example" in post.text) / 2,
    }
    return said | {f"shape:{name}": value * CUE_SHARE for name, value in shape.items()}
