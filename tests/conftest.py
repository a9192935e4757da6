"""Say at the end what was not run. Fixtures with an app are in `app_fixtures`, so that unit tests import none of it."""

from __future__ import annotations

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line what was skipped for want of a program, so that nobody takes it for passed."""
    reasons = {report.longrepr[2] for report in terminalreporter.stats.get("skipped", []) if isinstance(report.longrepr, tuple)}
    for reason in sorted(reasons):
        terminalreporter.write_line(f"skipped: {reason.removeprefix('Skipped: ')}", yellow=True)
