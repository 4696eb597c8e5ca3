"""People as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Units, staff, roles, applicants."""

    name = "onewindow.people"
    label = "people"
    verbose_name = "机构与人员"
