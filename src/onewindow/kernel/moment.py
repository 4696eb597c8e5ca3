"""Now, in microseconds since 1970, UTC: the one clock of the platform, which tests and demonstrations may set."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from onewindow.kernel.legal_time import SHANGHAI

_set: ContextVar[int | None] = ContextVar("moment", default=None)


def now_us() -> int:
    """Microseconds since 1970-01-01 UTC."""
    fixed = _set.get()
    return time.time_ns() // 1000 if fixed is None else fixed


def now() -> datetime:
    """In Shanghai time."""
    return at(now_us())


def today() -> date:
    """The day in Shanghai."""
    return now().date()


def at(microseconds: int) -> datetime:
    """A moment of the ledger, in Shanghai time, exact to the microsecond."""
    seconds, rest = divmod(microseconds, 1_000_000)
    return datetime.fromtimestamp(seconds, SHANGHAI).replace(microsecond=rest)


def microseconds(moment: datetime) -> int:
    """Of a moment with a time zone, exactly."""
    return int(moment.replace(microsecond=0).timestamp()) * 1_000_000 + moment.microsecond


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """It is `moment`, within."""
    token = _set.set(microseconds(moment))
    try:
        yield
    finally:
        _set.reset(token)
