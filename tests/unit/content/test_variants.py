"""Variants: the same number is the same scenario, another number another one, and every value has been compiled."""

from __future__ import annotations

import pytest

from simulator.content import compile_scenario, parse_plan, recall_scenario, variant_number, vary
from simulator.content.model import Scenario
from simulator.content.plan_model import Plan
from tests.unit.content.texts import SCENARIO, changed, house, line_of

VARIANTS = """\
variants:
  slots:
    colour: [red, green, blue]
    who:
      - {first: Ida, handle: "@ida"}
      - {first: Mia, handle: "@mia"}
  one_of:
    weather: [calm, storm]
"""
BEAT = '      - {at: "20:00", by: bo, when: unanswered, say: "nobody is coming", reads: 50}\n'
STORM = '      - {at: "30:00", by: bo, only: storm, say: "and now it rains"}\n'
TEXT = changed(
    changed(
        changed(
            changed(SCENARIO, "my red kite", "my {colour} kite"),
            '{name: Ida, handle: "@ida"',
            '{name: "{who.first}", handle: "{who.handle}"',
        ),
        BEAT,
        BEAT + STORM,
    ),
    "threads:\n",
    VARIANTS + "threads:\n",
)
THREE_MORE = """\
  - id: hat
    kind: troll
    target: "05:00"
    beats: [{at: "05:00", by: bo, say: "nice hat"}, {at: "07:00", by: bo, say: "hat hat"}]
    expect: {actions: {best: [ignore]}}
    reactions: [{when: {}, by: bo, after: "01:00", say: "ha"}]
  - id: cap
    kind: troll
    target: "05:00"
    beats: [{at: "25:00", by: bo, say: "nice cap"}]
    expect: {actions: {best: [ignore]}}
    reactions: [{when: {}, by: bo, after: "01:00", say: "ha"}]
"""
SHUFFLED = changed(
    changed(SCENARIO, "threads:\n", "variants: {shuffle: [hat, cap]}\nthreads:\n"), "contacts:\n", THREE_MORE + "contacts:\n"
)


def compiled(text: str = TEXT) -> Scenario:
    """Compile a text that must be right."""
    scenario = compile_scenario(text, "x/scenario.yaml", "x", {"house": house()})
    assert isinstance(scenario, Scenario), scenario
    return scenario


def faults(text: str) -> list[tuple[str, int, str]]:
    """Compile a text that must be wrong; return code, line and message."""
    found = compile_scenario(text, "x/scenario.yaml", "x", {"house": house()})
    assert not isinstance(found, Scenario)
    return [(fault.code, fault.line, fault.message) for fault in found]


def looks(scenario: Scenario) -> tuple[str, str, int]:
    """Return what tells variants apart: the opening post, the first person's name, how many beats."""
    return scenario.threads[0].beats[0].say, scenario.personas["ida"].name, len(scenario.threads[0].beats)


def test_number_nought_is_as_written() -> None:
    assert looks(compiled()) == ("my red kite is stuck in your crane", "Ida", 2)


def test_the_same_number_is_the_same_and_all_variants_differ() -> None:
    scenario = compiled()
    seen = [looks(vary(scenario, number)) for number in range(12)]
    assert seen == [looks(vary(scenario, number)) for number in range(12)]
    assert len(set(seen)) == 3 * 2 * 2
    assert looks(vary(scenario, 12)) == seen[0]


def test_things_that_go_together_stay_together() -> None:
    people = {(each.personas["ida"].name, each.personas["ida"].handle) for each in (vary(compiled(), number) for number in range(12))}
    assert people == {("Ida", "@ida"), ("Mia", "@mia")}


def test_what_does_not_happen_is_not_there() -> None:
    by_weather = {
        each.variety.chosen["weather"]: looks(each)[2] for each in (vary(compiled(), number) for number in range(4)) if each.variety
    }
    assert by_weather == {"calm": 2, "storm": 3}


