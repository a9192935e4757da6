"""A shift over HTTP: its inbox works, is refused, is not found, takes bad input; nothing that was typed is lost."""

from __future__ import annotations

import re
from html import unescape

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from tests.pages import found
from tests.web.playing import JSON, start

SHIFT = "saturday-at-the-counter"
STATEMENT = (
    "If you paid by card before 13:10 you may have been charged twice. That's our machines: sorry. The bank puts it back by Tuesday. – Bea"
)
ACTS = {
    "claim": {},
    "snooze": {"minutes": "15"},
    "rank": {"priority": "critical"},
    "merge": {"into": "card-ines"},
    "declare": {"threads": ["card-tomas", "card-ines"], "text": STATEMENT},
}


@pytest.fixture
def run(client: FlaskClient) -> str:
    """Start an untimed shift: four threads wait at once."""
    return start(client, SHIFT, pace="untimed")


def test_the_page_shows_an_inbox_and_one_thread_of_its_network(client: FlaskClient, run: str) -> None:
    page = client.get(run).text
    assert page.count('class="shift-row') == 4
    assert "suggested" in page
    assert page.count('<section class="thread ') == 1
    other = client.get(f"{run}?thread=praise").text
    assert '<section class="thread thread-page' in other
    assert "Agreed messages" in other
    assert "style=" not in page


def test_the_inbox_is_a_region_of_the_live_updates(client: FlaskClient, run: str) -> None:
    told = client.get(f"{run}/updates?after=0&thread=praise").get_json()
    assert "shift-inbox" in told["regions"]["switch"]
    assert told["threads"] == []
    assert {post["thread"] for post in told["posts"]} <= {"praise"}


def test_the_coach_warns_of_a_message_as_it_stands_before_it_is_sent(client: FlaskClient, run: str) -> None:
    message = found(r'id="message-thanks">([^<]+)<', client.get(f"{run}?thread=praise").text)
    draft = {"thread": "praise", "text": unescape(message), "action": "reply_public"}
    first = client.post(f"{run}/coach", json=draft).get_json()["fixes"][0]
    assert (first["label"], first["gain"]) == ("Counts 40 at most", 0)
    assert "Make them this person's" in first["say"]
    client.post(f"{run}/draft", data=draft)
    assert "Counts 40 at most" in client.get(f"{run}?thread=praise").text
    own = client.post(f"{run}/coach", json={**draft, "text": "Dee and the queue heard it from me, and Luis keeps the song."}).get_json()
    assert "Counts 40 at most" not in [fix["label"] for fix in own["fixes"]]


def test_claiming_ranking_and_putting_off_show_in_the_inbox(client: FlaskClient, run: str) -> None:
    assert client.post(f"{run}/claim", data={"thread": "praise"}).status_code == 303
    assert "yours" in client.get(run).text
    client.post(f"{run}/rank", data={"thread": "praise", "priority": "critical"})
    first = re.search(r'<li class="shift-row[^>]*>', client.get(run).text)
    assert first is not None
    assert "priority-critical" in first.group()
    client.post(f"{run}/snooze", data={"thread": "spam", "minutes": "30"})
    assert "put off until" in client.get(run).text


def test_a_repeat_is_merged_and_gone(client: FlaskClient, run: str) -> None:
    merged = client.post(f"{run}/merge", data={"thread": "card-ines", "into": "card-tomas"})
    assert merged.status_code == 303
    assert "thread=" not in merged.location


def test_an_incident_is_declared_once_and_answers_its_threads(client: FlaskClient, run: str) -> None:
    form = {"thread": "card-tomas", "threads": ["card-tomas", "card-ines"], "text": STATEMENT, "token": "once"}
    assert client.post(f"{run}/declare", data=form).status_code == 303
    assert client.post(f"{run}/declare", data=form).status_code == 303
    page = client.get(run).text
    assert "Incident declared at" in page
    assert page.count("Declare it and post") == 0
    assert "straight answer and a day" in client.get(f"{run}?thread=card-tomas").text


@pytest.mark.parametrize("threads", [["card-tomas"], []])
def test_a_refused_statement_keeps_its_words_and_its_threads(client: FlaskClient, run: str, threads: list[str]) -> None:
    refused = client.post(f"{run}/declare", data={"thread": "card-tomas", "threads": threads, "text": f"{STATEMENT} <b>"})
    assert refused.status_code in (400, 422)
    assert "at least two open threads" in refused.text
    assert "&lt;b&gt;" in refused.text
    assert refused.text.count("checked") >= len(threads)


@pytest.mark.parametrize(
    ("act", "data"),
    [
        ("rank", {"thread": "praise", "priority": "soonish"}),
        ("snooze", {"thread": "praise", "minutes": "-5"}),
        ("snooze", {"thread": "praise", "minutes": "nan"}),
        ("merge", {"thread": "praise"}),
        ("merge", {"thread": "praise", "into": "praise"}),
        ("declare", {"threads": ["card-tomas", "card-ines"], "text": ""}),
        ("declare", {"threads": ["card-tomas", "card-ines"], "text": STATEMENT, "token": "x" * 65}),
    ],
)
def test_bad_input_is_refused_in_words(client: FlaskClient, run: str, act: str, data: dict[str, object]) -> None:
    answer = client.post(f"{run}/{act}", data=data, headers=JSON)
    assert 400 <= answer.status_code < 500
    assert answer.get_json()["detail"]


@pytest.mark.parametrize("act", ACTS)
def test_somebody_elses_shift_is_not_there(app: APIFlask, client: FlaskClient, run: str, act: str) -> None:
    data = {"thread": "card-tomas", **ACTS[act]}
    assert app.test_client().post(f"{run}/{act}", data=data, headers=JSON).status_code == 404
    assert client.post("/runs/none-of-yours/" + act, data=data, headers=JSON).status_code == 404


@pytest.mark.parametrize("act", ACTS)
def test_a_drill_has_no_inbox(client: FlaskClient, act: str) -> None:
    drill = start(client)
    answer = client.post(f"{drill}/{act}", data={"thread": "biscuit", **ACTS[act]}, headers=JSON)
    assert 400 <= answer.status_code < 500
    assert "shift" in answer.get_json()["detail"]


def test_the_end_of_a_shift_shows_its_score(client: FlaskClient, run: str) -> None:
    client.post(f"{run}/declare", data=ACTS["declare"])
    client.post(f"{run}/end")
    page = client.get(run).text
    assert "Your shift" in page
    for words in ("Looked after", "Order", "In time", "Words", "Every thread", "declared in time"):
        assert words in page


def test_a_variant_is_offered_once_it_has_been_played(client: FlaskClient) -> None:
    brief = f"/scenarios/{SHIFT}"
    assert "Another variant" not in client.get(brief).text
    written = client.get(start(client, SHIFT, pace="untimed")).text
    page = client.get(brief).text
    choices = re.findall(r'name="variant" value="(\d+)"', page)
    assert choices == ["1", "0"]
    varied = client.get(start(client, SHIFT, pace="untimed", variant="1")).text
    again = client.get(start(client, SHIFT, pace="untimed", variant="1")).text
    loaf = r"TWICE for one ([\w ]+?)(?: and|…)"
    assert found(loaf, written) == "seeded loaf"
    assert found(loaf, varied) == found(loaf, again) != "seeded loaf"


@pytest.mark.parametrize("variant", ["-1", "10000", "99999999999"])
def test_there_are_only_so_many_variants(client: FlaskClient, variant: str) -> None:
    assert 400 <= client.post("/runs", data={"slug": SHIFT, "variant": variant}).status_code < 500
