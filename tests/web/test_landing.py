"""The landing page and home: one button that plays, a picture that is true, and what to do next."""

from __future__ import annotations

import re
from collections.abc import Callable

from apiflask import APIFlask
from flask.testing import FlaskClient

from simulator.web.presenters_landing import STOCK_REPLY, first_drill
from tests.cast import INES, Person

SignIn = Callable[[Person], FlaskClient]


def test_a_guest_gets_one_sentence_one_button_and_three_doors(client: FlaskClient) -> None:
    page = client.get("/").text
    assert page.count("<h1") == 1
    assert "Play a drill now" in page
    assert 'href="/check"' in page
    assert 'href="/welcome"' in page


def test_once_somebody_administers_the_door_leads_to_sign_up(client: FlaskClient, people: dict[Person, str]) -> None:
    assert 'href="/sign-up"' in client.get("/").text


def test_the_picture_shows_the_drill_that_the_button_starts(client: FlaskClient, app: APIFlask) -> None:
    scenario = first_drill(app.extensions["composure"].drills.library())
    assert scenario is not None
    page = client.get("/").text
    assert f'name="slug" value="{scenario.slug}"' in page
    assert scenario.personas[scenario.threads[0].beats[0].by].name in page


def test_the_picture_prefers_a_good_reply_and_says_so_with_the_judges_numbers(client: FlaskClient) -> None:
    page = client.get("/").text
    shown = [float(number) for number in re.findall(r'<p class="hero-try-head">.*?<b class="num">([\d.]+)</b>', page)]
    assert shown
    assert shown[-1] == max(shown)
    if len(shown) > 1:
        assert STOCK_REPLY.split("'")[0] in page


def test_the_button_starts_a_run_and_the_run_can_be_found_again(client: FlaskClient) -> None:
    slug = re.search(r'name="slug" value="([^"]+)"', client.get("/").text)
    assert slug
    started = client.post("/runs", data={"slug": slug.group(1)})
    assert started.status_code == 303
    assert started.location.startswith("/runs/")
    assert started.location in client.get("/").text


def test_home_says_what_to_play_next_and_where_one_was(sign_in: SignIn) -> None:
    browser = sign_in(INES)
    home = browser.get("/").text
    assert "Next for you" in home
    assert "Nothing yet" in home
    brief = re.search(r'href="/scenarios/([^"]+)"', home)
    assert brief
    run = browser.post("/runs", data={"slug": brief.group(1)}).location
    home = browser.get("/").text
    assert "Where you were" in home
    assert f'href="{run}"' in home


def test_what_a_guest_played_moves_into_their_account(client: FlaskClient, people: dict[Person, str]) -> None:
    run = client.post("/runs", data={"slug": "ferry-sailed-with-the-dog"}).location
    client.post("/sign-in", data={"email": INES.email, "password": INES.password})
    assert f'href="{run}"' in client.get("/account").text
    assert client.get(run).status_code == 200


def test_after_the_first_drill_home_offers_the_easiest_one_not_begun(app: APIFlask, sign_in: SignIn) -> None:
    browser = sign_in(INES)
    first = re.search(r'name="slug" value="([^"]+)"', browser.get("/").text)
    assert first
    browser.post("/runs", data={"slug": first.group(1)})
    then = re.search(r'name="slug" value="([^"]+)"', browser.get("/").text)
    assert then
    levels = {each.slug: each.level for each in app.extensions["composure"].drills.library() if each.slug != first.group(1)}
    assert levels[then.group(1)] == min(levels.values())
