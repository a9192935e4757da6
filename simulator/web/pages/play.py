"""Play a drill: look at the street, draft, decide, hand over, set the clock. Every POST leads back to the page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, current_app, g, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from simulator.core.refusal import Refusal, RefusalCode
from simulator.integrations.machine import new_id
from simulator.scoring.model import HandOver
from simulator.scoring.vocabulary import Action
from simulator.services.run_views import RunView
from simulator.web.deps import services, viewer, wants_json
from simulator.web.errors import refusal_answer, refusal_json, status_of
from simulator.web.forms_play import PACES, HandOverForm, PaceForm, ReplyForm, first_error
from simulator.web.presenters_coach import coach_json, pasted_fix, present_coach
from simulator.web.presenters_confidence import CONFIDENCE
from simulator.web.presenters_inbox import FieldView, handover_fields
from simulator.web.presenters_play import PlayView, present_play
from simulator.web.presenters_posts import PostView
from simulator.web.presenters_street import ThreadView, newcomer_words, present_posts_since
from simulator.web.security import limiter

blueprint = Blueprint("play", __name__)
REGIONS = ("clock", "mood", "switch", "notice", "facts-head", "facts", "answers")
SHIFT_REGIONS = ("merges", "incident-threads")
LOOK_EVERY_MS, SHORTEST_WAIT_MS = 2000, 250
COACH_LIMIT = "300/minute"


@dataclass(frozen=True, slots=True)
class Typed:
    """What couldn't be sent and must not be lost, and why it couldn't."""

    thread: str = ""
    text: str | None = None
    action: str = ""
    confidence: str = ""
    handover: HandOver | None = None
    colleague: bool = False
    problem: Refusal | None = None
    statement: str | None = None
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskView:
    """The hand-over form: open and filled in where it has just been refused."""

    token: str
    fields: tuple[FieldView, ...]
    to: str
    colleague: bool
    open: bool
    problem: str


@dataclass(frozen=True, slots=True)
class DeclareView:
    """The form that declares an incident: filled in where it has just been refused."""

    token: str
    text: str
    chosen: tuple[str, ...]
    problem: str


@blueprint.get("/runs/<run_id>")
def show(run_id: str) -> ResponseReturnValue:
    """Show the run as it stands; somebody else's public run is read in its review."""
    view = services().drills.look(viewer(), run_id)
    if isinstance(view, Refusal):
        return refusal_answer(view)
    if not view.mine:
        return redirect(url_for("review.show", run_id=run_id), 303)
    return _page(view, Typed(thread=request.args.get("thread", "")), reveal=request.args.get("report", ""))


@blueprint.post("/runs/<run_id>/reply")
def reply(run_id: str) -> ResponseReturnValue:
    """Send a reply or choose a silent action, once a token, and open its report."""
    form = ReplyForm(request.form)
    typed = Typed(
        thread=form.thread.data or "", text=form.text.data or "", action=form.action.data or "", confidence=form.confidence.data or ""
    )
    if not form.validate():
        return refused(run_id, Refusal(RefusalCode.BAD_VALUE, first_error(form), "action"), typed)
    token = form.token.data or new_id()
    view = services().drills.send(
        viewer(), run_id, thread=form.thread.data or "", text=form.text.data or "", action=form.chosen, token=token, confidence=form.sure
    )
    if isinstance(view, Refusal):
        return refused(run_id, view, typed)
    decision = next((item.decision_id for item in view.state.decisions if item.token == token), "")
    return go(url_for("play.show", run_id=run_id, thread=form.thread.data, report=decision, _anchor="next"))


@blueprint.post("/runs/<run_id>/handover")
def handover(run_id: str) -> ResponseReturnValue:
    """Hand a thread over to a contact."""
    form = HandOverForm(request.form)
    valid = form.validate()
    written = form.handover()
    typed = Typed(thread=form.thread.data or "", handover=written, colleague=form.colleague.data == "yes")
    if not valid:
        return refused(run_id, Refusal(RefusalCode.BAD_VALUE, first_error(form), "to"), typed)
    token = form.token.data or new_id()
    view = services().drills.ask_contact(viewer(), run_id, thread=typed.thread, handover=written, colleague=typed.colleague, token=token)
    if isinstance(view, Refusal):
        return refused(run_id, view, typed)
    asked = next((item.handover_id for item in view.state.handovers if item.token == token), "")
    return go(url_for("play.show", run_id=run_id, thread=typed.thread, asked=asked, _anchor=f"answer-{asked}"))


