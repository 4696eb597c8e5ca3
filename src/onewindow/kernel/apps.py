"""The kernel as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Matters, procedures, legal time, ledger, measures, dossiers, outbox."""

    name = "onewindow.kernel"
    label = "kernel"
    verbose_name = "内核"
