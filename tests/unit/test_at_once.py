"""Work is done by so many at once, however many threads there are; a stream being sent does not count."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock
from typing import Any

from simulator.web.at_once import AtOnce


def test_only_so_many_are_let_in_at_once_and_all_are_answered() -> None:
    inside, most, lock = 0, 0, Lock()
    company = Barrier(2, timeout=10)

    def app(_environ: dict[str, Any], _start: Any) -> Iterable[bytes]:
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        company.wait()  # two are inside together, each time
        with lock:
            inside -= 1
        return [b"done"]

    gate = AtOnce(app, 2)
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: list(gate({}, lambda *_: lambda _: None)), range(8)))
    assert answers == [[b"done"]] * 8
    assert most == 2


def test_sending_piece_by_piece_keeps_nobody_out() -> None:
    def endless(_environ: dict[str, Any], _start: Any) -> Iterable[bytes]:
        while True:
            yield b"."

    gate = AtOnce(endless, 1)
    streams = [iter(gate({}, lambda *_: lambda _: None)) for _ in range(3)]
    assert [next(stream) for stream in streams] == [b"."] * 3
