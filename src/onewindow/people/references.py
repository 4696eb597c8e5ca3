"""References: what the ledger calls accounts, persons and organisations. Drawn at random, so they tell nothing."""

from __future__ import annotations

import secrets

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U, which are misread
ACCOUNT, PERSON, ORGANISATION = "A", "P", "O"


def draw(kind: str) -> str:
    """A new reference of a kind: its letter and eighty random bits."""
    return kind + "".join(secrets.choice(_ALPHABET) for _each in range(16))
