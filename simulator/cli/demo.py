"""Make the demo content that the landing page shows."""

from __future__ import annotations

from typing import cast

import click
from flask import current_app
from flask.cli import with_appcontext

from simulator.core.refusal import Refusal
from simulator.services.container import Services


@click.command("demo")
@with_appcontext
def demo() -> None:
    """Make the finished example run that anybody may review, unless it is there."""
    services = cast(Services, current_app.extensions["composure"])
    made = services.drills.ensure_example()
    if isinstance(made, Refusal):
        raise click.ClickException(made.message)
    click.echo("The example run is ready." if made else "The example run was there already.")
