"""Every diagnostic that can be given is published, and the page says what the code says."""

from __future__ import annotations

import re
from pathlib import Path

from simulator.content import CATALOGUE, diagnostics_page

ROOT = Path(__file__).parents[3]
CODE = re.compile(r'"([YSPB]\d{3})"')
SOURCES = [*(ROOT / "simulator/content").glob("*.py"), ROOT / "simulator/core/yaml_lines.py"]


def test_the_codes_that_are_given_are_the_codes_that_are_published() -> None:
    given = {code for path in SOURCES if path.name != "codes.py" for code in CODE.findall(path.read_text())}
    assert given == set(CATALOGUE)


def test_every_code_is_shown_by_a_test() -> None:
    tests = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
    assert set(CATALOGUE) - set(re.findall(r"\b[YSPB]\d{3}\b", tests)) == set()


def test_every_code_says_what_it_means_and_how_to_mend_it() -> None:
    assert [code.code for code in CATALOGUE.values() if not (code.title and code.mend.endswith("."))] == []


def test_the_page_is_what_the_catalogue_says() -> None:
    assert (ROOT / "docs/diagnostics.md").read_text(encoding="utf-8") == diagnostics_page()
