"""Offer the judge to programs: POST /api/v1/assess and /api/v1/triage with a bearer token, described by OpenAPI."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any, TypeVar, cast

from apiflask import APIBlueprint, APIFlask, HTTPTokenAuth
from apiflask.exceptions import HTTPError
from flask import Blueprint, Response, current_app, jsonify, render_template, request, url_for
from flask_babel import gettext as _
from flask_limiter.util import get_remote_address
from pydantic import BaseModel, ConfigDict, Field

from simulator.core.refusal import Refusal, RefusalCode
from simulator.services.assess_request import (
    AssessIn,
    AssessOut,
    TriageIn,
    TriageOut,
    UnreadableError,
    read_assess,
    read_json,
    read_triage,
    to_json,
)
from simulator.services.viewer import Viewer
from simulator.web.api.docs_page import operations_of
from simulator.web.deps import services
from simulator.web.errors import refusal_json
from simulator.web.security import csrf, limiter

View = TypeVar("View", bound=Callable[..., Any])
Asked = TypeVar("Asked", bound=BaseModel)

LIMIT = "240 per minute"
EXAMPLE = {
    "id": "ticket-1042",
    "post": {"text": "Day 3 without my suitcase. The wedding is THURSDAY.", "author": "@roisin_h", "followers": 214},
    "channel": "microblog",
    "draft": "Three days is too long, and I'm sorry. Your case is in Cork; I'm putting it on the 07:20 and will write by 18:00. – Aoife",
    "action": "acknowledge_then_private",
    "elapsed_minutes": 12,
}

api = APIBlueprint("api", __name__, url_prefix="/api/v1", tag="Judge")
docs = Blueprint("api_docs", __name__)
bearer = HTTPTokenAuth(scheme="Bearer", name="bearer", description="A token from your account page, as `Authorization: Bearer cmp_…`.")


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    model_config = ConfigDict(title="Problem")

    type: str = Field(examples=["about:blank"])
    title: str
    status: int
    detail: str = Field(description="What is wrong, in a sentence.")
    code: str = Field(description="The same in one word that does not change.")
    about: str = Field("", description="The field it is about.")
    figures: dict[str, Any] = Field(default_factory=dict, description="Limits and lengths, where there are any.")


def register_api(app: APIFlask) -> None:
    """Put the API and its docs page on `app`. Tokens stand in for cookies here, so forms' CSRF proof is not asked for."""
    app.config["AUTO_AUTH_ERROR_RESPONSE"] = False
    app.config["AUTO_VALIDATION_ERROR_RESPONSE"] = False
    app.config["AUTO_404_RESPONSE"] = False
    app.config["HTTP_ERROR_SCHEMA"] = Problem
    app.spec_processor(_name_problems)
    app.description = "The judge of Composure: the same rubric, code and advice as in the drills. Nothing that you send is stored."
    csrf.exempt(api)
    app.register_blueprint(api)
    app.register_blueprint(docs)


def _name_problems(spec: dict[str, Any]) -> dict[str, Any]:
    """Say of every error answer that it is problem+json, which APIFlask has no word for."""
    for methods in spec["paths"].values():
        for operation in methods.values():
            for status, answer in operation["responses"].items():
                content = answer.get("content", {})
                if status.startswith("4") and "application/json" in content:
                    content["application/problem+json"] = content.pop("application/json")
    return spec


def token_key() -> str:
    """Count calls by token, so that one busy team does not slow down another behind the same address."""
    given = request.headers.get("Authorization", "")
    return "token:" + sha256(given.encode()).hexdigest() if given else get_remote_address()


@bearer.verify_token
def viewer_of(raw: str) -> Viewer | None:
    """Return whose token came with the request."""
    return services().tokens.viewer_of(raw) if raw else None


@bearer.error_processor
def no_token(error: HTTPError) -> Response:
    """Say how to come by a token; flask-httpauth adds WWW-Authenticate."""
    message = _("Send a token from your account page as “Authorization: Bearer …”; this one is missing, wrong or revoked.")
    return refusal_json(Refusal(RefusalCode.SIGN_IN_FIRST, message))


_PROBLEMS = {
    400: "The request is not in the shape below, or a text has characters that can't be shown.",
    401: "The token is missing, wrong or revoked.",
    413: "A text is over its limit; the figures say which limit and by how much.",
    429: "Too many calls; wait a minute.",
}


def described(asks: type[BaseModel], tells: type[BaseModel], example: dict[str, Any]) -> Callable[[View], View]:
    """Write a view's shapes into the OpenAPI description and leave reading and answering to the view.

    APIFlask's own reading answers bad input in another form than the rest of this app, so only its notes are used.
    """

    def note(view: View) -> View:
        api.input(asks, example=example)(view)
        api.output(tells)(view)
        return view

    return note


@api.post("/assess")
@api.doc(summary="Judge a draft", responses=_PROBLEMS)
@api.auth_required(bearer)
@limiter.limit(LIMIT, key_func=token_key)
@described(AssessIn, AssessOut, EXAMPLE)
def assess() -> Response:
    """Sort a post and judge the reply to it: total, eight dimensions, and findings that point at its words.

    Leave out `draft`, or send null, to have the post sorted only.
    """
    return _answer(read_assess, services().desk.answer_assess)


@api.post("/triage")
@api.doc(summary="Sort a post", responses=_PROBLEMS)
@api.auth_required(bearer)
@limiter.limit(LIMIT, key_func=token_key)
@described(TriageIn, TriageOut, {key: EXAMPLE[key] for key in ("id", "post", "channel")})
def sort() -> Response:
    """Say what a post is, how soon somebody must act, what to do and whom to tell, with the words that decided it."""
    return _answer(read_triage, services().desk.answer_triage)


def _answer(read: Callable[[object], Asked | Refusal], judge: Callable[[Asked], BaseModel | Refusal]) -> Response:
    try:
        raw = read_json(request.get_data())
    except UnreadableError as error:
        return refusal_json(Refusal(RefusalCode.BAD_VALUE, str(error)))
    asked = read(raw)
    answer = asked if isinstance(asked, Refusal) else judge(asked)
    return refusal_json(answer) if isinstance(answer, Refusal) else jsonify(to_json(answer))


@docs.get("/api/docs")
def page() -> str:
    """Show the API as a page, drawn from the same description that programs read."""
    spec = cast(APIFlask, current_app).spec
    return render_template(
        "api/docs.html",
        operations=operations_of(spec, request.url_root.rstrip("/")),
        about=spec["info"].get("description", ""),
        spec_url=url_for("openapi.spec"),
    )
