"""Tell gunicorn what our settings say. A wrong setting ends the start with one plain message."""

from __future__ import annotations

import os
import signal
import socket
import sys
from typing import Any

from simulator.config import Settings, SettingsError

try:
    settings = Settings.from_env(os.environ)
except SettingsError as refusal:
    sys.exit(f"Composure can't start: {refusal.format_message()}")

_host = f"[{settings.host}]" if ":" in settings.host else settings.host
bind = f"{_host}:{settings.port}"
worker_class = "gthread"
workers = settings.web_workers
# Streams wait on threads of their own, so that they never take one from a request; a thread is made only when it is needed.
threads = settings.web_threads + settings.live_streams
worker_connections = 1000 + threads
timeout = 60
graceful_timeout = 20
keepalive = 5
max_requests = 0
loglevel = "warning"
control_socket_disable = True
# Each worker builds its own app after the fork: connections must not be shared between processes.
preload_app = False


def on_starting(server: Any) -> None:
    """Say in one sentence that the address can't be had, where gunicorn would try for five seconds and fill the screen."""
    if server.master_pid:  # this server takes over from a running one, with its sockets
        return
    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            sys.exit(f"Composure can't start: {_host}:{settings.port} can't be had ({error.strerror}); set another HOST or PORT")


def post_worker_init(worker: Any) -> None:
    """Say where to look, once the first process has loaded the app, and end streams before a stop would wait for them."""
    end = signal.getsignal(signal.SIGTERM)

    def end_streams_first(number: int, frame: Any) -> None:
        _end_streams(worker)
        end(number, frame)

    signal.signal(signal.SIGTERM, end_streams_first)
    signal.siginterrupt(signal.SIGTERM, False)
    if worker.age == 1:
        print(f"Composure is at http://{_host}:{settings.port} (Ctrl+C stops it)", flush=True)


def worker_int(worker: Any) -> None:
    """End streams when the server is stopped at once: their threads would keep the process."""
    _end_streams(worker)


def _end_streams(worker: Any) -> None:
    services = getattr(worker.wsgi, "extensions", {}).get("composure")
    if services is not None:
        services.watch.close()
