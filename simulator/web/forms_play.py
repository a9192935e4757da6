"""Read the forms of the play page: shape only; what may be sent is the engine's to say."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import Form, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from simulator.drills.confidence import Confidence
from simulator.scoring.model import HandOver
from simulator.scoring.vocabulary import Action, Contact

PACES = {"1": (1.0, False), "0.5": (0.5, False), "0.25": (0.25, False), "untimed": (1.0, True)}
"""What the choices of clock mean: pace factor, untimed."""
SEVERAL = _("Choose one of the ways to handle the post, then send. Your words are still here.")


class ReplyForm(Form):
    """A reply or a silent action."""

    token = StringField()
    thread = StringField()
    text = TextAreaField()
    action = RadioField(choices=[action.value for action in Action], validators=[InputRequired(SEVERAL)])
    confidence = RadioField(choices=[item.value for item in Confidence], validators=[Optional()])

    @property
    def sure(self) -> Confidence | None:
        """Return how sure they said they were, once the form has been validated; None where they said nothing."""
        return Confidence(self.confidence.data) if self.confidence.data else None

    @property
    def chosen(self) -> Action:
        """Return the action, once the form has been validated."""
        return Action(self.action.data)


class HandOverForm(Form):
    """A hand-over to a contact."""

    token = StringField()
    thread = StringField()
    to = RadioField(
        choices=[contact.value for contact in Contact if contact is not Contact.NONE],
        validators=[InputRequired(_("Choose who has to know. What you wrote is still here."))],
    )
    what_happened = TextAreaField()
    who_where = TextAreaField()
    known_unknown = TextAreaField()
    asked = TextAreaField()
    by_when = TextAreaField()
    said_so_far = TextAreaField()
    colleague = StringField()

    def handover(self) -> HandOver:
        """Return what was written; without a valid contact it is addressed to nobody."""
        to = self.to.data if self.to.data in list(Contact) else Contact.NONE
        return HandOver(
            to=Contact(to),
            what_happened=self.what_happened.data or "",
            who_where=self.who_where.data or "",
            known_unknown=self.known_unknown.data or "",
            asked=self.asked.data or "",
            by_when=self.by_when.data or "",
            said_so_far=self.said_so_far.data or "",
        )


class PaceForm(Form):
    """How fast the story runs."""

    thread = StringField()
    pace = RadioField(choices=list(PACES), validators=[Optional()], default="1")


def first_error(form: Form) -> str:
    """Return the first thing that is wrong with `form`, empty if nothing is."""
    return next((str(message) for messages in form.errors.values() for message in messages), "")
