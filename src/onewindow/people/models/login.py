"""What log-in keeps: sessions, failures, earlier passwords, second factors, forms that outlived their session."""

from __future__ import annotations

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from onewindow.people.models.accounts import Account


class Session(AbstractBaseSession):
    """A browser that somebody logged in with, or is about to.

    session_key  SM3 of the key in the cookie: who reads this table cannot take a session over
    account      None until he has passed every factor
    seen_us      when it was last used, microseconds since 1970 like `opened_us`
    place        network address; agent: what the browser calls itself; factor: key of the second factor
    """

    session_key = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, related_name="sessions")
    opened_us = models.BigIntegerField(default=0)
    seen_us = models.BigIntegerField(default=0)
    place = models.CharField(max_length=64, blank=True)
    agent = models.CharField(max_length=200, blank=True)
    factor = models.CharField(max_length=20, blank=True)

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        from onewindow.people.login.store import SessionStore

        return SessionStore


class Tries(models.Model):
    """Failures of a log-in name or an address.

    key          a keyed digest, never the name or the address; the same for names that do not exist
    times        moments in microseconds, as JSON
    touched_us   when it last changed: long untouched rows are removed
    """

    key = models.CharField(max_length=34, primary_key=True)
    times = models.TextField(default="[]")
    locked_until_us = models.BigIntegerField(default=0)
    touched_us = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return self.key


class KeptPassword(models.Model):
    """A password of an account, hashed: the newest is in force, the others may not come again.

    initial  somebody else set it, so it must be changed at the first log-in
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="passwords")
    hash = models.CharField(max_length=200)
    since_us = models.BigIntegerField()
    initial = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["account", "-id"], name="password_newest")]

    def __str__(self) -> str:
        return f"{self.account} {self.since_us}"


class Authenticator(models.Model):
    """An app that shows one-time codes (动态口令). `last_step`: the step of the last code that was accepted."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, primary_key=True)
    secret = models.BinaryField()
    last_step = models.BigIntegerField()
    added_us = models.BigIntegerField()
    used_us = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.account)


class Passkey(models.Model):
    """A passkey (通行密钥): the public half of a key that stays in somebody's device.

    credential  its id, base64url; public_key: COSE; sign_count: of its last use, where the device counts
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="passkeys")
    credential = models.CharField(max_length=1400, unique=True)
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField()
    name = models.CharField(max_length=40)
    added_us = models.BigIntegerField()
    used_us = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.account} {self.name}"


class RecoveryCode(models.Model):
    """A code for the day on which the device is lost: a keyed digest, good for once."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.BinaryField(max_length=16)
    used_us = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "digest"], name="recovery_code_once")]

    def __str__(self) -> str:
        return str(self.account)


class KeptForm(models.Model):
    """What somebody had typed when his session ended, sealed, for half an hour."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    path = models.CharField(max_length=500)
    data = models.BinaryField()
    kept_us = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.account} {self.path}"


class ProvinceSubject(models.Model):
    """Somebody as the province's identity service calls him, and the account that is his.

    level  of assurance at the last log-in (实名等级)
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="subjects")
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    level = models.IntegerField()
    linked_us = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="province_subject_once")]

    def __str__(self) -> str:
        return f"{self.issuer} {self.subject}"
