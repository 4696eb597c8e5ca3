"""Text messages as a Django app: its local stand-in keeps what it received."""

from __future__ import annotations

from django.apps import AppConfig


class SmsConfig(AppConfig):
    """Sending text messages."""

    name = "onewindow.gateways.sms"
    label = "sms"
    verbose_name = "短信网关"
