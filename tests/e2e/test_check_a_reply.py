"""Check a reply: paste a post and a draft, read the verdict as you type, and get the same without scripts."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

POST = (
    "@NorthlineRail third time this week the 7:42 is cancelled with no word at the station."
    " I have been late to work every day and my boss is done with excuses"
)
DRAFT = (
    "Third time this week, and nobody told you at the station: I am sorry."
    " I am asking Northline control now why the 7:42 went again and will write back here by 9:30. – Tolu"
)


def test_a_post_is_sorted_and_a_draft_scored_while_they_are_typed(quiet_page: Page) -> None:
    page = quiet_page
    page.goto("/check")
    page.locator("textarea[name=post]").fill(POST)
    page.locator("textarea[name=draft]").fill(DRAFT)
    expect(page.get_by_text(re.compile("complaint", re.IGNORECASE)).first).to_be_visible()
    expect(page.locator("[data-chip=resolve] [data-score]")).to_have_text(re.compile(r"^\d+$"))
    expect(page.locator("mark").first).to_be_attached()


def test_another_playbook_is_judged_by_at_once_and_named_in_the_report(quiet_page: Page) -> None:
    page = quiet_page
    page.goto("/check")
    page.locator("textarea[name=post]").fill(POST)
    page.locator("textarea[name=draft]").fill(f"{DRAFT} Your call is important to us.")
    expect(page.locator("[data-chip=tone] [data-score]")).to_have_text(re.compile(r"^\d+$"))
    tone = page.locator("[data-chip=tone] [data-score]").inner_text()
    page.get_by_label("Playbook").select_option(label="A brand with its own support account")
    expect(page.locator("[data-chip=tone] [data-score]")).not_to_have_text(tone)
    page.get_by_role("button", name="Show the full report").click()
    expect(page.get_by_text("Judged by the playbook: A brand with its own support account")).to_be_visible()
    expect(page.get_by_label("Playbook")).to_have_value("support-account")


def test_the_same_verdict_comes_without_scripts(browser: Browser, base_url: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    page = context.new_page()
    page.goto("/check")
    page.locator("textarea[name=post]").fill(POST)
    page.locator("textarea[name=draft]").fill(DRAFT)
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("[data-report]")).to_be_visible()
    expect(page.locator("textarea[name=draft]")).to_have_value(DRAFT)
    context.close()
