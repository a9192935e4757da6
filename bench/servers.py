"""Start the app and the bare app on free loopback ports in a temporary folder, and end them again: those and nothing else."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
START_S, STOP_S = 60, 25


@dataclass(frozen=True)
class Serving:
    """A server that answers on loopback."""

    port: int
    process: subprocess.Popen[bytes]


def cpu_seconds(serving: Serving) -> float:
    """Return the processor time that a server's processes have used so far; 0 where the system has no /proc."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # ended meanwhile
            continue
        if int(fields[2]) == serving.process.pid:  # its process group: the server was started in one of its own
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """Return a loopback port that is free just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def app_server(folder: Path, *, workers: int, threads: int, streams: int) -> Iterator[Serving]:
    """Prepare an empty database in `folder` and serve the app on it, as `make run` does."""
    port = free_port()
    chosen = {
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "INSTANCE_DIR": str(folder),
        "DATABASE_URL": "",
        "RATE_LIMITS": "off",  # all learners come from one address here
        "WEB_WORKERS": str(workers),
        "WEB_THREADS": str(threads),
        "LIVE_STREAMS": str(streams),
        "LIVE_STREAMS_PER_VIEWER": "",
        "OPENAI_MODEL": "",
    }
    environment = {**os.environ, **chosen}
    subprocess.run([sys.executable, "-m", "flask", "--app", "simulator", "db", "upgrade"], cwd=ROOT, env=environment, check=True)
    words = ["--config", "gunicorn.conf.py", "wsgi:app"]
    with _serve(port, words, environment, folder / "app.log", "/healthz") as serving:
        yield serving


@contextmanager
def bare_server(folder: Path, *, workers: int, threads: int) -> Iterator[Serving]:
    """Serve the bare app with as many processes and threads."""
    port = free_port()
    words = ["--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--workers", str(workers), "--threads", str(threads)]
    with _serve(port, [*words, "--no-control-socket", "bench.bare:app"], dict(os.environ), folder / "bare.log", "/bare") as serving:
        yield serving


@contextmanager
def _serve(port: int, words: list[str], environment: dict[str, str], log: Path, probe: str) -> Iterator[Serving]:
    with log.open("wb") as told:
        process = subprocess.Popen(  # noqa: S603 - our own words only
            [sys.executable, "-m", "gunicorn", *words], cwd=ROOT, env=environment, stdout=told, stderr=told, start_new_session=True
        )
    try:
        _wait_for(port, probe, process, log)
        yield Serving(port, process)
    finally:
        _end(process)


def _wait_for(port: int, probe: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=2) as asked:
                asked.sendall(f"GET {probe} HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n".encode())
                if asked.recv(12).endswith(b" 200"):
                    return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"the server did not start:\n{log.read_text()[-3000:]}")


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_S)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
