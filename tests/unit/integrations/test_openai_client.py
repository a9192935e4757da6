"""The real client against a slow, broken, unwilling or untruthful endpoint: always a value, in time, within the budget."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from simulator.integrations.llm.base import Answer, Failure, FailureCode, Question
from simulator.integrations.llm.openai_client import OpenAIOpinion
from tests.openai_server import Reply, completion, drip, hang_up, make_rated, openai_server, refuse, say, say_text, send

QUESTION = Question(system="Rate the reply.", user="«reply f00d»\nSorry about the bag.\n«end of reply f00d»", draft="Sorry about the bag.")
DEADLINE_S = 1.5


@dataclass
class Purse:
    """Count what is taken and settled."""

    most: int = 99
    settled: list[int | None] = field(default_factory=list)

    def take(self) -> bool:
        return len(self.settled) < self.most

    def settle(self, tokens: int | None) -> None:
        self.settled.append(tokens)


@pytest.fixture
def made() -> Iterator[Callable[..., OpenAIOpinion]]:
    """Make clients that are closed when the test ends; rests are noted, not taken."""
    clients: list[OpenAIOpinion] = []

    def make(url: str, *, retries: int = 1, timeout_s: float = DEADLINE_S, rests: list[float] | None = None) -> OpenAIOpinion:
        noted = rests if rests is not None else []
        clients.append(OpenAIOpinion(base_url=url, api_key="sk-test", model="m", timeout_s=timeout_s, retries=retries, rest=noted.append))
        return clients[-1]

    yield make
    for client in clients:
        client.close()


def test_an_answer_in_shape_comes_back_with_what_it_used(made: Callable[..., OpenAIOpinion]) -> None:
    purse = Purse()
    with openai_server(say(make_rated(listen=4, resolve=None), tokens=812)) as server:
        answer = made(server.url).ask(QUESTION, purse)
    assert isinstance(answer, Answer)
    assert (answer.rated.listen.rating, answer.rated.resolve.rating, answer.rated.tone.rating) == (4, None, 3)
    assert purse.settled == [812]
    sent = server.received[0]
    assert (server.paths, server.keys) == (["/v1/chat/completions"], ["Bearer sk-test"])
    assert [message["content"] for message in sent["messages"]] == [QUESTION.system, QUESTION.user]
    assert sent["response_format"]["json_schema"]["strict"] is True
    assert sent["max_completion_tokens"] == 2_000


def test_one_process_keeps_one_client(made: Callable[..., OpenAIOpinion]) -> None:
    with openai_server() as server:
        source = made(server.url)
        for _ in range(3):
            assert isinstance(source.ask(QUESTION, Purse()), Answer)
            kept = source._made
    assert kept is source._made
    assert len(server.received) == 3


BODY = completion({"content": json.dumps(make_rated())})
UNSHAPED = {
    "broken JSON": say_text('{"listen": {"rating": 3'),
    "prose": say_text("I would give this a solid 3 out of 4."),
    "JSON in a code fence": say_text(f"```json\n{json.dumps(make_rated())}\n```"),
    "a dimension missing": say({name: one for name, one in make_rated().items() if name != "tone"}),
    "half a point": say(make_rated(tone={"rating": 2.5})),
    "words for a number": say(make_rated(tone={"rating": "good"})),
    "nothing said": send(200, completion({"content": None})),
    "no choices": send(200, b'{"id": "c", "object": "chat.completion", "choices": []}'),
    "choices null": send(200, b'{"choices": null}'),
    "a choice that is text": send(200, b'{"choices": ["three"]}'),
    "a message that is null": send(200, b'{"choices": [{"index": 0, "finish_reason": "stop", "message": null}]}'),
    "a list": send(200, b"[]"),
    "null": send(200, b"null"),
    "a number": send(200, b"3"),
    "half a body": send(200, BODY[: len(BODY) // 2]),
    "no body": send(200, b""),
    "a page of HTML": send(200, b"<h1>Welcome to the captive portal</h1>", kind="text/html"),
    "bytes that are no text": send(200, b"\xff\xfe\x00\x01"),
    "nesting without end": send(200, b"[" * 200_000),
    "nesting without end inside": say_text("[" * 200_000),
    "lone surrogates": say_text(json.dumps(make_rated(tone={"reason": "\ud800"}))),
}


@pytest.mark.parametrize("reply", UNSHAPED.values(), ids=UNSHAPED.keys())
def test_an_answer_out_of_shape_is_no_opinion_and_is_not_asked_for_twice(made: Callable[..., OpenAIOpinion], reply: Reply) -> None:
    purse = Purse()
    with openai_server(reply) as server:
        assert made(server.url).ask(QUESTION, purse) == Failure(FailureCode.BROKEN)
    assert len(server.received) == 1
    assert purse.settled in ([None], [700])


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (refuse(), FailureCode.DECLINED),
        (send(200, completion({"content": ""}, finish="content_filter")), FailureCode.DECLINED),
        (say_text('{"listen": {"qu', finish="length"), FailureCode.TOO_LONG),
    ],
    ids=["a refusal", "a filter", "cut at the length limit"],
)
def test_a_model_that_will_not_or_cannot_finish_is_no_opinion(made: Callable[..., OpenAIOpinion], reply: Reply, code: FailureCode) -> None:
    with openai_server(reply) as server:
        assert made(server.url).ask(QUESTION, Purse()) == Failure(code)
    assert len(server.received) == 1


@pytest.mark.parametrize(
    ("reply", "code", "tries", "settled"),
    [
        (send(500, b"oops", kind="text/plain"), FailureCode.UNREACHABLE, 3, 0),
        (send(503, b"{}"), FailureCode.UNREACHABLE, 3, 0),
        (send(429, b'{"error": {"message": "slow down"}}'), FailureCode.UNREACHABLE, 3, 0),
        (hang_up(), FailureCode.UNREACHABLE, 3, None),
        (send(401, b'{"error": {"message": "wrong key"}}'), FailureCode.REJECTED, 1, 0),
        (send(400, b'{"error": {"message": "no response_format here"}}'), FailureCode.REJECTED, 1, 0),
        (send(404, b"<h1>Not here</h1>", kind="text/html"), FailureCode.REJECTED, 1, 0),
    ],
    ids=["500", "503", "429", "hang-up", "wrong key", "bad request", "wrong address"],
)
def test_errors_are_tried_again_only_where_that_can_help(
    made: Callable[..., OpenAIOpinion], reply: Reply, code: FailureCode, tries: int, settled: int | None
) -> None:
    purse = Purse()
    with openai_server(reply) as server:
        assert made(server.url, retries=2).ask(QUESTION, purse) == Failure(code)
    assert len(server.received) == tries
    assert purse.settled == [settled] * tries


def test_a_server_that_recovers_gives_its_opinion_after_the_rest_it_asked_for(made: Callable[..., OpenAIOpinion]) -> None:
    rests: list[float] = []
    with openai_server(send(429, b"{}", Retry_After="0.2"), say()) as server:
        assert isinstance(made(server.url, rests=rests).ask(QUESTION, Purse()), Answer)
    assert rests == [0.2]


@pytest.mark.parametrize("wait", ["60", "1e9", "inf", "nan"])
def test_a_rest_that_does_not_fit_into_the_time_is_not_taken(made: Callable[..., OpenAIOpinion], wait: str) -> None:
    rests: list[float] = []
    with openai_server(send(429, b"{}", Retry_After=wait), say()) as server:
        assert made(server.url, rests=rests).ask(QUESTION, Purse()) == Failure(FailureCode.UNREACHABLE)
    assert (rests, len(server.received)) == ([], 1)


@pytest.mark.parametrize("wait", ["tomorrow", "-5", "Wed, 21 Oct 2026 07:28:00 GMT"])
def test_a_strange_rest_is_a_short_one(made: Callable[..., OpenAIOpinion], wait: str) -> None:
    rests: list[float] = []
    with openai_server(send(503, b"{}", Retry_After=wait), say()) as server:
        assert isinstance(made(server.url, rests=rests).ask(QUESTION, Purse()), Answer)
    assert rests[0] <= 0.5


@pytest.mark.parametrize("header_too", [False, True], ids=["the body drips", "the headers drip"])
def test_a_slow_drip_is_cut_at_the_deadline(made: Callable[..., OpenAIOpinion], header_too: bool) -> None:
    purse = Purse()
    with openai_server(drip(BODY, every_s=0.05, header_too=header_too)) as server:
        source = made(server.url)
        source._client()
        began = time.monotonic()
        assert source.ask(QUESTION, purse) == Failure(FailureCode.SLOW)
        assert time.monotonic() - began < DEADLINE_S + 0.8
        ends = time.monotonic() + 3
        while not server.cut and time.monotonic() < ends:
            time.sleep(0.02)
    assert server.cut == 1
    assert purse.settled == [None]


def test_an_endpoint_that_is_not_there_costs_nothing(made: Callable[..., OpenAIOpinion]) -> None:
    with openai_server() as server:
        url = server.url
    purse = Purse()
    assert made(url).ask(QUESTION, purse) == Failure(FailureCode.UNREACHABLE)
    assert purse.settled == [0, 0]


def test_an_empty_purse_ends_the_tries(made: Callable[..., OpenAIOpinion]) -> None:
    with openai_server(send(500, b"")) as server:
        source = made(server.url, retries=4)
        assert source.ask(QUESTION, Purse(most=2)) == Failure(FailureCode.CAPPED)
        assert source.ask(QUESTION, Purse(most=0)) == Failure(FailureCode.CAPPED)
    assert len(server.received) == 2


def test_texts_go_nowhere_but_to_the_host_that_was_set(made: Callable[..., OpenAIOpinion]) -> None:
    with openai_server() as elsewhere, openai_server(send(307, b"", Location=f"{elsewhere.url}/chat/completions")) as server:
        assert made(server.url).ask(QUESTION, Purse()) == Failure(FailureCode.REJECTED)
    assert (len(server.received), elsewhere.received) == (1, [])


@pytest.mark.parametrize("told", [-5, 0, None], ids=["negative", "nothing used", "not said"])
def test_a_lie_about_what_was_used_is_not_believed(made: Callable[..., OpenAIOpinion], told: int | None) -> None:
    purse = Purse()
    with openai_server(say(tokens=told)) as server:
        assert isinstance(made(server.url).ask(QUESTION, purse), Answer)
    assert purse.settled == [None]


def test_the_log_names_the_fault_and_no_text(made: Callable[..., OpenAIOpinion], caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING), openai_server(say_text("Sorry about the bag. sk-test")) as server:
        made(server.url).ask(QUESTION, Purse())
    assert "no second opinion: broken (ValidationError" in caplog.text
    assert "the bag" not in caplog.text
    assert "sk-test" not in caplog.text
