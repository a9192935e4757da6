"""Watch the runs that somebody has open: one thread a process asks once for all of them and wakes whoever waits.

A stream only says that there is news; the browser then asks for it like any other page, with its rights looked at
anew. So a waiting stream holds a thread and nothing else: no session, no connection, no right from yesterday.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from threading import Event, Lock, Thread

from simulator.core.clock import Now
from simulator.core.refusal import Refusal, RefusalCode
from simulator.drills.timeline import next_moment_ms
from simulator.persistence.runs import RunStore
from simulator.services.run_log import RunLog
from simulator.services.run_streams import Ending, Stream
from simulator.services.run_views import may_act
from simulator.services.viewer import Viewer

log = logging.getLogger(__name__)

LOOK_EVERY_S = 0.25
"""How often the log is asked for what other processes and other tabs have written."""
SHORTEST_S = 0.1
"""And how seldom at least: with many runs something is due all the time, and each look costs everybody."""
AGAIN_MS = 5_000
"""After how long those who wait are told once more that something is due, where nobody has come to play it."""


@dataclass(frozen=True, slots=True)
class StreamLimits:
    """How many streams one process holds open: in all, and for one viewer."""

    at_once: int
    per_viewer: int


@dataclass(slots=True)
class _Watched:
    """What the watcher knows of one run: its last seq (-1: nothing yet) and when to wake its streams (None: only for news)."""

    seq: int = -1
    wake_ms: int | None = None


class RunWatch:
    """Hold the streams of this process. The thread starts with the first stream and ends with the last."""

    def __init__(
        self,
        *,
        runs: RunStore,
        run_log: RunLog,
        now: Now,
        inside: Callable[[], AbstractContextManager[object]],
        limits: StreamLimits,
    ) -> None:
        self._runs = runs
        self._log = run_log
        self._now = now
        self._inside = inside
        self._limits = limits
        self._changed = Lock()
        self._stop = Event()
        self._streams: list[Stream] = []
        self._watched: dict[str, _Watched] = {}
        self._thread: Thread | None = None

    @property
    def open_streams(self) -> int:
        """Return how many streams are open in this process."""
        with self._changed:
            return len(self._streams)

    def follow(self, viewer: Viewer, run_id: str, *, after: int, tab: str) -> Stream | Refusal:
        """Open a stream on the viewer's own run for somebody who knows its events up to `after`.

        A newer stream of the same `tab` takes the place of the older; over the viewer's own limit the oldest gives way;
        where the process is full the answer is BUSY. Whoever opens a stream leaves it: `leave`.
        """
        loaded = self._log.load_for(may_act(viewer), run_id)
        if isinstance(loaded, Refusal):
            return loaded
        who = viewer.user_id or viewer.guest_id
        stream = Stream(run_id=run_id, viewer=who, tab=tab, known=after)
        if loaded.state.last_seq > after:
            stream.tell(loaded.state.last_seq)
        if loaded.state.status == "ended":
            stream.end(Ending.OVER)
            return stream
        with self._changed:
            self._make_room(stream)
            if self._stop.is_set() or len(self._streams) >= self._limits.at_once:
                return Refusal(RefusalCode.BUSY, "No room for another live page just now; this one asks for news instead.")
            self._streams.append(stream)
            watched = self._watched.setdefault(run_id, _Watched())
            if watched.seq > stream.known:
                stream.tell(watched.seq)
            if self._thread is None:
                self._thread = Thread(target=self._work, name="run-watch", daemon=True)
                self._thread.start()
        return stream

    def leave(self, stream: Stream) -> None:
        """Forget a stream; doing so twice is no harm."""
        with self._changed:
            if stream in self._streams:
                self._streams.remove(stream)
                self._forget_if_alone(stream.run_id)

    def close(self) -> None:
        """End all streams because this process stops; takes no lock, for a signal may call it."""
        self._stop.set()
        for stream in tuple(self._streams):
            stream.end(Ending.STOPPING)

    def join(self) -> None:
        """Wait until the watcher has come to its end, once all streams have been left or `close` was called."""
        thread = self._thread
        if thread is not None:
            thread.join()

    def _make_room(self, new: Stream) -> None:
        own = [stream for stream in self._streams if stream.viewer == new.viewer]
        same_tab = [stream for stream in own if new.tab and stream.tab == new.tab]
        rest = [stream for stream in own if stream not in same_tab]
        too_many = max(0, len(rest) + 1 - self._limits.per_viewer)
        for stream in (*same_tab, *rest[:too_many]):
            stream.end(Ending.REPLACED)
            self._streams.remove(stream)
            self._forget_if_alone(stream.run_id)

    def _forget_if_alone(self, run_id: str) -> None:
        if all(stream.run_id != run_id for stream in self._streams):
            self._watched.pop(run_id, None)

    def _work(self) -> None:
        """Look again and again while anybody waits. A fault ends all streams: their pages then ask for themselves."""
        while True:
            with self._changed:
                if not self._streams or self._stop.is_set():
                    self._thread = None
                    return
                watched = dict(self._watched)
            try:
                self._look(watched)
            except Exception:
                log.exception("live updates failed; pages ask for news by themselves now")
                self._end_all()
                continue
            self._rest(watched)

    def _rest(self, watched: dict[str, _Watched]) -> None:
        """Wait until the next look or the next moment of a story."""
        now_ms = self._now()
        waits = [LOOK_EVERY_S, *((known.wake_ms - now_ms) / 1000 for known in watched.values() if known.wake_ms is not None)]
        self._stop.wait(max(SHORTEST_S, min(waits)))

    def _look(self, watched: dict[str, _Watched]) -> None:
        with self._inside():
            newest = self._runs.newest(tuple(watched))
            for run_id, known in watched.items():
                seq, status = newest.get(run_id, (known.seq, "gone"))
                if status in ("ended", "gone"):
                    self._tell(run_id, seq, Ending.OVER)
                    continue
                if seq != known.seq:
                    known.seq = seq
                    known.wake_ms = self._moment(run_id)
                    self._tell(run_id, seq)
                if known.wake_ms is not None and known.wake_ms <= self._now():
                    self._tell_due(run_id)
                    known.wake_ms = self._moment(run_id)
                    if known.wake_ms is not None:  # still due: nobody has had the time to play it yet
                        known.wake_ms = max(known.wake_ms, self._now() + AGAIN_MS if known.wake_ms <= self._now() else 0)

    def _moment(self, run_id: str) -> int | None:
        loaded = self._log.load(run_id)
        return None if isinstance(loaded, Refusal) else next_moment_ms(loaded.world, loaded.state, self._now())

    def _tell(self, run_id: str, seq: int, ending: Ending | None = None) -> None:
        for stream in self._of(run_id):
            if seq > stream.known:
                stream.tell(seq)
            if ending is not None:
                stream.end(ending)

    def _tell_due(self, run_id: str) -> None:
        for stream in self._of(run_id):
            stream.tell_due()

    def _of(self, run_id: str) -> list[Stream]:
        with self._changed:
            return [stream for stream in self._streams if stream.run_id == run_id]

    def _end_all(self) -> None:
        with self._changed:
            for stream in self._streams:
                stream.end(Ending.STOPPING)
            self._streams.clear()
            self._watched.clear()
