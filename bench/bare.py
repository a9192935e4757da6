"""Serve as little as a Flask app can: what the machine and the framework cost, whatever we do."""

from __future__ import annotations

from flask import Flask, jsonify
from flask.typing import ResponseReturnValue

app = Flask("bare")


@app.get("/bare")
def bare() -> ResponseReturnValue:
    """Answer with a small piece of JSON."""
    return jsonify(ok=True)
