"""The desk judges in the house style of the playbook it is asked for, and knows which one goes without asking."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.content.model import Playbook
from simulator.core.refusal import Refusal, RefusalCode
from simulator.scoring import Context, Draft, Post, load_ruleset
from simulator.services.desk import Assessment, Desk
from tests.unit.content.texts import house

POST = Post("My suitcase is still in Lisbon and the wedding is on Thursday")
DRAFT = Draft("Three days is too long, and I'm sorry. Rest assured, I'll write by 18:00. – Aoife")


def desk_of(*playbooks: Playbook) -> Desk:
    """Make a desk that knows these playbooks."""
    return Desk(ruleset=load_ruleset(), playbooks={each.slug: each for each in playbooks})


def judged(desk: Desk, draft: Draft | None = DRAFT, *, context: Context | None = None, playbook: str | None = None) -> Assessment:
    """Return what the desk says."""
    found = desk.assess(POST, draft, context or Context(), playbook)
    assert isinstance(found, Assessment), found
    return found


@pytest.mark.parametrize(
    ("slugs", "order"),
    [
        ([], []),
        (["villa"], ["villa"]),
        (["villa", "barn"], ["barn", "villa"]),
        (["barn", "default", "villa"], ["default", "barn", "villa"]),
    ],
)
def test_the_default_is_offered_first_and_the_others_by_title(slugs: list[str], order: list[str]) -> None:
    desk = desk_of(*(replace(house(), slug=slug, title=f"The {slug}") for slug in slugs))
    assert [each.slug for each in desk.playbooks] == order


def test_a_named_playbook_judges_as_its_house_does() -> None:
    desk = desk_of(house())
    styled = judged(desk, playbook="house")
    plain = judged(desk)
    assert (styled.playbook, plain.playbook) == (house(), None)
    assert styled.report == judged(desk, context=Context(house=house().house)).report
    assert styled.report is not None
    assert plain.report is not None
    assert styled.report.total < plain.report.total, "this house bans 'rest assured'"
    assert styled.fingerprint != plain.fingerprint


def test_a_post_alone_is_sorted_under_the_rules_of_the_playbook() -> None:
    sorted_only = judged(desk_of(house()), None, playbook="house")
    assert sorted_only.report is None
    assert sorted_only.playbook == house()
    assert sorted_only.fingerprint == judged(desk_of(house()), playbook="house").fingerprint


@pytest.mark.parametrize(("playbooks", "known"), [((), "none"), ((house(),), "house")])
def test_an_unknown_playbook_is_refused_with_those_that_are_there(playbooks: tuple[Playbook, ...], known: str) -> None:
    refused = desk_of(*playbooks).assess(POST, DRAFT, Context(), "villa")
    assert refused == Refusal(RefusalCode.BAD_VALUE, f"There is no playbook of this name; known are: {known}.", "playbook")
