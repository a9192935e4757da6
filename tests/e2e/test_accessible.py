"""Every page: no axe violation in light and dark, nothing sticks out sideways from 360 px to 1920 px, one heading, a skip link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.cast import ADA, OMAR
from tests.e2e.playing import WEAK, hand_over, send_reply, start_drill
from tests.e2e.serving import Server

PUBLIC = ["/", "/library", "/check", "/sign-in", "/sign-up", "/api/docs", "/no-such-page"]
SIGNED_IN = ["/", "/account", "/admin/people", "/inbox", "/library"]
WIDTHS = [360, 1280, 1920]
Scheme = Literal["light", "dark"]


@pytest.fixture(params=["light", "dark"])
def themed(request: pytest.FixtureRequest, browser: Browser, base_url: str) -> Iterator[Page]:
    """Open a fresh browser in light or dark, and close it."""
    with browser.new_context(base_url=base_url, color_scheme=request.param) as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def admin_state(browser: Browser, server: Server) -> StorageState:
    """Make the first administrator by command and sign in once for the module."""
    server.command("accounts", "create-admin", "--email", ADA.email, "--name", ADA.name, "--password-stdin", given=ADA.password + "\n")
    context = browser.new_context(base_url=server.url)
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(ADA.email)
    page.get_by_label("Password").first.fill(ADA.password)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"^(?!.*sign-in)"))
    state = context.storage_state()
    context.close()
    return state


def check(page: Page) -> None:
    """Fail on an axe violation, on anything wider than the window, or on a page without its landmarks."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} sticks out by {wide} px at {width} px"
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page)
        assert found.violations_count == 0, f"{page.url} at {width} px:\n{found.generate_report()}"
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("a.skip")).to_have_count(1)


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages(themed: Page, path: str) -> None:
    themed.goto(path)
    check(themed)


def test_every_brief(themed: Page) -> None:
    themed.goto("/library")
    briefs = themed.eval_on_selector_all(
        "main a[href*='/scenarios/']", "links => [...new Set(links.map(link => link.getAttribute('href')))]"
    )
    assert len(briefs) >= 6
    for brief in briefs:
        themed.goto(brief)
        check(themed)


def test_play_report_and_review(themed: Page) -> None:
    start_drill(themed)
    themed.get_by_label("Your reply to").fill(WEAK)
    expect(themed.locator("[data-chip=resolve] [data-score]")).to_have_text(re.compile(r"\d"))
    check(themed)
    send_reply(themed, "Reply in public")
    expect(themed.get_by_role("heading", name="What it earned")).to_be_visible()
    check(themed)
    hand_over(themed, "Operations", colleague=False)
    expect(themed.get_by_text("no answer yet")).to_be_visible()
    check(themed)


@pytest.mark.parametrize(
    "slug",
    [
        "ferry-sailed-with-the-dog",
        "washing-up-in-the-bath",
        "swallow-in-the-hem",
        "parrot-membership",
        "one-star-for-the-sky",
        "hissing-by-the-back-door",
    ],
)
def test_every_network_look(themed: Page, slug: str) -> None:
    themed.goto(f"/scenarios/{slug}")
    themed.locator("main form button[type=submit]").first.click()
    expect(themed).to_have_url(re.compile("/runs/"))
    check(themed)


def test_the_example_review(themed: Page) -> None:
    themed.goto("/")
    themed.get_by_role("link", name=re.compile("finished review")).first.click()
    expect(themed).to_have_url(re.compile("/review"))
    check(themed)


@pytest.mark.parametrize("path", SIGNED_IN)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_an_administrator(browser: Browser, base_url: str, admin_state: StorageState, path: str, scheme: Scheme) -> None:
    with browser.new_context(base_url=base_url, color_scheme=scheme, storage_state=admin_state) as context:
        page = context.new_page()
        page.goto(path)
        check(page)


def test_a_check_with_a_full_report(themed: Page) -> None:
    themed.goto("/check")
    themed.locator("textarea[name=post]").fill(f"Where is my parcel, {OMAR.name}? It was due on Monday and nobody answers the phone!!")
    themed.locator("textarea[name=draft]").fill(WEAK)
    expect(themed.locator("[data-chip=resolve] [data-score]")).to_have_text(re.compile(r"\d"))
    check(themed)
