"""Composure: rehearse the reply before the customer reads it."""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Load `create_app` when it is asked for, so that an engine can be imported where Flask is not installed."""
    if name == "create_app":
        return importlib.import_module("simulator.app").create_app
    raise AttributeError(name)
