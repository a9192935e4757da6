"""Speak HTTP/1.1 like one browser: cookies, kept connections for questions, one of its own for a stream."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

PATIENCE_S = 30.0


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """Return the body as text."""
        return self.body.decode()

    def json(self) -> Any:
        """Return the body read as JSON."""
        return json.loads(self.body)


@dataclass
class Browser:
    """One browser on one loopback port, with as many kept connections as it has asked questions at once."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    _kept: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = field(default_factory=list)

    async def get(self, path: str, **headers: str) -> tuple[Answer, float]:
        """Ask for a page; returns it and how many milliseconds it took."""
        return await self._timed("GET", path, b"", headers)

    async def send_form(self, path: str, fields: Mapping[str, str], **headers: str) -> tuple[Answer, float]:
        """Send a form."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return await self._timed("POST", path, urlencode(fields).encode(), {**kind, **headers})

    async def send_json(self, path: str, value: object, **headers: str) -> tuple[Answer, float]:
        """Send JSON."""
        return await self._timed("POST", path, json.dumps(value).encode(), {"Content-Type": "application/json", **headers})

    async def events(self, path: str) -> AsyncIterator[tuple[str, str]]:
        """Give a stream's events, name and data, until it ends. Raises ConnectionError where it is refused."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(self._head("GET", path, 0, {"Accept": "text/event-stream"}))
            await writer.drain()
            status, _headers = await self._read_head(reader)
            if status != 200:
                raise ConnectionError(f"stream refused with {status}")
            waiting = ""
            while size := int(await reader.readline() or b"0", 16):
                waiting += (await reader.readexactly(size + 2))[:-2].decode()
                *whole, waiting = waiting.split("\n\n")
                for block in whole:
                    named = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
                    yield named.get("event", ""), named.get("data", "")
        finally:
            writer.close()

    def close(self) -> None:
        """Hang up."""
        while self._kept:
            self._kept.pop()[1].close()

    async def _timed(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[Answer, float]:
        began = time.perf_counter()
        async with asyncio.timeout(PATIENCE_S):
            answer = await self._ask(self._head(method, path, len(body), headers) + body)
        return answer, (time.perf_counter() - began) * 1000

    async def _ask(self, request: bytes) -> Answer:
        """Send on the kept connection; where the server has hung up on it meanwhile, as it may, on a new one."""
        while self._kept:
            reader, writer = self._kept.pop()
            try:
                if not reader.at_eof():
                    return await self._exchange(reader, writer, request)
            except (ConnectionError, asyncio.IncompleteReadError):
                pass
            writer.close()
        return await self._exchange(*await asyncio.open_connection("127.0.0.1", self.port), request)

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> Answer:
        writer.write(request)
        await writer.drain()
        status, headers = await self._read_head(reader)
        if headers.get("transfer-encoding") == "chunked":
            body = b""
            while size := int(await reader.readline(), 16):
                body += (await reader.readexactly(size + 2))[:-2]
            await reader.readline()
        else:
            body = await reader.readexactly(int(headers.get("content-length", "0")))
        if headers.get("connection", "").lower() == "close":
            writer.close()
        else:
            self._kept.append((reader, writer))
        return Answer(status, headers, body)

    async def _read_head(self, reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        for name, _, value in (line.partition(": ") for line in lines if line):
            headers[name.lower()] = value
            if name.lower() == "set-cookie":
                cookie, _, kept = value.partition(";")[0].partition("=")
                self.cookies[cookie] = kept
        return int(first.split()[1]), headers

    def _head(self, method: str, path: str, length: int, headers: Mapping[str, str]) -> bytes:
        lines = {"Host": f"127.0.0.1:{self.port}", "Accept": "text/html", "Content-Length": str(length)}
        if self.cookies:
            lines["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        text = "".join(f"{name}: {value}\r\n" for name, value in {**lines, **named}.items())
        return f"{method} {path} HTTP/1.1\r\n{text}\r\n".encode("latin-1")
