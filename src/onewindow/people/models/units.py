"""Units in a tree, and who holds which role where."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from onewindow.kernel.procedure import Role
from onewindow.people.models.accounts import Account


class Unit(models.Model):
    """A bureau, a section of it, a department present in the hall, a township or village station."""

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

    def __str__(self) -> str:
        return self.name


ROLES = [(role.value, role.title) for role in Role if role not in (Role.APPLICANT, Role.SYSTEM, Role.SELF)]


class Assignment(models.Model):
    """A role that somebody holds in a unit and the units below it, for a time."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
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
    """A role lent during leave: `lender`'s assignment may be used by `deputy` from `since` to `until`."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT)
    deputy = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="deputising")
    since = models.DateField()
    until = models.DateField()
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until__gte=F("since")), name="delegation_days")]

    def __str__(self) -> str:
        return f"{self.assignment} → {self.deputy}"
