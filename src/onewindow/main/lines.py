"""The form of the logs: one line of JSON for each event, without personal data.

    {"time": "2026-05-06T09:00:00.123+08:00", "level": "INFO", "event": "request", "of": "request",
     "request": "k3…", "method": "POST", "route": "matters/<str:matter>/", "status": 302, "ms": 12.4}

An event of this program is `log.info("name-of-event", extra={"told": {…}})`. A trace says where and which
exception, but neither the values of variables nor the exception's own words, which often are a value;
`masking` is the last net under all that.
"""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from onewindow.kernel.legal_time import SHANGHAI
from onewindow.main.masking import masked

REQUEST: ContextVar[str] = ContextVar("request", default="")  # id of the request that is being answered
_FRAMES = 60
_LONGEST = 2000  # characters of another library's message
_OWN = "onewindow."
_USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
# Exceptions whose words name things of the program, not values.
_TELLING = (AttributeError, ImportError, NameError, RecursionError, NotImplementedError)


class JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {"level": record.levelname, **_event(record)}
        if name := REQUEST.get():
            line["request"] = name
        line.update(_more(record))
        if record.exc_info and record.exc_info[1] is not None:
            line["exception"] = list(_exceptions(record.exc_info[1]))
        at = datetime.fromtimestamp(record.created, UTC).astimezone(SHANGHAI)
        # The time is no number of anybody's: it goes past the net.
        told = {"time": at.isoformat(timespec="milliseconds"), **masked(line)}
        return json.dumps(told, ensure_ascii=False, separators=(", ", ": "))


def _event(record: logging.LogRecord) -> dict[str, str]:
    """Our own events have names. What Django says of a request holds its address; `logs` says it without."""
    if record.name.startswith(_OWN):
        told = {"message": record.getMessage()[:_LONGEST]} if record.args else {}
        return {"event": str(record.msg), "of": record.name.removeprefix(_OWN), **told}
    if record.name.startswith("django.request"):
        return {"event": "broken" if record.exc_info else "refused", "of": record.name}
    return {"event": "message", "of": record.name, "message": record.getMessage()[:_LONGEST]}


def _more(record: logging.LogRecord) -> dict[str, Any]:
    """What our own code tells with an event: as `told`, or each by its name. Django's extras hold requests."""
    if not record.name.startswith(_OWN):
        return {}
    extra = {name: value for name, value in vars(record).items() if name not in _USUAL}
    return {**extra.pop("told", {}), **extra}


def _exceptions(error: BaseException) -> Iterator[dict[str, Any]]:
    """The exception and those that led to it, the newest first: where, and of which class."""
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        frames = traceback.extract_tb(one.__traceback__)[-_FRAMES:]
        told: dict[str, Any] = {
            "class": f"{type(one).__module__}.{type(one).__qualname__}",
            "trace": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
        }
        if words := _words(one):
            told["words"] = words
        yield told
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)


def _words(error: BaseException) -> str:
    """What an exception says, where that cannot be anybody's value."""
    if isinstance(error, OSError) and error.errno is not None:
        return f"{error.errno} {error.strerror}"
    if isinstance(error, _TELLING):
        return str(error)[:_LONGEST]
    if state := getattr(error, "sqlstate", None):  # psycopg's: its words hold the row, its diagnosis the name
        return f"SQLSTATE {state} {getattr(error.diag, 'constraint_name', None) or ''}".strip()  # type: ignore[attr-defined]
    return str(getattr(error, "sqlite_errorname", ""))


def configuration(level: str) -> dict[str, Any]:
    """For `settings.LOGGING`: everything to stderr, as lines of JSON."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "onewindow.main.lines.JsonLines"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "onewindow": {"level": level},
            # Django's own handlers write to the console in debug mode, and mail the addresses of requests.
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.request": {"level": "ERROR"},
            "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
        },
    }
