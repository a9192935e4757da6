"""Define the one JSON shape in which programs ask for a judgement, and the one in which they get it: API and batch alike."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr, ValidationError, model_validator

from simulator.core.plain_text import DRAFT_LIMIT, NOTE_LIMIT, POST_LIMIT, SHORT_LIMIT, fit_text
from simulator.core.refusal import Refusal, RefusalCode
from simulator.scoring.model import Draft, Post
from simulator.scoring.vocabulary import Action, Channel, Contact, Dimension, Kind, Urgency

THREAD_LIMIT = 200
FACTS_LIMIT = 100
MINUTES_LIMIT = 10_000_000

Minutes = Annotated[float, Field(strict=True, ge=0, le=MINUTES_LIMIT, allow_inf_nan=False)]


class UnreadableError(ValueError):
    """Say that bytes are no JSON; `code` is bad_encoding or bad_json."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


class Asked(BaseModel):
    """What programs send: null stands for "left out", as many write it."""

    @model_validator(mode="before")
    @classmethod
    def _null_is_left_out(cls, given: object) -> object:
        return {name: value for name, value in given.items() if value is not None} if isinstance(given, Mapping) else given


class PostIn(Asked):
    """What the customer wrote."""

    text: StrictStr = Field(
        description=f"The post itself, at most {POST_LIMIT:,} characters.", examples=["Day 3 without a suitcase. Wedding is Thursday."]
    )
    author: StrictStr = Field("", description="Who wrote it, as the network shows it.", examples=["@roisin_h"])
    followers: Annotated[int, Field(strict=True, ge=0)] | None = Field(None, description="How many people follow the author.")
    thread: list[StrictStr] = Field(
        default_factory=list, description="Earlier lines, oldest first, as `name: words`.", max_length=THREAD_LIMIT
    )


class TriageIn(Asked):
    """A post to be sorted."""

    model_config = ConfigDict(title="TriageRequest")

    id: StrictStr | StrictInt | None = Field(None, description="Yours; comes back as it is.")
    post: PostIn
    channel: Channel = Field(Channel.MICROBLOG, description="Where the post stands.")
    playbook: StrictStr | None = Field(None, description="The name of a playbook; the plain house rules where it is left out.")


class AssessIn(TriageIn):
    """A post and the draft of a reply. Without a draft the post is only sorted."""

    model_config = ConfigDict(title="AssessRequest")

    facts: list[StrictStr] = Field(default_factory=list, description="What is known about the matter.", max_length=FACTS_LIMIT)
    draft: StrictStr | None = Field(
        None, description=f"The reply as you mean to send it, at most {DRAFT_LIMIT:,} characters; null sorts only."
    )
    action: Action | None = Field(None, description="What you mean to do. Without it Judgement is left out.")
    elapsed_minutes: Minutes | None = Field(None, description="How long the post has waited. Without it Speed is left out.")


class DimensionOut(BaseModel):
    """One dimension, 0 to 100; null where this kind of post does not call for it."""

    score: float | None
    applicable: bool


class FindingOut(BaseModel):
    """One thing that earned or cost points. All points of a report add up to its total."""

    code: str
    dimension: Dimension
    points: float
    blocker: bool
    span: tuple[int, int] | None = Field(description="Start and end in the draft, counted in characters (Unicode code points).")
    quote: str
    why: str
    fix: str


class CueOut(BaseModel):
    """Words of the post that decided the sorting."""

    span: tuple[int, int]
    quote: str
    code: str


class SortedOut(BaseModel):
    """What the post is and what it calls for."""

    kind: Kind
    urgency: Urgency
    action: Action
    contact: Contact
    confidence: float = Field(description="0 to 1.")
    or_kind: Kind | None = Field(description="The runner-up, where the sorting is unsure.")
    why: str
    cues: list[CueOut]


class FixOut(BaseModel):
    """One useful next step and what it could win on the total."""

    code: str
    dimension: Dimension
    gain: float
    say: str
    span: tuple[int, int] | None
    example: str


class AssessOut(BaseModel):
    """The judgement of one decision."""

    model_config = ConfigDict(title="Assessment")

    id: str | int | None
    total: float | None = Field(description="0 to 100; null where there was no draft.")
    dimensions: dict[Dimension, DimensionOut]
    blockers: list[str] = Field(description="Codes that cap the total at 20.")
    findings: list[FindingOut]
    fixes: list[FixOut]
    triage: SortedOut
    fingerprint: str = Field(description="Of the rules that judged; the same rules give the same answer.")


