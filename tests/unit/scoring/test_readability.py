"""The indices counted here are textstat's, so that its documentation and its readers' experience hold for ours."""

from __future__ import annotations

import textstat
from hypothesis import given
from hypothesis import strategies as st

from simulator.scoring.readability import ENOUGH_WORDS, measure_readability
from simulator.scoring.text import read_text
from tests.unit.scoring.replies import GOOD, TEMPLATE

WRITTEN = st.lists(
    st.one_of(
        st.sampled_from(("we", "couldn't", "o'clock", "'tis", "re-deliver", "Mr.", "U.S.A.", "£4.50!!", "–", "...", "\n", "naïveté", "_")),
        st.text(max_size=12),
    ),
    min_size=18,
    max_size=60,
).map(" ".join)


def grades(text: str) -> tuple[float | None, float | None, float | None]:
    measured = measure_readability(read_text(text))
    return measured.ari, measured.coleman_liau, measured.lix


def textstats(text: str) -> tuple[float, float, float]:
    return textstat.automated_readability_index(text), textstat.coleman_liau_index(text), textstat.lix(text)


def test_replies_get_the_grades_that_textstat_gives() -> None:
    for text in (GOOD, TEMPLATE):
        assert grades(text) == textstats(text)


@given(WRITTEN)
def test_any_text_gets_the_grades_that_textstat_gives(text: str) -> None:
    assert grades(text) in (textstats(text), (None, None, None))


def test_a_short_text_gets_no_grade() -> None:
    assert grades("word " * (ENOUGH_WORDS - 1)) == (None, None, None)
