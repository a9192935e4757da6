"""The scenarios commands say plainly what is wrong, and start a scenario that is right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simulator.cli.scenarios import scenarios
from simulator.content import CATALOGUE
from tests.unit.content.texts import PLAYBOOK

CHANNELS = ["microblog", "page", "review", "photo", "forum", "dm"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give an empty folder of scenarios with one playbook beside it."""
    (tmp_path / "playbooks").mkdir()
    (tmp_path / "playbooks" / "house.yaml").write_text(PLAYBOOK)
    (tmp_path / "scenarios").mkdir()
    return tmp_path / "scenarios"


def run(root: Path, *arguments: str, typed: str | None = None) -> Result:
    command, *rest = arguments
    return CliRunner().invoke(scenarios, [command, "--root", str(root), *rest], input=typed)


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("more", [(), ("--variants",), ("--shift",), ("--shift", "--variants")], ids=" ".join)
def test_a_new_scenario_compiles_and_plays_on_every_network(root: Path, channel: str, more: tuple[str, ...]) -> None:
    made = run(root, "new", "my-first", "--no-input", "--channel", channel, *more)
    assert made.exit_code == 0, made.output
    checked = run(root, "check")
    assert (checked.exit_code, checked.output) == (0, "1 scenario, 0 problems\n")
    played = run(root, "play", "my-first")
    assert played.exit_code == 0, played.output
    assert "3 plans played, 0 failed" in played.output


def test_new_asks_with_defaults(root: Path) -> None:
    made = run(root, "new", "lost-parcel", "--level", "3", typed='The "lost": parcel\n\nAcme: Sons\n\n\nforum\n\n\n\n')
    assert made.exit_code == 0, made.output
    text = (root / "lost-parcel" / "scenario.yaml").read_text()
    assert 'title: "The \\"lost\\": parcel"' in text
    assert "channel: forum" in text
    assert "level: 3" in text
    assert run(root, "check").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["My Story"], "lower-case words joined by hyphens"),
        (["kept"], "exists already"),
        (["long", "--title", "x" * 81], "S010 'title' has 81 characters"),
        (["lonely", "--playbook", "nobody"], "S123 there is no playbook 'nobody'"),
    ],
)
def test_new_writes_nothing_where_it_would_not_compile_or_overwrite(root: Path, arguments: list[str], words: str) -> None:
    (root / "kept").mkdir()
    made = run(root, "new", *arguments, "--no-input")
    assert made.exit_code == 1
    assert words in made.output
    assert [path.name for path in root.rglob("*")] == ["kept"]


def test_check_prints_every_fault_and_fails(root: Path) -> None:
    run(root, "new", "one", "--no-input")
    run(root, "new", "two", "--no-input")
    (root / "one" / "scenario.yaml").write_text("format: 1")
    (root / "two" / "poor.plan").unlink()
    checked = run(root, "check")
    lines = checked.output.splitlines()
    assert checked.exit_code == 1
    assert lines[0].startswith("scenarios/one/scenario.yaml:1: S003 a scenario has no ")
    assert lines[-2].startswith("scenarios/two:1: S204 there is no poor.plan")
    assert lines[-1] == f"2 scenarios, {len(lines) - 1} problems"


@pytest.mark.parametrize("what", ["its folder", "its file", "one of its plans"])
def test_check_looks_only_at_what_is_named(root: Path, what: str) -> None:
    run(root, "new", "right", "--no-input")
    (root / "wrong").mkdir()
    place = {"its folder": root / "right", "its file": root / "right/scenario.yaml", "one of its plans": root / "right/good.plan"}[what]
    checked = run(root, "check", str(place))
    assert (checked.exit_code, checked.output) == (0, "1 scenario, 0 problems\n")


def test_an_empty_folder_is_no_success(root: Path) -> None:
    for command in ("check", "play"):
        found = run(root, command)
        assert found.exit_code == 1
        assert "holds no scenario" in found.output


def test_play_says_what_did_not_come_true(root: Path) -> None:
    run(root, "new", "one", "--no-input")
    plan = root / "one" / "nothing.plan"
    plan.write_text(plan.read_text().replace("ending unanswered", "ending solved"))
    played = run(root, "play", "one", "--plan", "nothing")
    assert played.exit_code == 1
    assert "FAIL one nothing" in played.output
    assert "`expect ending solved` did not come true" in played.output
    assert "1 plan played, 1 failed" in played.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["nowhere"], "there are: one"), (["one", "--plan", "best"], "there are: good, nothing, poor")],
)
def test_play_names_what_there_is(root: Path, arguments: list[str], words: str) -> None:
    run(root, "new", "one", "--no-input")
    played = run(root, "play", *arguments)
    assert played.exit_code == 1
    assert words in played.output


def test_play_does_not_play_what_does_not_compile(root: Path) -> None:
    run(root, "new", "one", "--no-input")
    (root / "one" / "good.plan").write_text("plan: good\nexpect rain")
    played = run(root, "play")
    assert played.exit_code == 1
    assert "P009" in played.output
    assert "played," not in played.output


def test_codes_and_schema_are_printed_whole() -> None:
    listed = CliRunner().invoke(scenarios, ["codes"]).output
    assert all(code in listed for code in CATALOGUE)
    assert json.loads(CliRunner().invoke(scenarios, ["schema"]).output)["title"] == "Composure scenario, format 1"


CORPUS = """\
{"kind": "complaint", "replies": [{"tier": "bad", "text": "Read the terms."}, {"tier": "good", "text": "Sorry. I'll ask now. Anna"}]}
{"kind": "riddle", "replies": [{"tier": "bad", "text": "?"}]}
{"kind": "praise"}
"""


@pytest.mark.parametrize("more", [(), ("--shift", "--variants")], ids=["drill", "shift"])
def test_balance_tells_how_players_end_and_what_nobody_hears(root: Path, tmp_path: Path, more: tuple[str, ...]) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "some.jsonl").write_text(CORPUS)
    run(root, "new", "my-first", "--no-input", *more)
    told = run(root, "balance", "my-first", "--runs", "2", "--corpus", str(tmp_path / "corpus"))
    assert told.exit_code == 0, told.output
    lines = told.output.splitlines()
    assert lines[0] == "my-first: 2 runs a player"
    assert [line.split()[0] for line in lines[1:8]] == ["lead", "sound", "middling", "hurried", "careless", "silent", "prober"]
    again = run(root, "balance", "my-first", "--runs", "2", "--corpus", str(tmp_path / "corpus"))
    assert again.output == told.output


def test_balance_names_dead_content_and_can_fail_on_it(root: Path, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    run(root, "new", "my-first", "--no-input")
    file = root / "my-first" / "scenario.yaml"
    dead = '      - {when: {total: ">= 99", blocker: true}, by: leo, after: "02:00", say: "Both at once."}\n    exemplars:'
    file.write_text(file.read_text().replace("    exemplars:", dead, 1))
    told = run(root, "balance", "--runs", "1", "--strict", "--corpus", str(tmp_path / "corpus"))
    assert "never heard: reaction 4 of cake: leo: Both at once." in told.output
    assert told.exit_code == 1


def test_balance_of_nothing_says_what_there_is(root: Path, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    told = run(root, "balance", "nowhere", "--corpus", str(tmp_path / "corpus"))
    assert told.exit_code == 1
    assert "there are: none yet" in told.output
