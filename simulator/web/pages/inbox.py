"""Let a contact read and answer the hand-overs of colleagues."""

from __future__ import annotations

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from simulator.core.refusal import Refusal, RefusalCode
from simulator.services.viewer import Role
from simulator.web.deps import services, viewer
from simulator.web.errors import refusal_answer, status_of
from simulator.web.forms_inbox import AnswerForm
from simulator.web.guards import needs_role
from simulator.web.presenters_inbox import present_inbox, present_item

blueprint = Blueprint("inbox", __name__)


@blueprint.get("/inbox")
@needs_role(Role.CONTACT, Role.ADMIN)
def show() -> ResponseReturnValue:
    """List what waits for an answer, then what was answered."""
    return render_template("inbox/index.html", view=present_inbox(services().handovers.inbox(viewer()), services().now()))


@blueprint.get("/inbox/<handover_id>")
@needs_role(Role.CONTACT, Role.ADMIN)
def item(handover_id: str) -> ResponseReturnValue:
    """Show one hand-over with its thread, and the form to answer it."""
    return _page(handover_id, AnswerForm(), None)


@blueprint.post("/inbox/<handover_id>")
@needs_role(Role.CONTACT, Role.ADMIN)
def answer(handover_id: str) -> ResponseReturnValue:
    """Answer a hand-over; the answer reaches the colleague's run and is judged."""
    form = AnswerForm(request.form)
    form.validate()
    if not any(value.strip() for value in form.data.values() if isinstance(value, str)):
        return _page(handover_id, form, Refusal(RefusalCode.EMPTY, _("The answer is empty. Say what may be said, or when you will know.")))
    done = services().handovers.answer(viewer(), handover_id, form.answer())
    if isinstance(done, Refusal):
        return _page(handover_id, form, done)
    flash(_("Your answer is with %(name)s.", name=done.sender_name or _("your colleague")))
    return redirect(url_for("inbox.item", handover_id=handover_id), 303)


def _page(handover_id: str, form: AnswerForm, refusal: Refusal | None) -> ResponseReturnValue:
    found = services().handovers.item(viewer(), handover_id)
    if isinstance(found, Refusal):
        return refusal_answer(found)
    page = render_template(
        "inbox/item.html", view=present_item(found, services().now()), form=form, problem=refusal.message if refusal is not None else ""
    )
    return make_response(page, status_of(refusal) if refusal is not None else 200)
