"""Address and content of a message at rest: sealed together, for they are personal data."""

from __future__ import annotations

import json
from typing import NamedTuple

from onewindow.kernel.keys import keyring
from onewindow.kernel.models import Message


class Letter(NamedTuple):
    """To whom, and what."""

    to: str
    content: str


def seal(reference: str, letter: Letter) -> bytes:
    """Sealed for the row of this reference: copied to another row it does not open."""
    return keyring().seal(json.dumps(letter, ensure_ascii=False), place(reference))


def unseal(message: Message) -> Letter | None:
    """None where it was erased. Raises CryptoError."""
    if message.sealed is None:
        return None
    return Letter(*json.loads(keyring().unseal(bytes(message.sealed), place(message.reference))))


def lane(channel: str, about: str, to: str) -> str:
    """One for each channel, matter and receiver; none for what is about no matter."""
    return keyring().blind_index("kernel.message.lane", f"{channel}\n{about}\n{to}").hex() if about else ""


def place(reference: str) -> str:
    """Where a sealed message belongs."""
    return f"kernel.message:{reference}"
