"""Folders are read whole: everything right, or every fault of every file."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.content import ContentError, load_library, load_playbooks
from simulator.content.document import SIZE_LIMIT
from tests.unit.content.texts import PLAN, PLAYBOOK, SCENARIO, changed

NOTHING = "plan: nothing\nexpect run time_up\n"


def write_folder(root: Path, *, slug: str = "kite", scenario: str = SCENARIO) -> Path:
    """Write one scenario with its three plans."""
    folder = root / "scenarios" / slug
    folder.mkdir(parents=True)
    (folder / "scenario.yaml").write_text(scenario, encoding="utf-8")
    (folder / "good.plan").write_text(PLAN, encoding="utf-8")
    (folder / "poor.plan").write_text(NOTHING.replace("nothing", "poor"), encoding="utf-8")
    (folder / "nothing.plan").write_text(NOTHING, encoding="utf-8")
    return folder


def write_playbook(root: Path, *, name: str = "house", text: str = PLAYBOOK) -> None:
    """Write one playbook."""
    (root / "playbooks").mkdir(exist_ok=True)
    (root / "playbooks" / f"{name}.yaml").write_text(text, encoding="utf-8")


def faults_of(root: Path) -> list[str]:
    """Return the faults of a root's scenarios as `path:line: code`."""
    playbooks = load_playbooks(root / "playbooks")
    with pytest.raises(ContentError) as caught:
        load_library(root / "scenarios", playbooks)
    return [f"{fault.path}:{fault.line}: {fault.code}" for fault in caught.value.diagnostics]


def test_a_folder_that_is_right_is_a_library_with_plans(tmp_path: Path) -> None:
    write_playbook(tmp_path)
    write_folder(tmp_path)
    write_folder(tmp_path, slug="easy-kite", scenario=changed(SCENARIO, "level: 2", "level: 1"))
    (tmp_path / "scenarios" / ".hidden").mkdir()
    library = load_library(tmp_path / "scenarios", load_playbooks(tmp_path / "playbooks"))
    assert list(library.scenarios) == ["easy-kite", "kite"]
    assert sorted(library.plans["kite"]) == ["good", "nothing", "poor"]


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    write_playbook(tmp_path)
    folder = write_folder(tmp_path)
    (folder / "scenario.yaml").write_text(SCENARIO, encoding="utf-8-sig")
    assert "kite" in load_library(tmp_path / "scenarios", load_playbooks(tmp_path / "playbooks")).scenarios


def test_every_fault_of_every_file_is_said_at_once(tmp_path: Path) -> None:
    write_playbook(tmp_path)
    write_folder(tmp_path, scenario=changed(SCENARIO, "temper: hot", "temper: hott"))
    second = write_folder(tmp_path, slug="pier")
    (second / "good.plan").write_text(changed(PLAN, "silent kite", "silent hat"))
    (second / "nothing.plan").write_text(NOTHING.replace("time_up", "never"))
    assert faults_of(tmp_path) == [
        "scenarios/kite/scenario.yaml:14: S005",
        "scenarios/pier/good.plan:14: P101",
        "scenarios/pier/nothing.plan:2: P009",
    ]


def test_files_that_are_missing_or_misnamed_are_said(tmp_path: Path) -> None:
    write_playbook(tmp_path)
    folder = write_folder(tmp_path, slug="My_Kite")
    (folder / "nothing.plan").unlink()
    (folder / "good.plan").write_text(PLAN.replace("plan: good", "plan: fine"))
    (tmp_path / "scenarios" / "empty").mkdir()
    found = faults_of(tmp_path)
    assert [fault for fault in found if "My_Kite" in fault] == [
        "scenarios/My_Kite:1: S201",
        "scenarios/My_Kite:1: S204",
        "scenarios/My_Kite/good.plan:1: P105",
    ]
    assert "scenarios/empty:1: S202" in found


@pytest.mark.parametrize(("content", "code"), [(b"\xff\xfe\x00", "S203"), (b"a" * (4 * SIZE_LIMIT + 1), "S001")])
def test_a_file_that_is_no_text_or_far_too_large_is_said(tmp_path: Path, content: bytes, code: str) -> None:
    write_playbook(tmp_path)
    folder = write_folder(tmp_path)
    (folder / "scenario.yaml").write_bytes(content)
    assert faults_of(tmp_path) == [f"scenarios/kite/scenario.yaml:1: {code}"]


def test_a_folder_without_content_is_said(tmp_path: Path) -> None:
    write_playbook(tmp_path)
    assert faults_of(tmp_path) == ["scenarios:1: S205"]
    with pytest.raises(ContentError, match="S205 there is no playbook here"):
        load_playbooks(tmp_path / "nowhere")


def test_playbooks_say_their_faults_with_their_names(tmp_path: Path) -> None:
    write_playbook(tmp_path, name="My House")
    write_playbook(tmp_path, name="other", text=changed(PLAYBOOK, "voice: warm and plain\n", ""))
    with pytest.raises(ContentError) as caught:
        load_playbooks(tmp_path / "playbooks")
    assert [(fault.path, fault.code) for fault in caught.value.diagnostics] == [
        ("playbooks/My House.yaml", "S201"),
        ("playbooks/other.yaml", "S003"),
    ]
