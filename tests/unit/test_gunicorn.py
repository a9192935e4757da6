"""What gunicorn is told: an address that can't be had ends the start with one sentence."""

from __future__ import annotations

import runpy
import socket
from types import SimpleNamespace

import pytest

from simulator.config import PROJECT


def test_a_taken_port_is_said_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setenv("HOST", "127.0.0.1")
        monkeypatch.setenv("PORT", str(port))
        told = runpy.run_path(str(PROJECT / "gunicorn.conf.py"))
        with pytest.raises(SystemExit) as ended:
            told["on_starting"](SimpleNamespace(master_pid=0))
        assert str(ended.value) == (
            f"Composure can't start: 127.0.0.1:{port} can't be had (Address already in use); set another HOST or PORT"
        )
        told["on_starting"](SimpleNamespace(master_pid=4711))  # takes the sockets over from the running server
    told["on_starting"](SimpleNamespace(master_pid=0))
