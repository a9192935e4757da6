"""The library and the brief: every drill is there, and starts with the clock somebody chose."""

from __future__ import annotations

import re

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from markupsafe import escape

from simulator.services.viewer import guest
from simulator.web.deps import guest_id
from tests.factories import HandClock
from tests.web.test_review import finished


def test_every_drill_has_its_card(client: FlaskClient, app: APIFlask) -> None:
    page = client.get("/library").text
    library = app.extensions["composure"].drills.library()
    assert library
    for scenario in library:
        assert str(escape(scenario.title)) in page
        assert f'href="/scenarios/{scenario.slug}"' in page


def test_a_brief_tells_who_one_speaks_for_and_offers_three_clocks(client: FlaskClient) -> None:
    page = client.get("/scenarios/ferry-sailed-with-the-dog").text
    assert "Saltmarsh Ferries" in page
    assert [value for value in ("1", "0.5", "untimed") if f'name="pace" value="{value}"' in page] == ["1", "0.5", "untimed"]


@pytest.mark.parametrize("slug", ["no-such-drill", "..", "A B", "%00"])
def test_a_drill_that_is_not_there(client: FlaskClient, slug: str) -> None:
    assert client.get(f"/scenarios/{slug}").status_code == 404
    assert client.post("/runs", data={"slug": slug}).status_code == 404


@pytest.mark.parametrize(
    ("data", "untimed", "share"),
    [
        pytest.param({}, False, 1.0, id="nothing chosen"),
        pytest.param({"pace": "0.5"}, False, 0.5, id="slower"),
        pytest.param({"pace": "untimed"}, True, 1.0, id="untimed"),
        pytest.param({"pace": "1", "untimed": "1"}, True, 1.0, id="untimed by a tick"),
        pytest.param({"pace": "1000000"}, False, 1.0, id="a pace that is not offered"),
    ],
)
def test_the_run_has_the_clock_that_was_chosen(
    client: FlaskClient, app: APIFlask, data: dict[str, str], untimed: bool, share: float
) -> None:
    with client:
        run = client.post("/runs", data={"slug": "ferry-sailed-with-the-dog", **data}).location.rsplit("/", 1)[-1]
        browser = guest_id()
    drills = app.extensions["composure"].drills
    with app.test_request_context():
        from_browser = drills.look(guest(browser), run)
    assert from_browser.state.untimed is untimed
    assert untimed or from_browser.state.clock.pace == pytest.approx(from_browser.scenario.pace * share)


def test_a_form_sent_twice_starts_one_run(client: FlaskClient) -> None:
    form = {"slug": "swallow-in-the-hem", "token": "one form", "pace": "1"}
    first = client.post("/runs", data=form).location
    assert client.post("/runs", data=form).location == first
    for other in ({"pace": "0.5"}, {"token": "another form"}, {"slug": "ferry-sailed-with-the-dog"}):
        assert client.post("/runs", data={**form, **other}).location != first
    assert client.application.test_client().post("/runs", data=form).location != first, "somebody else's form is another"
    client.post(f"{first}/end")
    assert client.post("/runs", data=form).location != first, "a form come back to begins anew once its run is over"


def test_every_form_that_begins_a_run_begins_it_once(client: FlaskClient, clock: HandClock) -> None:
    review = f"{finished(client, clock)}/review"
    for address in ("/", "/scenarios/swallow-in-the-hem", review):
        forms = re.findall(r'<form[^>]+action="(?:/runs|[^"]+/fork)".+?</form>', client.get(address).text, re.DOTALL)
        assert forms
        tokens = [re.findall(r'name="token" value="([\w-]{16})"', form) for form in forms]
        assert all(len(found) == 1 for found in tokens)
        assert len({found[0] for found in tokens}) == len(tokens)


def test_a_drill_in_progress_can_be_carried_on_from_its_card_and_its_brief(client: FlaskClient) -> None:
    run = client.post("/runs", data={"slug": "swallow-in-the-hem"}).location
    assert f'href="{run}"' in client.get("/library").text
    assert f'href="{run}"' in client.get("/scenarios/swallow-in-the-hem").text
    assert f'href="{run}"' not in client.application.test_client().get("/library").text
