"""Measure how fast the judge is, beside what one would use instead, on the same texts in the same run."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from itertools import cycle
from pathlib import Path

from simulator.scoring import Context, Draft, Post, Ruleset, score
from simulator.scoring.agreement.corpus import Corpus

PROJECT = Path(__file__).resolve().parents[2]
DRAFT_WORDS = range(36, 45)
"""How many words a draft of "about 40 words" may have."""
READING = ("automated_readability_index", "coleman_liau_index", "lix", "mcalpine_eflaw")
"""textstat's metrics that work without a dictionary; the others, such as Flesch's, download one at run time."""

_FRESH = """
import json, resource, sys, time
started, used = time.perf_counter(), time.process_time()
from simulator.scoring import Context, Draft, Post, load_ruleset, score
imported, used_importing = time.perf_counter(), time.process_time() - used
ruleset = load_ruleset()
loaded, used_loading = time.perf_counter(), time.process_time() - used - used_importing
for post, reply in json.load(sys.stdin):
    score(Post(post), Draft(reply), Context(), ruleset)
try:  # Linux counts the size of whoever started us in ru_maxrss
    megabytes = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) / 1024
except (OSError, StopIteration):
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    megabytes = peak / (1024 if sys.platform != "darwin" else 1024 * 1024)
print(json.dumps([imported - started, used_importing, loaded - imported, used_loading, megabytes]))
"""

Clock = Callable[[], float]
Decision = tuple[Post, Draft, Context]


@dataclass(frozen=True, slots=True)
class Pace:
    """How long one text takes, in milliseconds; `per_second` counts processor time of one core, so other programs don't slow it."""

    what: str
    runs: int
    per_second: float
    median_ms: float
    p99_ms: float


@dataclass(frozen=True, slots=True)
class Start:
    """What a fresh process needs: seconds to import the engine and to compile the packs, by the clock and of processor time,
    and its peak memory in MB after scoring."""

    import_s: float
    import_used_s: float
    ruleset_s: float
    ruleset_used_s: float
    peak_mb: float
    replies: int


def measure_paces(
    corpus: Corpus, ruleset: Ruleset, seconds: float, *, wall: Clock, processor: Clock, sentiment: Callable[[str], float] | None
) -> list[Pace]:
    """Measure full reports, single drafts of about 40 words, textstat and VADER, each for `seconds`.

    Replies come in turns over all posts, never two of one post in a row, so that nothing kept from a post's last reply helps.
    """
    decisions = list(_in_turns(corpus))
    drafts = [one for one in decisions if len(one[1].text.split()) in DRAFT_WORDS]

    def judge(one: Decision) -> object:
        return score(*one, ruleset)

    timed: list[tuple[str, Callable[[Decision], object], Sequence[Decision]]] = [
        ("full report, replies as they come", judge, decisions),
        ("full report, one draft of about 40 words", judge, drafts),
    ]
    if find_spec("textstat"):
        # A second and 120 MB that nobody else should pay, so it comes in only here.
        textstat = import_module("textstat")
        metrics = [getattr(textstat, name) for name in READING]
        timed.append(("textstat: ARI, Coleman–Liau, LIX, EFLAW", lambda one: [metric(one[1].text) for metric in metrics], decisions))
    if sentiment:
        timed.append(("VADER compound score", lambda one: sentiment(one[1].text), decisions))
    return [_pace(what, run, texts, seconds, wall, processor) for what, run, texts in timed if texts]


def _in_turns(corpus: Corpus) -> Iterator[Decision]:
    most = max((len(post.replies) for post in corpus.posts), default=0)
    for index in range(most):
        for post in corpus.posts:
            if index < len(post.replies):
                yield post.post, post.replies[index].draft, post.context


def _pace(
    what: str, run: Callable[[Decision], object], decisions: Sequence[Decision], seconds: float, wall: Clock, processor: Clock
) -> Pace:
    for decision in decisions[:100]:
        run(decision)
    times: list[float] = []
    end, used = wall() + seconds, processor()
    for decision in cycle(decisions):
        before = wall()
        run(decision)
        after = wall()
        times.append(after - before)
        if after >= end:
            break
    spent = processor() - used
    times.sort()
    last = len(times) - 1
    return Pace(what, len(times), len(times) / max(spent, 1e-9), 1000 * times[last // 2], 1000 * times[round(0.99 * last)])


def measure_start(corpus: Corpus, most: int = 300) -> Start:
    """Start a fresh Python, import the engine, compile the packs, judge up to `most` replies, and see what that took."""
    pairs = [(post.text, draft.text) for post, draft, _ in _in_turns(corpus)][:most]
    command = [sys.executable, "-c", _FRESH]
    done = subprocess.run(  # noqa: S603 - our own Python, our own words
        command, input=json.dumps(pairs), capture_output=True, text=True, check=True, cwd=PROJECT
    )
    import_s, import_used_s, ruleset_s, ruleset_used_s, peak_mb = json.loads(done.stdout)
    return Start(import_s, import_used_s, ruleset_s, ruleset_used_s, peak_mb, len(pairs))
