"""Take the pictures of README.md from the running app: `make screenshots`."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.e2e.conftest import QUIET, find_chromium
from tests.e2e.playing import GOOD_FIRST, start_drill
from tests.e2e.serving import ROOT, Server

PICTURES = ROOT / "static" / "img"
MIXED = (
    "Nell, I'd be shouting too: the reprint wasn't needed and we sailed with Biscuit and without you. I'm sorry."
    " I've asked operations to radio the ship. Please DM us your details and we'll be in touch soon."
)
POST = (
    "@NorthlineRail third time this week the 7:42 is cancelled with no word at the station."
    " I have been late to work every day and my boss is done with excuses"
)
DRAFT = (
    "Third time this week, and nobody told you at the station: I'm sorry."
    " I'm asking Northline control why the 7:42 went again and will write back here by 9:30. – Tolu"
)


def open_page(browser: Browser, server: Server, width: int, height: int, scheme: Literal["light", "dark"]) -> Page:
    """Open a fresh browser of that size and scheme."""
    context = browser.new_context(base_url=server.url, viewport={"width": width, "height": height}, color_scheme=scheme)
    return context.new_page()


def settle(page: Page) -> None:
    """Wait until the coach has spoken and nothing moves."""
    expect(page.locator("[data-chip=resolve] [data-score]")).to_have_text(re.compile(r"\d"))
    page.wait_for_timeout(600)


def shoot(page: Page, name: str) -> None:
    """Keep the visible part of the page."""
    page.screenshot(path=PICTURES / f"{name}.png")


def main() -> None:
    """Serve a fresh installation and take every picture."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder))
        server.prepare()
        server.start()
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=QUIET)
        try:
            page = open_page(browser, server, 1280, 860, "light")
            start_drill(page)
            page.get_by_label("Your reply to").fill(MIXED)
            settle(page)
            shoot(page, "play")

            page = open_page(browser, server, 390, 844, "light")
            start_drill(page)
            page.get_by_label("Your reply to").fill(GOOD_FIRST)
            settle(page)
            page.get_by_label("Your reply to").evaluate("box => window.scrollTo(0, box.getBoundingClientRect().top + scrollY - 330)")
            shoot(page, "play-phone")

            page = open_page(browser, server, 1280, 860, "dark")
            page.goto("/check")
            page.locator("textarea[name=post]").fill(POST)
            page.locator("textarea[name=draft]").fill(DRAFT)
            settle(page)
            shoot(page, "check-dark")

            page = open_page(browser, server, 1280, 860, "light")
            page.goto("/scenarios/saturday-at-the-counter")
            page.get_by_label("Untimed").check()
            page.get_by_role("button", name=re.compile("Start|variant")).first.click()
            expect(page.get_by_label("Your reply to")).to_be_visible()
            page.wait_for_timeout(600)
            shoot(page, "shift")

            page = open_page(browser, server, 1280, 860, "light")
            page.goto("/")
            page.get_by_role("link", name=re.compile("finished review")).first.click()
            page.wait_for_timeout(600)
            shoot(page, "review")
        finally:
            browser.close()
            server.kill()


if __name__ == "__main__":
    main()
