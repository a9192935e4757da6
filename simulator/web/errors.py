"""Say every "no" in one place: which status it has, and a page (or problem+json) with what happened and what to do."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, TooManyRequests

from simulator.core.refusal import Refusal, RefusalCode
from simulator.services.viewer import guest
from simulator.web.deps import wants_json
from simulator.web.security import seconds_until_allowed

log = logging.getLogger(__name__)

STATUS: dict[RefusalCode, int] = {
    RefusalCode.NOT_FOUND: 404,
    RefusalCode.NOT_ALLOWED: 403,
    RefusalCode.SIGN_IN_FIRST: 401,
    RefusalCode.TOO_LONG: 413,
    RefusalCode.EMPTY: 400,
    RefusalCode.BAD_TEXT: 400,
    RefusalCode.BAD_VALUE: 400,
    RefusalCode.STALE: 409,
    RefusalCode.ALREADY_DONE: 409,
    RefusalCode.RUN_OVER: 409,
    RefusalCode.RUN_PAUSED: 409,
    RefusalCode.WRONG_PASSWORD: 400,
    RefusalCode.WEAK_PASSWORD: 400,
    RefusalCode.EXPIRED: 410,
    RefusalCode.TAKEN: 409,
    RefusalCode.BUSY: 503,
    RefusalCode.TOO_MANY: 429,
}
_WORTH_SENDING_AGAIN = (400, 409, 413, 429, 500, 503)


@dataclass(frozen=True, slots=True)
class KeptText:
    """One field of a form that couldn't be taken, to show back. `long` fields are for people, the others travel hidden."""

    name: str
    value: str
    long: bool


def status_of(refusal: Refusal) -> int:
    """Return the HTTP status for `refusal`."""
    return STATUS[refusal.code]


def refusal_page(refusal: Refusal) -> Response:
    """Return a page that says why not, shows back what was typed, and says what to do."""
    status = status_of(refusal)
    typed = kept_texts() if request.method == "POST" else ()
    kept = typed if any(text.long for text in typed) else ()
    return _page(status, message=refusal.message, kept=kept, resend=status in _WORTH_SENDING_AGAIN and from_here())


def refusal_json(refusal: Refusal) -> Response:
    """Return `refusal` as problem+json (RFC 9457) with our code, the field it is about, and figures."""
    status = status_of(refusal)
    answer = jsonify(
        type="about:blank",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=refusal.message,
        code=refusal.code.value,
        about=refusal.about,
        figures=dict(refusal.detail),
    )
    return _as_problem(answer, status)


def refusal_answer(refusal: Refusal) -> Response:
    """Return `refusal` the way this caller reads: a page for people, problem+json for programs."""
    return refusal_json(refusal) if wants_json() else refusal_page(refusal)


def install(app: Flask) -> None:
    """Answer every error with a page of ours."""
    app.register_error_handler(CSRFError, _on_csrf)
    app.register_error_handler(HTTPException, _on_http)
    app.register_error_handler(Exception, _on_crash)


def _as_problem(answer: Response, status: int) -> Response:
    answer.status_code = status
    answer.mimetype = "application/problem+json"
    return answer


def _problem(status: int, detail: str, code: str) -> Response:
    answer = jsonify(type="about:blank", title=HTTPStatus(status).phrase, status=status, detail=detail, code=code)
    return _as_problem(answer, status)


def _page(
    status: int,
    *,
    title: str = "",
    message: str = "",
    advice: str = "",
    kept: tuple[KeptText, ...] = (),
    resend: bool = False,
    secret: bool = False,
) -> Response:
    usual_title, told, usual_advice = _words(status)
    words = {"title": title or usual_title, "message": message or told, "advice": advice or usual_advice}
    text = render_template("errors/error.html", status=status, kept=kept, resend=resend, secret=secret, **words)
    return make_response(text, status)


