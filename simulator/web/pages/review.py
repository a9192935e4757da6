"""Look back at a run that is over."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from simulator.core.refusal import Refusal, RefusalCode
from simulator.web.deps import services, viewer
from simulator.web.errors import refusal_answer
from simulator.web.presenters_review import present_review

blueprint = Blueprint("review", __name__)


@blueprint.get("/runs/<run_id>/review")
def show(run_id: str) -> ResponseReturnValue:
    """Show the review of a run; while the run goes on, lead back to it."""
    seen = services().drills.review(viewer(), run_id)
    if isinstance(seen, Refusal):
        if seen.code is RefusalCode.STALE:
            return redirect(url_for("play.show", run_id=run_id), 303)
        return refusal_answer(seen)
    return render_template("review/show.html", view=present_review(seen, services().drills.mine(viewer())))
