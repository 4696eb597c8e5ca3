"""Mail as a Django app: its local stand-in keeps what it received."""

from __future__ import annotations

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Sending mail."""

    name = "onewindow.gateways.mail"
    label = "mail"
    verbose_name = "邮件网关"
