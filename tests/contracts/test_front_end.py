"""Templates, styles and scripts keep to the strict Content-Security-Policy and to the design tokens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES = sorted((ROOT / "static/css").rglob("*.css"))
SCRIPTS = sorted((ROOT / "static/js").rglob("*.js"))
DRAWN = {"icon.html", "scene.html"}
"""Their markup is constants of the template itself; nothing that anybody wrote passes through."""
NAMES = {"ids": lambda path: str(path.relative_to(ROOT))}


@pytest.mark.parametrize("path", TEMPLATES, **NAMES)
def test_templates_have_no_inline_script_style_or_handler(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"<script(?![^>]*\bsrc=)", text), "a script without src is refused by the policy"
    assert not re.search(r"<style\b|<[a-z][^>]*\s(?:style|on[a-z]+)=[\"']", re.sub(r"{[%{].*?[%}]}", "", text)), (
        "inline styles and handlers are refused by the policy"
    )
    if path.name not in DRAWN:
        assert "|safe" not in text.replace(" ", ""), "everything is escaped"


@pytest.mark.parametrize("path", TEMPLATES, **NAMES)
def test_templates_load_nothing_from_elsewhere(path: Path) -> None:
    assert not re.search(r"(?:src|href)=[\"'](?:https?:)?//", path.read_text())


@pytest.mark.parametrize("path", [style for style in STYLES if style.name != "tokens.css"], **NAMES)
def test_colours_come_from_the_tokens_and_every_rule_stands_in_a_layer(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    assert text.lstrip().startswith("@layer")
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?!-)", text), "name the colour in tokens.css"
    assert "!important" not in text or path.name == "base.css", "only what nobody may override insists: [hidden] and reduced motion"


@pytest.mark.parametrize("path", SCRIPTS, **NAMES)
def test_scripts_say_how_they_attach_and_put_no_markup_together_from_text(path: Path) -> None:
    text = path.read_text()
    assert text.lstrip().startswith(("/*", "//")), "the header comment tells the data- attributes it attaches to"
    assert "data-" in text
    assert not re.search(r"\beval\(|new Function|document\.write", text)
