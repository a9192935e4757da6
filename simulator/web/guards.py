"""Check who may open a page before the view runs."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from simulator.core.refusal import Refusal, RefusalCode
from simulator.services.viewer import Role
from simulator.web.deps import viewer, wants_json
from simulator.web.errors import refusal_answer

Args = ParamSpec("Args")
View = Callable[Args, ResponseReturnValue]


def signed_in(view: View[Args]) -> View[Args]:
    """Let only people with an account in; a page sends others to sign in and back again."""

    @wraps(view)
    def guarded(*args: Args.args, **kwargs: Args.kwargs) -> ResponseReturnValue:
        return view(*args, **kwargs) if viewer().signed_in else _sign_in_first()

    return guarded


def needs_role(*roles: Role) -> Callable[[View[Args]], View[Args]]:
    """Let only people with one of `roles` in."""

    def guard(view: View[Args]) -> View[Args]:
        @wraps(view)
        def guarded(*args: Args.args, **kwargs: Args.kwargs) -> ResponseReturnValue:
            if not viewer().signed_in:
                return _sign_in_first()
            if viewer().role not in roles:
                return refusal_answer(
                    Refusal(RefusalCode.NOT_ALLOWED, _("Your role doesn't include this page. An administrator can change it."))
                )
            return view(*args, **kwargs)

        return guarded

    return guard


def _sign_in_first() -> ResponseReturnValue:
    if request.method == "GET" and not wants_json():
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)
    return refusal_answer(Refusal(RefusalCode.SIGN_IN_FIRST, _("Please sign in first.")))
