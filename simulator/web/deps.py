"""Hand a view what it works with: the services, who is looking, and what the reader asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import current_app, g, request, session
from werkzeug.wrappers import Request

from simulator.integrations.machine import new_id
from simulator.services.viewer import Viewer, guest

if TYPE_CHECKING:
    from simulator.services.container import Services
    from simulator.services.people import User

_USER = "user"
_GENERATION = "generation"
_GUEST = "guest"


def services() -> Services:
    """Return the services that `app.py` built."""
    return cast("Services", current_app.extensions["composure"])


def viewer() -> Viewer:
    """Return who is looking: somebody signed in, else the guest of this browser (given an id on first need)."""
    if "viewer" not in g:
        g.viewer = _signed_in_viewer() or guest(guest_id())
    return cast(Viewer, g.viewer)


def guest_id() -> str:
    """Return this browser's guest id, made and remembered on first need."""
    if _GUEST not in session:
        session[_GUEST] = new_id()
        session.permanent = True
    return str(session[_GUEST])


def _signed_in_viewer() -> Viewer | None:
    user_id = session.get(_USER)
    if user_id is None:
        return None
    found = services().accounts.viewer_for(user_id, generation=session.get(_GENERATION, 0), guest_id=session.get(_GUEST, ""))
    if found is None:
        session.clear()
    return found


def remember_user(user: User) -> None:
    """Sign this browser in as `user`; everything else the session held is dropped, so that nothing planted survives."""
    session.clear()
    session[_USER] = user.id
    session[_GENERATION] = user.generation
    session.permanent = True
    g.pop("viewer", None)


def forget_user() -> None:
    """Sign this browser out; a new guest begins with the next run."""
    session.clear()
    g.pop("viewer", None)


def wants_json(asked: Request | None = None) -> bool:
    """Tell whether the caller is a program: the API, a JSON body, or JSON preferred over a page."""
    asked = asked or request
    if asked.path.startswith("/api/v") or asked.is_json:
        return True
    best = asked.accept_mimetypes.best_match(["text/html", "application/json", "application/problem+json"], default="text/html")
    return best != "text/html"


def safe_next(target: str | None) -> str | None:
    """Return `target` where it is a path on this site, else None; never a way to another site."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")) or any(ord(char) < 33 for char in target):
        return None
    return target