@blueprint.post("/runs/<run_id>/pause")
def pause(run_id: str) -> ResponseReturnValue:
    """Let the story stand still."""
    return _back(run_id, services().drills.pause(viewer(), run_id))


@blueprint.post("/runs/<run_id>/resume")
def resume(run_id: str) -> ResponseReturnValue:
    """Let the story go on."""
    return _back(run_id, services().drills.resume(viewer(), run_id))


@blueprint.post("/runs/<run_id>/pace")
def pace(run_id: str) -> ResponseReturnValue:
    """Run the story slower, or without a clock."""
    form = PaceForm(request.form)
    if not form.validate():
        return _back(run_id, Refusal(RefusalCode.BAD_VALUE, _("There is no such clock. Choose one of those on the page."), "pace"))
    factor, untimed = PACES[form.pace.data or "1"]
    return _back(run_id, services().drills.set_pace(viewer(), run_id, pace_factor=factor, untimed=untimed))


@blueprint.post("/runs/<run_id>/end")
def end(run_id: str) -> ResponseReturnValue:
    """Stop the run and open its review."""
    ended = services().drills.end(viewer(), run_id)
    if isinstance(ended, Refusal) and ended.code is not RefusalCode.RUN_OVER:
        return refusal_answer(ended)
    return go(url_for("review.show", run_id=run_id))


@blueprint.post("/runs/<run_id>/draft")
def draft(run_id: str) -> ResponseReturnValue:
    """Keep a draft: as JSON while it is typed, as a form where there is no script."""
    given = _given()
    thread, text = _text(given, "thread"), _text(given, "text")
    refusal = services().drills.save_draft(viewer(), run_id, thread=thread, text=text)
    if isinstance(refusal, Refusal):
        return refused(
            run_id, refusal, Typed(thread=thread, text=text, action=_text(given, "action"), confidence=_text(given, "confidence"))
        )
    if wants_json():
        return jsonify(saved=True)
    return go(url_for("play.show", run_id=run_id, thread=thread, _anchor="reply"))


@blueprint.post("/runs/<run_id>/coach")
@limiter.limit(COACH_LIMIT)
def coach(run_id: str) -> ResponseReturnValue:
    """Score a draft as it would score now. Earns nothing, stores nothing."""
    given = _given()
    action = _text(given, "action")
    coached = services().drills.coach(
        viewer(),
        run_id,
        thread=_text(given, "thread"),
        text=_text(given, "text"),
        action=Action(action) if action in list(Action) else Action.REPLY_PUBLIC,
    )
    if isinstance(coached, Refusal):
        return refusal_json(coached)
    seq = given.get("seq")
    return jsonify(coach_json(coached.report, seq=seq if isinstance(seq, int) else 0, decision=False, first=pasted_fix(coached)))


@blueprint.get("/runs/<run_id>/updates")
def updates(run_id: str) -> ResponseReturnValue:
    """Tell what is new since event `after`: posts, the regions beside them, and the clock's values."""
    run = services().drills.look(viewer(), run_id)
    if isinstance(run, Refusal):
        return refusal_json(run)
    if not run.mine:
        return refusal_json(Refusal(RefusalCode.NOT_FOUND, _("There is no such drill, or it isn't yours.")))
    after = request.args.get("after", 0, type=int)
    view = present_play(run, thread=request.args.get("thread", ""))
    fresh = present_posts_since(view.threads, run, after)
    return jsonify(
        seq=view.seq,
        ended=view.ended,
        wait_ms=_wait_ms(run),
        clock={"story_s": view.clock.story_s, "pace": view.clock.pace, "now_ms": view.clock.now_ms, "standing": view.clock.standing},
        announce=_("The drill is over. The review is ready.") if view.ended else newcomer_words(run, after),
        answered=[_("%(contact)s has answered", contact=item.contact) for item in view.handovers if item.answer is not None],
        threads=[] if view.shift else [_new_thread(view, item) for item in view.threads if item.id in fresh.new_threads],
        posts=[_new_post(view, thread, each) for thread, each in fresh.posts if not view.shift or _is_current(view, thread)],
        regions={name: _fragment(name, view) for name in (*REGIONS, *(SHIFT_REGIONS if view.shift else ()))},
    )


