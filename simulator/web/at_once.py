"""Let only so many requests be worked on at once in a process, however many threads its streams have brought along."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Semaphore
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class AtOnce:
    """Wrap an app. An answer that is sent piece by piece has left the room by then: only making it counts."""

    def __init__(self, wsgi: WSGIApplication, most: int) -> None:
        self._wsgi = wsgi
        self._room = Semaphore(most)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer when there is room."""
        with self._room:
            return self._wsgi(environ, start_response)
