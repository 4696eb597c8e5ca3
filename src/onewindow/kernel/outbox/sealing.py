"""Address and content of a message at rest: sealed together, for they are personal data."""

from __future__ import annotations

import json
from typing import NamedTuple

from onewindow.kernel.keys import keyring
from onewindow.kernel.models import Message

_BATCH = 500


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


def reseal(after: int = 0) -> tuple[int, int | None]:
    """Seal a batch of messages with the current key, beginning after an id, when the keyring was rotated.

    Returns how many were sealed anew, and the id to go on after, None at the end. Raises CryptoError.
    """
    batch = list(
        Message.objects.filter(id__gt=after, sealed__isnull=False)
        .only("reference", "sealed")
        .order_by("id")[:_BATCH]
    )
    changed = 0
    for message in batch:
        old = bytes(message.sealed or b"")
        new = keyring().resealed(old, place(message.reference))
        if new is not old:
            changed += Message.objects.filter(pk=message.pk, sealed=old).update(sealed=new)
    return changed, batch[-1].pk if batch else None


def place(reference: str) -> str:
    """Where a sealed message belongs."""
    return f"kernel.message:{reference}"
