"""Play 300 learners at once on a server of our own, then ask as fast as it goes: `python -m bench`."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import sqlite3
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from time import perf_counter

from bench.browser import Browser
from bench.figures import BARE, Figures, percentile
from bench.learner import REPLIES, Learner
from bench.servers import ROOT, Serving, app_server, bare_server, cpu_seconds
from simulator.integrations.machine import now

RUSH_S, RUSHING = 4.0, 32
"""The second part: so many browsers ask one kind of question after another, without a rest, for so long each."""
TOLD_WITHIN_MS = 1000


def main() -> int:
    """Run the bench; returns 1 where anything went wrong."""
    words = argparse.ArgumentParser(prog="bench", description=__doc__)
    words.add_argument("--learners", type=int, default=300)
    words.add_argument("--seconds", type=int, default=50, help="how long they play, once all have begun")
    words.add_argument("--ramp", type=int, default=15, help="over how many seconds they come in")
    words.add_argument("--workers", type=int, default=2)
    words.add_argument("--threads", type=int, default=4)
    given = words.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with tempfile.TemporaryDirectory(prefix="composure-bench-") as name:
        folder = Path(name)
        # The kernel deals out connections as it likes: either process must be able to hold all streams.
        shape = {"workers": given.workers, "threads": given.threads}
        with app_server(folder, streams=given.learners, **shape) as app, bare_server(folder, **shape) as bare:
            played, rushed = asyncio.run(_all(app, bare, given, folder))
        log = (folder / "app.log").read_text()
    told = [line for line in log.splitlines() if line.startswith("Traceback") or " ERROR " in line]
    for line in told[:5]:
        print("the server said:", line)
    errors = played.errors + rushed.errors
    for what, count in errors.most_common(12):
        print(f"error: {count} × {what}")
    print("errors: none" if not errors and not told else f"errors: {errors.total()} here, {len(told)} in the server's log")
    return 1 if errors or told else 0


async def _all(app: Serving, bare: Serving, given: argparse.Namespace, folder: Path) -> tuple[Figures, Figures]:
    slugs = sorted(path.parent.name for path in (ROOT / "scenarios").glob("*/scenario.yaml"))
    played = Figures()
    learners = [Learner(number, Browser(app.port), Browser(bare.port), played, slugs) for number in range(given.learners)]
    began, busy = perf_counter(), cpu_seconds(app)
    until_ms = now() + (given.ramp + given.seconds) * 1000
    print(f"{given.learners} learners come in over {given.ramp} s and play for {given.seconds} s more …", flush=True)

    async def come_in(learner: Learner) -> None:
        await asyncio.sleep(given.ramp * learner.number / given.learners)
        await learner.play(until_ms)

    await asyncio.gather(*(come_in(learner) for learner in learners))
    took, busy = perf_counter() - began, cpu_seconds(app) - busy
    for line in played.rows(took):
        print(line)
    print(f"the server used {busy:.0f} s of processor time in {took:.0f} s: {busy / took:.2f} cores of {os.cpu_count()}")
    _print_lags(learners, folder)
    return played, await _rush(app.port, bare.port, slugs)


def _print_lags(learners: list[Learner], folder: Path) -> None:
    """Say how long after its time each post was with its learner: the log knows when it was due."""
    arrived = {key: at_ms for learner in learners for key, at_ms in learner.arrived.items()}
    asked = "SELECT run_id, json_extract(body, '$.post_id'), real_ms FROM db_run_event WHERE kind = 'post_appeared' AND seq > 2"
    with closing(sqlite3.connect(f"file:{next(folder.glob('*.sqlite3'))}?mode=ro", uri=True)) as database:
        lags = [float(arrived[run, post] - due) for run, post, due in database.execute(asked) if (run, post) in arrived]
    marks = ", ".join(f"p{share * 100:.0f} {percentile(lags, share):.0f} ms" for share in (0.5, 0.95, 0.99))
    late = sum(lag > TOLD_WITHIN_MS for lag in lags)
    streams = sum(learner.streams for learner in learners)
    print(f"{len(lags)} posts on screen after their time: {marks}; {late} later than a second; over {streams} streams", flush=True)


async def _rush(app: int, bare: int, slugs: list[str]) -> Figures:
    """Ask one kind of question as fast as it is answered, by a few who have a drill open each."""
    figures = Figures()
    learners = [Learner(number, Browser(app), Browser(bare), figures, slugs) for number in range(RUSHING)]
    await asyncio.gather(*(learner.begin("ferry-sailed-with-the-dog") for learner in learners))
    kinds: dict[str, Callable[[Learner], Awaitable[object]]] = {
        BARE: lambda learner: learner.ask_bare(),
        "updates": lambda learner: learner.look(),
        "coach": lambda learner: learner.ask_coach(REPLIES[learner.number % len(REPLIES)]),
        "play page": lambda learner: learner.open_page(learner.run),
    }
    print(f"as fast as it goes, {RUSHING} at a time:")
    rates: dict[str, float] = {}
    for kind, ask in kinds.items():
        began = perf_counter()
        await asyncio.gather(*(_again_and_again(ask, learner, began + RUSH_S) for learner in learners))
        rates[kind] = len(figures.times.get(kind, [])) / (perf_counter() - began)
        print(f"{kind:<22}{rates[kind]:>8.0f} requests/s   bare takes {rates[BARE] / max(rates[kind], 0.001):.1f} × as many", flush=True)
    for learner in learners:
        learner.app.close()
        learner.bare.close()
    return figures


async def _again_and_again(ask: Callable[[Learner], Awaitable[object]], learner: Learner, until: float) -> None:
    while perf_counter() < until:
        try:
            await ask(learner)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, json.JSONDecodeError) as error:
            learner.figures.failed(f"{type(error).__name__} {error}"[:80])
            return


if __name__ == "__main__":
    raise SystemExit(main())
