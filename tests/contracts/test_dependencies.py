"""Every pinned package is listed with its licence, and none has a licence that ours can't be shipped with."""

from __future__ import annotations

import re
from importlib.metadata import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LISTED = dict(re.findall(r"^\| ([\w.-]+) \| ([^|]+?) \|", (ROOT / "docs/dependencies.md").read_text(), re.MULTILINE))
PINNED = re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==", (ROOT / "requirements.txt").read_text(), re.MULTILINE)


def licence_of(package: str) -> str:
    """Return the licence a package declares, shortened to its name."""
    about = metadata(package)
    classifiers = [line.split(" :: ")[-1] for line in about.get_all("Classifier", []) if line.startswith("License :: OSI Approved ::")]
    declared = about.get("License-Expression") or " or ".join(classifiers) or (about.get("License") or "unknown").splitlines()[0]
    return declared.strip()


@pytest.mark.parametrize("package", PINNED)
def test_every_pinned_package_is_listed_with_the_licence_it_declares(package: str) -> None:
    assert LISTED.get(package) == licence_of(package)


@pytest.mark.parametrize("package", PINNED)
def test_every_pinned_package_may_be_shipped_under_a_licence_that_does_not_bind_ours(package: str) -> None:
    choices = re.split(r" or | OR ", licence_of(package).replace("v2 or later", "v2+"))
    assert any(choice != "unknown" and not re.search(r"(?<!L)GPL|(?<!Lesser )General Public License", choice) for choice in choices)


def test_nothing_is_listed_that_is_no_longer_pinned() -> None:
    assert set(LISTED) - {"package"} == set(PINNED)
