"""What the phones of this machine received."""

from __future__ import annotations

from django.db import models


class Received(models.Model):
    """A text message that the local stand-in took. sealed: number and text; segments: what it would have cost."""

    message_id = models.CharField(max_length=64, unique=True)
    at_us = models.BigIntegerField(db_index=True)
    segments = models.IntegerField()
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return self.message_id
