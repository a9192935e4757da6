"""Read a contact's answer: shape only."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import Form, StringField, TextAreaField

from simulator.scoring.model import HandOverAnswer


class AnswerForm(Form):
    """What may be said, what may not, who owns it, and when the next word comes."""

    may_say = TextAreaField(_("May be said in public"))
    may_not_say = TextAreaField(_("May not be said"))
    owner = StringField(_("Who owns it"))
    next_time = StringField(_("When the next word comes"))

    def answer(self) -> HandOverAnswer:
        """Return what was written."""
        return HandOverAnswer(
            may_say=self.may_say.data or "",
            may_not_say=self.may_not_say.data or "",
            owner=self.owner.data or "",
            next_time=self.next_time.data or "",
        )
