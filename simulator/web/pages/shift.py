"""Work the inbox of a shift: claim, put off, rank, merge, declare. Every POST leads back to the play page."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from simulator.core.refusal import Refusal, RefusalCode
from simulator.drills import commands
from simulator.integrations.machine import new_id
from simulator.scoring.vocabulary import Urgency
from simulator.services.drills import ShiftCommand
from simulator.web.deps import services, viewer
from simulator.web.forms_play import first_error
from simulator.web.forms_shift import DeclareForm, MergeForm, RankForm, SnoozeForm, ThreadForm
from simulator.web.pages.play import Typed, go, refused

blueprint = Blueprint("shift", __name__)


@blueprint.post("/runs/<run_id>/claim")
def claim(run_id: str) -> ResponseReturnValue:
    """Take a thread on."""
    form = ThreadForm(request.form)
    return _carry_out(run_id, form, lambda: commands.Claim(form.thread.data or ""))


@blueprint.post("/runs/<run_id>/snooze")
def snooze(run_id: str) -> ResponseReturnValue:
    """Put a thread off; the page goes on with the next one."""
    form = SnoozeForm(request.form)
    return _carry_out(run_id, form, lambda: commands.Snooze(form.thread.data or "", float(form.minutes.data)), stay=False)


@blueprint.post("/runs/<run_id>/rank")
def rank(run_id: str) -> ResponseReturnValue:
    """Give a thread a priority."""
    form = RankForm(request.form)
    return _carry_out(run_id, form, lambda: commands.Rank(form.thread.data or "", Urgency(form.priority.data)))


@blueprint.post("/runs/<run_id>/merge")
def merge(run_id: str) -> ResponseReturnValue:
    """Merge a thread into the one that it repeats, or into the incident."""
    form = MergeForm(request.form)
    return _carry_out(run_id, form, lambda: commands.Merge(form.thread.data or "", form.into.data or ""), stay=False)


@blueprint.post("/runs/<run_id>/declare")
def declare(run_id: str) -> ResponseReturnValue:
    """Declare an incident with a statement, once a token."""
    form = DeclareForm(request.form)
    chosen = tuple(dict.fromkeys(form.threads.data or ()))
    command = commands.Declare(chosen, form.text.data or "", form.token.data or new_id())
    done = services().drills.arrange(viewer(), run_id, command)
    if isinstance(done, Refusal):
        return refused(run_id, done, Typed(thread=form.thread.data or "", statement=form.text.data or "", chosen=chosen))
    return go(url_for("play.show", run_id=run_id, thread=form.thread.data or None, _anchor="incident"))


def _carry_out(run_id: str, form: Form, command: Callable[[], ShiftCommand], *, stay: bool = True) -> ResponseReturnValue:
    thread = form.thread.data or ""
    done = services().drills.arrange(viewer(), run_id, command()) if form.validate() else _misread(form)
    if isinstance(done, Refusal):
        return refused(run_id, done, Typed(thread=thread))
    return go(url_for("play.show", run_id=run_id, thread=thread if stay else None))


def _misread(form: Form) -> Refusal:
    return Refusal(RefusalCode.BAD_VALUE, first_error(form))
