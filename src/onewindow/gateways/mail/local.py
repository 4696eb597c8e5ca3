"""The stand-in: the mailbox of this machine. What it receives is kept for 90 days, sealed, and shown on a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email import message_from_string
from email.message import EmailMessage
from email.policy import SMTP

from onewindow.gateways.mail.letters import message
from onewindow.gateways.mail.models import Received
from onewindow.kernel import moment
from onewindow.kernel.keys import keyring

SENDER = "onewindow@localhost"
_KEPT_US = 90 * 86_400 * 1_000_000


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as a reader shows it."""

    message_id: str
    at: datetime
    to: str
    subject: str
    text: str


def send(to: str, content: str, message_id: str) -> str:
    """Receive it; a message id that came before is the same mail. Returns a receipt. Raises GatewayError."""
    mail = message(SENDER, to, content, message_id)
    now = moment.now_us()
    sealed = keyring().seal(mail.as_string(), place(message_id))
    row = Received(message_id=message_id, at_us=now, sealed=sealed)
    Received.objects.bulk_create([row], ignore_conflicts=True)
    return f"local-{message_id[:8]}"


def forget() -> int:
    """Forget what came more than 90 days ago; how much that was."""
    return Received.objects.filter(at_us__lt=moment.now_us() - _KEPT_US).delete()[0]


def received(most: int = 100) -> list[Mail]:
    """What came, newest first. Raises CryptoError."""
    return [_opened(row) for row in Received.objects.order_by("-id")[:most]]


def _opened(row: Received) -> Mail:
    content = keyring().unseal(bytes(row.sealed), place(row.message_id))
    mail = message_from_string(content, EmailMessage, policy=SMTP)
    return Mail(
        row.message_id, moment.at(row.at_us), str(mail["To"]), str(mail["Subject"]), mail.get_content()
    )


def place(message_id: str) -> str:
    """Where what was received belongs, sealed."""
    return f"mail.received:{message_id}"
