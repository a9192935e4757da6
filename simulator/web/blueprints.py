"""Put all pages and the API onto an app: the one place that lists them."""

from __future__ import annotations

from apiflask import APIFlask

from simulator.services.container import Services
from simulator.web import assets, errors, frame, security
from simulator.web.api.blueprint import register_api
from simulator.web.pages import accounts, admin, check, health, inbox, landing, library, live, play, review, shares, shift

PAGES = (landing, library, play, shift, live, review, shares, check, inbox, accounts, admin, health)


def register(app: APIFlask, services: Services) -> None:
    """Install errors, headers and templates' words, then register every blueprint; `services` becomes what views work with."""
    app.extensions["composure"] = services
    security.install(app)
    errors.install(app)
    assets.install(app)
    frame.install(app)
    for page in PAGES:
        app.register_blueprint(page.blueprint)
    register_api(app)
