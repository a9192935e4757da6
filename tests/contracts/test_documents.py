"""What the documents say is so: links lead somewhere, and every command and route is documented."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from apiflask import APIFlask
from flask.cli import AppGroup

ROOT = Path(__file__).parents[2]
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
FOREIGN_COMMANDS = {"db", "limiter", "routes", "run", "shell", "spec"}
"""Commands that Flask and its extensions bring along; their own documentation covers them."""


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_and_pictures_lead_to_files_that_are_there(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)", document.read_text())
    missing = [target for target in targets if "://" not in target and not (document.parent / target).exists()]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_make_targets_that_are_named_exist(document: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)`", document.read_text())) <= targets


def test_every_command_is_documented(app: APIFlask) -> None:
    def names(command: click.Command, path: str) -> list[str]:
        if isinstance(command, AppGroup | click.Group):
            return [name for key, child in command.commands.items() for name in names(child, f"{path} {key}")]
        return [path]

    known = [name for key, command in app.cli.commands.items() if key not in FOREIGN_COMMANDS for name in names(command, key)]
    documented = set(re.findall(r"^\| `([a-z][a-z -]*?)(?: --[^`]*)?` \|", (ROOT / "docs/commands.md").read_text(), re.MULTILINE))
    assert set(known) == documented


def test_every_route_is_documented_with_who_may_use_it(app: APIFlask) -> None:
    routes = {
        (method, re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", rule.rule))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint != "static"
    }
    text = (ROOT / "docs/routes.md").read_text()
    documented = {
        (method, path)
        for methods, path in re.findall(r"^\| ([A-Z, ]+) \| `([^`]+)` \| [^|]+ \|", text, re.MULTILINE)
        for method in methods.split(", ")
    }
    assert routes == documented
