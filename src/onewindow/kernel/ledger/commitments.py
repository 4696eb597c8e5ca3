"""Personal facts by commitment: the ledger holds SM3 of a salted value, the value lives elsewhere.

    {"commitment": hex(SM3("onewindow.commitment.1\\0" || salt || canonical(value)))}

Whoever holds value and salt proves what was recorded. Whoever holds only the commitment learns
nothing, not even by trying all identity numbers, because the salt is 128 random bits. Erasing value
and salt erases the person from the ledger, and every hash still holds.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from typing import NamedTuple

from onewindow.kernel.crypto import sm3
from onewindow.kernel.ledger.canonical import Json, check_json, encode
from onewindow.kernel.ledger.errors import LedgerError

SALT_SIZE = 16
_DOMAIN = b"onewindow.commitment.1\0"


class Opening(NamedTuple):
    """What opens the commitment that stands under `name` in an entry's facts; `salt`: 16 bytes."""

    name: str
    value: Json
    salt: bytes


def fresh_salt() -> bytes:
    """A salt for one commitment; never use one twice."""
    return secrets.token_bytes(SALT_SIZE)


def commit(value: Json, salt: bytes) -> dict[str, Json]:
    """The commitment to `value`, as it stands in facts."""
    if len(salt) != SALT_SIZE:
        raise LedgerError("承诺用的盐应为 16 个随机字节。")
    check_json(value, "要承诺的内容")
    return {"commitment": _digest(value, salt).hex()}


def opens(commitment: Json, value: Json, salt: bytes) -> bool:
    """Whether `commitment`, as found in facts, is to `value` with `salt`."""
    if not is_commitment(commitment) or len(salt) != SALT_SIZE:
        return False
    return commitment == commit(value, salt)


def is_commitment(value: Json) -> bool:
    """Whether a fact is a commitment."""
    return isinstance(value, dict) and value.keys() == {"commitment"}


def conceal(facts: dict[str, Json], personal: Collection[str]) -> tuple[dict[str, Json], list[Opening]]:
    """Facts with the `personal` ones replaced by commitments, and what opens them.

    The openings belong into encrypted storage beside the entry, never into the ledger itself.
    """
    openings = [Opening(name, facts[name], fresh_salt()) for name in sorted(personal) if name in facts]
    concealed = {opening.name: commit(opening.value, opening.salt) for opening in openings}
    return {**facts, **concealed}, openings


def _digest(value: Json, salt: bytes) -> bytes:
    return sm3.sm3(_DOMAIN + salt + encode(value).encode("utf-8"))
