"""After a change of the calendar every open matter is reckoned anew, in batches, while work goes on.

A row that somebody is just moving is left to him, or comes with a later pass: a move that began under the old
calendar leaves a row that says so, and is found again. What a kill interrupts goes on where it stopped.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from onewindow.kernel.calendars import with_terms
from onewindow.kernel.law import Law, law, newest
from onewindow.kernel.models import CalendarChange, Matter
from onewindow.kernel.registry import REGISTRY
from onewindow.kernel.rows import row_of, standing_of_row

AT_ONCE = 200  # rows of one transaction
_TIMES = (
    "clock_state",
    "due",
    "legal_due",
    "due_order",
    "warn_us",
    "yellow_us",
    "red_us",
    "level",
    "late",
    "step_due",
    "after_due",
    "trouble",
)
_logger = logging.getLogger(__name__)
_tried: set[int] = set()  # versions with which this process has tried what was in trouble


@dataclass(slots=True)
class Swept:
    """How many rows were reckoned anew, of how many of them something moved."""

    reckoned: int = 0
    changed: int = 0


def sweep(most: int | None = None, progress: Callable[[int], None] | None = None) -> Swept:
    """Reckon anew what still stands by an older calendar; at most so many rows in this call, None: all.

    Also what is in trouble, whatever its calendar, once in the life of a process: the program itself may have
    brought along a year that was missing.
    """
    swept = Swept()
    version = newest()
    stale = Matter.objects.filter(calendar__lt=version)
    behind = (stale.filter(kind__in=with_terms()).exclude(waits_for=""), stale.exclude(trouble=""))
    for rows in behind:
        for _batch in _batches(rows, swept):
            if progress is not None:
                progress(swept.reckoned)
            if most is not None and swept.reckoned >= most:
                return swept
    if version not in _tried:
        for _batch in _batches(Matter.objects.exclude(trouble=""), swept):
            pass
        _tried.add(version)
    if not any(rows.exists() for rows in behind):
        CalendarChange.objects.filter(swept=False, id__lte=version).update(swept=True)
    return swept


def _batches(rows: QuerySet[Matter], swept: Swept) -> Iterator[None]:
    last = ""
    while True:
        with transaction.atomic():
            some = list(rows.filter(id__gt=last).order_by("id").select_for_update(skip_locked=True)[:AT_ONCE])
            if not some:
                return
            _reckon(some, law(newest()), swept)
        last = some[-1].id
        yield


def _reckon(rows: list[Matter], law_: Law, swept: Swept) -> None:
    """Reckon locked rows anew."""
    same = []
    for row in rows:
        try:
            procedure = REGISTRY.procedures[row.kind]
            made = row_of(procedure, row.id, standing_of_row(procedure, row), law_)
        except (KeyError, ValueError, TypeError) as error:
            told = "the row of matter %s cannot be reckoned (%r): see `onewindow ledger rebuild --check`"
            _logger.warning(told, row.id, error)
            continue
        swept.reckoned += 1
        changed = [name for name in _TIMES if getattr(row, name) != getattr(made, name)]
        if changed:
            swept.changed += 1
            made.save(update_fields=[*changed, "calendar"])
        elif row.calendar != law_.version:
            same.append(row.id)
    if same:
        Matter.objects.filter(pk__in=same).update(calendar=law_.version)
