"""Oversight: watching matters of every kind."""
