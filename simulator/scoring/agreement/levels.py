"""Name the levels that the judge must reach and say which figures reach them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.scoring.agreement import sorting
from simulator.scoring.agreement.figures import Figure
from simulator.scoring.agreement.pairs import ALL, APART, EDITS, PASSING
from simulator.scoring.agreement.study import ALL_POSTS, HELD_OUT, JUDGE, Key, Study


@dataclass(frozen=True, slots=True)
class Level:
    """One figure with what it must and what it should reach. `at_most` turns the direction round."""

    title: str
    key: Key
    least: float
    aim: float
    at_most: bool = False

    def verdict(self, figure: Figure | None) -> str:
        """Return `aim`, `reached`, `below` or `not measured`; nothing is rounded up."""
        if figure is None or figure.value is None:
            return "not measured"
        sign = -1 if self.at_most else 1
        value = sign * figure.value
        return "aim" if value >= sign * self.aim else "reached" if value >= sign * self.least else "below"


def _rated(name: str) -> Level:
    return Level(f"Spearman of {name.title()} with the raters' mean", ("raters", JUDGE, name), 0.55, 0.75)


LEVELS: Sequence[Level] = (
    Level("pairs, all", ("pairs", JUDGE, ALL), 0.86, 0.91),
    Level("pairs two tiers apart", ("pairs", JUDGE, APART), 0.96, 0.98),
    Level("pass/fail (exemplary, good over weak, bad)", ("pairs", JUDGE, PASSING), 0.94, 0.97),
    Level("minimal edits", ("pairs", JUDGE, EDITS), 0.82, 0.90),
    Level("a true flaw named in the top three", ("flaws", JUDGE, "all"), 0.65, 0.80),
    Level("gaming replies under 30 points", ("gaming", JUDGE, "all"), 1.0, 1.0),
    Level("insult, profanity, exposed data, admission, baiting: capped at 20", ("capped", JUDGE, "all"), 0.95, 1.0),
    Level("exemplary replies wrongly capped (at most)", ("wrongly capped", JUDGE, "exemplary"), 0.02, 0.0, at_most=True),
    Level("Spearman of the total with the raters' mean", ("raters", JUDGE, "overall"), 0.75, 0.88),
    *(_rated(name) for name in ("listen", "acknowledge", "resolve", "nurture", "tone")),
    Level("triage: kind", ("sorting", JUDGE, sorting.KIND), 0.75, 0.88),
    Level("triage: acceptable action", ("sorting", JUDGE, sorting.ACTION), 0.85, 0.95),
    Level("triage: urgency", ("sorting", JUDGE, sorting.URGENCY), 0.65, 0.80),
    Level("risk kinds found", ("risks", JUDGE, "all"), 0.95, 1.0),
)


def judged_part(study: Study, level: Level) -> str:
    """Return the part that decides about `level`: the held-out posts where it was measured on them, else all posts."""
    return HELD_OUT if study.figure(*level.key, HELD_OUT) else ALL_POSTS


def verdicts(study: Study) -> list[tuple[Level, str]]:
    """Return each level with its verdict, by the deciding figures of `study`."""
    return [(level, level.verdict(deciding_figure(study, level))) for level in LEVELS]


def deciding_figure(study: Study, level: Level) -> Figure | None:
    """Return the figure that decides about `level`."""
    return study.deciding.figure(*level.key, judged_part(study.deciding, level))
