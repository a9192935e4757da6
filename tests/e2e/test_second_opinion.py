"""Ask for a second opinion without leaving the page: it works, the model refuses, its answer is broken. The score stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response, expect

from tests.e2e.conftest import serve
from tests.e2e.serving import Server
from tests.e2e.test_accessible import check
from tests.e2e.test_check_a_reply import DRAFT, POST
from tests.openai_server import OpenAIServer, Reply, make_rated, openai_server, refuse, say, say_text


@pytest.fixture(scope="module")
def asked(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, OpenAIServer]]:
    """Serve an installation that asks a model on loopback."""
    with openai_server() as model:
        settings = {"OPENAI_MODEL": "care-lead-1", "OPENAI_BASE_URL": model.url, "OPENAI_RETRIES": "0", "OPENAI_TIMEOUT_SECONDS": "5"}
        for server in serve(prepared, tmp_path_factory.mktemp("asked"), **settings):
            yield server, model


@pytest.fixture
def model(asked: tuple[Server, OpenAIServer]) -> OpenAIServer:
    """Give the model, to be told what to answer."""
    return asked[1]


@pytest.fixture
def checked(asked: tuple[Server, OpenAIServer], quiet_page: Page) -> Page:
    """Open Check a reply with a post and a draft in it, scored."""
    quiet_page.goto(f"{asked[0].url}/check")
    quiet_page.locator("textarea[name=post]").fill(POST)
    quiet_page.locator("textarea[name=draft]").fill(DRAFT)
    expect(quiet_page.locator("[data-chip=resolve] [data-score]")).not_to_have_text("–")
    return quiet_page


@contextmanager
def stays(page: Page, draft: str = DRAFT) -> Iterator[None]:
    """Expect neither another page, nor another score, nor other words."""
    score = page.locator("[data-chip=resolve] [data-score]").inner_text()
    page.evaluate("window.here = true")
    yield
    assert page.evaluate("window.here") is True
    expect(page.locator("textarea[name=draft]")).to_have_value(draft)
    expect(page.locator("[data-chip=resolve] [data-score]")).to_have_text(score)


def ask(page: Page, model: OpenAIServer, reply: Reply) -> Response:
    """Ask; the model answers with `reply`."""
    model.replies[:] = [reply]
    with page.expect_response("**/check/opinion") as answer:
        page.locator("[data-opinion-ask]").click()
    return answer.value


def test_the_opinion_comes_into_the_page_and_says_when_it_is_old(checked: Page, model: OpenAIServer) -> None:
    sent = len(model.received)
    with stays(checked):
        ask(checked, model, say(make_rated(listen={"quote": "nobody told you", "reason": "It repeats what happened."})))
        expect(checked.locator("[data-opinion]")).to_have_attribute("data-state", "given")
        expect(checked.get_by_text("It repeats what happened.")).to_be_visible()
        expect(checked.get_by_role("button", name="Ask again")).to_be_visible()
    assert len(model.received) == sent + 1
    status = checked.locator("[data-opinion-say]")
    expect(status).to_have_text("The second opinion is here.")
    check(checked)
    checked.locator("textarea[name=draft]").fill(f"{DRAFT} Sorry.")
    expect(status).to_have_text("You have changed the words since. This was said of the earlier ones.")
    checked.locator("textarea[name=draft]").fill(DRAFT)
    expect(status).to_have_text("The second opinion is here.")


@pytest.mark.parametrize("reply", [refuse(), say_text("I would rather chat about trains.")], ids=["refused", "broken"])
def test_a_model_that_will_not_or_can_not_leaves_the_score_alone(checked: Page, model: OpenAIServer, reply: Reply) -> None:
    other = f"{DRAFT} {len(model.received)}"  # answers are kept: other words are asked anew
    checked.locator("textarea[name=draft]").fill(other)
    with stays(checked, other):
        ask(checked, model, reply)
        expect(checked.get_by_text("No second opinion now.")).to_be_visible()
        expect(checked.locator("[data-opinion]")).to_have_attribute("data-state", "none")
        expect(checked.get_by_role("button", name="Ask for a second opinion")).to_be_enabled()
        check(checked)


def test_an_answer_that_is_no_page_of_ours_is_not_taken(checked: Page) -> None:
    with stays(checked):
        checked.route("**/check/opinion", lambda route: route.fulfill(status=200, content_type="text/plain", body=""))
        checked.locator("[data-opinion-ask]").click()
        expect(checked.locator("[data-opinion-say]")).to_contain_text("No second opinion now")
