"""Name static files with a fingerprint of what is in them, so that browsers may keep them for good."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from flask import Flask, current_app, url_for


def asset(name: str) -> str:
    """Return the URL of a file under `static/`, with `?v=` and the fingerprint of its content."""
    return url_for("static", filename=name, v=_fingerprint(_root(), name, _changed(name)))


def stylesheets() -> list[str]:
    """Return the URLs of all style sheets: tokens, base, then every part in the order of its name."""
    parts = sorted(path.name for path in (_root() / "css" / "parts").glob("*.css"))
    return [asset("css/tokens.css"), asset("css/base.css"), *(asset(f"css/parts/{name}") for name in parts)]


def install(app: Flask) -> None:
    """Offer `asset` and `stylesheets` to every template."""
    app.add_template_global(asset)
    app.add_template_global(stylesheets)


def _root() -> Path:
    return Path(current_app.static_folder or "static")


def _changed(name: str) -> int:
    try:
        return (_root() / name).stat().st_mtime_ns
    except FileNotFoundError:
        return 0


@lru_cache(maxsize=512)
def _fingerprint(root: Path, name: str, changed: int) -> str:
    """`changed` is part of the key: a file edited while the server runs gets a new fingerprint."""
    return blake2b((root / name).read_bytes(), digest_size=6).hexdigest() if changed else "0"
