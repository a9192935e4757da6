"""Share a review as a link, take a link back, and open one."""

from __future__ import annotations

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from simulator.core.refusal import Refusal
from simulator.services.reviews import Past
from simulator.services.run_views import may_act
from simulator.web.deps import services, viewer
from simulator.web.errors import refusal_answer, status_of
from simulator.web.pages.review import review_page, steps_page
from simulator.web.presenters_review import present_review
from simulator.web.security import limiter

blueprint = Blueprint("shares", __name__)
NEW_LINKS = "30 per hour"
OPENED = "120 per minute"
"""Enough for a class behind one address; a token of 256 bits is not found by guessing."""


@blueprint.post("/runs/<run_id>/shares")
@limiter.limit(NEW_LINKS)
def create(run_id: str) -> ResponseReturnValue:
    """Make a link to a review and show it this once."""
    made = services().shares.create(viewer(), run_id, request.form.get("days", 0, type=int))
    seen = services().reviews.look_back(viewer(), run_id, may_act(viewer()))
    if isinstance(seen, Refusal):
        return refusal_answer(made if isinstance(made, Refusal) else seen)
    if isinstance(made, Refusal):
        return review_page(seen, problem=made.message, status=status_of(made))
    return review_page(seen, link=url_for("shares.show", raw=made.token, _external=True))


@blueprint.post("/runs/<run_id>/shares/<share_id>/revoke")
def revoke(run_id: str, share_id: str) -> ResponseReturnValue:
    """Take a link back at once."""
    refusal = services().shares.take_back(viewer(), run_id, share_id)
    if refusal is not None:
        return refusal_answer(refusal)
    flash(_("The link no longer opens."))
    return redirect(url_for("review.show", run_id=run_id, _anchor="share"), 303)


@blueprint.get("/shared/<raw>")
@limiter.limit(OPENED)
def show(raw: str) -> ResponseReturnValue:
    """Show a review to whoever has the link: to be read, with nothing private in it and nothing to press."""
    seen = services().shares.open(raw)
    if isinstance(seen, Refusal):
        return _unlisted(refusal_answer(seen))
    view = present_review(seen, Past((), {}, None), chosen=request.args.get("decision", 0, type=int), shared=True)
    steps = url_for("shares.steps", raw=raw)
    return _unlisted(render_template("review/show.html", view=view, shares=(), steps=steps, link="", problem=""))


@blueprint.get("/shared/<raw>/steps")
@limiter.limit(OPENED)
def steps(raw: str) -> ResponseReturnValue:
    """Show whoever has the link the run as it stood at step `at`."""
    seen = services().shares.open(raw)
    if isinstance(seen, Refusal):
        return _unlisted(refusal_answer(seen))
    return _unlisted(steps_page(seen, here=url_for("shares.steps", raw=raw), back=url_for("shares.show", raw=raw), shared=True))


def _unlisted(answer: ResponseReturnValue) -> ResponseReturnValue:
    """Ask search engines to stay away from an answer."""
    told = make_response(answer)
    told.headers["X-Robots-Tag"] = "noindex, nofollow"
    return told
