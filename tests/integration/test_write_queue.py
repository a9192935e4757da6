"""Writers of one SQLite file take turns, whether they are threads of one process or of two."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from simulator.persistence.write_queue import WriteQueue


def test_one_writer_at_a_time_in_two_processes(tmp_path: Path) -> None:
    """Two queues on one file stand for two processes: they share nothing but the lock that lies beside it."""
    queues = [WriteQueue(tmp_path / "store.sqlite3") for _ in range(2)]
    inside, seen = [], []

    def write(number: int) -> None:
        with queues[number % 2].turn():
            inside.append(number)
            seen.append(len(inside))
            inside.remove(number)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(write, range(400)))
    assert set(seen) == {1}
    assert len(seen) == 400


def test_a_writer_that_fails_lets_the_next_one_in(tmp_path: Path) -> None:
    queue = WriteQueue(tmp_path / "store.sqlite3")
    with pytest.raises(ZeroDivisionError), queue.turn():
        raise ZeroDivisionError
    with queue.turn():
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["store.sqlite3-lock"]
