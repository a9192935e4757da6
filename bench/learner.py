"""Play as a learner does: start a drill, listen, type with the coach beside, send, read, look at the review, start again."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.browser import Answer, Browser
from bench.figures import BARE, Figures
from simulator.integrations.machine import now

REPLIES = (
    "I'd be cross too, and I'm sorry: this went wrong on our side. I'm asking the team on the ground right now and I'll be back here "
    "with what they say within the hour. – Sam",
    "Thank you for staying with us. They have found what happened and are putting it right; you'll hear from me again at four, sooner if "
    "I know more. – Sam",
    "Hi, we are sorry for any inconvenience. Please fill in the form on our website and someone will look into it soon.",
)
STEPS = 10
PAUSES_S = (2.1, 3.3, 4.2, 2.6, 3.8)
"""Rests between two bursts of typing, six characters a second: the coach is asked in each, the draft kept in every second."""
READS_S = (4.0, 7.0, 10.0)
JSON = {"Accept": "application/json"}
OVERTAKEN = (409, 404)
"""The story ended, or a thread was closed, while the words were on their way: said to the learner, no error."""


@dataclass
class Learner:
    """One learner at one browser. `arrived` notes when (real ms) each post was on the screen, by run and post."""

    number: int
    app: Browser
    bare: Browser
    figures: Figures
    slugs: Sequence[str]
    arrived: dict[tuple[str, str], int] = field(default_factory=dict)
    run: str = ""
    page: dict[str, str] = field(default_factory=dict)
    seq: int = 0
    over: bool = False
    asking: bool = False
    again: bool = False
    streams: int = 0

    async def play(self, until_ms: int) -> None:
        """Play drill after drill until a real time."""
        count = 0
        try:
            while now() < until_ms:
                await self._play_one(self.slugs[(self.number + count) % len(self.slugs)], until_ms)
                count += 1
        except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError) as error:
            self.figures.failed(f"{type(error).__name__} {error}"[:80])
        finally:
            self.app.close()
            self.bare.close()

    async def begin(self, slug: str) -> None:
        """Start a drill and open its page."""
        brief = await self._get("brief", f"/scenarios/{slug}")
        begun = await self._form("start", "/runs", {"csrf_token": _field(brief.text, "csrf_token"), "slug": slug})
        self.run = begun.headers["location"]
        self.over = False
        await self.open_page(self.run)

    async def open_page(self, path: str) -> None:
        """Open the play page and keep what its scripts would read."""
        text = (await self._get("play page", path)).text
        self.page = {name: _field(text, name) for name in ("csrf_token", "token", "thread")}
        place = re.search(r'data-updates="[^"]*"[^>]* data-seq="(\d+)" data-thread="([^"]*)"', text)
        if place is None:
            self.over = True
            return
        self.seq = int(place.group(1))
        self.page["thread"] = self.page["thread"] or place.group(2)

    async def ask_coach(self, text: str) -> None:
        """Let the coach read what has been typed so far."""
        sent = {"thread": self.page["thread"], "text": text, "action": "reply_public", "seq": 1}
        await self._json("coach", f"{self.run}/coach", sent)

    async def look(self) -> None:
        """Ask what is new, and note when each post was here; once more where there was news meanwhile."""
        self.again = self.asking
        if self.asking or self.over:
            return
        self.asking = True
        try:
            run = self.run
            answer = await self._get("updates", f"{run}/updates?after={self.seq}&thread={self.page['thread']}", **JSON)
            if answer.status == 200 and run == self.run:
                self._read(answer.json())
        finally:
            self.asking = False
        if self.again:
            await self.look()

    def _read(self, told: Any) -> None:
        here = now()
        for post in told["posts"]:
            if not post["ours"]:
                self.arrived.setdefault((self.run.rsplit("/", 1)[-1], post["id"]), here)
        self.seq, self.over = told["seq"], told["ended"]

    async def _play_one(self, slug: str, until_ms: int) -> None:
        await self.begin(slug)
        stream = asyncio.create_task(self._listen())
        turn = 0
        while not self.over and now() < until_ms:
            await asyncio.sleep(READS_S[(self.number + turn) % len(READS_S)])
            await self.ask_bare()
            await self._write(REPLIES[(self.number + turn) % len(REPLIES)], turn, until_ms)
            turn += 1
        await self._stop(stream)
        if now() < until_ms:
            await self._get("review", f"{self.run}/review")

    async def _write(self, text: str, turn: int, until_ms: int) -> None:
        begun = self.number % STEPS if turn == 0 else 0  # not all come in at the same word: sends are spread over the time
        for step in range(begun + 1, STEPS + 1):
            if self.over or now() > until_ms:
                return
            typed = text[: len(text) * step // STEPS]
            await self.ask_coach(typed)
            if step % 2 == 0:
                await self._json("draft", f"{self.run}/draft", {"thread": self.page["thread"], "text": typed})
            await asyncio.sleep(PAUSES_S[(self.number + turn + step) % len(PAUSES_S)])
            await self.ask_bare()
        sent = {**self.page, "text": text, "action": "reply_public"}
        answer = await self._form("send", f"{self.run}/reply", sent, **JSON)
        if answer.status == 200:
            await self.open_page(answer.json()["location"].partition("#")[0])
        else:
            await self.open_page(self.run)

    async def _listen(self) -> None:
        """Hold the stream open, as the page's script does, and ask when it says so."""
        try:
            async for name, data in self.app.events(f"{self.run}/live?after={self.seq}&tab=bench-{self.number}"):
                if name == "hello":
                    self.streams += 1
                elif name == "due" or (name == "news" and int(data) > self.seq) or (name == "end" and data == "over"):
                    await self.look()
                elif name == "end":
                    self.figures.failed(f"stream ended: {data}")
        except (OSError, ValueError, asyncio.IncompleteReadError) as error:
            self.figures.failed(f"stream: {error}"[:80])

    async def _stop(self, stream: asyncio.Task[None]) -> None:
        stream.cancel()
        await asyncio.gather(stream, return_exceptions=True)
        self.asking = False

    async def ask_bare(self) -> None:
        """Ask the bare endpoint, for comparison."""
        answer, ms = await self.bare.get("/bare")
        self._note(BARE, answer, ms)

    async def _get(self, kind: str, path: str, **headers: str) -> Answer:
        answer, ms = await self.app.get(path, **headers)
        return self._note(kind, answer, ms)

    async def _form(self, kind: str, path: str, fields: dict[str, str], **headers: str) -> Answer:
        answer, ms = await self.app.send_form(path, fields, **headers)
        return self._note(kind, answer, ms)

    async def _json(self, kind: str, path: str, value: object) -> Answer:
        answer, ms = await self.app.send_json(path, value, X_CSRFToken=self.page["csrf_token"], **JSON)
        return self._note(kind, answer, ms)

    def _note(self, kind: str, answer: Answer, ms: float) -> Answer:
        if answer.status in OVERTAKEN and kind != BARE:
            self.figures.took(f"{kind} (overtaken)", ms)
        elif answer.status >= 400:
            self.figures.failed(f"{kind}: {answer.status}")
        else:
            self.figures.took(kind, ms)
        return answer


def _field(text: str, name: str) -> str:
    """Return the value of a form's hidden field, empty where there is none."""
    found = re.search(rf'name="{name}" value="([^"]*)"', text)
    return html.unescape(found.group(1)) if found else ""
