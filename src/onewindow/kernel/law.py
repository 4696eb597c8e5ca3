"""The law in force for this bureau: the rulebook with the bureau's own terms, and the calendar with its days.

The calendar has a version, the greatest id of `CalendarChange`. A move reads it in the statement that locks
the matter, so a due day is never reckoned with a calendar that was already replaced.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import Q

from onewindow.kernel import legal_time
from onewindow.kernel.legal_time import Calendar, DayKind, Notice, OwnDay, Rulebook
from onewindow.kernel.models import KeptNotice, KeptOwnDay
from onewindow.kernel.statements import newest_calendar


@dataclass(frozen=True, slots=True)
class Law:
    """What a matter is reckoned with. `version`: of the calendar."""

    rules: Rulebook
    calendar: Calendar
    version: int


def law(version: int | None = None) -> Law:
    """The law with the calendar of a version; the newest for None. Raises TermError, CalendarError."""
    return _law(newest() if version is None else version)


def newest() -> int:
    """The version of the calendar."""
    return newest_calendar()


@lru_cache(maxsize=8)
def _law(version: int) -> Law:
    return Law(_rules(), _calendar(version), version)


@cache
def _rules() -> Rulebook:
    """What comes with the kernel, then what apps bring in their `terms.toml`, then the bureau's own file."""
    files = [Path(legal_time.__file__).parent / "data" / "terms.toml"]
    files += [
        path for config in apps.get_app_configs() if (path := Path(config.path) / "terms.toml").exists()
    ]
    if settings.TERMS:
        files.append(Path(settings.TERMS))
    return legal_time.read(*(path.read_text(encoding="utf-8") for path in files))


def _calendar(version: int) -> Calendar:
    if not version:
        return legal_time.bundled_calendar()
    bundled = legal_time.bundled_notices()
    # A later edition of the program brings along what was imported before: the same notice, once is enough.
    known = {notice.year for notice in bundled}
    kept = KeptNotice.objects.filter(change__lte=version).order_by("id")
    notices = [_notice(one) for one in kept if one.amends or one.year not in known]
    stands = Q(withdrawn__isnull=True) | Q(withdrawn__gt=version)
    own = [
        OwnDay(one.day, DayKind(one.kind), one.reason, one.basis)
        for one in KeptOwnDay.objects.filter(stands, change__lte=version).order_by("day")
    ]
    return Calendar((*bundled, *notices), own)


def _notice(kept: KeptNotice) -> Notice:
    if kept.form == "csv":
        return legal_time.read_csv(kept.text, kept.year, kept.title, kept.amends)
    return legal_time.read_text(kept.text, kept.year, number=kept.number, amends=kept.amends)
