"""Live updates: a stream says when to ask, to the player alone; it holds nothing, and gives way where there are too many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from simulator.config import Settings
from simulator.web.pages import live
from tests.app_fixtures import build_app, settings_for
from tests.cast import INES, TOLU, Person
from tests.factories import HandClock
from tests.web.playing import JSON, reply_form, start


@dataclass
class Listener:
    """Read a stream as a browser does: one event after the other."""

    status: int
    chunks: Iterator[bytes]
    close: Callable[[], None]
    events: list[tuple[str, str, str]] = field(default_factory=list)

    def next(self) -> tuple[str, str, str]:
        """Return the next event: its name, its data and its id."""
        block = next(self.chunks).decode()
        fields = dict(line.split(": ", 1) for line in block.strip().splitlines())
        self.events.append((fields["event"], fields["data"], fields.get("id", "")))
        return self.events[-1]

    def until(self, name: str) -> tuple[str, str, str]:
        """Return the next event called `name`."""
        while self.next()[0] != name:
            pass
        return self.events[-1]


Listen = Callable[..., Listener]


@pytest.fixture
def listen() -> Iterator[Listen]:
    """Open streams that are closed after the test."""
    opened: list[Listener] = []

    def open_stream(browser: FlaskClient, run: str, *, after: int | str = 0, tab: str = "", last_id: str = "") -> Listener:
        headers = {"Accept": "text/event-stream", **({"Last-Event-ID": last_id} if last_id else {})}
        answer = browser.get(f"{run}/live?after={after}&tab={tab}", headers=headers, buffered=False)
        opened.append(Listener(answer.status_code, iter(answer.iter_encoded()), answer.close))
        return opened[-1]

    yield open_stream
    for listener in opened:
        listener.close()


def known(browser: FlaskClient, run: str) -> int:
    """Return the newest event of a run, as its page knows it."""
    return int(browser.get(f"{run}/updates", headers=JSON).json["seq"])


def test_a_stream_says_hello_and_then_what_has_been_missed(client: FlaskClient, listen: Listen) -> None:
    run = start(client)
    answer = client.get(f"{run}/live", buffered=False)
    assert answer.mimetype == "text/event-stream"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Accel-Buffering"] == "no"
    answer.close()
    stream = listen(client, run)
    assert stream.next()[0] == "hello"
    assert stream.next() == ("news", str(known(client, run)), str(known(client, run)))


def test_it_speaks_up_when_the_story_goes_on(client: FlaskClient, clock: HandClock, listen: Listen) -> None:
    run = start(client)
    seq = known(client, run)
    stream = listen(client, run, after=seq)
    stream.next()
    clock.forward(seconds=90)
    assert stream.until("due")[2] == "", "whoever asks now plays it"
    news = client.get(f"{run}/updates?after={seq}", headers=JSON).json
    assert any(not post["ours"] for post in news["posts"])
    assert stream.until("news")[1] == str(news["seq"]), "and other tabs hear that it has been played"


def test_it_speaks_up_when_another_tab_decides(client: FlaskClient, listen: Listen) -> None:
    run = start(client)
    stream = listen(client, run, after=known(client, run), tab="one")
    stream.next()
    client.post(f"{run}/reply", data=reply_form())
    assert int(stream.until("news")[2]) == known(client, run)


def test_a_browser_that_comes_back_names_the_last_thing_it_heard(client: FlaskClient, listen: Listen) -> None:
    run = start(client)
    seq = known(client, run)
    stream = listen(client, run, after=0, last_id=str(seq))
    stream.next()
    client.post(f"{run}/pause")
    assert int(stream.next()[2]) > seq, "what it knew is not told again"


@pytest.mark.parametrize("after", ["-5", "many", "", "1e9"])
def test_a_strange_place_to_begin_means_the_beginning(client: FlaskClient, listen: Listen, after: str) -> None:
    run = start(client)
    stream = listen(client, run, after=after)
    assert stream.status == 200
    assert stream.until("news")[1] == str(known(client, run))


def test_it_ends_with_the_run(client: FlaskClient, listen: Listen) -> None:
    run = start(client)
    stream = listen(client, run, after=known(client, run))
    client.post(f"{run}/end")
    assert stream.until("end")[1] == "over"
    assert list(stream.chunks) == []
    late = listen(client, run, after=9999)
    assert [late.next()[0], late.next()[:2]] == ["hello", ("end", "over")]


def test_nobody_else_may_listen(app: APIFlask, client: FlaskClient, sign_in: Callable[[Person], FlaskClient], listen: Listen) -> None:
    run = start(sign_in(INES))
    assert [listen(browser, run).status for browser in (client, sign_in(TOLU), app.test_client())] == [404, 404, 404]
    assert listen(client, "/runs/no-such-run").status == 404
    assert client.get(f"{run}/live").mimetype == "application/problem+json"
    assert app.extensions["composure"].watch.open_streams == 0


def test_a_waiting_stream_holds_no_database_connection(app: APIFlask, client: FlaskClient, listen: Listen) -> None:
    run = start(client)
    streams = [listen(client, run, after=known(client, run), tab=str(number)) for number in range(3)]
    for stream in streams:
        stream.next()
    client.post(f"{run}/pause")
    for stream in streams:
        stream.until("news")
    client.post(f"{run}/resume")
    watch = app.extensions["composure"].watch
    assert watch.open_streams == 3
    with app.app_context():
        pool = app.extensions["sqlalchemy"].engine.pool
        assert pool.checkedout() <= 1, "the watcher's own at most, while it looks"
    for stream in streams:
        stream.close()
    assert watch.open_streams == 0


def test_silence_is_broken_by_a_heartbeat(client: FlaskClient, listen: Listen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "HEARTBEAT_S", 0.05)
    run = start(client)
    stream = listen(client, run, after=known(client, run))
    assert [stream.next()[0] for _ in range(3)] == ["hello", "beat", "beat"]


def test_a_new_page_in_the_same_tab_takes_the_place_of_the_old_one(client: FlaskClient, listen: Listen) -> None:
    run = start(client)
    before = listen(client, run, after=9999, tab="mine")
    listen(client, run, after=9999, tab="mine")
    assert before.until("end")[1] == "replaced"
    assert client.application.extensions["composure"].watch.open_streams == 1


def crowded(settings: Settings, clock: HandClock, **limits: str) -> APIFlask:
    """Build an app with other limits on the database of `settings`."""
    app = build_app(settings_for(settings.instance_dir, **limits), now=clock)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    return app


def test_over_one_persons_limit_the_oldest_gives_way(settings: Settings, clock: HandClock, listen: Listen) -> None:
    browser = crowded(settings, clock, LIVE_STREAMS_PER_VIEWER="2").test_client()
    run = start(browser)
    first, second, third = (listen(browser, run, after=9999, tab=tab) for tab in "abc")
    assert first.until("end")[1] == "replaced"
    browser.post(f"{run}/end")
    assert [second.until("end")[1], third.until("end")[1]] == ["over", "over"]


def test_where_the_process_is_full_a_page_is_told_to_ask_by_itself(settings: Settings, clock: HandClock, listen: Listen) -> None:
    app = crowded(settings, clock, LIVE_STREAMS="1")
    one, other = app.test_client(), app.test_client()
    run, run_of_other = start(one), start(other)
    there = listen(one, run, after=9999)
    assert listen(other, run_of_other).status == 503
    assert other.get(f"{run_of_other}/updates", headers=JSON).json["seq"] > 0
    there.close()
    assert listen(other, run_of_other).status == 200


def test_streams_can_be_switched_off(settings: Settings, clock: HandClock, listen: Listen) -> None:
    browser = crowded(settings, clock, LIVE_STREAMS="0").test_client()
    assert listen(browser, start(browser)).status == 503


def test_a_stop_of_the_server_ends_every_stream(app: APIFlask, client: FlaskClient, listen: Listen) -> None:
    run = start(client)
    stream = listen(client, run, after=9999)
    app.extensions["composure"].watch.close()
    assert stream.until("end")[1] == "stopping"
    assert listen(client, run).status == 503, "the next server takes it"


def test_without_a_stream_a_page_asks_in_time_for_what_is_due(client: FlaskClient, clock: HandClock) -> None:
    run = start(client)
    clock.forward(seconds=0.7)
    waits = []
    for _ in range(60):
        waits.append(client.get(f"{run}/updates", headers=JSON).json["wait_ms"])
        clock.forward(seconds=waits[-1] / 1000)
    assert set(waits) > {2000}, "two seconds as a rule, less before something is due"
    assert min(waits) >= 250
    client.post(f"{run}/pause")
    assert client.get(f"{run}/updates", headers=JSON).json["wait_ms"] == 2000
