"""What is written in a scenario is what a run is played on."""

from __future__ import annotations

import math

import pytest

from simulator.content.band import parse_band
from simulator.content.model import HIDDEN, Band, Beat, ContactAnswer, Exemplar, Fact, Persona
from simulator.core.ids import content_hash
from simulator.scoring.model import Expected, ExpectedEscalation, MustAddress
from simulator.scoring.vocabulary import Action, Channel, Contact, Kind
from tests.unit.content.texts import SCENARIO, changed, kite


def test_the_card_says_what_was_written() -> None:
    scenario = kite()
    assert (scenario.slug, scenario.title, scenario.channel, scenario.level) == ("kite", "The kite in the crane", Channel.MICROBLOG, 2)
    assert (scenario.pace, scenario.minutes, scenario.ends_s, scenario.playbook) == (20.0, 4, 3600, "house")
    assert (scenario.brand.name, scenario.brand.handle, scenario.skills) == ("Port of Ellery", "@ellery", ("acknowledge", "resolve"))


@pytest.mark.parametrize(("written", "starts_s"), [("00:00", 0), ("09:05", 32_700), ("14:20", 51_600), ("23:59", 86_340)])
def test_a_story_may_say_at_which_time_of_day_it_starts(written: str, starts_s: int) -> None:
    assert kite(text=changed(SCENARIO, "level: 2", f'level: 2\nstarts: "{written}"')).starts_s == starts_s


def test_a_scenario_without_a_time_of_day_stays_readable() -> None:
    assert kite().starts_s is None


def test_the_street_and_the_facts_are_as_written() -> None:
    scenario = kite()
    assert scenario.personas["ida"] == Persona("ida", "Ida", "@ida", 12, "hot", "flies kites")
    assert scenario.personas["bo"] == Persona("bo", "Bo", "@bo", 0, "calm")
    assert scenario.facts == (
        Fact("crane", "Crane 4 stands still until noon.", 120),
        Fact("cause", "The line is caught on the jib.", HIDDEN),
    )


def test_a_thread_knows_its_beats_what_is_expected_and_its_best_line() -> None:
    thread = kite().threads[0]
    assert (thread.id, thread.onlookers, thread.target_s) == ("kite", 300, 900)
    assert thread.beats[1] == Beat(1200, "bo", "nobody is coming", when="unanswered", reads=50)
    assert thread.expected == Expected(
        kind=Kind.COMPLAINT,
        best=(Action.REPLY_PUBLIC,),
        fine=(Action.ESCALATE_AND_REPLY,),
        poor=(Action.IGNORE,),
        must_address=(MustAddress("kite", ("kite", "dragon")),),
        escalation=ExpectedEscalation(Contact.OPERATIONS, 30.0, ("which crane",)),
    )
    assert thread.exemplars == (
        Exemplar("Ida, your kite is on crane 4. We bring it down at noon.", "It says what happens.", Action.REPLY_PUBLIC),
    )


def test_a_reaction_keeps_its_condition_and_its_effects() -> None:
    first, fallback = kite().threads[0].reactions
    assert (dict(first.when.bands), first.when.missing) == ({"total": Band(75, 100)}, ("listen",))
    assert (first.after, first.cools, first.trust, first.likes, first.ends, first.say) == (180, 40, 10, 3, "solved", "thank you")
    assert (dict(fallback.when.bands), fallback.when.blocker, fallback.heats, fallback.ends) == ({}, None, 5, "")


def test_a_condition_takes_one_word_or_several() -> None:
    when = '{code: [vague_promise, insult], blocker: false, action: ignore, handover: answered, turn: ">= 2", temperature: 40..74}'
    condition = kite(text=changed(SCENARIO, '{total: ">= 75", missing: listen}', when)).threads[0].reactions[0].when
    assert (condition.code, condition.blocker, condition.actions, condition.handover) == (
        ("vague_promise", "insult"),
        False,
        (Action.IGNORE,),
        "answered",
    )
    assert dict(condition.bands) == {"turn": Band(2, math.inf), "temperature": Band(40, 74)}


def test_contacts_answer_in_order_and_reveal_facts() -> None:
    full, asks_back = kite().contacts[Contact.OPERATIONS]
    assert full == ContactAnswer(
        360, "We bring it down at noon.", "Whose fault it was.", "Ines", "12:30", complete=Band(60, 100), reveals=("cause",)
    )
    assert asks_back == ContactAnswer(240, "", next_time="Which crane is it?")


def test_a_run_can_keep_the_text_and_its_fingerprint() -> None:
    scenario = kite()
    assert scenario.source == SCENARIO
    assert scenario.fingerprint == content_hash(SCENARIO)
    assert kite(text=scenario.source) == scenario


@pytest.mark.parametrize(
    ("written", "band"),
    [
        (">= 75", Band(75, 100)),
        (">=75", Band(75, 100)),
        ("<= 40", Band(0, 40)),
        ("40..74.9", Band(40, 74.9)),
        ("3", Band(3, 3)),
        ("> 3", None),
        ("101", None),
        (">= -1", None),
        ("40 .. 74", None),
        ("", None),
    ],
)
def test_bands_are_inclusive_ranges(written: str, band: Band | None) -> None:
    assert parse_band(written) == band
