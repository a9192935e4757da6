"""Give every page what its frame shows: language, navigation, version, faces and short numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request, url_for
from flask_babel import Babel, format_decimal, get_locale
from flask_babel import gettext as _

from simulator import __version__
from simulator.integrations.machine import new_id
from simulator.services.viewer import Role
from simulator.web.deps import viewer
from simulator.web.presenters_faces import face_of
from simulator.web.presenters_scenes import scene_of


@dataclass(frozen=True, slots=True)
class NavItem:
    """One place in the header. `current` marks its area, `exact` the page itself; `far` starts the right-hand group."""

    href: str
    label: str
    current: bool
    exact: bool
    far: bool = False


def install(app: Flask) -> None:
    """Offer the frame's words to every template."""
    if "babel" not in app.extensions:
        Babel(app)
    app.add_template_global(navigation)
    app.add_template_global(page_url)
    app.add_template_global(page_language)
    app.add_template_global(app_version)
    app.add_template_global(face_of)
    app.add_template_global(scene_of)
    app.add_template_global(viewer)
    app.add_template_global(new_id, "new_token")
    app.add_template_filter(short_number)
    app.add_template_filter(format_decimal, "grouped")


def navigation() -> list[NavItem]:
    """Return the header's places for whoever is looking."""
    who = viewer()
    places = [("library.index", _("Play"), ("library", "play", "review")), ("check.show", _("Check a reply"), ("check",))]
    if who.role in (Role.CONTACT, Role.ADMIN):
        places.append(("inbox.show", _("Hand-overs"), ("inbox",)))
    places.append(
        ("accounts.account", _("Account"), ("accounts", "admin")) if who.signed_in else ("accounts.sign_in", _("Sign in"), ("accounts",))
    )
    known = [place for place in places if place[0] in current_app.view_functions]
    return [_item(endpoint, label, areas, last=endpoint.startswith("accounts.")) for endpoint, label, areas in known]


def _item(endpoint: str, label: str, areas: tuple[str, ...], *, last: bool) -> NavItem:
    href = url_for(endpoint)
    return NavItem(href, label, current=request.blueprint in areas, exact=request.path == href, far=last)


def page_url(endpoint: str, **values: Any) -> str:
    """Return the URL of a page; works on error pages too."""
    return url_for(endpoint, **values)


def page_language() -> str:
    """Return the language of the page for `<html lang>`."""
    locale = get_locale()
    return str(locale).replace("_", "-") if locale else "en"


def app_version() -> str:
    """Return the version for the footer."""
    return __version__


def short_number(number: int) -> str:
    """Write a counter the way networks do: 214, 1.8K, 12K, 3.1M."""
    for size, letter in ((1_000_000, "M"), (1_000, "K")):
        if number >= size:
            scaled = number / size
            return f"{scaled:.1f}".removesuffix(".0") + letter if scaled < 10 else f"{scaled:.0f}{letter}"
    return str(number)
