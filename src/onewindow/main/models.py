"""What the platform itself keeps: when its worker was last seen."""

from __future__ import annotations

from django.db import models


class Heartbeat(models.Model):
    """One row for each kind of process. at_us: microseconds since 1970 UTC, by the clock of its machine."""

    name = models.CharField(max_length=20, primary_key=True)
    at_us = models.BigIntegerField()

    def __str__(self) -> str:
        return self.name
