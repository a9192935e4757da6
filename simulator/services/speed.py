"""Measure how fast the judge is, beside what one would use instead, on the same texts in the same run."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.util import find_spec
from itertools import count, cycle, islice
from pathlib import Path

from simulator.scoring import Context, Draft, Post, Ruleset, post_by_post, score, score_many
from simulator.scoring.agreement.corpus import Corpus

PROJECT = Path(__file__).resolve().parents[2]
WARM_UP = 100
DRAFT_WORDS = range(36, 45)
"""How many words a draft of "about 40 words" may have."""
OTHER_DRAFT = Draft("Yes.")
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
    """How long one text takes; `per_second` counts processor time of one core, so other programs don't slow it.

    `median_ms` and `p99_ms` are wall time, None where texts are taken together and none has a time of its own.
    """

    what: str
    runs: int
    per_second: float
    median_ms: float | None
    p99_ms: float | None


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
    """Measure full reports one by one and many together, textstat and VADER, each for `seconds`.

    One by one the posts are new each time: a few blanks are put after them, so that nothing is kept of an earlier reply, and none takes
    longer for that. Once more each draft is judged after another one to its post, as while somebody types under it. Many together are the
    same replies in two orders: in turns over all posts, never two of one post in a row, and post by post, as a file mostly has them.
    """
    decisions = list(_in_turns(corpus))
    drafts = [one for one in decisions if len(one[1].text.split()) in DRAFT_WORDS]

    def judge(one: Decision) -> object:
        return score(*one, ruleset)

    filed = [decisions[at] for at in post_by_post([post for post, _, _ in decisions])]

    def read_post(one: Decision) -> object:
        return score(one[0], OTHER_DRAFT, one[2], ruleset)

    timed = [
        ("one draft of about 40 words, a new post each", drafts, None),
        ("one draft of about 40 words, its post is known", drafts, read_post),
        ("one reply of any length, a new post each", decisions, None),
    ]
    yardsticks: list[tuple[str, Callable[[Decision], object], Iterator[Decision]]] = []
    if find_spec("textstat"):
        # A second and 120 MB that nobody else should pay, so it comes in only here.
        textstat = import_module("textstat")
        metrics = [getattr(textstat, name) for name in READING]
        yardsticks.append(
            ("textstat: ARI, Coleman–Liau, LIX, EFLAW", lambda one: [metric(one[1].text) for metric in metrics], cycle(decisions))
        )
    if sentiment:
        yardsticks.append(("VADER compound score", lambda one: sentiment(one[1].text), cycle(decisions)))
    together = [("many replies at once, in turns over posts", decisions), ("many replies at once, post by post", filed)]
    return [
        *(_pace(what, judge, _with_new_posts(texts), seconds, wall, processor, first) for what, texts, first in timed if texts),
        *(_pace_together(what, texts, ruleset, seconds, wall, processor) for what, texts in together if texts),
        *(_pace(what, run, texts, seconds, wall, processor) for what, run, texts in yardsticks if decisions),
    ]


def _in_turns(corpus: Corpus) -> Iterator[Decision]:
    most = max((len(post.replies) for post in corpus.posts), default=0)
    for index in range(most):
        for post in corpus.posts:
            if index < len(post.replies):
                yield post.post, post.replies[index].draft, post.context


def _with_new_posts(decisions: Sequence[Decision]) -> Iterator[Decision]:
    """Yield `decisions` over and over, each time with one more blank after their posts."""
    for blanks in count():
        for post, draft, context in decisions:
            yield replace(post, text=post.text + " " * blanks), draft, context


def _pace(
    what: str,
    run: Callable[[Decision], object],
    decisions: Iterator[Decision],
    seconds: float,
    wall: Clock,
    processor: Clock,
    first: Callable[[Decision], object] | None = None,
) -> Pace:
    """Measure `run` on `decisions`, one by one; what is to be done `first` with each is not counted."""
    for decision in islice(decisions, WARM_UP):
        run(decision)
    times: list[float] = []
    end, spent = wall() + seconds, 0.0
    for decision in decisions:
        if first:
            first(decision)
        before, used = wall(), processor()
        run(decision)
        spent += processor() - used
        after = wall()
        times.append(after - before)
        if after >= end:
            break
    times.sort()
    last = len(times) - 1
    return Pace(what, len(times), len(times) / max(spent, 1e-9), 1000 * times[last // 2], 1000 * times[round(0.99 * last)])


def _pace_together(what: str, decisions: Sequence[Decision], ruleset: Ruleset, seconds: float, wall: Clock, processor: Clock) -> Pace:
    """Measure `score_many` on all of `decisions`, once or as often as the time allows."""
    end, used, done = wall() + seconds, processor(), 0
    while not done or wall() < end:
        done += sum(1 for _ in score_many(decisions, ruleset))
    return Pace(what, done, done / max(processor() - used, 1e-9), None, None)


def measure_start(corpus: Corpus, most: int = 300) -> Start:
    """Start a fresh Python, import the engine, compile the packs, judge up to `most` replies, and see what that took."""
    pairs = [(post.text, draft.text) for post, draft, _ in _in_turns(corpus)][:most]
    command = [sys.executable, "-c", _FRESH]
    done = subprocess.run(  # noqa: S603 - our own Python, our own words
        command, input=json.dumps(pairs), capture_output=True, text=True, check=True, cwd=PROJECT
    )
    import_s, import_used_s, ruleset_s, ruleset_used_s, peak_mb = json.loads(done.stdout)
    return Start(import_s, import_used_s, ruleset_s, ruleset_used_s, peak_mb, len(pairs))
