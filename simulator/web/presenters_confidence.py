"""Say how sure somebody was, and how often that was right, in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from simulator.drills.confidence import Calibration, Confidence, Hits

CONFIDENCE = {
    Confidence.SURE: _("Sure"),
    Confidence.FAIRLY_SURE: _("Fairly sure"),
    Confidence.GUESSING: _("Guessing"),
}
FEW = 5
"""Under this many decisions a share says little, and the words say so."""
OFTEN, SELDOM = 0.8, 0.5
"""How often "sure" should be right to be worth its name, and where it is no better than a guess."""


@dataclass(frozen=True, slots=True)
class HitsView:
    """One confidence: how often it was said and right; `share` is 0–100."""

    label: str
    words: str
    share: int


@dataclass(frozen=True, slots=True)
class CalibrationView:
    """How well somebody knew how they did: a sentence, and a row for each confidence that was said."""

    sentence: str
    rows: tuple[HitsView, ...]


def present_calibration(calibration: Calibration) -> CalibrationView | None:
    """Return the calibration in words, or None where nobody ever said how sure they were."""
    if not calibration:
        return None
    rows = tuple(
        HitsView(str(CONFIDENCE[name]), _counted(calibration[name]), round(100 * calibration[name].right / calibration[name].said))
        for name in Confidence
        if name in calibration
    )
    return CalibrationView(_sentence(calibration), rows)


def _counted(hits: Hits) -> str:
    return ngettext("right %(right)s of 1 time", "right %(right)s of %(num)s times", hits.said, right=hits.right)


def _sentence(calibration: Calibration) -> str:
    sure, guessed = calibration.get(Confidence.SURE), calibration.get(Confidence.GUESSING)
    if sure is None:
        if guessed is not None and guessed.said >= FEW and guessed.right / guessed.said >= OFTEN:
            return gettext("Your guesses are mostly right. You may trust them more.")
        return gettext("You have not said “sure” yet.")
    if sure.said < FEW:
        return ngettext(
            "You said “sure” once so far: too few to tell how well it fits.",
            "You said “sure” %(num)s times so far: too few to tell how well it fits.",
            sure.said,
        )
    share = sure.right / sure.said
    if share >= OFTEN:
        return gettext("When you say “sure”, it mostly holds.")
    if share >= SELDOM:
        return gettext("“Sure” held more often than not. A second look before sending pays.")
    return gettext("“Sure” was wrong more often than right. Where you feel sure, look twice.")
