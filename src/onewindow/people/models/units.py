"""Units in a tree, and who holds which role where."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models
from django.db.models import F, Q

from onewindow.kernel.procedure import Role
from onewindow.people.models.accounts import Account


class Structure(models.Model):
    """One row. Whoever changes units or roles locks it, so that rules over all of them hold at once.

    token  drawn anew whenever a unit changes: what every process knows its copy of the tree by. Drawn and not
           counted, so that the number of a change that was rolled back never comes again with other units
    """

    token = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.token

    @classmethod
    def locked(cls) -> Structure:
        """The row, ours until the transaction ends."""
        cls.objects.get_or_create(pk=1, defaults={"token": secrets.token_hex(8)})
        return cls.objects.select_for_update().get(pk=1)

    @classmethod
    def touch(cls) -> None:
        """Let every process know that the tree has changed. `Unit.save` does; after bulk_create it is for you to do."""
        cls.objects.update_or_create(pk=1, defaults={"token": secrets.token_hex(8)})


class Unit(models.Model):
    """A bureau, a section of it, a department present in the hall, a township or village station.

    code    as it stands in matters and entries: it never changes
    closed  the day from which nothing new is given to it; what it did stays where it is
    """

    class Kind(models.TextChoices):
        """What a unit is."""

        BUREAU = "bureau", "行政审批服务管理局"
        SECTION = "section", "科室"
        DEPARTMENT = "department", "进驻部门"
        TOWNSHIP = "township", "乡镇（街道）便民服务中心"
        VILLAGE = "village", "村（社区）便民服务站"

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    closed = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """And let every process know that the tree has changed."""
        super().save(*args, **kwargs)
        Structure.touch()


ROLES = [(role.value, role.title) for role in Role if role not in (Role.APPLICANT, Role.SYSTEM, Role.SELF)]


class Assignment(models.Model):
    """A role that somebody holds in a unit and the units below it.

    since, until  first and last day; until: None for as long as nothing else is said. A role that is withdrawn
                  ends on the day before
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=20, choices=ROLES)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "unit", "role"], condition=Q(until__isnull=True), name="assignment_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.role} {self.unit}"


class Delegation(models.Model):
    """A role lent during leave: the holder's assignment may be used by `deputy` from `since` to `until`.

    ended  the day on which it was ended before its time
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="delegations")
    deputy = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="deputising")
    since = models.DateField()
    until = models.DateField()
    reason = models.CharField(max_length=200)
    ended = models.DateField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until__gte=F("since")), name="delegation_days")]

    def __str__(self) -> str:
        return f"{self.assignment} → {self.deputy}"
