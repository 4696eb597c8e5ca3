"""The door of text messages: `send`."""

from __future__ import annotations

from django.conf import settings

from onewindow.gateways.sms import provider
from onewindow.gateways.sms.numbers import cleaned, number

LOCAL = "local"


def send(to: str, content: str, message_id: str) -> str:
    """Send `content` to a mobile number, through the provider or the stand-in that ONEWINDOW_SMS names.

    `message_id`: the same for every try, so that the receiver drops doubles. Returns the receipt.
    Raises GatewayError (kernel.api), which says whether to try again.
    """
    if settings.SMS == LOCAL:
        from onewindow.gateways.sms import local

        return local.send(number(to, invented=True), cleaned(content), message_id)
    return provider.send(number(to), cleaned(content), message_id)


def check(value: str) -> None:
    """Raises Misconfigured (gateways.address) where ONEWINDOW_SMS cannot have this value."""
    if value != LOCAL:
        provider.address_of(value)
