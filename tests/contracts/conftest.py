"""Give these tests an app; most of them need none."""

from tests.app_fixtures import app, client, clock, migrated_file, people, settings, sign_in

__all__ = ["app", "client", "clock", "migrated_file", "people", "settings", "sign_in"]
