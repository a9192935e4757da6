"""Play a scenario: commands in, events out, state as their fold."""
