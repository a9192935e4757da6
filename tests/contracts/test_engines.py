"""The engines stand alone: they load where no framework is installed, and quickly enough to be used in a script."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENGINES = ("simulator.core", "simulator.scoring", "simulator.content", "simulator.drills")
FORBIDDEN = ("flask", "apiflask", "sqlalchemy", "flask_sqlalchemy", "wtforms", "openai", "marshmallow", "werkzeug")

LOAD_WITHOUT_FRAMEWORKS = """
import importlib, pkgutil, sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in FORBIDDEN:
            raise ModuleNotFoundError(f"{name} is not installed here")

FORBIDDEN = set(sys.argv[2:])
sys.meta_path.insert(0, Absent())
package = importlib.import_module(sys.argv[1])
names = [module.name for module in pkgutil.walk_packages(package.__path__, package.__name__ + ".")]
for name in names:
    importlib.import_module(name)
print(len(names), sorted(FORBIDDEN & set(sys.modules)))
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_every_module_of_an_engine_loads_where_no_framework_is_installed(engine: str) -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", LOAD_WITHOUT_FRAMEWORKS, engine, *FORBIDDEN], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert loaded.returncode == 0, loaded.stderr
    count, found = loaded.stdout.split(" ", 1)
    assert int(count) > 0
    assert found.strip() == "[]"


def test_the_batch_command_lists_itself_without_an_instance_folder(tmp_path: Path) -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "simulator", "score", "--help"],
        cwd=ROOT,
        env={"PATH": "", "INSTANCE_DIR": str(tmp_path / "never-made")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert shown.returncode == 0, shown.stderr
    assert "--jsonl" in shown.stdout
    assert not (tmp_path / "never-made" / "composure.sqlite").exists()
