"""Live updates in a real browser: by stream, by asking where no stream comes, closed in hidden tabs, ended with the run."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from tests.e2e.conftest import serve
from tests.e2e.playing import GOOD_FIRST, send_reply, start_drill
from tests.e2e.serving import Server

HIDE = """hidden => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def is_stream(request: Request) -> bool:
    """Tell whether a request opens a stream."""
    return bool(re.search(r"/runs/[\w-]+/live", request.url))


def is_question(request: Request) -> bool:
    """Tell whether a page asks what is new."""
    return bool(re.search(r"/runs/[\w-]+/updates", request.url))


@pytest.fixture
def server_without_room(prepared: Path, tmp_path: Path) -> Iterator[Server]:
    """Serve an installation that holds no streams."""
    yield from serve(prepared, tmp_path, LIVE_STREAMS="0")


def second_tab(page: Page) -> Page:
    """Open the same run in another tab."""
    other = page.context.new_page()
    other.goto(page.url)
    return other


def reply_reaches(page: Page, other: Page) -> None:
    """Send from one tab and find the words in the other."""
    page.get_by_label("Your reply to").fill(GOOD_FIRST)
    send_reply(page, "Reply in public")
    expect(page.get_by_role("heading", name="What it earned")).to_be_visible()
    expect(other.locator(".threads").get_by_text(GOOD_FIRST[:50])).to_be_visible(timeout=8_000)


def test_two_tabs_hear_of_each_other_on_streams(quiet_page: Page) -> None:
    with quiet_page.expect_response(lambda answer: is_stream(answer.request)) as opened:
        start_drill(quiet_page)
    assert opened.value.status == 200
    other = second_tab(quiet_page)
    with other.expect_request(is_question):
        other.reload()  # the last question without a stream is asked two seconds after the page came
    questions: list[str] = []
    other.on("request", lambda request: questions.append(request.url) if is_question(request) else None)
    reply_reaches(quiet_page, other)
    assert 1 <= len(questions) <= 4, "asked when there was news, not over and over"


def test_where_streams_are_blocked_the_page_asks_by_itself(page: Page) -> None:
    page.context.route(re.compile(r"/live\?"), lambda route: route.abort())
    start_drill(page)
    reply_reaches(page, second_tab(page))


def test_a_browser_without_streams_asks_by_itself(page: Page) -> None:
    page.context.add_init_script("delete window.EventSource")
    start_drill(page)
    reply_reaches(page, second_tab(page))


def test_a_full_server_is_asked_instead(page: Page, server_without_room: Server) -> None:
    page.goto(server_without_room.url)
    with page.expect_response(lambda answer: is_stream(answer.request)) as refused:
        page.get_by_role("button", name="Play a drill now").first.click()
    assert refused.value.status == 503
    reply_reaches(page, second_tab(page))


def test_a_hidden_tab_lets_go_of_its_stream_and_takes_it_up_on_return(quiet_page: Page) -> None:
    with quiet_page.expect_response(lambda answer: is_stream(answer.request)):
        start_drill(quiet_page)
    with quiet_page.expect_event("requestfailed", predicate=is_stream):
        quiet_page.evaluate(HIDE, True)
    with quiet_page.expect_response(lambda answer: is_stream(answer.request)) as again, quiet_page.expect_request(is_question):
        quiet_page.evaluate(HIDE, False)
    assert again.value.status == 200


def test_the_stream_ends_with_the_run(quiet_page: Page) -> None:
    start_drill(quiet_page)
    other = quiet_page.context.new_page()
    opened: set[Request] = set()
    closed: set[Request] = set()
    other.on("request", lambda request: opened.add(request))
    for name in ("requestfinished", "requestfailed"):  # who hangs up first, the server or the page, is chance
        other.on(name, lambda request: closed.add(request))
    other.goto(quiet_page.url)
    quiet_page.locator(".clock-menu details.menu > summary").press("Enter")
    quiet_page.get_by_text("Stop this drill").click()
    quiet_page.get_by_role("button", name="Stop and see the review").click()
    expect(other.get_by_role("link", name="Open the review")).to_be_visible()
    streams = set(filter(is_stream, opened))
    for _ in range(40):
        if streams <= closed:
            break
        other.wait_for_timeout(100)
    assert len(streams) == 1
    assert streams <= closed


def test_a_server_with_open_streams_stops_at_once_and_pages_find_the_next_one(page: Page, own_server: Server) -> None:
    page.goto(own_server.url)
    with page.expect_response(lambda answer: is_stream(answer.request)):
        page.get_by_role("button", name="Play a drill now").first.click()
    for wish in (signal.SIGTERM, signal.SIGINT):
        assert own_server.process is not None
        own_server.process.send_signal(wish)
        own_server.process.wait(timeout=15)
        with page.expect_response(lambda answer: is_stream(answer.request) and answer.status == 200, timeout=15_000):
            own_server.start()
    expect(page.locator("[data-connection]")).to_be_hidden(timeout=10_000)
