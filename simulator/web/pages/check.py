"""Check a real reply before it is sent: sorted and scored by the drill's own judge. Nothing is stored, but a second opinion's answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from simulator.core.refusal import Refusal, RefusalCode
from simulator.integrations.llm.base import Failure
from simulator.integrations.llm.checking import Opinion
from simulator.services.desk import Assessment
from simulator.web.deps import services
from simulator.web.errors import refusal_json, refusal_page, status_of
from simulator.web.forms_check import CheckForm, form_of
from simulator.web.forms_play import first_error
from simulator.web.presenters_coach import coach_json, present_coach, present_triage, triage_json
from simulator.web.presenters_opinion import present_opinion
from simulator.web.presenters_report import present_report
from simulator.web.security import limiter

blueprint = Blueprint("check", __name__)
COACH_LIMIT = "240/minute"
REPORT_LIMIT = "60/minute"
OPINION_LIMIT = "6/minute;60/day"
Told = Opinion | Failure | Refusal


@blueprint.get("/check")
def show() -> ResponseReturnValue:
    """Show the empty form."""
    return _page(_form(), None)


@blueprint.post("/check")
@limiter.limit(REPORT_LIMIT)
def report() -> ResponseReturnValue:
    """Show how the post is sorted and the full report on the draft."""
    form = _form(request.form)
    return _page(form, _assessed(form))


@blueprint.post("/check/coach")
@limiter.limit(COACH_LIMIT)
def coach() -> ResponseReturnValue:
    """Sort and score while it is typed."""
    given = request.get_json(silent=True) if request.is_json else None
    if not isinstance(given, dict):
        return refusal_json(Refusal(RefusalCode.BAD_VALUE, "Send a JSON object with post, draft and seq."))
    asked = given.get("seq")
    seq = asked if isinstance(asked, int) else 0
    form = form_of(given, services().desk.playbooks)
    if not (form.post.data or "").strip():
        return jsonify(seq=seq, total=0, dimensions=[], marks=[], fixes=[], blockers=[], triage=None)
    found = _assessed(form)
    if isinstance(found, Refusal):
        return refusal_json(found)
    told: dict[str, Any] = {"seq": seq, "total": 0, "dimensions": [], "marks": [], "fixes": [], "blockers": []}
    if found.report is not None:
        told = coach_json(found.report, seq=seq, decision=True)
    return jsonify(**told, triage=triage_json(found.triage))


@blueprint.get("/check/opinion")
def opinion_form() -> ResponseReturnValue:
    """Lead whoever opens the address of an opinion, which is not kept, back to the form."""
    return redirect(url_for("check.show"), 303)


@blueprint.post("/check/opinion")
@limiter.limit(OPINION_LIMIT)
def opinion() -> ResponseReturnValue:
    """Show the full report with what a model thinks of the draft beside it."""
    opinions = services().opinions
    if not opinions.available:
        return refusal_page(Refusal(RefusalCode.NOT_FOUND, _("No model is set here, so there is no second opinion to ask for.")))
    form = _form(request.form)
    found = _assessed(form)
    return _page(form, found, found if isinstance(found, Refusal) else opinions.ask(found, form.values()[2]))


def _form(given: Mapping[str, str] | None = None) -> CheckForm:
    return CheckForm(services().desk.playbooks, given)


def _assessed(form: CheckForm) -> Assessment | Refusal:
    if not form.validate():
        return Refusal(RefusalCode.BAD_VALUE, first_error(form))
    return services().desk.assess(*form.values(), playbook=form.playbook.data or None)


def _page(form: CheckForm, found: Assessment | Refusal | None, told: Told | None = None) -> ResponseReturnValue:
    refusal = found if isinstance(found, Refusal) else told if isinstance(told, Refusal) else None
    done = found if isinstance(found, Assessment) else None
    if refusal is not None:
        form.take(refusal)
    page = render_template(
        "check/show.html",
        form=form,
        problem=refusal.message if refusal is not None else "",
        coached=present_coach(done.report if done is not None and done.draft is not None else None, decision=True),
        sorted=present_triage(done.triage, done.post.text) if done is not None else None,
        report=present_report(done.report, done.draft.text if done.draft is not None else "") if done is not None and done.report else None,
        judged_by=done.playbook.title if done is not None and done.playbook is not None else "",
        second=present_opinion(services().opinions, done.report if done is not None else None, told),
    )
    return make_response(page, status_of(refusal) if refusal is not None else 200)
