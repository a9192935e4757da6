"""Tell a load balancer whether this installation can serve."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from simulator import __version__
from simulator.web.deps import services

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def show() -> ResponseReturnValue:
    """Answer 200 when the database answers; the error handler says 500 otherwise."""
    services().accounts.needs_first_admin()
    return jsonify(status="ok", version=__version__)
