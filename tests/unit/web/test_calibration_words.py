"""What is said of a calibration fits its figures, and says when they are too few."""

from __future__ import annotations

import pytest
from apiflask import APIFlask
from flask_babel import Babel

from simulator.drills.confidence import Confidence, Hits
from simulator.web.presenters_confidence import present_calibration

SURE, GUESSING = Confidence.SURE, Confidence.GUESSING


@pytest.mark.parametrize(
    ("calibration", "words"),
    [
        ({SURE: Hits(1, 1)}, "once so far: too few"),
        ({SURE: Hits(4, 4)}, "4 times so far: too few"),
        ({SURE: Hits(8, 10)}, "mostly holds"),
        ({SURE: Hits(6, 10)}, "more often than not"),
        ({SURE: Hits(3, 10)}, "wrong more often than right"),
        ({GUESSING: Hits(1, 2)}, "have not said “sure” yet"),
        ({GUESSING: Hits(5, 5)}, "guesses are mostly right"),
    ],
)
def test_the_sentence_fits_the_figures(calibration: dict[Confidence, Hits], words: str) -> None:
    app = APIFlask("words")
    Babel(app)
    with app.test_request_context():
        view = present_calibration(calibration)
    assert view is not None
    assert words in view.sentence
    hits = next(iter(calibration.values()))
    assert view.rows[0].share == round(100 * hits.right / hits.said)


def test_where_nothing_was_said_there_is_nothing_to_show() -> None:
    assert present_calibration({}) is None
