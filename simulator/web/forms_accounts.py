"""Read the account pages' forms: shape only. What is right is the services' business; their "no" is tied to its field."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length

from simulator.core.plain_text import SHORT_LIMIT
from simulator.core.refusal import Refusal
from simulator.scoring.vocabulary import Contact
from simulator.services.viewer import MEMBERS, Role
from simulator.web.presenters_words import CONTACT

NEEDED = _("Please fill this in.")
LONG = _("This is longer than we can take.")
EMAIL_LIMIT = 254
PASSWORD_LIMIT = 1_000
ROLE = {
    Role.LEARNER: _("Learner: plays drills"),
    Role.CONTACT: _("Contact: answers for a department"),
    Role.TRAINER: _("Trainer: invites learners and contacts"),
    Role.ADMIN: _("Administrator: manages people"),
}
ROLE_SHORT = {
    Role.GUEST: _("Guest"),
    Role.LEARNER: _("Learner"),
    Role.CONTACT: _("Contact"),
    Role.TRAINER: _("Trainer"),
    Role.ADMIN: _("Administrator"),
}
DEPARTMENTS = [
    SelectChoice("", _("None")),
    *(SelectChoice(contact.value, CONTACT[contact]) for contact in Contact if contact is not Contact.NONE),
]


class Form(FlaskForm):
    """A form whose CSRF token is checked for the whole app at once, and which can carry a service's "no"."""

    class Meta:
        csrf = False

    def take(self, refusal: Refusal) -> None:
        """Show `refusal` at the field it is about, or above the form where there is none."""
        field = self._fields.get(refusal.about)
        if field is None:
            self.form_errors = [*self.form_errors, refusal.message]
        else:
            field.errors = [*field.errors, refusal.message]


def _name() -> StringField:
    return StringField(_("Your name"), [InputRequired(NEEDED), Length(max=SHORT_LIMIT, message=LONG)], render_kw={"autocomplete": "name"})


def _email(complete: str = "email") -> EmailField:
    needed = [InputRequired(NEEDED), Length(max=EMAIL_LIMIT, message=LONG)]
    return EmailField(_("E-mail address"), needed, render_kw={"autocomplete": complete, "spellcheck": "false"})


def _password(label: str, complete: str) -> PasswordField:
    needed = [InputRequired(NEEDED), Length(max=PASSWORD_LIMIT, message=LONG)]
    return PasswordField(label, needed, render_kw={"autocomplete": complete})


class NewAccountForm(Form):
    """Name, e-mail address and password of a new account."""

    name = _name()
    email = _email()
    password = _password(_("Password"), "new-password")


class SignInForm(Form):
    """E-mail address and password, and where to go afterwards."""

    email = _email("username")
    password = _password(_("Password"), "current-password")
    next = HiddenField()


class PasswordForm(Form):
    """The current password and the one to have instead."""

    old = _password(_("Current password"), "current-password")
    new = _password(_("New password"), "new-password")


class TokenForm(Form):
    """What a new API token is for."""

    name = StringField(
        _("What it is for"), [InputRequired(NEEDED), Length(max=SHORT_LIMIT, message=LONG)], render_kw={"autocomplete": "off"}
    )


class RoleForm(Form):
    """A role and, for contacts, the department."""

    role = SelectField(_("Role"), choices=[SelectChoice(role.value, ROLE_SHORT[role]) for role in MEMBERS])
    contact = SelectField(_("Department"), choices=DEPARTMENTS, default="")


class InviteForm(Form):
    """Whom to invite, as what."""

    email = EmailField(
        _("E-mail address"), [Length(max=EMAIL_LIMIT, message=LONG)], render_kw={"autocomplete": "off", "spellcheck": "false"}
    )
    role = SelectField(_("Role"), choices=[SelectChoice(role.value, ROLE[role]) for role in MEMBERS])
    contact = SelectField(_("Department"), choices=DEPARTMENTS, default="")
