"""Tokens with which other systems' clients, and people's own programs, call the API."""

from __future__ import annotations

from django.db import models

from onewindow.people.models.accounts import Account


class ApiToken(models.Model):
    """A token; its text is shown once, when it is issued, and kept nowhere.

    prefix   the part by which it is found and shown; digest: SM3 of the whole, hexadecimal
    scopes   what it may do, apart by spaces: never more than its account may
    until    last day on which it holds; used: last day on which it was
    revoked  microseconds since 1970 UTC, None while it is not
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="tokens")
    title = models.CharField(max_length=100)
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    scopes = models.CharField(max_length=200)
    until = models.DateField()
    used = models.DateField(null=True)
    revoked = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.prefix} {self.title}"
