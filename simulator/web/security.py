"""Keep browsers safe: forms that prove where they came from, limits on guessing, and strict headers."""

from __future__ import annotations

import math

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect

from simulator.integrations import machine

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "manifest-src 'self'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
_YEAR_S = 31_536_000

csrf = CSRFProtect()
limiter = Limiter(key_func=get_remote_address, headers_enabled=False)


def install(app: Flask) -> None:
    """Switch on CSRF checks, rate limits and headers. Reads RATELIMIT_ENABLED and RATELIMIT_STORAGE_URI from `app.config`."""
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)
    app.config.setdefault("RATELIMIT_ENABLED", True)
    app.config.setdefault("RATELIMIT_STORAGE_URI", "memory://")
    csrf.init_app(app)
    limiter.init_app(app)
    app.after_request(_add_headers)


def seconds_until_allowed() -> int:
    """Return after how many seconds the limit that was just reached opens again, at least 1."""
    limit = limiter.current_limit
    return max(1, math.ceil(limit.reset_at - machine.now() / 1000)) if limit is not None else 60


def email_key() -> str:
    """Count attempts by the e-mail address that was typed, so that many machines can't take turns at one account."""
    return "email:" + request.form.get("email", "").strip().casefold()[:200]


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={_YEAR_S}; includeSubDomains")
    if request.endpoint == "static":
        fingerprinted = "v" in request.args
        response.headers["Cache-Control"] = f"public, max-age={_YEAR_S}, immutable" if fingerprinted else "no-cache"
    elif "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response
