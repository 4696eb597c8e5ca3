"""Dossiers (案卷): the materials of a matter, every version kept. The files themselves are in the store.

Versions and withdrawals are only ever added; the database refuses everything else (`guards`). Which entry a
version went with is not written here: the entry names its digest, and the ledger is the truth.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from onewindow.kernel.models.fields import MatterIdField


class Dossier(models.Model):
    """The dossier of a matter, or of one that is still to be opened: materials are collected before it is.

    matter     id that the matter has or will have
    opened_by  account that began to collect; until the matter is opened, it is his alone
    at         microseconds since 1970, UTC
    """

    matter = MatterIdField(primary_key=True)
    opened_by = models.CharField(max_length=64)
    at = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["opened_by", "at"], name="dossier_opener")]

    def __str__(self) -> str:
        return str(self.matter)


class Document(models.Model):
    """A place in a dossier: a material (材料) by its name. required: nothing is complete without it."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, db_index=False, related_name="documents")
    name = models.CharField(max_length=200)
    required = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "name"], name="document_name")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.name}"


class Version(models.Model):
    """A file as it was received for a material.

    number     1 for the first of its document
    digest     SM3 of the content, hexadecimal: its name in the store; size: bytes
    kind       what it is by its content (`dossiers.checks.kinds`), whatever it was called
    file_name  as it was sent, without what has no place in a name
    actor_id   account that sent it, sender: in which role (procedure.Role), at: when
    outcome    what the checks found, as JSON
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, db_index=False, related_name="versions")
    number = models.IntegerField()
    digest = models.CharField(max_length=64)
    size = models.BigIntegerField()
    kind = models.CharField(max_length=10)
    file_name = models.CharField(max_length=200)
    actor_id = models.CharField(max_length=64)
    sender = models.CharField(max_length=20)
    at = models.BigIntegerField()
    outcome = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="version_number"),
            models.CheckConstraint(
                condition=Q(number__gte=1, size__gte=1, at__gte=0), name="version_numbers"
            ),
        ]
        indexes = [models.Index(fields=["digest"], name="version_digest")]

    def __str__(self) -> str:
        return f"{self.document_id} {self.number} {self.file_name}"


class Withdrawal(models.Model):
    """That a version was taken back before it became part of an entry: its content may go."""

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="withdrawal")
    actor_id = models.CharField(max_length=64)
    at = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.version_id}"
