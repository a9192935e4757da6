"""Play many learners at once against a real server on this machine, and print how it bears up: `make bench`."""