def _on_http(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400 and error.response is not None:
        return make_response(error.response)
    _title, told, _advice = _words(status)
    kept = kept_texts() if request.method == "POST" and status in _WORTH_SENDING_AGAIN else ()
    answer = _problem(status, told, "http_error") if wants_json() else _page(status, kept=kept, resend=bool(kept) and from_here())
    for name, value in error.get_headers(request.environ):
        if name.lower() in ("allow", "retry-after"):
            answer.headers[name] = value
    if isinstance(error, TooManyRequests):
        answer.headers.setdefault("Retry-After", str(seconds_until_allowed()))
    return answer


def _on_crash(error: Exception) -> Response:
    # The rule, not the path: a path may hold an invitation's token.
    log.error("%s %s failed", request.method, request.url_rule, exc_info=error)
    _title, told, _advice = _words(500)
    if wants_json():
        return _problem(500, told, "server_error")
    # The frame asks who is looking; where the database is what broke, asking again would break this page too.
    g.setdefault("viewer", guest(""))
    kept = kept_texts() if request.method == "POST" else ()
    return _page(500, kept=kept, resend=bool(kept) and from_here())


def _on_csrf(_error: CSRFError) -> Response:
    told = _("The form had been open for so long that it could no longer prove where it came from, or cookies are switched off.")
    if wants_json():
        return _problem(400, told, "stale_form")
    return _page(
        400,
        title=_("Once more, please"),
        message=told,
        advice=_("Nothing was sent, and nothing was changed."),
        kept=kept_texts(),
        resend=from_here(),
        secret=any(_is_secret(name) for name in request.form),
    )


def from_here() -> bool:
    """Tell whether the browser says that a form came from our own pages: only then is "send again" offered."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    return origin is None or urlsplit(origin).netloc == request.host


def kept_texts() -> tuple[KeptText, ...]:
    """Return what was typed into the form that failed; passwords and form tokens are never shown back."""
    try:
        typed = list(request.form.items(multi=True))
    except HTTPException:
        return ()
    shown = [(name, value) for name, value in typed if value and name != "csrf_token" and not _is_secret(name)]
    return tuple(KeptText(name, value, long=" " in value.strip() or "\n" in value or len(value) > 60) for name, value in shown)


def _is_secret(name: str) -> bool:
    return "password" in name or name in ("old", "new")


def _words(status: int) -> tuple[str, str, str]:
    """Return title, what happened, and what to do for `status`."""
    table = {
        400: (
            _("That couldn't be read"),
            _("Something in the request wasn't the way this page expects it."),
            _("Go back, look it over and send it again."),
        ),
        401: (_("Please sign in first"), _("This page is for people with an account."), _("Sign in, then come back to this page.")),
        403: (_("Not for this account"), _("You're not allowed to open this."), _("If you think you should be, ask an administrator.")),
        404: (
            _("Nothing here"),
            _("There is no page at this address, or it isn't yours to see."),
            _("The link may be old or have a letter missing."),
        ),
        405: (
            _("That can't be done here"),
            _("This address doesn't take that kind of request."),
            _("Go back to the page you came from and use its buttons."),
        ),
        409: (
            _("Something changed meanwhile"),
            _("What you sent no longer fits: it was done already, or somebody was faster."),
            _("Reload the page to see how things stand now."),
        ),
        410: (_("No longer valid"), _("This link has run out or has been used."), _("Ask whoever sent it for a new one.")),
        413: (_("Too long"), _("What you sent is larger than this page takes."), _("Shorten it and send it again.")),
        429: (_("A short pause, please"), _("There were many tries in a short time."), _("Wait a minute, then try again.")),
        503: (_("Busy right now"), _("The server had too much to do to take this."), _("Wait a few seconds and send it again.")),
    }
    crash = (
        _("Something broke on our side"),
        _("It isn't anything you did. The fault has been noted."),
        _("Try again in a moment. Drafts that said “saved” are safe."),
    )
    return table.get(status, crash if status >= 500 else table[400])