def test_noise_trades_places_with_all_that_follows() -> None:
    scenario = compiled(SHUFFLED)
    times = {tuple(beat.at // 60 for thread in vary(scenario, number).threads[1:] for beat in thread.beats) for number in range(4)}
    assert times == {(5, 7, 25), (25, 27, 5)}
    assert all(vary(scenario, number).threads[0].beats[0].at == 0 for number in range(4))


def test_runs_are_compared_within_their_version_and_level_of_variation() -> None:
    scenario = compiled()
    assert scenario.seed_class.endswith(".written")
    assert {vary(scenario, number).seed_class for number in (1, 5)} == {scenario.seed_class.replace("written", "varied")}
    assert compiled(SCENARIO).seed_class.endswith(".fixed")
    assert compiled(SCENARIO).seed_class[:12] != scenario.seed_class[:12]


def test_a_scenario_that_does_not_vary_is_itself() -> None:
    fixed = compiled(SCENARIO)
    assert vary(fixed, 7) is fixed
    assert fixed.variety is None


def test_an_old_run_recalls_its_variant() -> None:
    recalled = recall_scenario(TEXT, "x", "x", 5)
    assert isinstance(recalled, Scenario)
    assert looks(recalled) == looks(vary(compiled(), 5))


@pytest.mark.parametrize(
    ("seed", "number"), [("0", 0), ("3", 3), ("9999", 9999), ("good", 0), ("", 0), ("12345", 0), ("-1", 0), ("²", 0), ("0f3a", 0)]
)
def test_a_seed_of_digits_names_a_variant_and_any_other_is_as_written(seed: str, number: int) -> None:
    assert variant_number(seed) == number


def test_a_plan_may_name_its_variant() -> None:
    plan = parse_plan("plan: good\nseed: 3\nexpect run finished\n", "good.plan")
    assert isinstance(plan, Plan)
    assert variant_number(plan.seed) == 3


WRONG = [
    ("S140", "only: storm", "only: strom", "did you mean 'storm'?"),
    ("S140", "  one_of:\n    weather: [calm, storm]\n", "", "nothing called 'storm' can happen"),
    ("S141", "{colour} kite", "{color} kite", "did you mean 'colour'?"),
    ("S141", '"{who.first}"', '"{who}"', "Write one of: {who.first}, {who.handle}"),
    ("S141", '"{who.first}"', '"{who.last}"', "Write one of"),
    ("S141", "{colour} kite", "{colour.one} kite", "has no parts"),
    ("S141", '- {first: Mia, handle: "@mia"}', "- Mia", "differ in shape"),
    ("S142", "my {colour} kite", "my red kite", "no text uses the slot 'colour'"),
    ("S142", "only: storm, ", "", "nothing depends on 'weather'"),
    ("S143", "weather: [calm, storm]", "weather: [calm, storm]\n    sea: [calm, rough]", "its own name"),
]


@pytest.mark.parametrize(("code", "was", "now", "words"), WRONG)
def test_slots_and_happenings_are_checked(code: str, was: str, now: str, words: str) -> None:
    found = faults(changed(TEXT, was, now))
    assert any(fault[0] == code and words in fault[2] for fault in found), found


@pytest.mark.parametrize(
    ("was", "now", "words"),
    [
        ("shuffle: [hat, cap]", "shuffle: [hat, map]", "no thread 'map'"),
        ("shuffle: [hat, cap]", "shuffle: [kite, cap]", "opens the story"),
        ('at: "07:00", by: bo, say: "hat hat"', 'at: "45:00", by: bo, say: "hat hat"', "lasts past the story's end"),
    ],
)
def test_threads_that_cannot_trade_places_are_named(was: str, now: str, words: str) -> None:
    found = faults(changed(SHUFFLED, was, now))
    assert any(words in fault[2] for fault in found), found
    assert {fault[0] for fault in found} <= {"S144", "S105"}


def test_a_value_that_does_not_fit_is_found_before_anybody_plays_it() -> None:
    long = "a-very-long-colour-" * 15
    code, line, message = faults(changed(TEXT, "[red, green, blue]", f"[red, green, {long}]"))[0]
    assert (code, line) == ("S121", line_of(TEXT, "{colour} kite"))
    assert "value 3 of each slot" in message


def test_without_slots_braces_are_braces() -> None:
    assert compiled(changed(SCENARIO, "my red kite", "my {red} kite")).threads[0].beats[0].say.startswith("my {red} kite")
