"""The calendar beyond what comes with the program: notices imported, the bureau's own days."""

from __future__ import annotations

from django.db import models


class CalendarChange(models.Model):
    """One change of the calendar; the greatest id is its version.

    told   what was changed, for people
    swept  every open matter was reckoned anew with it
    """

    at = models.BigIntegerField()
    actor_id = models.CharField(max_length=64)
    told = models.CharField(max_length=300)
    swept = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.told


class KeptNotice(models.Model):
    """A yearly notice as it was imported: its text is the source, read anew at each start."""

    change = models.ForeignKey(CalendarChange, on_delete=models.PROTECT)
    year = models.IntegerField()
    amends = models.BooleanField(default=False)
    form = models.CharField(max_length=4)  # text or csv
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=100, blank=True)
    text = models.TextField()

    def __str__(self) -> str:
        return self.title


class KeptOwnDay(models.Model):
    """A day that the bureau closes or opens by itself, with the document that allows it.

    withdrawn  the change by which it was taken back: what was reckoned with it before stays as it was
    """

    change = models.ForeignKey(CalendarChange, on_delete=models.PROTECT)
    day = models.DateField()
    kind = models.CharField(max_length=10)
    reason = models.CharField(max_length=200)
    basis = models.CharField(max_length=200)
    withdrawn = models.ForeignKey(CalendarChange, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day"], name="own_day_once", condition=models.Q(withdrawn__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return str(self.day)
