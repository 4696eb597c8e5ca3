"""What is done to the tables of log-in without anybody logging in: the worker and the key rotation call it."""

from __future__ import annotations

from onewindow.kernel import moment
from onewindow.kernel.keys import keyring
from onewindow.people.login import authenticator, kept
from onewindow.people.login.policy import DAY_US, MINUTE_US
from onewindow.people.login.store import SessionStore
from onewindow.people.models import Authenticator, KeptForm, Tries


def tidy() -> int:
    """Remove failures, kept forms and sessions that mean nothing any more; once a day is enough. How many."""
    now = moment.now_us()
    SessionStore.clear_expired()
    failures, _each = Tries.objects.filter(touched_us__lt=now - DAY_US, locked_until_us__lt=now).delete()
    forms, _each = KeptForm.objects.filter(kept_us__lt=now - kept.MINUTES * MINUTE_US).delete()
    return failures + forms


def reseal() -> int:
    """Seal everything of log-in under the current key of the keyring; how many values were looked at.

    Rows that somebody changes in the same moment are not touched: they are sealed with the current key.
    """
    ring, count = keyring(), 0
    for row in Authenticator.objects.all():
        sealed = ring.resealed(bytes(row.secret), authenticator.place(row.pk))
        Authenticator.objects.filter(pk=row.pk, secret=row.secret).update(secret=sealed)
        count += 1
    for form in KeptForm.objects.all():
        sealed = ring.resealed(bytes(form.data), kept.place(form.account_id, form.kept_us))
        KeptForm.objects.filter(pk=form.pk).update(data=sealed)
        count += 1
    return count
