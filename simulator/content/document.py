"""Read the text of one content file as YAML with lines, within limits."""

from __future__ import annotations

from simulator.content.shape import Faults
from simulator.core.yaml_lines import Value, read_own_yaml, read_yaml

SIZE_LIMIT = 256 * 1024
"""Most characters of a content file."""


def read_document(text: str, faults: Faults) -> Value | None:
    """Return the document of `text`, or None after noting why there is none."""
    if len(text) > SIZE_LIMIT:
        faults.add(1, "S001", f"the file has {len(text):,} characters; keep it under {SIZE_LIMIT:,}")
        return None
    value, found = read_yaml(text, faults.path)
    faults.found.extend(found)
    return value


def reread_document(text: str, faults: Faults) -> Value | None:
    """Return the document of a text that was right when it was read first, the quick way; None after noting why there is none."""
    value, found = read_own_yaml(text, faults.path)
    faults.found.extend(found)
    return value
