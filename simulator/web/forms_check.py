"""Read the form of "Check a reply": shape only; the desk says which text is fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import Form, IntegerField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import NumberRange, Optional

from simulator.content.model import Playbook
from simulator.core.refusal import Refusal
from simulator.scoring.model import Context, Draft, Post
from simulator.scoring.vocabulary import Action, Channel
from simulator.web.presenters_words import ACTION

CHANNELS = (
    SelectChoice(Channel.MICROBLOG.value, _("Microblog")),
    SelectChoice(Channel.PAGE.value, _("Brand page")),
    SelectChoice(Channel.REVIEW.value, _("Review site")),
    SelectChoice(Channel.PHOTO.value, _("Photo network")),
    SelectChoice(Channel.FORUM.value, _("Forum")),
    SelectChoice(Channel.DM.value, _("Private message")),
)
MOST_FOLLOWERS = 2_000_000_000


class WholeNumber(IntegerField):
    """A whole number with its message in our words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; spaces and thousands' separators don't matter."""
        cleaned = [value.replace(",", "").replace(" ", "") for value in valuelist]
        try:
            super().process_formdata(cleaned)
        except ValueError:
            raise ValueError(_("Write the number of followers in digits, or leave it empty.")) from None


class CheckForm(Form):
    """A post and a draft, what is known around them, and the playbook to judge by: the first where none is chosen."""

    post = TextAreaField(_("The post"))
    draft = TextAreaField(_("Your draft"))
    author = StringField(_("Who wrote it"))
    followers = WholeNumber(
        _("Followers"),
        validators=[
            Optional(),
            NumberRange(min=0, max=MOST_FOLLOWERS, message=_("Write the number of followers in digits, or leave it empty.")),
        ],
    )
    channel = SelectField(_("Where it stands"), choices=CHANNELS, default=Channel.MICROBLOG.value)
    action = SelectField(
        _("What you mean to do"),
        choices=[SelectChoice("", _("Not chosen yet")), *(SelectChoice(action.value, label) for action, label in ACTION.items())],
        default="",
    )
    playbook = SelectField(_("Playbook"), validate_choice=False)

    def __init__(self, playbooks: Sequence[Playbook], given: Any = None) -> None:
        super().__init__(given)
        self.playbook.choices = [SelectChoice(each.slug, each.title) for each in playbooks]
        if not self.playbook.data and playbooks:
            self.playbook.data = playbooks[0].slug

    def take(self, refusal: Refusal) -> None:
        """Show `refusal` at the field it is about, where it is about one."""
        field = self._fields.get(refusal.about)
        if field is not None:
            field.errors = [*field.errors, refusal.message]

    def values(self) -> tuple[Post, Draft | None, Context]:
        """Return what the judge needs, once the form has been validated."""
        post = Post(text=self.post.data or "", author=self.author.data or "", followers=self.followers.data)
        draft = Draft(self.draft.data) if (self.draft.data or "").strip() else None
        return post, draft, Context(channel=Channel(self.channel.data), action=Action(self.action.data) if self.action.data else None)


def form_of(given: Mapping[str, Any], playbooks: Sequence[Playbook]) -> CheckForm:
    """Read the form from JSON as from a page: what isn't text or a number counts as left out."""
    return CheckForm(playbooks, _Given({name: str(value) for name, value in given.items() if isinstance(value, str | int)}))


class _Given(dict[str, str]):
    """Let WTForms read plain values."""

    def getlist(self, name: str) -> list[str]:
        """Return the values of `name`."""
        return [self[name]] if name in self else []
