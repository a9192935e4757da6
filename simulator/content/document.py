"""Read the text of one content file as YAML with lines, within limits."""

from __future__ import annotations

import yaml

from simulator.content.shape import Faults
from simulator.core.yaml_lines import Value, read_yaml

SIZE_LIMIT = 256 * 1024
"""Most characters of a content file."""


def read_document(text: str, faults: Faults) -> Value | None:
    """Return the document of `text`, or None after noting why there is none.

    Aliases are refused before anything is built: nested ones grow without bound.
    """
    if len(text) > SIZE_LIMIT:
        faults.add(1, "S001", f"the file has {len(text):,} characters; keep it under {SIZE_LIMIT:,}")
        return None
    try:
        if "*" in text and _has_alias(text, faults):
            return None
        value, found = read_yaml(text, faults.path)
    except (ValueError, OverflowError):
        faults.add(1, "Y001", "this is not valid YAML: it escapes a character that does not exist; write the character itself")
        return None
    faults.found.extend(found)
    return value


def _has_alias(text: str, faults: Faults) -> bool:
    try:
        for token in yaml.scan(text, Loader=yaml.BaseLoader):
            if isinstance(token, yaml.AliasToken):
                line = token.start_mark.line + 1
                faults.add(line, "S014", f"'*{token.value}' copies another value; write the value out here")
                return True
    except yaml.YAMLError:
        return False
    return False
