"""What the mailbox of this machine received."""

from __future__ import annotations

from django.db import models


class Received(models.Model):
    """A mail that the local stand-in took. sealed: the whole of it, as it would have gone over the wire."""

    message_id = models.CharField(max_length=64, unique=True)
    at_us = models.BigIntegerField(db_index=True)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return self.message_id
