"""A shift in the browser: the inbox, an incident, agreed messages, its score; nobody is shut out of any of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.test_accessible import check

SHIFT = "/scenarios/saturday-at-the-counter"
STATEMENT = "If you paid by card before 13:10 you may have been charged twice. That's our machines: sorry. It comes back by Tuesday. – Bea"


@pytest.fixture(params=["light", "dark"])
def shift(request: pytest.FixtureRequest, browser: Browser, base_url: str) -> Iterator[Page]:
    """Start the shift without a clock, in light and in dark."""
    with browser.new_context(base_url=base_url, color_scheme=request.param) as context:
        page = context.new_page()
        page.goto(SHIFT)
        page.locator("input[value=untimed]").check()
        page.get_by_role("button", name="Start").click()
        page.wait_for_url(re.compile("/runs/"))
        yield page


def test_every_part_of_a_shift_can_be_reached(shift: Page) -> None:
    expect(shift.locator(".shift-row")).to_have_count(4)
    for part in ("#shift-tools", "#shift-messages", "#incident"):
        shift.locator(f"{part} > summary").click()
    check(shift)
    shift.set_viewport_size({"width": 1280, "height": 900})
    for name in ("card-tomas", "card-ines"):
        shift.locator(f"input[name=threads][value={name}]").check()
    shift.get_by_label("Your statement").fill(STATEMENT)
    shift.get_by_role("button", name="Declare it and post the statement").click()
    expect(shift.get_by_text("Incident declared at")).to_be_visible()
    expect(shift.locator(".shift-inbox .tag", has_text="Solved")).to_have_count(2)
    check(shift)


def test_an_agreed_message_goes_into_the_draft(shift: Page) -> None:
    shift.locator("#shift-messages > summary").click()
    shift.locator("#shift-messages [data-insert]").first.click()
    expect(shift.locator("[data-draft]")).to_have_value(re.compile(r"\[.*\]"))


def test_the_score_is_shown_at_the_end_and_the_brief_offers_another_variant(shift: Page) -> None:
    run = shift.url.split("?")[0]
    shift.locator("details.menu > summary").click()
    shift.locator("details.stop > summary").click()
    shift.get_by_role("button", name="Stop and see the review").click()
    shift.goto(run)
    expect(shift.get_by_role("heading", name="Your shift")).to_be_visible()
    shift.locator(".shift-report details > summary").click()
    check(shift)
    shift.goto(SHIFT)
    expect(shift.get_by_label("Another variant")).to_be_checked()
    check(shift)