class TriageOut(BaseModel):
    """The sorting of one post."""

    model_config = ConfigDict(title="Sorting")

    id: str | int | None
    triage: SortedOut
    fingerprint: str


def read_json(raw: bytes) -> object:
    """Return what `raw` says as JSON. Raises UnreadableError for bad UTF-8, bad JSON, NaN and nesting without end."""
    try:
        read: object = json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise UnreadableError("bad_encoding", f"This is not valid UTF-8 (byte {error.start + 1}).") from error
    except RecursionError as error:
        raise UnreadableError("bad_json", "This JSON is nested too deeply.") from error
    except ValueError as error:
        raise UnreadableError("bad_json", f"This is not valid JSON: {error}") from error
    return read


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON number")


def read_assess(raw: object) -> AssessIn | Refusal:
    """Return a request in shape, or the first thing that is wrong with it and where.

    Unknown keys are let by, so that corpus lines can be sent as they are.
    """
    if not isinstance(raw, Mapping):
        return Refusal(RefusalCode.BAD_VALUE, 'This must be a JSON object such as {"post": {"text": "…"}, "draft": "…"}.')
    try:
        return AssessIn.model_validate(dict(raw))
    except ValidationError as error:
        return refusal_of(error)


def read_triage(raw: object) -> TriageIn | Refusal:
    """Return a request to sort a post, or the first thing that is wrong with it."""
    request = read_assess(raw)
    return request if isinstance(request, Refusal) else TriageIn.model_validate(request.model_dump(include=set(TriageIn.model_fields)))


def fit_assess(request: AssessIn) -> AssessIn | Refusal:
    """Return `request` with every text made fit to keep, or say which is not."""
    refused = [text for text in _texts(request) if isinstance(text, Refusal)]
    if refused:
        return refused[0]
    draft = request.draft
    if draft is not None:
        fitted = fit_text(draft, limit=DRAFT_LIMIT, what="The draft", about="draft")
        if isinstance(fitted, Refusal):
            return fitted
        draft = fitted
    return request.model_copy(update={"draft": draft})


def fit_triage(request: TriageIn) -> TriageIn | Refusal:
    """Return `request` where every text is fit to keep, or say which is not."""
    return next((text for text in _post_texts(request) if isinstance(text, Refusal)), request)


def post_of(request: TriageIn) -> Post:
    """Return the judge's post; line ends become one character each, as spans count them."""
    post = request.post
    return Post(_lines(post.text), _lines(post.author), post.followers, tuple(_lines(line) for line in post.thread))


def draft_of(request: AssessIn) -> Draft | None:
    """Return the judge's draft; None where the post is only to be sorted."""
    return None if request.draft is None else Draft(_lines(request.draft))


def refusal_of(error: ValidationError) -> Refusal:
    """Say the first fault of a shape in plain words, with the place as `post.text`."""
    fault = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in fault["loc"] if not str(part).startswith(("str", "int", "constrained", "function")))
    message = _MESSAGES.get(fault["type"], fault["msg"][:1].lower() + fault["msg"][1:])
    more = error.error_count() - 1
    also = f" ({more} more like this)" if more else ""
    return Refusal(RefusalCode.BAD_VALUE, f"{place or 'the request'}: {message}{also}", place)


_MESSAGES = {
    "missing": "is missing",
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "list_type": "must be a list",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "dict_type": "must be an object",
}


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _post_texts(request: TriageIn) -> list[str | Refusal]:
    post = request.post
    texts = [
        fit_text(post.text, limit=POST_LIMIT, what="The post", about="post.text", required=True),
        fit_text(post.author, limit=SHORT_LIMIT, what="The author", about="post.author"),
    ]
    texts += [fit_text(line, limit=POST_LIMIT, what="A line of the thread", about="post.thread") for line in post.thread]
    if isinstance(request.id, str):
        texts.append(fit_text(request.id, limit=SHORT_LIMIT, what="The id", about="id"))
    return texts


def _texts(request: AssessIn) -> list[str | Refusal]:
    facts = [fit_text(fact, limit=NOTE_LIMIT, what="A fact", about="facts") for fact in request.facts]
    return [*_post_texts(request), *facts]


def to_json(answer: BaseModel) -> dict[str, Any]:
    """Return an answer as JSON-able values."""
    return answer.model_dump(mode="json")
