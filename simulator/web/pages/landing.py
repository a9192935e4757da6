"""Greet: guests with the real thing and one button, people with an account with what to play next."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from simulator.web.deps import services, viewer
from simulator.web.presenters_landing import first_drill, picture_of
from simulator.web.presenters_library import cards, play_next, run_cards

blueprint = Blueprint("landing", __name__)
RUNS_SHOWN = 8


@blueprint.get("/")
def index() -> ResponseReturnValue:
    """Show home to people with an account, the landing page to everybody else."""
    return _home() if viewer().signed_in else _landing()


def _home() -> ResponseReturnValue:
    drills = services().drills
    scenarios, runs = drills.library(), drills.mine(viewer())
    shown = cards(scenarios, runs)
    mine = run_cards(runs, scenarios)
    first = first_drill(scenarios)
    return render_template(
        "landing/home.html",
        next_drill=play_next(shown, first.slug if first else ""),
        running=[run for run in mine if not run.over],
        finished=[run for run in mine if run.over][:RUNS_SHOWN],
        others=len(shown),
    )


def _landing() -> ResponseReturnValue:
    drills = services().drills
    scenarios, runs = drills.library(), drills.mine(viewer())
    drill = first_drill(scenarios)
    return render_template(
        "landing/landing.html",
        drill=drill,
        picture=picture_of(drill, services().desk) if drill else None,
        running=[run for run in run_cards(runs, scenarios) if not run.over][:1],
        example=drills.example(),
        first=services().accounts.needs_first_admin(),
    )
