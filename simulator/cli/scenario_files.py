"""Know where scenarios and playbooks lie for a command, and read those that it was asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from simulator.content.library import read_folder, read_playbooks, scenario_folders
from simulator.content.model import Playbook, Scenario
from simulator.content.plan_model import Plan
from simulator.core.diagnostics import Diagnostic

PROJECT = Path(__file__).resolve().parents[2]

root_option = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=PROJECT / "scenarios",
    show_default="the project's scenarios/",
    help="Folder that holds one folder a scenario.",
)
playbooks_option = click.option(
    "--playbooks",
    "playbooks_root",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Folder of playbooks.  [default: playbooks/ beside the root]",
)


def playbooks_of(root: Path, playbooks_root: Path | None) -> tuple[dict[str, Playbook], list[Diagnostic]]:
    """Return the playbooks that go with the scenarios in `root`, and the faults of those that don't compile."""
    return read_playbooks(playbooks_root or root.parent / "playbooks")


def read_scenarios(
    slug: str | None, root: Path, playbooks_root: Path | None
) -> tuple[list[tuple[Scenario, Mapping[str, Plan]]], dict[str, Playbook]]:
    """Return scenario `slug`, or every one, with its plans, and the playbooks; stop the command where anything does not compile."""
    playbooks, faults = playbooks_of(root, playbooks_root)
    folders = [folder for folder in scenario_folders(root) if slug in (None, folder.name)]
    if not folders:
        known = ", ".join(folder.name for folder in scenario_folders(root)) or "none yet"
        raise click.ClickException(f"{root} holds no scenario '{slug or ''}'; there are: {known}")
    read = [read_folder(folder, playbooks) for folder in folders]
    stop_on([*faults, *(fault for _, _, found in read for fault in found)])
    return [(scenario, plans) for scenario, plans, _ in read if scenario is not None], playbooks


def stop_on(faults: Sequence[Diagnostic]) -> None:
    """Stop the command where there are faults, and name them all."""
    if faults:
        lines = "\n".join(f"  {fault}" for fault in faults)
        raise click.ClickException(f"this does not compile, so nothing was written or played:\n{lines}")
