"""Keep heads as small JSON files: the grams as they are, the weights as one byte each. No pickle."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from simulator.core.ids import content_hash
from simulator.scoring.heads.linear import HeadError, LinearHead, Link, Weights

HEADS = Path(__file__).parent
FORMAT = 1
STEPS = 127
"""A weight is a whole number of steps, -127 to 127, times its label's scale."""


def head_to_json(head: LinearHead) -> str:
    """Return `head` as it is stored. Weights are rounded to 255 steps a label; reading it back gives these."""
    peaks = np.abs(head.weights).max(axis=0) if len(head.weights) else np.zeros(len(head.labels))
    scales = np.where(peaks > 0, peaks / STEPS, 1.0)
    steps = np.rint(head.weights / scales).astype(np.int8)
    document = {
        "format": FORMAT,
        "name": head.name,
        "labels": list(head.labels),
        "link": head.link.value,
        "notes": {name: round(value, 4) for name, value in head.notes.items()},
        "bias": _short(head.bias),
        "slopes": _short(head.slopes),
        "shifts": _short(head.shifts),
        "scales": [float(f"{one:.6g}") for one in scales],
        "features": _in_order(head.features),
        "words": _in_order(head.words),
        "chars": _in_order(head.chars),
        "weights": base64.b64encode(steps[_stored_rows(head)].tobytes()).decode("ascii"),
    }
    return json.dumps(document, ensure_ascii=False, indent=0) + "\n"


def head_from_json(text: str) -> LinearHead:
    """Read one stored head. Raises HeadError where the text is none."""
    try:
        return _read(json.loads(text), content_hash(text))
    except (KeyError, TypeError, ValueError, binascii.Error) as error:
        raise HeadError(f"this is no head: {error!r}") from error


def load_heads(folder: Path = HEADS) -> dict[str, LinearHead]:
    """Read every head in `folder` by its name. Raises HeadError with the file's name where one can't be used."""
    heads: dict[str, LinearHead] = {}
    for path in sorted(folder.glob("*.json")):
        try:
            head = head_from_json(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, HeadError) as error:
            raise HeadError(f"{path.name}: {error}") from error
        heads[head.name] = head
    return heads


def _read(document: Mapping[str, Any], digest: str) -> LinearHead:
    if document["format"] != FORMAT:
        raise ValueError(f"format {document['format']} is not {FORMAT}")
    labels = tuple(document["labels"])
    names = [document["features"], document["words"], document["chars"]]
    rows = sum(len(one) for one in names)
    steps = np.frombuffer(base64.b64decode(document["weights"], validate=True), dtype=np.int8).reshape(rows, len(labels))
    starts = [0, len(names[0]), len(names[0]) + len(names[1])]
    features, words, chars = ({name: start + at for at, name in enumerate(one)} for start, one in zip(starts, names, strict=True))
    columns = [_column(document[key], len(labels)) for key in ("bias", "slopes", "shifts", "scales")]
    return LinearHead(
        name=document["name"],
        labels=labels,
        link=Link(document["link"]),
        words=words,
        chars=chars,
        features=features,
        weights=steps.astype(np.float32) * columns[3],
        bias=columns[0],
        slopes=columns[1],
        shifts=columns[2],
        digest=digest,
        notes=document["notes"],
    )


def _column(values: list[float], length: int) -> Weights:
    column = np.array(values, dtype=np.float32)
    if column.shape != (length,):
        raise ValueError(f"{length} labels want {length} numbers, not {column.shape}")
    return column


def _in_order(rows: Mapping[str, int]) -> list[str]:
    return sorted(rows, key=lambda name: rows[name])


def _stored_rows(head: LinearHead) -> list[int]:
    return [rows[name] for rows in (head.features, head.words, head.chars) for name in _in_order(rows)]


def _short(column: Weights) -> list[float]:
    return [float(f"{one:.6g}") for one in column.tolist()]
