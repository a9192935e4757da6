"""Show the drills, tell about one, and start it."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from simulator.core.refusal import Refusal
from simulator.web.deps import services, viewer
from simulator.web.errors import refusal_answer
from simulator.web.forms_play import PACES
from simulator.web.presenters_library import card, cards
from simulator.web.presenters_variants import present_variants
from simulator.web.security import limiter

blueprint = Blueprint("library", __name__)
NEW_RUNS = "60/minute;2000/day"
"""Runs that one address may start: enough for a class behind one router, too few to fill a disk."""


@blueprint.get("/library")
def index() -> ResponseReturnValue:
    """Show every drill as a card."""
    drills = services().drills
    return render_template("library/index.html", cards=cards(drills.library(), drills.mine(viewer())))


@blueprint.get("/scenarios/<slug>")
def brief(slug: str) -> ResponseReturnValue:
    """Tell what a drill is about and let people choose their clock."""
    scenario = services().drills.scenario(slug)
    if isinstance(scenario, Refusal):
        return refusal_answer(scenario)
    mine = services().drills.mine(viewer())
    return render_template("library/brief.html", scenario=scenario, card=card(scenario, mine), variants=present_variants(scenario, mine))


@blueprint.post("/runs")
@limiter.limit(NEW_RUNS)
def start() -> ResponseReturnValue:
    """Start a run, once a form, and go to it; an unknown clock means the normal one."""
    pace_factor, untimed = PACES.get(request.form.get("pace", "1"), PACES["1"])
    untimed = untimed or request.form.get("untimed", "") in ("1", "on", "true", "yes")
    variant = request.form.get("variant", 0, type=int)
    slug, token = request.form.get("slug", ""), request.form.get("token", "")
    run = services().drills.start(viewer(), slug, untimed=untimed, pace_factor=pace_factor, variant=variant, token=token)
    if isinstance(run, Refusal):
        return refusal_answer(run)
    return redirect(url_for("play.show", run_id=run), 303)
