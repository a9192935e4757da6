"""Turn the OpenAPI description into what the docs page shows: operations, fields of their shapes, and a call to copy."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Spec = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a shape; `name` is its path, as in `post.text`."""

    name: str
    kind: str
    needed: bool
    about: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One status that an operation can answer with."""

    status: str
    about: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that a program can ask for."""

    id: str
    method: str
    path: str
    summary: str
    about: str
    asks: tuple[Field, ...]
    tells: tuple[Field, ...]
    answers: tuple[Answer, ...]
    curl: str


def operations_of(spec: Spec, root_url: str) -> tuple[Operation, ...]:
    """Return every operation of `spec`; `root_url` is where this installation is reached."""
    return tuple(
        _operation(spec, root_url, path, method, entry) for path, methods in spec["paths"].items() for method, entry in methods.items()
    )


def _operation(spec: Spec, root_url: str, path: str, method: str, entry: Spec) -> Operation:
    body = entry.get("requestBody", {}).get("content", {}).get("application/json", {})
    told = entry["responses"].get("200", {}).get("content", {}).get("application/json", {})
    return Operation(
        id=path.strip("/").replace("/", "-"),
        method=method.upper(),
        path=path,
        summary=entry.get("summary", path),
        about=entry.get("description", ""),
        asks=tuple(_fields(spec, body.get("schema", {}))),
        tells=tuple(_fields(spec, told.get("schema", {}))),
        answers=tuple(Answer(status, answer.get("description", "")) for status, answer in sorted(entry["responses"].items())),
        curl=_curl(root_url + path, method, body.get("example")),
    )


def _curl(url: str, method: str, example: object) -> str:
    body = json.dumps(example, ensure_ascii=False, indent=2).replace("'", "\\u0027")
    lines = (
        f"curl -X {method.upper()} {url}",
        "-H 'Authorization: Bearer YOUR_TOKEN'",
        "-H 'Content-Type: application/json'",
        f"-d '{body}'",
    )
    return " \\\n  ".join(lines)


def _fields(spec: Spec, schema: Spec, above: str = "", depth: int = 0) -> list[Field]:
    """Return the fields of an object, those of objects in it after it."""
    schema = _resolved(spec, schema)
    rows: list[Field] = []
    for name, value in schema.get("properties", {}).items():
        path = f"{above}{name}"
        rows.append(Field(path, _kind(spec, value), name in schema.get("required", ()), value.get("description", "")))
        inner = _inner_object(spec, value)
        if inner and depth < 3:
            rows += _fields(spec, inner, f"{path}[]." if _resolved(spec, value).get("type") == "array" else f"{path}.", depth + 1)
    return rows


def _resolved(spec: Spec, schema: Spec) -> Spec:
    while "$ref" in schema or len(schema.get("allOf", ())) == 1:
        schema = _at(spec, schema["$ref"]) if "$ref" in schema else schema["allOf"][0]
    return schema


def _at(spec: Spec, ref: str) -> Spec:
    place: Any = spec
    for part in ref.removeprefix("#/").split("/"):
        place = place[part]
    found: Spec = place
    return found


def _inner_object(spec: Spec, schema: Spec) -> Spec | None:
    schema = _resolved(spec, schema)
    if schema.get("type") == "array":
        schema = _resolved(spec, schema.get("items", {}))
    return schema if "properties" in schema else None


def _kind(spec: Spec, schema: Spec) -> str:
    schema = _resolved(spec, schema)
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_kind(spec, choice) for choice in schema["anyOf"]))
    if "enum" in schema:
        return " · ".join(str(word) for word in schema["enum"])
    if "prefixItems" in schema:
        return "[start, end]"
    if schema.get("type") == "array":
        return f"list of {_kind(spec, schema.get('items', {}))}"
    if isinstance(schema.get("additionalProperties"), Mapping):
        return f"name: {_kind(spec, schema['additionalProperties'])}"
    written = str(schema.get("type", "anything"))
    return _PLAIN.get(written, written)


_PLAIN = {"string": "text", "integer": "whole number", "number": "number", "boolean": "yes or no", "null": "null"}
