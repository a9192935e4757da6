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
    """What a waiting browser is told: that there are events up to `seq`, that something is `due` which asking will play,
    or (with `ending`) that nothing more will come."""

    seq: int
    due: bool = False
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
        self._due = False
        self._ending: Ending | None = None

    def tell(self, seq: int) -> None:
        """Say that there are events up to `seq`."""
        with self._heard:
            self._news = max(seq, self._news or 0)
            self.known = max(seq, self.known)
            self._heard.notify_all()

    def tell_due(self) -> None:
        """Say that something is due now."""
        with self._heard:
            self._due = True
            self._heard.notify_all()

    def end(self, ending: Ending) -> None:
        """Say that nothing more will come; the first reason counts."""
        with self._heard:
            self._ending = self._ending or ending
            self._heard.notify_all()

    def wait(self, seconds: float) -> Told | None:
        """Return what there is to tell, waiting for it at most so long; None where there was nothing."""
        with self._heard:
            self._heard.wait_for(lambda: self._news is not None or self._due or self._ending is not None, seconds)
            news, due = self._news, self._due
            self._news, self._due = None, False
            if due:
                return Told(self.known, due=True)
            if news is not None:
                return Told(news)
            return Told(self.known, ending=self._ending) if self._ending is not None else None
