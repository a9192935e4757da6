"""The library and the brief: every drill is there, and starts with the clock somebody chose."""

from __future__ import annotations

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from markupsafe import escape

from simulator.services.viewer import guest
from simulator.web.deps import guest_id


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


def test_a_drill_in_progress_can_be_carried_on_from_its_card_and_its_brief(client: FlaskClient) -> None:
    run = client.post("/runs", data={"slug": "swallow-in-the-hem"}).location
    assert f'href="{run}"' in client.get("/library").text
    assert f'href="{run}"' in client.get("/scenarios/swallow-in-the-hem").text
    assert f'href="{run}"' not in client.application.test_client().get("/library").text
