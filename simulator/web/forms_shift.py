"""Read the forms of a shift's inbox: shape only; what may be done is the engine's to say."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import Form, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired

from simulator.scoring.vocabulary import Urgency
from simulator.web.presenters_shift import SNOOZES


class ThreadForm(Form):
    """Which thread is meant."""

    thread = StringField()


class SnoozeForm(ThreadForm):
    """For how long a thread is put off, in story minutes."""

    minutes = SelectField(choices=list(SNOOZES), validators=[InputRequired(_("Choose for how long."))])


class RankForm(ThreadForm):
    """How soon somebody must act."""

    priority = SelectField(choices=[urgency.value for urgency in Urgency], validators=[InputRequired(_("Choose a priority."))])


class MergeForm(ThreadForm):
    """What a thread repeats."""

    into = StringField(validators=[InputRequired(_("Choose what it repeats."))])


class DeclareForm(ThreadForm):
    """The statement of an incident, and its threads."""

    token = StringField()
    threads = SelectMultipleField(validate_choice=False)
    text = TextAreaField()
