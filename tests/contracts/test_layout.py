"""The tree is where DESIGN says it is, and its files stay small enough to know one thing."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINE_LIMIT = 320
EXPECTED = """
.ci/run CHANGELOG.md CONTRIBUTING.md Dockerfile LICENSE Makefile README.md SECURITY.md compose.yaml docs/patterns.md gunicorn.conf.py
playbooks/default.yaml pyproject.toml requirements-dev.in requirements-dev.txt requirements.in requirements.txt scenarios
static/css static/js templates tests/e2e tests/contracts tests/integration tests/unit tests/web wsgi.py
simulator/app.py simulator/config.py simulator/core/clock.py simulator/scoring/engine.py simulator/scoring/packs simulator/content/schema.py
simulator/drills/engine.py simulator/persistence/migrations simulator/services/drills.py simulator/web/pages simulator/web/api simulator/cli
""".split()
OURS = [
    path
    for folder, endings in (
        ("simulator", (".py",)),
        ("tests", (".py",)),
        ("static/css", (".css",)),
        ("static/js", (".js",)),
        ("templates", (".html",)),
    )
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in endings and "versions" not in path.parts
]


@pytest.mark.parametrize("place", EXPECTED)
def test_each_thing_is_where_the_design_says(place: str) -> None:
    assert (ROOT / place).exists()


def test_files_stay_small_enough_to_know_one_thing() -> None:
    long = {str(path.relative_to(ROOT)): lines for path in OURS if (lines := len(path.read_text().splitlines())) > LINE_LIMIT}
    assert long == {}


def test_no_module_is_named_for_being_handy() -> None:
    assert [path for path in OURS if path.stem in {"utils", "util", "helpers", "helper", "manager", "common", "misc"}] == []
