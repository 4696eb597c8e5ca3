"""What the ledger refuses; every message is for people."""

from __future__ import annotations


class LedgerError(ValueError):
    """A value that must not enter the ledger; the message says which part of it and why, in Chinese."""
