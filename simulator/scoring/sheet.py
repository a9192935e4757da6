"""Lay out one draft beside its post, so that every rule reads the same words measured once."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.scoring.model import Context, Kinds, Post
from simulator.scoring.readability import Readability
from simulator.scoring.relation import Relation
from simulator.scoring.text import Text
from simulator.scoring.vocabulary import Action, Channel, Kind


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """Everything a rule may look at. `post_text` is the post with its earlier thread, folded. A sheet equals only itself."""

    draft: Text
    post: Post
    post_text: str
    kind: Kind
    context: Context
    relation: Relation
    readability: Readability
    kinds: Kinds = ()
    """All kinds that the post may well be, with their shares; where empty, it is of `kind` for sure."""

    @property
    def public(self) -> bool:
        """Tell whether onlookers will read this draft."""
        return self.context.channel is not Channel.DM and self.context.action is not Action.REPLY_PRIVATE
