"""Describe what is wrong with a piece of content: a code, a place, and words that say how to mend it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """Point at one fault in a content file.

    `path` is relative to the content root, `line` counts from 1, `code` is one of the published codes
    (`flask --app simulator scenarios codes`), `message` says what is wrong and what would be right.
    """

    path: str
    line: int
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.code} {self.message}"


@dataclass(frozen=True, slots=True)
class DiagnosticCode:
    """Explain one published code: what it means and how to mend it."""

    code: str
    title: str
    mend: str
