"""Serve `static/` ahead of the app, with the same headers as every page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from whitenoise import WhiteNoise
from whitenoise.responders import StaticFile

from simulator.web.security import HEADERS

Wsgi = Callable[..., Any]
_FOR_GOOD = "public, max-age=31536000, immutable"
_ASK_FIRST = "no-cache"


class StaticFiles(WhiteNoise):
    """Answer requests for static files. With a fingerprint (`?v=`) a browser keeps one for good, without it asks each time."""

    def __init__(self, app: Wsgi, root: Path, *, watch: bool) -> None:
        """Read the list of files once, or look at each request with `watch`, for whoever is editing them."""
        super().__init__(
            app,
            root=str(root),
            prefix="static/",
            autorefresh=watch,
            max_age=None,
            allow_all_origins=False,
            add_headers_function=_add_headers,
        )

    @staticmethod
    def serve(static_file: StaticFile, environ: dict[str, Any], start_response: Wsgi) -> Any:
        """Answer with the file and say how long it may be kept."""
        asked_by_content = any(part.startswith("v=") for part in environ.get("QUERY_STRING", "").split("&"))
        cache = ("Cache-Control", _FOR_GOOD if asked_by_content else _ASK_FIRST)

        def start(status: str, headers: list[tuple[str, str]]) -> Any:
            return start_response(status, [*headers, cache])

        return WhiteNoise.serve(static_file, environ, start)


def _add_headers(headers: Headers, _path: str, _url: str) -> None:
    for name, value in HEADERS.items():
        headers[name] = value
