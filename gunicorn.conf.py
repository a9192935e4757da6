"""Tell gunicorn what our settings say. A wrong setting ends the start with one plain message."""

from __future__ import annotations

import os
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
threads = settings.web_threads
timeout = 60
graceful_timeout = 20
keepalive = 5
max_requests = 0
loglevel = "warning"
control_socket_disable = True
# Each worker builds its own app after the fork: connections must not be shared between processes.
preload_app = False


def post_worker_init(worker: Any) -> None:
    """Say where to look, once the first process has loaded the app."""
    if worker.age == 1:
        print(f"Composure is at http://{_host}:{settings.port} (Ctrl+C stops it)", flush=True)
