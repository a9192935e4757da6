"""Offer the app to gunicorn: `gunicorn --config gunicorn.conf.py wsgi:app`."""

from simulator.app import create_app

app = create_app()
