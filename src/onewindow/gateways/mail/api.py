"""The door of mail: `send`, and `letter` for what is posted."""

from __future__ import annotations

from django.conf import settings

from onewindow.gateways.mail import smtp
from onewindow.gateways.mail.letters import letter

__all__ = ["LOCAL", "check", "letter", "send"]

LOCAL = "local"


def send(to: str, content: str, message_id: str) -> str:
    """Send a `letter` to a mail address, through the server or the stand-in that ONEWINDOW_MAIL names.

    `message_id`: the same for every try, so that the receiver drops doubles. Returns the receipt.
    Raises GatewayError (kernel.api), which says whether to try again.
    """
    if settings.MAIL == LOCAL:
        from onewindow.gateways.mail import local

        return local.send(to, content, message_id)
    return smtp.send(to, content, message_id)


def check(value: str) -> None:
    """Raises Misconfigured (gateways.address) where ONEWINDOW_MAIL cannot have this value."""
    if value != LOCAL:
        smtp.address_of(value)
