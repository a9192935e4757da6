"""Let people in and out, and give them a page about their account."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from simulator.core.refusal import Refusal, RefusalCode
from simulator.services.people import User
from simulator.web.deps import forget_user, remember_user, safe_next, services, viewer
from simulator.web.errors import refusal_answer, status_of
from simulator.web.forms_accounts import ROLE_SHORT, Form, NewAccountForm, PasswordForm, SignInForm, TokenForm
from simulator.web.guards import signed_in
from simulator.web.presenters_confidence import present_calibration
from simulator.web.presenters_library import run_cards
from simulator.web.presenters_people import token_views
from simulator.web.presenters_words import CONTACT
from simulator.web.security import email_key, limiter

blueprint = Blueprint("accounts", __name__)
NEW_ACCOUNTS = "20 per hour"
FAILED_SIGN_INS = "10 per minute; 60 per hour"
FAILED_FOR_ONE_ADDRESS = "5 per minute; 30 per hour"


def _failed(response: Response) -> bool:
    return response.status_code >= 400


@blueprint.route("/welcome", methods=["GET", "POST"])
@limiter.limit(NEW_ACCOUNTS, methods=["POST"])
def welcome() -> ResponseReturnValue:
    """Make the first administrator, while there is none."""
    if not services().accounts.needs_first_admin():
        return redirect(url_for("landing.index"), 303)
    form = NewAccountForm()
    made = None
    if form.validate_on_submit():
        made = services().accounts.create_first_admin(**_person(form), guest_id=viewer().guest_id)
    return _let_in(made, form, "accounts/welcome.html", _("Welcome. Invite your team next."), url_for("admin.people"))


@blueprint.route("/sign-up", methods=["GET", "POST"])
@limiter.limit(NEW_ACCOUNTS, methods=["POST"])
def sign_up() -> ResponseReturnValue:
    """Make a learner's account, where that is open."""
    if viewer().signed_in:
        return redirect(url_for("landing.index"), 303)
    form = NewAccountForm()
    made = None
    if form.validate_on_submit():
        made = services().accounts.sign_up(**_person(form), guest_id=viewer().guest_id)
    return _let_in(made, form, "accounts/sign_up.html", _("Your account is ready."), url_for("landing.index"))


@blueprint.route("/invitations/<raw>", methods=["GET", "POST"])
@limiter.limit(NEW_ACCOUNTS, methods=["POST"])
def invitation(raw: str) -> ResponseReturnValue:
    """Make the account somebody was invited to."""
    if viewer().signed_in:
        flash(_("You have an account already. Sign out first to take up an invitation."), "problem")
        return redirect(url_for("landing.index"), 303)
    found = services().accounts.invitation(raw)
    if isinstance(found, Refusal) and found.code is RefusalCode.ALREADY_DONE:
        flash(found.message, "problem")
        return redirect(url_for("accounts.sign_in"), 303)
    if isinstance(found, Refusal):
        return refusal_answer(found)
    form = NewAccountForm(email=found.email)
    made = None
    if form.validate_on_submit():
        made = services().accounts.accept_invitation(raw, **_person(form), guest_id=viewer().guest_id)
    words = {"role": ROLE_SHORT[found.role], "department": CONTACT[found.contact] if found.contact else ""}
    return _let_in(made, form, "accounts/invitation.html", _("Your account is ready."), url_for("landing.index"), **words)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@limiter.limit(FAILED_SIGN_INS, methods=["POST"], deduct_when=_failed)
@limiter.limit(FAILED_FOR_ONE_ADDRESS, key_func=email_key, methods=["POST"], deduct_when=_failed)
def sign_in() -> ResponseReturnValue:
    """Let somebody with an account in and take them where they wanted to go."""
    target = safe_next(request.values.get("next"))
    if viewer().signed_in:
        return redirect(target or url_for("landing.index"), 303)
    form = SignInForm(next=target or "")
    user = None
    if form.validate_on_submit():
        user = services().accounts.sign_in(email=form.email.data or "", password=form.password.data or "", guest_id=viewer().guest_id)
    return _let_in(user, form, "accounts/sign_in.html", "", target or url_for("landing.index"))


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session in this browser."""
    forget_user()
    flash(_("You are signed out."))
    return redirect(url_for("landing.index"), 303)


@blueprint.get("/account")
@signed_in
def account() -> ResponseReturnValue:
    """Show name, role, password, API tokens and runs."""
    return _account_page()


@blueprint.post("/account/password")
@limiter.limit(FAILED_SIGN_INS, deduct_when=_failed)
@signed_in
def change_password() -> ResponseReturnValue:
    """Set another password; other browsers are signed out, this one stays."""
    form = PasswordForm()
    if not form.validate():
        return _account_page(password=form, status=400)
    user = services().accounts.change_password(viewer(), old=form.old.data or "", new=form.new.data or "")
    if isinstance(user, Refusal):
        form.take(user)
        return _account_page(password=form, status=status_of(user))
    remember_user(user)
    flash(_("Your password is changed. Everywhere else you are signed out."))
    return redirect(url_for("accounts.account"), 303)


@blueprint.post("/account/tokens")
@signed_in
def create_token() -> ResponseReturnValue:
    """Make an API token and show it this once."""
    form = TokenForm()
    if not form.validate():
        return _account_page(token=form, status=400)
    made = services().tokens.create(viewer(), form.name.data or "")
    if isinstance(made, Refusal):
        form.take(made)
        return _account_page(token=form, status=status_of(made))
    return _account_page(raw=made[1])


@blueprint.post("/account/tokens/<token_id>/revoke")
@signed_in
def revoke_token(token_id: str) -> ResponseReturnValue:
    """End one of one's own API tokens."""
    refusal = services().tokens.revoke(viewer(), token_id)
    if refusal is not None:
        return refusal_answer(refusal)
    flash(_("The token is revoked. Whatever used it is locked out from now on."))
    return redirect(url_for("accounts.account"), 303)


def _person(form: NewAccountForm) -> dict[str, str]:
    return {"name": form.name.data or "", "email": form.email.data or "", "password": form.password.data or ""}


def _let_in(user: User | Refusal | None, form: Form, template: str, message: str, target: str, **words: object) -> ResponseReturnValue:
    """Sign `user` in and go to `target`, or show the form (again) with what needs another look."""
    if isinstance(user, User):
        remember_user(user)
        if message:
            flash(message)
        return redirect(target, 303)
    if user is not None:
        form.take(user)
    status = status_of(user) if user is not None else 400 if form.errors else 200
    accounts = services().accounts
    text = render_template(template, form=form, open_sign_up=accounts.open_sign_up, first=accounts.needs_first_admin(), **words)
    return make_response(text, status)


def _account_page(
    *, password: PasswordForm | None = None, token: TokenForm | None = None, raw: str = "", status: int = 200
) -> ResponseReturnValue:
    who = viewer()
    user = services().accounts.user(who.user_id or "")
    if isinstance(user, Refusal):
        return refusal_answer(user)
    drills = services().drills
    text = render_template(
        "accounts/account.html",
        user=user,
        role=ROLE_SHORT[user.role],
        department=CONTACT[user.contact] if user.contact else "",
        password=password or PasswordForm(formdata=None),
        token=token or TokenForm(formdata=None),
        tokens=token_views(services().tokens.of(who)),
        raw=raw,
        runs=run_cards(drills.mine(who), drills.library()),
        calibration=present_calibration(services().reviews.calibration(who)),
    )
    return make_response(text, status)
