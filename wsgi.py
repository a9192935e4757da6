"""Offer the app to gunicorn: `gunicorn --config gunicorn.conf.py wsgi:app`."""

import sys

from simulator.app import create_app
from simulator.config import CannotStart

_GIVE_UP = 4  # gunicorn's "the app can't be loaded": it stops, where it would start workers for ever after other codes

try:
    app = create_app()
except CannotStart as refusal:
    print(f"Composure can't start: {refusal.format_message()}", file=sys.stderr)
    sys.exit(_GIVE_UP)
