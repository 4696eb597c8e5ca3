"""Accounts: who can log in."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class Account(AbstractBaseUser):
    """Somebody who can log in: a member of staff, an applicant, or another system's client.

    login   what he logs in with; reference: what the ledger calls him, drawn at random, never a name
    party   reference of the person whose own matters he sees, "" for staff who are no applicants
    """

    class Kind(models.TextChoices):
        """What an account is for."""

        STAFF = "staff", "工作人员"
        APPLICANT = "applicant", "申请人"
        CLIENT = "client", "系统"

    reference = models.CharField(max_length=40, unique=True)
    login = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    party = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)

    objects = BaseUserManager()

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.login
