"""Run the real gunicorn server on a loopback port, and kill it as rudely as a power cut would."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
START_SECONDS = 30


def free_port() -> int:
    """Return a loopback port that is free just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """One installation: an instance folder, a port, and a gunicorn that can be started, killed and started again."""

    folder: Path
    port: int = field(default_factory=free_port)
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Return the address people would open."""
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        """Return what the server and its commands see."""
        chosen = {"INSTANCE_DIR": str(self.folder), "HOST": "127.0.0.1", "PORT": str(self.port), "RATE_LIMITS": "off", "WEB_WORKERS": "1"}
        return {**os.environ, **chosen, **self.settings}

    def command(self, *words: str, given: str = "") -> str:
        """Run `flask --app simulator …` against this installation; returns what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "simulator", *words],
            cwd=ROOT,
            env=self.environment(),
            input=given,
            text=True,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def prepare(self) -> None:
        """Migrate the database and make the example run, as `make run` does."""
        self.command("db", "upgrade")
        self.command("demo")

    def start(self) -> None:
        """Start gunicorn and wait until it answers."""
        with (self.folder / "gunicorn.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "wsgi:app"],
                cwd=ROOT,
                env=self.environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        raise AssertionError(f"the server did not start:\n{(self.folder / 'gunicorn.log').read_text()[-3000:]}")

    def kill(self) -> None:
        """End the server and its workers at once, with no chance to tidy up."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None
