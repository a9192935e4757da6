"""Play the ferry to its good end: a complete hand-over, a holding reply, the contact's answer, a reply that uses it, solved, review."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e.playing import GOOD_FIRST, HANDOVER, hand_over, send_reply, start_drill

SECOND = (
    "Eyes on him, Nell: steward Jonas has Biscuit in the crew mess with water and a bit of ham. Our ramp count was wrong, we're sorry."
    " Jonas stays with him at Tarrow harbour office till your 16:00 boat lands at 17:15, seats are on us. I'll post once he's ashore. – Sam"
)
ANSWERED = re.compile("^answered")
STORY_TIMEOUT = 30_000
"""The contact takes five minutes of the story, which runs fifteen times as fast as a clock."""


def test_a_hand_over_and_its_answer_bring_the_dog_home(quiet_page: Page) -> None:
    page = quiet_page
    start_drill(page)
    hand_over(page, "Operations", colleague=False)
    expect(page.get_by_text("no answer yet")).to_be_visible()
    page.get_by_label("Your reply to").fill(GOOD_FIRST)
    expect(page.locator("[data-chip=acknowledge] [data-score]")).to_have_text(re.compile(r"^\d+$"))
    expect(page.locator("[data-highlight-layer] mark").first).to_be_attached()
    send_reply(page, "Escalate and reply")
    expect(page.get_by_role("heading", name="What it earned")).to_be_visible()
    expect(page.locator("[data-report] mark").first).to_be_visible()

    expect(page.locator(".answer .tag", has_text=ANSWERED)).to_be_visible(timeout=STORY_TIMEOUT)
    expect(page.locator(".post-text", has_text="is somebody WITH him")).to_be_visible(timeout=STORY_TIMEOUT)
    page.get_by_role("button", name="Use these words").click()
    expect(page.get_by_label("Your reply to")).to_have_value(re.compile("Steward Jonas has him in the crew mess"))
    page.get_by_label("Your reply to").fill(SECOND)
    send_reply(page, "Reply in public")
    expect(page.locator(".post-text", has_text="a card for Jonas")).to_be_visible(timeout=STORY_TIMEOUT)
    go_to_the_review(page)


def test_the_same_on_a_phone_and_without_a_clock(quiet_page: Page) -> None:
    page = quiet_page
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto("/scenarios/ferry-sailed-with-the-dog")
    page.locator("label.option", has_text="Untimed").click()
    page.get_by_role("button", name="Start").click()
    hand_over(page, "Operations", colleague=False)
    expect(page.locator(".answer .tag", has_text=ANSWERED)).to_be_visible()
    page.get_by_label("Your reply to").fill(GOOD_FIRST)
    send_reply(page, "Escalate and reply")
    expect(page.get_by_role("heading", name="What it earned")).to_be_visible()
    page.get_by_role("link", name="Your draft").click()
    expect(page.get_by_label("Your reply to")).to_be_focused()
    expect(page.get_by_label("Your reply to")).to_be_in_viewport()
    page.get_by_label("Your reply to").fill(SECOND)
    send_reply(page, "Reply in public")
    go_to_the_review(page)
    expect(page.get_by_text("played without a clock")).to_be_visible()


def go_to_the_review(page: Page) -> None:
    """Follow the end of the story, which must be in sight, to a review that says "solved"."""
    review = page.get_by_role("link", name="Open the review")
    expect(review).to_be_in_viewport(ratio=1, timeout=STORY_TIMEOUT)
    expect(page.locator("#reply")).to_be_hidden()
    expect(page.get_by_role("button", name="Pause")).to_be_hidden()
    review.click()
    expect(page.get_by_text("Nell Ferreira: Solved").first).to_be_visible()
    page.locator(".picks a").first.click()
    expect(page.locator(".decision.is-open .with-handover").get_by_text(HANDOVER["what_happened"])).to_be_visible()
    check_the_sums(page)


def check_the_sums(page: Page) -> None:
    """Add the shown points of every report up to its shown total, with no number cut off and no column out of sight."""
    tables = page.locator(".sum-table:has(tfoot)")
    expect(tables).to_have_count(2)
    for table in tables.all():
        points = [signed(text) for text in table.locator("tbody tr td:last-child").all_text_contents()]
        assert round(sum(points), 1) == float(table.locator("tfoot td").text_content() or "nan")
    page.evaluate("document.querySelectorAll('main details').forEach((part) => { part.open = true; })")
    boxes = page.eval_on_selector_all(".scroll-x", "boxes => boxes.map((box) => box.scrollWidth - box.clientWidth)")
    assert page.eval_on_selector_all(".finding-points", "points => points.every((point) => point.scrollWidth <= point.clientWidth + 1)")
    assert max(boxes) <= 0


def signed(text: str) -> float:
    """Read "+16.6", "−3" or "±0"."""
    return float(text.strip().replace("−", "-").replace("±", ""))
