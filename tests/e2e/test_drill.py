"""A newcomer plays a drill from the landing page to the review, by mouse, by keyboard, without scripts, on a phone."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.e2e.playing import GOOD_FIRST, send_reply, start_drill


def test_a_newcomer_plays_on_a_phone_from_the_landing_page_to_the_review(quiet_page: Page) -> None:
    page = quiet_page
    page.set_viewport_size({"width": 390, "height": 844})
    start_drill(page)
    expect(page.get_by_text("you have my DOG")).to_be_visible()
    page.get_by_label("Your reply to").fill(GOOD_FIRST)
    expect(page.locator("[data-chip=acknowledge] [data-score]")).to_have_text(re.compile(r"^\d+$"))
    expect(page.locator("[data-highlight-layer] mark").first).to_be_attached()
    send_reply(page, "Reply in public")
    expect(page.get_by_role("heading", name="What it earned")).to_be_visible()
    expect(page.locator("[data-report] mark").first).to_be_visible()
    expect(page.locator(".post-text", has_text="ok. thank you for not sending me another email")).to_be_visible(timeout=20_000)
    page.locator(".clock-menu details.menu > summary").click()
    page.get_by_text("Stop this drill").click()
    page.get_by_role("button", name="Stop and see the review").click()
    expect(page).to_have_url(re.compile("/review"))
    expect(page.get_by_role("img", name=re.compile("trust", re.IGNORECASE)).first).to_be_visible()


def test_the_same_drill_works_without_scripts(browser: Browser, base_url: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    page = context.new_page()
    start_drill(page)
    page.get_by_label("Your reply to").fill(GOOD_FIRST)
    page.get_by_role("radio", name=re.compile("Reply in public")).check(force=True)
    page.get_by_role("button", name="Send", exact=False).first.click()
    expect(page.get_by_role("heading", name="What it earned")).to_be_visible()
    page.get_by_role("link", name="Look for news").click()
    expect(page.get_by_text(GOOD_FIRST[:40]).first).to_be_visible()
    context.close()


def test_a_drill_is_played_by_keyboard_alone(quiet_page: Page) -> None:
    page = quiet_page
    page.goto("/")
    press_until_focused(page, "Play a drill now")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your reply to")).to_be_visible()
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "draft":
            break
    page.keyboard.type(GOOD_FIRST, delay=1)
    page.keyboard.press("Alt+Digit1")
    expect(page.locator("[data-actions] input:checked")).to_have_count(1)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="What it earned")).to_be_visible()


def press_until_focused(page: Page, name: str) -> None:
    """Press Tab until the element with that accessible text has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if name in page.evaluate("document.activeElement.textContent || ''").strip():
            return
    raise AssertionError(f"Tab never reached '{name}'")
