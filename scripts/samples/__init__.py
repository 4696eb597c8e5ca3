"""Prints one plain source as a disclosure in every format that OpenBook reads."""
