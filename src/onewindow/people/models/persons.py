"""Natural and legal persons, and who acts for whom.

Personal columns are sealed: `people.personal` is what opens them, `people.sealed` what seals them anew. Beside a
sealed value that is searched for stands its blind index. None: nothing was said, or it was erased.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

INDEX_SIZE = 16


def _index() -> models.BinaryField[bytes | None, bytes | memoryview | None]:
    return models.BinaryField(max_length=INDEX_SIZE, null=True, db_index=True)


def _sealed() -> models.BinaryField[bytes | None, bytes | memoryview | None]:
    return models.BinaryField(null=True)


class Person(models.Model):
    """A natural person (自然人).

    reference   what matters, entries and accounts call him: drawn at random
    document    the kind of his identity document
    birth       only where the number of the document does not tell it
    erased_us   when his data were erased
    """

    class Document(models.TextChoices):
        """Kinds of identity documents."""

        RESIDENT = "resident", "居民身份证"
        PASSPORT = "passport", "护照"
        HONG_KONG_MACAO = "hong-kong-macao", "港澳居民来往内地通行证"
        TAIWAN = "taiwan", "台湾居民来往大陆通行证"
        FOREIGNER = "foreigner", "外国人永久居留身份证"

    reference = models.CharField(max_length=40, unique=True)
    document = models.CharField(max_length=20, choices=Document.choices)
    name = _sealed()
    identity = _sealed()
    birth = _sealed()
    phone = _sealed()
    address = _sealed()
    name_index = _index()
    identity_index = models.BinaryField(max_length=INDEX_SIZE, null=True)
    phone_index = _index()
    registered_us = models.BigIntegerField()
    erased_us = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["identity_index"], condition=Q(identity_index__isnull=False), name="person_once"
            )
        ]

    def __str__(self) -> str:
        return self.reference


class Organisation(models.Model):
    """A legal person or other organisation (法人、非法人组织). Its name and code are public; who stands for it is not."""

    reference = models.CharField(max_length=40, unique=True)
    code = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=200, db_index=True)
    representative = _sealed()
    phone = _sealed()
    address = _sealed()
    phone_index = _index()
    registered_us = models.BigIntegerField()
    erased_us = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return self.name


class Authorisation(models.Model):
    """An agent acts for a principal (民法典 第一百六十五条): in which matters, and from which day to which.

    principal  reference of a person or an organisation; agent: of a person
    kind       the one kind of matter that it covers, "" for every kind
    document   SM3 of the power of attorney, hexadecimal
    ended      the day on which it was ended before its time
    """

    principal = models.CharField(max_length=40, db_index=True)
    agent = models.CharField(max_length=40, db_index=True)
    kind = models.CharField(max_length=40, blank=True)
    since = models.DateField()
    until = models.DateField()
    document = models.CharField(max_length=64)
    ended = models.DateField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until__gte=F("since")), name="authorisation_days")]

    def __str__(self) -> str:
        return f"{self.agent} → {self.principal}"
