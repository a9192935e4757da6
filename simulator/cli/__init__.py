"""Offer commands on the command line: `flask --app simulator …`."""
