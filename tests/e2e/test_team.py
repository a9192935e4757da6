"""A team: first administrator, an invited learner and contact, a hand-over between colleagues, a guest who signs up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cast import ADA, INES, OMAR, Person
from tests.e2e.conftest import serve
from tests.e2e.playing import hand_over, start_drill_as_member
from tests.e2e.serving import Server

ANSWER = {
    "may_say": "Biscuit is safe: a steward called Jonas has him in the crew mess with water and ham, and stays with him until 17:15.",
    "may_not_say": "Who stood at the ramp; nothing about refunds in public.",
    "owner": "Omar Vance, duty manager",
    "next_time": "15:25, when the Gannet docks",
}


@pytest.fixture(scope="module")
def team(prepared: Path, tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[dict[Person, Page]]:
    """Set a team up the way people do: the first-run page, then invitations; gives each their own signed-in page."""
    for served in serve(prepared, tmp_path_factory.mktemp("team")):
        pages = set_up(served, browser)
        yield pages
        for page in pages.values():
            page.context.close()


def set_up(served: Server, browser: Browser) -> dict[Person, Page]:
    """Make the first administrator, then invite a learner and a contact; gives each their page."""
    admin = browser.new_context(base_url=served.url).new_page()
    admin.goto("/")
    admin.get_by_role("link", name=re.compile("Set up your team")).first.click()
    admin.get_by_label("Your name").or_(admin.get_by_label("Name")).first.fill(ADA.name)
    admin.get_by_label("E-mail").first.fill(ADA.email)
    admin.get_by_label("Password").first.fill(ADA.password)
    admin.locator("main form button[type=submit]").first.click()
    expect(admin.get_by_text(ADA.name).first).to_be_attached()
    pages = {ADA: admin}
    for person in (INES, OMAR):
        admin.goto("/admin/people")
        admin.get_by_label("E-mail").first.fill(person.email)
        admin.get_by_label("Role").first.select_option(person.role)
        if person.contact:
            admin.get_by_label("Department").first.select_option(person.contact.value)
        admin.get_by_role("button", name=re.compile("[Ii]nvit")).first.click()
        link = re.search(r"http://[\d.:]+/invitations/[\w-]+", admin.content())
        assert link
        theirs = browser.new_context(base_url=served.url).new_page()
        theirs.goto(link.group())
        theirs.get_by_label("Your name").or_(theirs.get_by_label("Name")).first.fill(person.name)
        theirs.get_by_label("Password").first.fill(person.password)
        theirs.locator("main form button[type=submit]").first.click()
        expect(theirs).not_to_have_url(re.compile("invitations"))
        pages[person] = theirs
    return pages


def test_a_colleague_answers_a_hand_over_and_the_answer_reaches_the_run(team: dict[Person, Page]) -> None:
    ines, omar = team[INES], team[OMAR]
    start_drill_as_member(ines)
    hand_over(ines, "Operations", colleague=True)
    expect(ines.get_by_text("no answer yet")).to_be_visible()

    omar.goto("/inbox")
    omar.locator("main a[href*='/inbox/']").first.click()
    expect(omar.get_by_text("Their dog Biscuit is alone")).to_be_visible()
    for name, text in ANSWER.items():
        omar.locator(f"[name={name}]").fill(text)
    omar.locator("main form button[type=submit]").last.click()
    expect(omar.get_by_text(re.compile(r"of 100")).first).to_be_visible()

    expect(ines.get_by_text(ANSWER["may_say"]).first).to_be_visible(timeout=8_000)
    ines.get_by_role("button", name="Use these words").click()
    expect(ines.get_by_label("Your reply to")).to_have_value(re.compile("Biscuit is safe"))


def test_the_inbox_of_another_department_and_of_a_learner_stay_closed(team: dict[Person, Page]) -> None:
    answer = team[INES].goto("/inbox")
    assert answer is not None
    assert answer.status == 403


def test_a_guest_keeps_their_run_by_signing_up(own_server: Server, page: Page) -> None:
    page.goto(own_server.url + "/welcome")
    page.get_by_label("Your name").or_(page.get_by_label("Name")).first.fill(ADA.name)
    page.get_by_label("E-mail").first.fill(ADA.email)
    page.get_by_label("Password").first.fill(ADA.password)
    page.locator("main form button[type=submit]").first.click()
    page.context.clear_cookies()
    page.goto(own_server.url)
    page.get_by_role("button", name="Play a drill now").first.click()
    run = re.sub(r"\?.*", "", page.url)
    page.goto(own_server.url + "/sign-up")
    page.get_by_label("Your name").or_(page.get_by_label("Name")).first.fill(INES.name)
    page.get_by_label("E-mail").first.fill(INES.email)
    page.get_by_label("Password").first.fill(INES.password)
    page.locator("main form button[type=submit]").first.click()
    answer = page.goto(run)
    assert answer is not None
    assert answer.status == 200
    page.goto(own_server.url + "/account")
    expect(page.locator(f"a[href*='{run.rsplit('/', 1)[-1]}']").first).to_be_attached()
