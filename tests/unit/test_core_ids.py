"""Ids: what they look like, and picking by seed."""

from __future__ import annotations

import pytest

from simulator.core.ids import content_hash, is_slug, is_token, pick


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("lost-bag-2", True),
        ("a", True),
        ("x" * 60, True),
        ("x" * 61, False),
        ("", False),
        ("Lost-bag", False),
        ("lost--bag", False),
        ("-lost", False),
        ("lost_bag", False),
        ("lost-bag\n", False),
        ("../bag", False),
    ],
)
def test_slugs(text: str, fits: bool) -> None:
    assert is_slug(text) is fits


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("abcd_EF-12", True),
        ("x" * 64, True),
        ("short", False),
        ("x" * 65, False),
        ("with space", False),
        ("abcdefgh\n", False),
        ("äöüäöüäö", False),
    ],
)
def test_tokens(text: str, fits: bool) -> None:
    assert is_token(text) is fits


def test_a_fingerprint_minds_borders_and_order() -> None:
    assert len({content_hash("ab", "c"), content_hash("a", "bc"), content_hash("c", "ab"), content_hash("abc")}) == 4


def test_a_fingerprint_takes_any_text() -> None:
    assert len(content_hash("\ud800 lone surrogate")) == 16


def test_the_same_seed_picks_the_same_item_and_seeds_differ() -> None:
    names = ["Maya", "Noor", "Piet", "Lena"]
    assert pick("seed-1", "name", names) == pick("seed-1", "name", names)
    assert {pick(f"seed-{number}", "name", names) for number in range(60)} == set(names)
