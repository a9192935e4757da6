"""The container's files name what is there, run as nobody in particular, and keep what has to be kept."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator.config import CATALOGUE

ROOT = Path(__file__).parents[2]
KNOWN = {"FROM", "ENV", "WORKDIR", "COPY", "RUN", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "CMD"}


def read_dockerfile() -> list[tuple[str, str]]:
    """Return the Dockerfile's instructions with their arguments, continued lines joined."""
    text = re.sub(r"\\\n\s*", " ", (ROOT / "Dockerfile").read_text())
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.split(maxsplit=1)[0], line.split(maxsplit=1)[1]) for line in lines]


def read_compose() -> dict[str, Any]:
    """Return compose.yaml as values."""
    values = yaml.safe_load((ROOT / "compose.yaml").read_text())
    assert isinstance(values, dict)
    return values


STEPS = read_dockerfile()
COPIED = [source for word, rest in STEPS if word == "COPY" for source in shlex.split(rest)[:-1]]


def test_every_instruction_is_one_that_docker_knows() -> None:
    assert {word for word, _ in STEPS} <= KNOWN
    assert STEPS[0] == ("FROM", "python:3.11-slim")


@pytest.mark.parametrize("source", COPIED)
def test_what_is_copied_exists_and_is_let_through(source: str) -> None:
    assert (ROOT / source).exists()
    assert f"!{source}" in (ROOT / ".dockerignore").read_text().splitlines()


def test_what_the_app_reads_at_run_time_is_in_the_image() -> None:
    assert {"simulator", "templates", "static", "scenarios", "playbooks", "wsgi.py", "gunicorn.conf.py"} <= set(COPIED)


def test_the_app_does_not_run_as_root_and_installs_before_it_gives_up_its_rights() -> None:
    words = [word for word, _ in STEPS]
    assert dict(STEPS)["USER"] == "composure"
    assert words.index("USER") > max(index for index, word in enumerate(words) if word == "RUN")


def test_commands_are_lists_that_signals_reach() -> None:
    start = json.loads(dict(STEPS)["CMD"])
    check = json.loads(dict(STEPS)["HEALTHCHECK"].split("CMD ", 1)[1])
    assert start[-1].endswith("exec gunicorn --config gunicorn.conf.py wsgi:app")
    assert "/healthz" in check[-1]
    compile(check[-1], "healthcheck", "exec")


def test_compose_sets_only_settings_that_exist() -> None:
    names = {setting.name for setting in CATALOGUE}
    assert set(read_compose()["services"]["app"]["environment"]) <= names
    set_in_image = {pair.split("=")[0] for word, rest in STEPS if word == "ENV" for pair in rest.split()}
    assert {name for name in set_in_image if not name.startswith(("PYTHON", "PIP"))} <= names


def test_compose_builds_this_project_waits_for_the_database_and_keeps_both() -> None:
    compose = read_compose()
    app, database = compose["services"]["app"], compose["services"]["db"]
    assert app["build"] == "."
    assert app["depends_on"] == {"db": {"condition": "service_healthy"}}
    assert "healthcheck" in database
    volumes = [volume.split(":")[0] for service in (app, database) for volume in service["volumes"]]
    assert set(volumes) == set(compose["volumes"])


def test_no_password_stands_in_the_files() -> None:
    assert "${POSTGRES_PASSWORD:?" in read_compose()["services"]["db"]["environment"]["POSTGRES_PASSWORD"]
