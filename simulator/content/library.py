"""Read folders of scenarios and playbooks: all of them right, or every fault of every file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from simulator.content.compiler import compile_scenario
from simulator.content.document import SIZE_LIMIT
from simulator.content.lint_house import RuleNames
from simulator.content.model import Playbook, Scenario
from simulator.content.plan import parse_plan
from simulator.content.plan_lint import USUAL_PLANS, check_plan
from simulator.content.plan_model import Plan
from simulator.content.playbook import compile_playbook
from simulator.core.diagnostics import Diagnostic
from simulator.core.ids import is_slug


class ContentError(Exception):
    """Say that content does not compile; `diagnostics` holds every fault of every file, sorted."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        """Keep the faults; the message lists them one a line."""
        self.diagnostics = tuple(sorted(set(diagnostics)))
        super().__init__("\n".join(str(fault) for fault in self.diagnostics))


@dataclass(frozen=True, slots=True)
class Library:
    """Every scenario by slug, the hardest last, and the plans of each by name."""

    scenarios: Mapping[str, Scenario]
    plans: Mapping[str, Mapping[str, Plan]] = field(default_factory=dict)


def load_playbooks(root: Path, names: RuleNames | None = None) -> dict[str, Playbook]:
    """Return every playbook of the folder by slug, `names` being the rules that one may switch. Raises ContentError with all faults."""
    playbooks, faults = read_playbooks(root, names)
    if faults:
        raise ContentError(faults)
    return playbooks


def load_library(root: Path, playbooks: Mapping[str, Playbook]) -> Library:
    """Return every scenario of the folder with its plans. Raises ContentError with all faults."""
    library, faults = read_library(root, playbooks)
    if faults:
        raise ContentError(faults)
    return library


def read_playbooks(root: Path, names: RuleNames | None = None) -> tuple[dict[str, Playbook], list[Diagnostic]]:
    """Return the playbooks that compile, and every fault of the others."""
    playbooks: dict[str, Playbook] = {}
    faults: list[Diagnostic] = []
    files = sorted(root.glob("*.yaml")) if root.is_dir() else []
    if not files:
        faults.append(Diagnostic(root.name, 1, "S205", "there is no playbook here; write default.yaml"))
    for file in files:
        path = f"{root.name}/{file.name}"
        text = _read(file, path, faults)
        if not is_slug(file.stem):
            faults.append(Diagnostic(path, 1, "S201", f"'{file.stem}' is not a slug; use lower-case words joined by hyphens"))
        elif text is not None:
            playbook = compile_playbook(text, path, file.stem, names)
            if isinstance(playbook, Playbook):
                playbooks[file.stem] = playbook
            else:
                faults += playbook
    return playbooks, faults


def read_library(root: Path, playbooks: Mapping[str, Playbook]) -> tuple[Library, list[Diagnostic]]:
    """Return the scenarios and plans that are right, and every fault of the others."""
    folders = scenario_folders(root)
    scenarios: dict[str, Scenario] = {}
    plans: dict[str, Mapping[str, Plan]] = {}
    faults: list[Diagnostic] = []
    if not folders:
        faults.append(Diagnostic(root.name, 1, "S205", "there is no scenario here; write one with `flask --app simulator scenarios new`"))
    for folder in folders:
        scenario, plans[folder.name], found = read_folder(folder, playbooks)
        faults += found
        if scenario is not None:
            scenarios[folder.name] = scenario
    ordered = sorted(scenarios.values(), key=lambda scenario: (scenario.level, scenario.title))
    return Library({scenario.slug: scenario for scenario in ordered}, plans), faults


def scenario_folders(root: Path) -> list[Path]:
    """Return the folders of `root` that should each hold a scenario; hidden ones are passed over."""
    if not root.is_dir():
        return []
    return sorted(folder for folder in root.iterdir() if folder.is_dir() and not folder.name.startswith((".", "_")))


def read_folder(folder: Path, playbooks: Mapping[str, Playbook]) -> tuple[Scenario | None, dict[str, Plan], list[Diagnostic]]:
    """Return one folder's scenario (None where it does not compile), its plans that are right, and every fault."""
    faults: list[Diagnostic] = []
    place = f"{folder.parent.name}/{folder.name}"
    if not is_slug(folder.name):
        faults.append(Diagnostic(place, 1, "S201", f"'{folder.name}' is not a slug; use lower-case words joined by hyphens"))
    scenario = _read_scenario(folder, place, playbooks, faults)
    plans: dict[str, Plan] = {}
    files = sorted(folder.glob("*.plan"))
    for file in files:
        plan = _read_plan(file, f"{place}/{file.name}", faults)
        if plan is None:
            continue
        plans[plan.name] = plan
        if scenario is not None:
            faults += check_plan(plan, scenario, playbooks[scenario.playbook])
    for name in USUAL_PLANS:
        if not any(file.stem == name for file in files):
            faults.append(Diagnostic(place, 1, "S204", f"there is no {name}.plan; write it: plans are the tests of a scenario"))
    return scenario, plans, faults


def _read_scenario(folder: Path, place: str, playbooks: Mapping[str, Playbook], faults: list[Diagnostic]) -> Scenario | None:
    file, path = folder / "scenario.yaml", f"{place}/scenario.yaml"
    if not file.is_file():
        faults.append(Diagnostic(place, 1, "S202", "there is no scenario.yaml in this folder; add it, or remove the folder"))
        return None
    text = _read(file, path, faults)
    if text is None:
        return None
    scenario = compile_scenario(text, path, folder.name, playbooks)
    if isinstance(scenario, Scenario):
        return scenario
    faults += scenario
    return None


def _read_plan(file: Path, path: str, faults: list[Diagnostic]) -> Plan | None:
    text = _read(file, path, faults)
    if text is None:
        return None
    plan = parse_plan(text, path)
    if not isinstance(plan, Plan):
        faults += plan
        return None
    if plan.name != file.stem:
        faults.append(Diagnostic(path, 1, "P105", f"this is {file.name}, but it calls itself '{plan.name}'; write `plan: {file.stem}`"))
    return plan


def _read(file: Path, path: str, faults: list[Diagnostic]) -> str | None:
    """Return the file's text without its byte order mark; one that is far too large is not read at all."""
    try:
        if file.stat().st_size > 4 * SIZE_LIMIT:
            faults.append(Diagnostic(path, 1, "S001", f"the file is over {SIZE_LIMIT:,} characters; keep it under that"))
            return None
        return file.read_text(encoding="utf-8-sig")
    except (UnicodeDecodeError, OSError):
        faults.append(Diagnostic(path, 1, "S203", "this file can't be read as UTF-8 text; save it as UTF-8"))
        return None
