"""Ask any OpenAI-compatible endpoint, through the `openai` client, within a deadline of our own."""

from __future__ import annotations

import asyncio
import logging
import math
import os
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import TimeoutError as NotDone
from types import ModuleType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from simulator.integrations.llm.base import ANSWER_TOKENS, Answer, Budget, Failure, FailureCode, Question, Rated

if TYPE_CHECKING:
    from openai import AsyncOpenAI

log = logging.getLogger(__name__)
DEFAULT_BASE_URL = "https://api.openai.com/v1"
_CONNECT_S = 5.0
_LEAST_S = 0.5
_GRACE_S = 1.0
_NEVER_S = 86_400.0
_WORTH_ANOTHER_TRY = frozenset({408, 409, 429, 500, 502, 503, 504, 529})
_NO_WORK_DONE = frozenset({"ConnectError", "ConnectTimeout", "PoolTimeout", "UnsupportedProtocol"})
_OUT_OF_SHAPE = (ValueError, TypeError, AttributeError, LookupError, RecursionError)
"""What the client's own parsing raises on an answer that is no completion: bad JSON, a missing message, a page of HTML. pydantic's
ValidationError is a ValueError."""


class _Loop:
    """Run coroutines on one background thread, so that a call can really be cut at any point, not only between two reads."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="second-opinion", daemon=True)
        self._thread.start()

    def run(self, call: Coroutine[Any, Any, Any], deadline_s: float) -> Any:
        """Return what `call` returns. Raises TimeoutError once `deadline_s` seconds have passed; the connection is closed then."""
        future = asyncio.run_coroutine_threadsafe(asyncio.wait_for(call, deadline_s), self._loop)
        try:
            return future.result(deadline_s + _GRACE_S)
        except NotDone:
            future.cancel()
            raise TimeoutError from None

    def close(self) -> None:
        """End the thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


class OpenAIOpinion:
    """Rate replies with a model behind `base_url`. One client a process, made on first use, after any fork.

    `timeout_s` bounds the whole call, tries and rests included; `retries` are tries after the first, only where the endpoint asks for
    patience or can't be reached. Redirects are not followed: texts go to the host that was set, or nowhere.
    """

    available = True

    def __init__(
        self, *, base_url: str, api_key: str, model: str, timeout_s: float, retries: int, rest: Callable[[float], None] = time.sleep
    ) -> None:
        self.name = model
        self._base_url = base_url or DEFAULT_BASE_URL
        self.place = urlsplit(self._base_url).hostname or ""
        self._api_key = api_key or "none"
        self._timeout_s = timeout_s
        self._retries = retries
        self._rest = rest
        self._making = threading.Lock()
        self._made: tuple[int, _Loop, AsyncOpenAI, ModuleType] | None = None

    def ask(self, question: Question, budget: Budget) -> Answer | Failure:
        """Return an answer in shape, or why there is none. Raises nothing that an endpoint can cause."""
        loop, client, openai = self._client()
        ends = time.monotonic() + self._timeout_s
        failure = Failure(FailureCode.SLOW)
        for attempt in range(1 + self._retries):
            left = ends - time.monotonic()
            if left < _LEAST_S and attempt:
                break
            if not budget.take():
                return Failure(FailureCode.CAPPED)
            try:
                completion = loop.run(self._parse(client, question), left)
                answer = _answer_of(completion)
            except (openai.OpenAIError, TimeoutError, *_OUT_OF_SHAPE) as error:
                failure, wait_s = self._look_into(error, openai, budget)
                _say(failure, error, attempt)
                if wait_s is None or attempt == self._retries or wait_s > ends - time.monotonic() - _LEAST_S:
                    break
                self._rest(wait_s)
                continue
            budget.settle(answer.tokens if isinstance(answer, Answer) else _tokens_of(completion))
            return answer
        return failure

    def close(self) -> None:
        """Close the connections and end the thread, where there are any."""
        with self._making:
            made, self._made = self._made, None
        if made is not None and made[0] == os.getpid():
            made[1].run(made[2].close(), _CONNECT_S)
            made[1].close()

    def _client(self) -> tuple[_Loop, AsyncOpenAI, ModuleType]:
        with self._making:
            if self._made is None or self._made[0] != os.getpid():
                # Importing openai takes half a second: only the first opinion pays for it, not every start and command.
                import openai  # noqa: PLC0415

                http = openai.DefaultAsyncHttpxClient(follow_redirects=False, timeout=self._timeout_s)
                client = openai.AsyncOpenAI(base_url=self._base_url, api_key=self._api_key, max_retries=0, http_client=http)
                self._made = (os.getpid(), _Loop(), client, openai)
            return self._made[1:]

    def _parse(self, client: AsyncOpenAI, question: Question) -> Coroutine[Any, Any, Any]:
        return client.chat.completions.parse(
            model=self.name,
            messages=[{"role": "system", "content": question.system}, {"role": "user", "content": question.user}],
            response_format=Rated,
            max_completion_tokens=ANSWER_TOKENS,
        )

    def _look_into(self, error: Exception, openai: ModuleType, budget: Budget) -> tuple[Failure, float | None]:
        """Settle a failed try; return what to say and the seconds to rest before another, None where another is no use."""
        if isinstance(error, openai.APIStatusError):
            status = error.status_code
            budget.settle(0)
            patient = status in _WORTH_ANOTHER_TRY
            code = FailureCode.UNREACHABLE if patient else FailureCode.REJECTED
            return Failure(code), _retry_after(error.response.headers.get("retry-after")) if patient else None
        if isinstance(error, openai.APIConnectionError) and not isinstance(error, openai.APITimeoutError):
            budget.settle(0 if type(error.__cause__).__name__ in _NO_WORK_DONE else None)
            return Failure(FailureCode.UNREACHABLE), _LEAST_S
        budget.settle(None)
        if isinstance(error, openai.LengthFinishReasonError):
            return Failure(FailureCode.TOO_LONG), None
        if isinstance(error, openai.ContentFilterFinishReasonError):
            return Failure(FailureCode.DECLINED), None
        return Failure(FailureCode.SLOW if isinstance(error, openai.APITimeoutError | TimeoutError) else FailureCode.BROKEN), None


def _answer_of(completion: Any) -> Answer | Failure:
    message = completion.choices[0].message
    if message.refusal:
        return Failure(FailureCode.DECLINED)
    if not isinstance(message.parsed, Rated):
        return Failure(FailureCode.BROKEN)
    return Answer(message.parsed, _tokens_of(completion))


def _tokens_of(completion: Any) -> int | None:
    tokens = getattr(completion.usage, "total_tokens", None)
    return tokens if isinstance(tokens, int) and tokens > 0 else None


def _retry_after(told: str | None) -> float:
    """Return the seconds an endpoint asks for; half a second where it gives a date or nothing."""
    try:
        wait_s = float(told or _LEAST_S)
    except ValueError:
        return _LEAST_S
    return max(wait_s, 0.0) if math.isfinite(wait_s) else _NEVER_S


def _say(failure: Failure, error: Exception, attempt: int) -> None:
    """Log what kind of fault it was, never its message: that may hold the post, the draft or the key."""
    status = getattr(error, "status_code", "-")
    log.warning("no second opinion: %s (%s, status %s, try %d)", failure.code.value, type(error).__name__, status, attempt + 1)
