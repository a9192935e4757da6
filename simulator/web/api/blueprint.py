"""Offer the judge to programs: POST /api/v1/assess and /api/v1/triage with a bearer token, described by OpenAPI."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any, Literal, TypeVar, cast

from apiflask import APIBlueprint, APIFlask, HTTPTokenAuth
from apiflask.exceptions import HTTPError
from flask import Blueprint, Response, current_app, jsonify, render_template, request, url_for
from flask_babel import gettext as _
from flask_limiter.util import get_remote_address
from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import models_json_schema

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

SHAPES: dict[str, tuple[type[BaseModel], type[BaseModel], dict[str, Any]]] = {
    "/api/v1/assess": (AssessIn, AssessOut, EXAMPLE),
    "/api/v1/triage": (TriageIn, TriageOut, {key: EXAMPLE[key] for key in ("id", "post", "channel")}),
}

api = APIBlueprint("api", __name__, url_prefix="/api/v1", tag="Judge")
docs = Blueprint("api_docs", __name__)
bearer = HTTPTokenAuth(
    scheme="Bearer", name="bearer", realm="Composure", description="A token from your account page, as `Authorization: Bearer cmp_…`."
)


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
    app.spec_processor(add_shapes)
    app.description = "The judge of Composure: the same rubric, code and advice as in the drills. Nothing that you send is stored."
    csrf.exempt(api)
    app.register_blueprint(api)
    app.register_blueprint(docs)


def add_shapes(spec: dict[str, Any]) -> dict[str, Any]:
    """Write the shapes into the description straight from the pydantic models.

    APIFlask's own decorators would also read the input, and answer bad input in another form than the rest of this app.
    """
    models: list[tuple[type[BaseModel], Literal["validation", "serialization"]]] = [(Problem, "serialization")]
    for asks, tells, _example in SHAPES.values():
        models += [(asks, "validation"), (tells, "serialization")]
    _names, defined = models_json_schema(models, ref_template=f"{_COMPONENTS}{{model}}")
    spec["components"].setdefault("schemas", {}).update(defined["$defs"])
    for path, (asks, tells, example) in SHAPES.items():
        operation = spec["paths"][path]["post"]
        body = {"schema": _ref(asks), "example": example}
        operation["requestBody"] = {"required": True, "content": {"application/json": body}}
        operation["responses"]["200"] = {"description": "The judgement.", "content": {"application/json": {"schema": _ref(tells)}}}
    return spec


_COMPONENTS = "#/components/schemas/"


def _ref(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": _COMPONENTS + model.__name__}


def token_key() -> str:
    """Count calls by token, so that one busy team does not slow down another behind the same address."""
    given = request.headers.get("Authorization", "")
    return "token:" + sha256(given.encode()).hexdigest() if given else get_remote_address()


@bearer.verify_token
def viewer_of(raw: str) -> Viewer | None:
    """Return whose token came with the request."""
    return services().tokens.viewer_of(raw) if raw else None


@bearer.error_processor
def no_token(_error: HTTPError) -> Response:
    """Say how to come by a token; flask-httpauth adds WWW-Authenticate."""
    message = _("Send a token from your account page as “Authorization: Bearer …”; this one is missing, wrong or revoked.")
    return refusal_json(Refusal(RefusalCode.SIGN_IN_FIRST, message))


_PROBLEMS: dict[int | str, Any] = {
    status: {"description": words, "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    for status, words in (
        (400, "The request is not in the shape below, or a text has characters that can't be shown."),
        (401, "The token is missing, wrong or revoked."),
        (413, "A text is over its limit; the figures say which limit and by how much."),
        (429, "Too many calls; wait a minute."),
    )
}


@api.post("/assess")
@api.doc(
    summary="Judge a draft",
    description="Sorts a post and judges the reply to it: total, eight dimensions, and findings that point at its words.\n\n"
    "Leave out `draft`, or send null, to have the post sorted only.",
    responses=_PROBLEMS,
)
@api.auth_required(bearer)
@limiter.limit(LIMIT, key_func=token_key)
def assess() -> Response:
    """Judge a draft."""
    return _answer(read_assess, services().desk.answer_assess)


@api.post("/triage")
@api.doc(
    summary="Sort a post",
    description="Says what a post is, how soon somebody must act, what to do and whom to tell, with the words that decided it.",
    responses=_PROBLEMS,
)
@api.auth_required(bearer)
@limiter.limit(LIMIT, key_func=token_key)
def sort() -> Response:
    """Sort a post."""
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
    spec = cast(dict[str, Any], cast(APIFlask, current_app).spec)
    return render_template(
        "api/docs.html",
        operations=operations_of(spec, request.url_root.rstrip("/")),
        about=spec["info"].get("description", ""),
        spec_url=url_for("openapi.spec"),
    )
