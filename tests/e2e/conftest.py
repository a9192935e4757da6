"""Give these tests an app, a client, a clock and people."""

from tests.app_fixtures import app, client, clock, migrated_file, people, settings, sign_in

__all__ = ["app", "client", "clock", "migrated_file", "people", "settings", "sign_in"]
