"""Write figures as Markdown tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from simulator.scoring.agreement.figures import Figure

NONE = "–"


def number(value: float | None) -> str:
    """Return a share or correlation with three digits and no leading zero."""
    if value is None:
        return NONE
    text = f"{value:.3f}"
    return text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text


def plain(figure: Figure | None) -> str:
    """Return the value alone."""
    return number(figure.value) if figure else NONE


def full(figure: Figure | None) -> str:
    """Return the value with its interval."""
    if figure is None or figure.value is None:
        return NONE
    return f"{number(figure.value)} ({number(figure.low)}–{number(figure.high)})"


def count(figure: Figure | None) -> str:
    """Return how many cases a figure stands on."""
    return f"{figure.count:,}" if figure else "0"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table whose first column is text and whose others are figures."""
    lines = [_line(head), "|" + "|".join(["---", *["---:"] * (len(head) - 1)]) + "|", *map(_line, rows)]
    return "\n".join(lines)


def texts(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of texts."""
    return "\n".join([_line(head), "|" + "---|" * len(head), *map(_line, rows)])


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(safe(cell) for cell in cells) + " |"


def safe(text: str) -> str:
    """Return `text` on one line, with nothing in it that would break a table's cell."""
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|")
