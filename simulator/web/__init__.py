"""Turn requests into calls of services, and what they say into pages."""
