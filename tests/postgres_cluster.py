"""Start a private PostgreSQL on a loopback port in a temporary folder, and stop it again."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def find_server_programs() -> Path | None:
    """Return the folder that holds `initdb` and `pg_ctl`, or None where PostgreSQL is not installed."""
    on_path = shutil.which("pg_ctl")
    if on_path and shutil.which("initdb"):
        return Path(on_path).parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda program: int(program.parts[-3]))
    return found[-1].parent if found else None


@contextmanager
def private_cluster(programs: Path) -> Iterator[str]:
    """Run a throw-away cluster and give the URL of its maintenance database.

    PostgreSQL refuses to run as root, so under root (CI) the server runs as the `postgres` user that its package made.
    """
    folder = Path(tempfile.mkdtemp(prefix="composure-pg-"))
    as_user: list[str] = []
    if os.geteuid() == 0:
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
        as_user = ["runuser", "-u", "postgres", "--"]
    data = folder / "data"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c fsync=off -c full_page_writes=off"
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder}
    try:
        subprocess.run([*as_user, programs / "initdb", "-D", data, "-U", "composure", "-A", "trust", "-E", "UTF8", "--no-sync"], **quiet)
        subprocess.run([*as_user, programs / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", options, "start"], **quiet)
        yield f"postgresql://composure@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run(
            [*as_user, programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"], check=False, stdout=subprocess.DEVNULL, cwd=folder
        )
        shutil.rmtree(folder, ignore_errors=True)
