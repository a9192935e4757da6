"""Serve the pages people see, one module an area."""
