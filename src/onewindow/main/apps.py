"""The platform as a Django app: wires the others together when it is ready."""

from __future__ import annotations

from django.apps import AppConfig


class MainConfig(AppConfig):
    """Pages and endpoints that all kinds of matters share, and the wiring."""

    name = "onewindow.main"
    label = "main"
    verbose_name = "平台"

    def ready(self) -> None:
        """Declare procedures, measures and reactions; an unsound procedure stops the start."""
        from onewindow.main import (  # noqa: F401 - checks register themselves
            checks,
            database_checks,
            gateway_checks,
            wiring,
        )

        wiring.wire()
