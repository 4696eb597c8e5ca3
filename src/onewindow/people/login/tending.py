"""What is done to the tables of log-in without anybody logging in: the worker calls it."""

from __future__ import annotations

from onewindow.kernel import moment
from onewindow.people.login import kept
from onewindow.people.login.policy import DAY_US, MINUTE_US
from onewindow.people.login.store import SessionStore
from onewindow.people.models import KeptForm, Tries


def tidy() -> int:
    """Remove failures, kept forms and sessions that mean nothing any more; once a day is enough. How many."""
    now = moment.now_us()
    SessionStore.clear_expired()
    failures, _each = Tries.objects.filter(touched_us__lt=now - DAY_US, locked_until_us__lt=now).delete()
    forms, _each = KeptForm.objects.filter(kept_us__lte=now - kept.MINUTES * MINUTE_US).delete()
    return failures + forms
