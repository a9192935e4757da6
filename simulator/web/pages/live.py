"""Tell an open play page that there is news, on a stream of server-sent events; what is new it asks for itself."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from simulator.core.refusal import Refusal
from simulator.services.run_streams import Stream
from simulator.web.deps import services, viewer
from simulator.web.errors import refusal_json

blueprint = Blueprint("live", __name__)

HEARTBEAT_S = 15.0
"""A line this often keeps proxies from hanging up, and finds out that nobody listens any more."""
BACK_AFTER_MS = 2000
TAB_LIMIT = 40


@blueprint.get("/runs/<run_id>/live")
def stream(run_id: str) -> ResponseReturnValue:
    """Hold a stream open for the run's player, from event `after` (or the browser's Last-Event-ID) on.

    Its events: `hello`; `news` with the newest seq, also as its id; `due` when asking will bring something new; `beat`;
    `end`, saying why nothing more will come.
    """
    after = request.headers.get("Last-Event-ID", type=int)
    if after is None:
        after = request.args.get("after", 0, type=int)
    watch = services().watch
    opened = watch.follow(viewer(), run_id, after=max(0, after), tab=request.args.get("tab", "")[:TAB_LIMIT])
    if isinstance(opened, Refusal):
        return refusal_json(opened)
    answer = Response(_lines(opened), mimetype="text/event-stream")
    answer.headers["X-Accel-Buffering"] = "no"
    answer.call_on_close(lambda: watch.leave(opened))
    return answer


def _lines(opened: Stream) -> Iterator[str]:
    """Write the stream. Nothing here touches the database or the request: the thread only waits."""
    yield f"retry: {BACK_AFTER_MS}\nevent: hello\ndata: -\n\n"
    while True:
        told = opened.wait(HEARTBEAT_S)
        if told is None:
            yield "event: beat\ndata: -\n\n"
        elif told.due:
            yield "event: due\ndata: -\n\n"
        elif told.ending is None:
            yield f"id: {told.seq}\nevent: news\ndata: {told.seq}\n\n"
        else:
            yield f"event: end\ndata: {told.ending.value}\n\n"
            return
