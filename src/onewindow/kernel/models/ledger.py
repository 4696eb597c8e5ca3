"""The ledger's tables. The database itself refuses to change or to delete what stands here (`guards`)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from onewindow.kernel.models.fields import MatterIdField
from onewindow.kernel.models.matters import Matter


class Entry(models.Model):
    """One step taken. Columns are those of `ledger.EntryValue`; facts and documents are canonical JSON.

    tx            the transaction that wrote it, in the order of which the change feed runs; set by the database
    request_key   idempotency key with the actor's id before it; request_digest: of what was asked with it
    """

    matter = models.ForeignKey(Matter, on_delete=models.DO_NOTHING, db_index=False, related_name="entries")
    kind = models.CharField(max_length=40)
    seq = models.IntegerField()
    step = models.CharField(max_length=40)
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40)
    actor_kind = models.CharField(max_length=20)
    actor_id = models.CharField(max_length=64)
    at = models.BigIntegerField()
    facts = models.TextField()
    documents = models.TextField()
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    tx = models.BigIntegerField(default=0)
    request_key = models.CharField(max_length=170, null=True)
    request_digest = models.BinaryField(max_length=32, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "seq"], name="entry_seq"),
            models.UniqueConstraint(
                fields=["request_key"], name="entry_request", condition=Q(request_key__isnull=False)
            ),
            models.CheckConstraint(condition=Q(seq__gte=1, at__gte=0), name="entry_numbers"),
        ]
        indexes = [
            models.Index("tx", "id", name="entry_feed"),
            models.Index("kind", "step", "at", name="entry_step"),
            models.Index("at", name="entry_at"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.seq} {self.step}"


class Opening(models.Model):
    """A personal fact of an entry, sealed, with the salt of its commitment. Erasing the row erases the fact."""

    matter = MatterIdField()
    seq = models.IntegerField()
    name = models.CharField(max_length=60)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "seq", "name"], name="opening_one")]

    def __str__(self) -> str:
        return f"{self.matter} {self.seq} {self.name}"


class LedgerDay(models.Model):
    """A day that was closed: its root as it was signed. until_us: the first moment after the day."""

    day = models.DateField(primary_key=True)
    until_us = models.BigIntegerField(unique=True)
    at = models.BigIntegerField()
    entries = models.IntegerField()
    leaves = models.IntegerField()
    root = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32)
    key = models.CharField(max_length=64)
    next_key = models.CharField(max_length=64, blank=True)
    signature = models.BinaryField()

    def __str__(self) -> str:
        return str(self.day)


class LedgerLeaf(models.Model):
    """Where a matter stood when a day was closed."""

    day = models.DateField()
    matter = MatterIdField()
    seq = models.IntegerField()
    head = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "day"], name="leaf_one")]
        indexes = [models.Index("day", "matter", name="leaf_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.matter}"


class FeedOrigin(models.Model):
    """One row: what is added to the database's transaction numbers, so that they go on after a restore."""

    ahead = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.ahead)
