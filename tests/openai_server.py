"""Serve as a small OpenAI-compatible endpoint on loopback, as slow, broken, unwilling or untruthful as a test wants it."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[[BaseHTTPRequestHandler], None]
DIMENSIONS = ("listen", "acknowledge", "resolve", "nurture", "tone", "clarity", "overall")


def make_rated(**changes: dict[str, Any] | int | None) -> dict[str, Any]:
    """Make an answer in shape: 3 for everything, without quotes. A number changes a rating, a dict any field."""
    rated: dict[str, Any] = {name: {"quote": None, "reason": f"The words on {name} are good.", "rating": 3} for name in DIMENSIONS}
    for name, change in changes.items():
        rated[name] |= change if isinstance(change, dict) else {"rating": change}
    return rated


def send(status: int, body: bytes, *, kind: str = "application/json", **headers: str) -> Reply:
    """Answer `status` with `body`; headers are given with `_` for `-`."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return reply


def completion(message: dict[str, Any], *, finish: str = "stop", tokens: int | None = 700) -> bytes:
    """Return the bytes of a chat completion that holds `message`."""
    usage = None if tokens is None else {"prompt_tokens": tokens - 100, "completion_tokens": 100, "total_tokens": tokens}
    choice = {"index": 0, "message": {"role": "assistant", "content": None, **message}, "finish_reason": finish}
    return json.dumps({"id": "c1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": usage}).encode()


def say(rated: dict[str, Any] | None = None, *, tokens: int | None = 700) -> Reply:
    """Answer with a rating."""
    return send(200, completion({"content": json.dumps(rated or make_rated())}, tokens=tokens))


def say_text(text: str, *, finish: str = "stop") -> Reply:
    """Answer with any text where a rating was wanted."""
    return send(200, completion({"content": text}, finish=finish))


def refuse() -> Reply:
    """Answer that the model will not."""
    return send(200, completion({"refusal": "I can't help with that."}))


def drip(body: bytes, *, every_s: float, header_too: bool = False) -> Reply:
    """Answer one byte at a time: each read is quick, the whole takes for ever."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        if not header_too:
            handler.wfile.write(head)
        for byte in (head if header_too else b"") + body:
            time.sleep(every_s)
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()

    return reply


def hang_up() -> Reply:
    """Close the connection without a word."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True

    return reply


class OpenAIServer(ThreadingHTTPServer):
    """Give the replies one after the other, the last one for ever; `received` holds what was sent, `keys` the bearer tokens."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, *replies: Reply) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.replies = list(replies)
        self.received: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.keys: list[str] = []
        self.cut = 0

    @property
    def url(self) -> str:
        """Return the base URL to set."""
        return f"http://127.0.0.1:{self.server_port}/v1"

    @property
    def text(self) -> str:
        """Return everything that was received, as one text to search."""
        return json.dumps(self.received, ensure_ascii=False)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Count a connection that the client cut; anything else is a fault of the test."""
        if isinstance(sys.exc_info()[1], ConnectionError):
            self.cut += 1
        else:
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: OpenAIServer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append(json.loads(body))
        self.server.paths.append(self.path)
        self.server.keys.append(self.headers.get("Authorization", ""))
        reply = self.server.replies.pop(0) if len(self.server.replies) > 1 else self.server.replies[0]
        reply(self)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet."""


@contextmanager
def openai_server(*replies: Reply) -> Iterator[OpenAIServer]:
    """Serve `replies` until the block ends."""
    server = OpenAIServer(*(replies or (say(),)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
