"""Open the running app in Debian's Chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.e2e.serving import Server
from tests.programs import need

QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-gpu"]


def find_chromium() -> str | None:
    """Return the browser named by CHROMIUM, or the one on PATH."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep browser tests on one worker each group and away from asyncio-based plugins."""
    for item in items:
        if "/e2e/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use Debian's Chromium; Playwright's own build is not downloaded."""
    chromium = find_chromium()
    need(chromium, "Chromium (on PATH or named by CHROMIUM)")
    return {**browser_type_launch_args, "executable_path": chromium, "args": QUIET}


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate a database and make the example run once; every server starts from a copy of it."""
    folder = tmp_path_factory.mktemp("prepared")
    Server(folder).prepare()
    return folder


@pytest.fixture(scope="session")
def server(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve one installation for the session, with the example run and nobody signed up."""
    yield from serve(prepared, tmp_path_factory.mktemp("served"))


@pytest.fixture
def own_server(prepared: Path, tmp_path: Path) -> Iterator[Server]:
    """Serve an installation of this test's own, which it may kill."""
    yield from serve(prepared, tmp_path)


def serve(prepared: Path, folder: Path, **settings: str) -> Iterator[Server]:
    """Serve a copy of the prepared installation from `folder`, until nobody needs it."""
    shutil.copytree(prepared, folder, dirs_exist_ok=True)
    server = Server(folder, settings=settings)
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="session")
def base_url(server: Server) -> str:
    """Let `page.goto("/check")` mean our server."""
    return server.url


@pytest.fixture
def context(context: BrowserContext) -> BrowserContext:
    """Fail fast: nothing on a loopback page takes ten seconds."""
    context.set_default_timeout(10_000)
    return context


@pytest.fixture
def quiet_page(page: Page) -> Iterator[Page]:
    """Give a page that fails the test if the browser's console reports an error or a policy violation."""
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []
