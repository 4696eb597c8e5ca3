"""The stand-in: the phones of this machine. What they receive is kept for 90 days, sealed, and shown on a page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from onewindow.gateways.sms.models import Received
from onewindow.gateways.sms.numbers import segments
from onewindow.kernel import moment
from onewindow.kernel.keys import keyring

_KEPT_US = 90 * 86_400 * 1_000_000


@dataclass(frozen=True, slots=True)
class Text:
    """A text message as a phone received it: in parts, which it shows as one."""

    message_id: str
    at: datetime
    to: str
    text: str
    segments: int


def send(to: str, text: str, message_id: str) -> str:
    """Receive it; a message id that came before is the same message. Returns a receipt."""
    now = moment.now_us()
    sealed = keyring().seal(json.dumps([to, text], ensure_ascii=False), place(message_id))
    row = Received(
        message_id=message_id, at_us=now, segments=sum(1 for _part in segments(text)), sealed=sealed
    )
    Received.objects.bulk_create([row], ignore_conflicts=True)
    return f"local-{message_id[:8]}"


def forget() -> int:
    """Forget what came more than 90 days ago; how much that was."""
    return Received.objects.filter(at_us__lt=moment.now_us() - _KEPT_US).delete()[0]


def received(most: int = 100) -> list[Text]:
    """What came, newest first. Raises CryptoError."""
    return [_opened(row) for row in Received.objects.order_by("-id")[:most]]


def _opened(row: Received) -> Text:
    to, text = json.loads(keyring().unseal(bytes(row.sealed), place(row.message_id)))
    return Text(row.message_id, moment.at(row.at_us), to, text, row.segments)


def place(message_id: str) -> str:
    """Where what was received belongs, sealed."""
    return f"sms.received:{message_id}"
