"""Measurements of what the project promises: `make bench`, `make bench ONLY=NAME`."""
