"""A refresh, a second tab, a lost connection, a killed server: no word is lost and the story time is right afterwards."""

from __future__ import annotations

import re
import time

from playwright.sync_api import Page, Route, expect

from tests.e2e.playing import GOOD_FIRST, WEAK, choose_action, start_drill
from tests.e2e.serving import Server


def saved(page: Page) -> None:
    """Wait until the page says that the draft is kept."""
    expect(page.locator("[data-save-state=draft]")).to_have_text("saved")


def story_seconds(page: Page) -> float:
    """Read the story time the server gave this page."""
    return float(page.locator("[data-clock]").get_attribute("data-story-s") or "nan")


def test_a_refresh_keeps_the_draft_and_the_clock_goes_on(page: Page) -> None:
    start_drill(page)
    before = story_seconds(page)
    page.get_by_label("Your reply to").fill(GOOD_FIRST)
    saved(page)
    page.reload()
    expect(page.get_by_label("Your reply to")).to_have_value(GOOD_FIRST)
    assert story_seconds(page) >= before


def test_words_typed_before_the_script_runs_are_kept_as_well(page: Page) -> None:
    held: list[Route] = []
    page.route("**/autosave.js*", lambda route: held.append(route))
    page.goto("/")
    page.get_by_role("button", name="Play a drill now").first.click()
    page.wait_for_url(re.compile(r"/runs/[\w-]+"), wait_until="commit")
    page.get_by_label("Your reply to").fill(GOOD_FIRST)
    for route in held:
        route.continue_()
    saved(page)


def test_a_second_tab_shows_the_same_run_and_a_second_send_from_it_is_told_so(page: Page) -> None:
    start_drill(page)
    second = page.context.new_page()
    second.goto(page.url)
    page.get_by_label("Your reply to").fill(GOOD_FIRST)
    choose_action(page, "Reply in public")
    page.locator("#reply [data-send-button]").click()
    expect(page.get_by_role("heading", name="What it earned")).to_be_visible()
    expect(second.locator(".threads").get_by_text(GOOD_FIRST[:50])).to_be_visible(timeout=8_000)


def test_a_lost_connection_keeps_the_words_and_says_so(page: Page) -> None:
    start_drill(page)
    page.get_by_label("Your reply to").fill("Nell, first words")
    saved(page)
    page.context.set_offline(True)
    page.get_by_label("Your reply to").fill(GOOD_FIRST)
    expect(page.locator("[data-save-state=draft]")).to_contain_text("kept here")
    choose_action(page, "Reply in public")
    page.locator("#reply [data-send-button]").click()
    expect(page.get_by_label("Your reply to")).to_have_value(GOOD_FIRST)
    page.context.set_offline(False)
    saved(page)
    page.locator("#reply [data-send-button]").click()
    expect(page.get_by_role("heading", name="What it earned")).to_be_visible()


def test_a_stale_tab_keeps_the_words_that_the_end_overtook(page: Page) -> None:
    start_drill(page)
    page.get_by_label("Your reply to").fill(GOOD_FIRST)
    saved(page)
    other = page.context.new_page()
    other.goto(page.url)
    other.locator(".clock-menu details.menu > summary").press("Enter")
    other.keyboard.press("Escape")
    expect(other.get_by_text("Stop this drill")).to_be_hidden()
    expect(other.locator(".clock-menu details.menu > summary")).to_be_focused()
    other.keyboard.press("Enter")
    other.get_by_text("Stop this drill").click()
    other.get_by_role("button", name="Stop and see the review").click()
    expect(page.get_by_role("link", name="Open the review")).to_be_in_viewport(timeout=8_000)
    expect(page.get_by_text("Not sent: the story ended first")).to_be_visible()
    expect(page.get_by_label("Your reply to")).to_have_value(GOOD_FIRST)
    expect(page.locator("#reply [data-send-button]")).to_be_hidden()


def test_a_drill_that_belongs_to_nobody_any_more_says_so(page: Page) -> None:
    start_drill(page)
    page.get_by_label("Your reply to").fill(GOOD_FIRST)
    saved(page)
    for _ in range(8):  # an answer that was on its way may bring the cookie back once
        page.context.clear_cookies()
        page.evaluate("dispatchEvent(new Event('focus'))")  # coming back from the tab where one signed out
        page.wait_for_timeout(500)
        if page.get_by_text("This drill no longer opens here").is_visible():
            break
    expect(page.get_by_text("This drill no longer opens here")).to_be_visible()
    choose_action(page, "Reply in public")
    page.locator("#reply [data-send-button]").click()
    expect(page.get_by_label("Your reply")).to_have_value(GOOD_FIRST)
    expect(page.get_by_role("heading", name="What you typed is still here")).to_be_visible()


def test_killing_the_server_in_mid_drill_loses_nothing_and_the_story_time_is_right(page: Page, own_server: Server) -> None:
    page.goto(own_server.url)
    page.get_by_role("button", name="Play a drill now").first.click()
    expect(page).to_have_url(re.compile(r"/runs/"))
    page.get_by_label("Your reply to").fill(WEAK)
    choose_action(page, "Reply in public")
    page.locator("#reply [data-send-button]").click()
    expect(page.get_by_role("heading", name="What it earned")).to_be_visible()
    page.get_by_label("Your reply to").fill(GOOD_FIRST)
    saved(page)
    address = re.sub(r"\?.*", "", page.url)
    page.goto(address)
    pace = float(page.locator("[data-clock]").get_attribute("data-pace") or "nan")
    before, asked_at = story_seconds(page), time.monotonic()

    own_server.kill()
    time.sleep(3)
    own_server.start()

    page.goto(address)
    expected = before + (time.monotonic() - asked_at) * pace
    assert abs(story_seconds(page) - expected) < 2.5 * pace
    expect(page.locator(".threads").get_by_text(WEAK[:40])).to_be_visible()
    expect(page.get_by_label("Your reply to")).to_have_value(GOOD_FIRST)
