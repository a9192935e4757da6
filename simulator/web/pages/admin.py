"""Let administrators see and change who is here; trainers invite learners and contacts."""

from __future__ import annotations

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectChoice

from simulator.core.refusal import Refusal, RefusalCode
from simulator.services.viewer import Role
from simulator.web.deps import services, viewer
from simulator.web.errors import refusal_answer, status_of
from simulator.web.forms_accounts import ROLE, InviteForm, RoleForm
from simulator.web.guards import needs_role
from simulator.web.presenters_people import invitation_views, person_views

blueprint = Blueprint("admin", __name__)
TRAINERS_INVITE = (Role.LEARNER, Role.CONTACT)


@blueprint.get("/admin/people")
@needs_role(Role.ADMIN, Role.TRAINER)
def people() -> ResponseReturnValue:
    """List everybody, and offer to invite more."""
    return _people_page()


@blueprint.post("/admin/people/invite")
@needs_role(Role.ADMIN, Role.TRAINER)
def invite() -> ResponseReturnValue:
    """Make an invitation and show its link this once."""
    form = _invite_form()
    if not form.validate():
        return _people_page(invite=form, status=400)
    made = services().accounts.invite(viewer(), role=form.role.data, contact=form.contact.data or None, email=form.email.data or "")
    if isinstance(made, Refusal):
        form.take(made)
        return _people_page(invite=form, status=status_of(made))
    return _people_page(link=url_for("accounts.invitation", raw=made[1], _external=True), invited=made[0].email)


@blueprint.post("/admin/invitations/<invitation_id>/withdraw")
@needs_role(Role.ADMIN)
def withdraw(invitation_id: str) -> ResponseReturnValue:
    """End an invitation that nobody has taken up."""
    refusal = services().accounts.withdraw_invitation(viewer(), invitation_id)
    return refusal_answer(refusal) if refusal is not None else _back(_("The invitation is withdrawn; its link no longer works."))


@blueprint.post("/admin/people/<user_id>/role")
@needs_role(Role.ADMIN)
def set_role(user_id: str) -> ResponseReturnValue:
    """Give somebody another role."""
    form = RoleForm()
    if not form.validate():
        return _people_page(refused=form, refused_id=user_id, status=400)
    changed = services().accounts.set_role(viewer(), user_id, form.role.data, form.contact.data or None)
    if isinstance(changed, Refusal):
        if changed.code is RefusalCode.NOT_FOUND:
            return refusal_answer(changed)
        form.take(changed)
        return _people_page(refused=form, refused_id=user_id, status=status_of(changed))
    return _back(_("%(name)s has another role now.", name=changed.name))


@blueprint.post("/admin/people/<user_id>/disabled")
@needs_role(Role.ADMIN)
def set_disabled(user_id: str) -> ResponseReturnValue:
    """Switch an account off or on again."""
    changed = services().accounts.set_disabled(viewer(), user_id, request.form.get("disabled") == "1")
    if isinstance(changed, Refusal):
        if changed.code is RefusalCode.NOT_FOUND:
            return refusal_answer(changed)
        flash(changed.message, "problem")
        return _people_page(status=status_of(changed))
    words = (
        _("%(name)s can no longer sign in.", name=changed.name) if changed.disabled else _("%(name)s can sign in again.", name=changed.name)
    )
    return _back(words)


def _back(message: str) -> ResponseReturnValue:
    flash(message)
    return redirect(url_for("admin.people"), 303)


def _invite_form(*, blank: bool = False) -> InviteForm:
    form = InviteForm(formdata=None) if blank else InviteForm()
    if not viewer().is_admin:
        form.role.choices = [SelectChoice(role.value, ROLE[role]) for role in TRAINERS_INVITE]
    return form


def _people_page(
    *,
    invite: InviteForm | None = None,
    refused: RoleForm | None = None,
    refused_id: str = "",
    link: str = "",
    invited: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    accounts, who = services().accounts, viewer()
    everybody, invitations = accounts.people(who), accounts.open_invitations(who)
    text = render_template(
        "admin/people.html",
        people=() if isinstance(everybody, Refusal) else person_views(everybody, refused, refused_id),
        invitations=() if isinstance(invitations, Refusal) else invitation_views(invitations),
        invite=invite or _invite_form(blank=True),
        link=link,
        invited=invited,
    )
    return make_response(text, status)
