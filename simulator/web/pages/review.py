"""Look back at a run that is over, step through it, and play on from a moment of it."""

from __future__ import annotations

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from simulator.core.refusal import Refusal, RefusalCode
from simulator.services.run_views import ReviewView, may_read
from simulator.web.deps import services, viewer
from simulator.web.errors import refusal_answer
from simulator.web.presenters_review import present_review
from simulator.web.presenters_shares import present_shares
from simulator.web.presenters_steps import present_steps
from simulator.web.security import limiter

blueprint = Blueprint("review", __name__)
FORKS = "60 per hour"


@blueprint.get("/runs/<run_id>/review")
def show(run_id: str) -> ResponseReturnValue:
    """Show the review of a run with one decision open; while the run goes on, lead back to it."""
    seen = services().reviews.look_back(viewer(), run_id, may_read(viewer()))
    return _not_yet(run_id, seen) if isinstance(seen, Refusal) else review_page(seen)


@blueprint.get("/runs/<run_id>/review/steps")
def steps(run_id: str) -> ResponseReturnValue:
    """Show the run as it stood at step `at`."""
    seen = services().reviews.look_back(viewer(), run_id, may_read(viewer()))
    if isinstance(seen, Refusal):
        return _not_yet(run_id, seen)
    return steps_page(seen, here=url_for("review.steps", run_id=run_id), back=url_for("review.show", run_id=run_id))


@blueprint.post("/runs/<run_id>/fork")
@limiter.limit(FORKS)
def fork(run_id: str) -> ResponseReturnValue:
    """Start a run that is this one up to just before event `at`, once a form, and open it."""
    forked = services().forks.play_on(viewer(), run_id, request.form.get("at", 0, type=int), token=request.form.get("token", ""))
    if isinstance(forked, Refusal):
        return refusal_answer(forked)
    flash(_("You are back at that moment, and the clock runs. What you had written is in the draft."))
    return redirect(url_for("play.show", run_id=forked), 303)


def steps_page(seen: ReviewView, *, here: str, back: str, shared: bool = False) -> str:
    """Return the page of a run as it stood at step `at`; `here` is its address, `back` that of its review."""
    view = present_steps(seen, request.args.get("at", 1, type=int), shared=shared)
    return render_template("review/steps.html", view=view, here=here, back=back)


def review_page(seen: ReviewView, *, link: str = "", problem: str = "", status: int = 200) -> ResponseReturnValue:
    """Return the page of a review; `link` is a link to share that has just been made, and is shown this once."""
    page = render_template(
        "review/show.html",
        view=present_review(seen, services().reviews.past_of(viewer(), seen), chosen=request.args.get("decision", 0, type=int)),
        shares=present_shares(services().shares.of(viewer(), seen.run_id)) if seen.mine else (),
        steps=url_for("review.steps", run_id=seen.run_id),
        link=link,
        problem=problem,
    )
    return make_response(page, status)


def _not_yet(run_id: str, refusal: Refusal) -> ResponseReturnValue:
    if refusal.code is RefusalCode.STALE:
        return redirect(url_for("play.show", run_id=run_id), 303)
    return refusal_answer(refusal)
