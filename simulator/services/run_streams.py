"""Hold one browser that waits for news of a run."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from threading import Condition


class Ending(StrEnum):
    """Why a stream ends: the run is over, a newer page took its place, or this process stops."""

    OVER = "over"
    REPLACED = "replaced"
    STOPPING = "stopping"


@dataclass(frozen=True, slots=True)
class Told:
    """What a waiting browser is told: that there is news up to `seq`, or (with `ending`) that nothing more will come."""

    seq: int
    ending: Ending | None = None


class Stream:
    """A waiting browser. What is told twice before it is heard is heard once: only the newest seq counts."""

    def __init__(self, *, run_id: str, viewer: str, tab: str, known: int) -> None:
        self.run_id = run_id
        self.viewer = viewer
        self.tab = tab
        self.known = known
        self._heard = Condition()
        self._news: int | None = None
        self._ending: Ending | None = None

    def tell(self, seq: int) -> None:
        """Say that there is something to look at, events up to `seq` or something that is due."""
        with self._heard:
            self._news = max(seq, self._news or 0)
            self.known = max(seq, self.known)
            self._heard.notify_all()

    def end(self, ending: Ending) -> None:
        """Say that nothing more will come; the first reason counts."""
        with self._heard:
            self._ending = self._ending or ending
            self._heard.notify_all()

    def wait(self, seconds: float) -> Told | None:
        """Return what there is to tell, waiting for it at most so long; None where there was nothing."""
        with self._heard:
            self._heard.wait_for(lambda: self._news is not None or self._ending is not None, seconds)
            news, self._news = self._news, None
            if news is not None:
                return Told(news)
            return Told(self.known, self._ending) if self._ending is not None else None
