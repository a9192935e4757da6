"""Know how a person plays: which buttons, in which order."""

from __future__ import annotations

import re

from playwright.sync_api import Page

GOOD_FIRST = (
    "Nell, I'd be shouting too. The reprint wasn't needed and we sailed with Biscuit and without you. I'm sorry. I've asked operations"
    " to radio the ship and get someone to him on deck 3 now. I'll be back here by 14:45. – Sam"
)
WEAK = "Hi, we're sorry for any inconvenience. Someone will look into it soon. Thank you for your patience."
HANDOVER = {
    "what_happened": "We sailed at 14:10 without a family whose tickets were valid. Their dog Biscuit is alone in the pet lounge.",
    "who_where": "@nell_ferreira, 860 followers, on the quay at Port Ellery; her post has 96 likes and is spreading.",
    "known_unknown": "Known: the tickets were valid, the ship docks at 15:25. Not known: is anyone with the dog?",
    "asked": "Please radio the Gannet, get a steward to the dog on deck 3 and tell me how he is. What may I say about the cause?",
    "by_when": "14:40",
    "said_so_far": "Nothing yet; I am about to say that we are radioing the ship.",
}


def start_drill(page: Page) -> None:
    """Start the landing page's drill as a guest."""
    page.goto("/")
    page.get_by_role("button", name="Play a drill now").first.click()
    page.wait_for_url(re.compile(r"/runs/[\w-]+"))


def start_drill_as_member(page: Page) -> None:
    """Start the same drill from its brief, as somebody signed in does."""
    page.goto("/scenarios/ferry-sailed-with-the-dog")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/runs/[\w-]+"))


def choose_action(page: Page, name: str) -> None:
    """Choose what to do with the post."""
    page.locator("[data-actions] label", has_text=name).first.click()


def send_reply(page: Page, action: str) -> None:
    """Choose an action and send."""
    choose_action(page, action)
    page.locator("#reply [data-send-button]").click()


def hand_over(page: Page, contact: str, *, colleague: bool) -> None:
    """Write a complete hand-over and send it."""
    ask = page.locator("#ask")
    if not page.locator("#ask-what_happened").is_visible():
        ask.locator("summary").first.click()
    ask.locator("label", has_text=contact).first.click()
    for name, text in HANDOVER.items():
        page.locator(f"#ask-{name}").fill(text)
    if colleague:
        page.get_by_label("A colleague, from their inbox").check()
    page.get_by_role("button", name="Hand over").click()
