"""The packs compile whole or not at all, and every fault is told at its line."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from simulator.scoring import House, RulesetError, load_ruleset
from simulator.scoring.ruleset import PACKS
from simulator.scoring.vocabulary import WORDS, Dimension, Kind
from tests.unit.scoring.replies import ruleset

RUBRIC_TABLE = {
    Kind.QUESTION: (3, 1, 3, 2),
    Kind.PRAISE: (3, 3, 0, 3),
    Kind.SUGGESTION: (3, 3, 2, 2),
    Kind.COMPLAINT: (3, 3, 3, 2),
    Kind.HEATED_COMPLAINT: (2, 3, 3, 2),
    Kind.HUMOROUS_GRIPE: (3, 2, 2, 3),
    Kind.MISGUIDED: (3, 2, 3, 2),
    Kind.CRITICISM: (2, 3, 1, 2),
    Kind.RAGER: (0, 1, 0, 1),
    Kind.TROLL: (0, 0, 0, 1),
    Kind.OFF_TOPIC: (2, 1, 1, 1),
    Kind.SPAM: (0, 0, 0, 0),
    Kind.PERSONAL_DATA: (2, 2, 3, 1),
    Kind.LEGAL_THREAT: (2, 2, 1, 1),
    Kind.SAFETY: (3, 3, 3, 2),
    Kind.SELF_HARM: (3, 3, 3, 3),
    Kind.VIOLENCE_THREAT: (0, 0, 0, 0),
    Kind.PRESS: (2, 1, 1, 1),
    Kind.SPIKE: (2, 3, 3, 2),
}


@pytest.mark.parametrize(("kind", "larn"), RUBRIC_TABLE.items(), ids=lambda value: str(value))
def test_the_weights_are_those_of_the_rubric(kind: Kind, larn: tuple[int, int, int, int]) -> None:
    weights = ruleset().rubric.weights[kind]
    assert tuple(weights.get(dimension, 0) for dimension in WORDS[:4]) == larn
    assert weights[Dimension.TONE] > 0
    assert weights[Dimension.CLARITY] > 0


def test_words_of_every_dimension_start_somewhere() -> None:
    starts = ruleset().rubric.starts
    assert all(starts[dimension] == 25 for dimension in WORDS[:4])
    assert set(starts) == set(WORDS)


def broken(tmp_path: Path, pack: str, old: str, new: str) -> list[str]:
    """Return the faults of the packs with one text of one pack replaced."""
    root = tmp_path / "packs"
    copytree(PACKS, root)
    text = (root / pack).read_text()
    assert old in text
    (root / pack).write_text(text.replace(old, new, 1))
    with pytest.raises(RulesetError) as caught:
        load_ruleset(root)
    return [f"{fault.path} {fault.code}" for fault in caught.value.diagnostics]


@pytest.mark.parametrize(
    ("pack", "old", "new", "fault"),
    [
        ("tone.yaml", "kind: pattern", "kind: patern", "R001"),
        ("tone.yaml", "code: warm_human", "code: warm_humen", "R002"),
        ("tone.yaml", "points: 14", "points: -14", "R003"),
        ("listen.yaml", "metric: taken_up", "metric: taken_away", "R004"),
        ("listen.yaml", "source: P2", "source: Wiki", "R005"),
        ("listen.yaml", "id: nothing-taken-up", "id: takes-up-the-post", "R106"),
        ("resolve.yaml", "{have}", "{had}", "R007"),
        ("tone.yaml", "points: 14", "points: much", "R104"),
        ("tone.yaml", "dimension: tone", "dimension: tune", "R103"),
        ("tone.yaml", "why: Somebody", "wy: Somebody", "R101"),
        ("rubric.yaml", "tone: 50, ", "", "R009"),
        ("rubric.yaml", "about:", "about: x\nabout:", "Y002"),
    ],
)
def test_a_fault_is_told_with_its_code_and_place(tmp_path: Path, pack: str, old: str, new: str, fault: str) -> None:
    assert f"{pack} {fault}" in broken(tmp_path, pack, old, new)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    faults = broken(tmp_path, "tone.yaml", "code: warm_human\n    dimension: tone", "code: nonsense\n    dimension: tune")
    assert {"tone.yaml R002", "tone.yaml R103"} <= set(faults)


def test_a_missing_pack_is_told(tmp_path: Path) -> None:
    with pytest.raises(RulesetError, match=r"words\.yaml:1: R010"):
        load_ruleset(tmp_path)


def test_the_fingerprint_changes_with_any_word_and_with_the_house(tmp_path: Path) -> None:
    root = tmp_path / "packs"
    copytree(PACKS, root)
    assert load_ruleset(root).fingerprint == ruleset().fingerprint
    (root / "bonus.yaml").write_text((root / "bonus.yaml").read_text() + "# one more remark\n")
    assert load_ruleset(root).fingerprint != ruleset().fingerprint
    assert ruleset().for_house(House()).fingerprint == ruleset().fingerprint
    assert ruleset().for_house(House(banned=("no worries",))).fingerprint != ruleset().fingerprint
    assert len(ruleset().fingerprint) == 16