def _new_thread(view: PlayView, item: ThreadView) -> dict[str, Any]:
    return {"id": item.id, "html": _fragment("thread", view, item)}


def _new_post(view: PlayView, thread: str, post: PostView) -> dict[str, Any]:
    return {"id": post.id, "thread": thread, "ours": post.ours, "html": _fragment("post", view, post, _channel(view, thread))}


def _is_current(view: PlayView, thread: str) -> bool:
    """A shift shows one thread at a time; what is new in the others stands in its inbox."""
    return view.current is not None and view.current.id == thread


def _wait_ms(run: RunView) -> int:
    """Return after how long a page that has no stream asks again: in time for what is due, else a little later."""
    return LOOK_EVERY_MS if run.next_ms is None else max(SHORTEST_WAIT_MS, min(LOOK_EVERY_MS, run.next_ms - run.now_ms))


def _page(run: RunView, typed: Typed, *, reveal: str = "") -> ResponseReturnValue:
    view = present_play(run, thread=typed.thread, reveal=reveal, typed=typed.text)
    coached = None
    if view.current is not None and not view.ended and view.draft.strip():
        scored = services().drills.coach(viewer(), run.run_id, thread=view.current.id, text=view.draft, action=Action.REPLY_PUBLIC)
        coached = None if isinstance(scored, Refusal) else scored
    problem = typed.problem.message if typed.problem is not None else ""
    page = render_template(
        "play/show.html",
        view=view,
        token=new_id(),
        coached=present_coach(coached.report if coached else None, decision=False, first=pasted_fix(coached) if coached else ()),
        chosen=typed.action,
        sure=typed.confidence,
        confidences=CONFIDENCE,
        problem="" if typed.handover is not None or typed.statement is not None else problem,
        declaring=DeclareView(
            token=new_id(), text=typed.statement or "", chosen=typed.chosen, problem=problem if typed.statement is not None else ""
        ),
        asking=AskView(
            token=new_id(),
            fields=handover_fields(typed.handover),
            to=typed.handover.to.value if typed.handover is not None else "",
            colleague=typed.colleague,
            open=typed.handover is not None,
            problem=problem if typed.handover is not None else "",
        ),
    )
    return make_response(page, status_of(typed.problem) if typed.problem is not None else 200)


def _fragment(part: str, view: PlayView, item: object = None, channel: str = "") -> str:
    """Render one part of the page; the templates it is made with are loaded once for all parts of an answer."""
    if "fragments" not in g:
        context: dict[str, Any] = {}
        current_app.update_template_context(context)
        g.fragments = current_app.jinja_env.get_template("play/_fragment.html").make_module(context)
    return str(g.fragments.fragment(part, view, item, channel)).strip()


def _channel(view: PlayView, thread: str) -> str:
    return next((item.channel for item in view.threads if item.id == thread), view.channel)


def refused(run_id: str, refusal: Refusal, typed: Typed) -> ResponseReturnValue:
    """Say why not with everything that was typed still in its place, or as a problem where a script asked."""
    if wants_json():
        return refusal_json(refusal)
    run = services().drills.look(viewer(), run_id)
    if isinstance(run, Refusal) or not run.mine:
        return refusal_answer(run if isinstance(run, Refusal) else refusal)
    return _page(run, replace(typed, problem=refusal))


def go(url: str) -> ResponseReturnValue:
    return jsonify(location=url) if wants_json() else redirect(url, 303)


def _back(run_id: str, done: RunView | Refusal) -> ResponseReturnValue:
    if isinstance(done, Refusal):
        return refusal_answer(done)
    return go(url_for("play.show", run_id=run_id, thread=request.form.get("thread") or None))


def _given() -> dict[str, Any]:
    """Return what was sent, as JSON or as a form; anything that is not an object counts as empty."""
    if not request.is_json:
        return dict(request.form)
    given = request.get_json(silent=True)
    return given if isinstance(given, dict) else {}


def _text(given: dict[str, Any], name: str) -> str:
    value = given.get(name, "")
    return value if isinstance(value, str) else ""
