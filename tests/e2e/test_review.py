"""Lose on purpose, look at the blunder, play on from it and win; step through it; share it; all without a violation."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.e2e.playing import GOOD_FIRST, WEAK, send_reply, start_drill
from tests.e2e.test_accessible import check
from tests.pages import found

END = """async id => {
  const form = new FormData();
  form.append("csrf_token", document.querySelector("[name=csrf_token]").value);
  await fetch(`/runs/${id}/end`, { method: "POST", body: form });
}"""


def run_id(page: Page) -> str:
    """Return the id of the run whose page is open."""
    return found(r"/runs/([\w-]+)", page.url)


def play(page: Page, words: str, *, sure: str) -> str:
    """Send a reply on the page that is open, say how sure, stop, and open the review; returns the run's id."""
    page.get_by_label("Your reply to").fill(words)
    page.locator(".sureness label", has_text=sure).first.click()
    send_reply(page, "Reply in public")
    expect(page.get_by_role("heading", name="What it earned")).to_be_visible()
    run = run_id(page)
    page.evaluate(END, run)
    page.goto(f"/runs/{run}/review")
    return run


def lose(page: Page) -> str:
    """Lose a drill with a weak reply that one is sure of."""
    start_drill(page)
    return play(page, WEAK, sure="Sure")


def test_a_blunder_is_shown_played_again_and_won(quiet_page: Page) -> None:
    lost = lose(quiet_page)
    expect(quiet_page.get_by_text("Look here first")).to_be_visible()
    first = float(quiet_page.locator(".review-total .report-number").inner_text())
    quiet_page.get_by_role("button", name="Play on from here").first.click()
    expect(quiet_page.get_by_label("Your reply to")).to_have_value(WEAK)
    play(quiet_page, GOOD_FIRST, sure="Fairly sure")
    assert float(quiet_page.locator(".review-total .report-number").inner_text()) > first + 20
    expect(quiet_page.get_by_role("heading", name="The same moment before")).to_be_visible()
    expect(quiet_page.get_by_role("link", name="an earlier run")).to_have_attribute("href", f"/runs/{lost}/review")


def test_the_run_is_stepped_through_by_slider_and_keys(quiet_page: Page) -> None:
    run = lose(quiet_page)
    quiet_page.goto(f"/runs/{run}/review/steps")
    ours = quiet_page.locator(".steps-street .is-ours")
    expect(ours).to_be_hidden()
    quiet_page.keyboard.press("End")
    expect(ours).to_be_visible()
    expect(quiet_page).to_have_url(re.compile(r"at=\d+"))
    before = quiet_page.locator("[data-mood-value=trust]").inner_text()
    quiet_page.keyboard.press("Home")
    expect(ours).to_be_hidden()
    expect(quiet_page.locator("[data-mood-value=trust]")).to_have_text("60")
    assert before != "60"
    quiet_page.get_by_role("slider").press("End")
    expect(ours).to_be_visible()
    quiet_page.get_by_role("slider").press("Home")
    quiet_page.keyboard.press("Tab")
    quiet_page.keyboard.press("ArrowRight")
    expect(quiet_page.locator("[data-step-number]")).to_contain_text("step 2 of")


def test_without_scripts_links_open_decisions_and_steps(browser: Browser, base_url: str) -> None:
    with browser.new_context(base_url=base_url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/")
        page.get_by_role("link", name=re.compile("finished review")).first.click()
        expect(page.locator(".decision:visible")).to_have_count(1)
        page.locator(".picks a").last.click()
        expect(page.locator(".decision:visible")).to_have_count(1)
        expect(page).to_have_url(re.compile(r"decision=\d+"))
        page.get_by_role("link", name="Step through the whole run").click()
        page.get_by_role("link", name="On").click()
        expect(page).to_have_url(re.compile(r"at=2"))
        expect(page.locator(".steps-street article").first).to_be_visible()


def test_a_link_is_made_read_by_a_stranger_and_taken_back(quiet_page: Page, browser: Browser) -> None:
    lose(quiet_page)
    quiet_page.locator("#share summary").click()
    quiet_page.get_by_role("button", name="Make a link").click()
    link = quiet_page.get_by_label("Your link").input_value()
    with browser.new_context() as context:
        stranger = context.new_page()
        stranger.goto(link)
        expect(stranger.get_by_text("Somebody shared this review with you")).to_be_visible()
        expect(stranger.locator("main form")).to_have_count(0)
        check(stranger)
        stranger.get_by_role("link", name="Step through the whole run").click()
        # A key pressed before the page's script runs is heard by nobody; `load` comes after it.
        stranger.wait_for_url(re.compile("/steps"))
        stranger.keyboard.press("End")
        expect(stranger.locator(".steps-street .is-ours")).to_be_visible()
        expect(stranger.get_by_role("button", name="Play on from here")).to_have_count(0)
        check(stranger)
        quiet_page.on("dialog", lambda dialog: dialog.accept())
        quiet_page.get_by_role("button", name=re.compile("Take back")).click()
        expect(quiet_page.get_by_text("The link no longer opens.")).to_be_visible()
        stranger.reload()
        expect(stranger.get_by_role("heading", name="No longer valid")).to_be_visible()


def test_review_and_steps_are_accessible(quiet_page: Page) -> None:
    run = lose(quiet_page)
    check(quiet_page)
    quiet_page.goto(f"/runs/{run}/review/steps?at=3")
    check(quiet_page)


def test_on_paper_every_decision_is_there_and_nothing_to_press(quiet_page: Page) -> None:
    lose(quiet_page)
    quiet_page.emulate_media(media="print")
    expect(quiet_page.locator(".decision:visible")).to_have_count(quiet_page.locator(".decision").count())
    expect(quiet_page.locator("main button:visible")).to_have_count(0)
    expect(quiet_page.locator(".mood-table")).to_be_visible()
    assert len(quiet_page.pdf(format="A4")) > 10_000
