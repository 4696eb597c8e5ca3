"""Supervision as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """It keeps nothing of its own: everything it shows follows from matters and entries."""

    name = "onewindow.oversight.supervision"
    label = "supervision"
    verbose_name = "效能监察"
