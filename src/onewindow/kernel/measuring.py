"""Computing measures: counted in the database, from the ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from onewindow.kernel.legal_time import SHANGHAI
from onewindow.kernel.measures import Figure, Measure, Period, Taken
from onewindow.kernel.models import Entry
from onewindow.kernel.moment import microseconds


def measured(measure: Measure, period: Period, units: Collection[str] | None = None) -> Figure:
    """The figure of a measure for matters of `units` (codes; None: all)."""
    denominator = measure.denominator
    return Figure(
        measure,
        period,
        _count(measure.numerator, period, units),
        None if denominator is None else _count(denominator, period, units),
    )


def matters_behind(taken: Taken, period: Period, units: Collection[str] | None = None) -> Iterator[str]:
    """Ids of the matters that were counted, in order, streaming."""
    ids = _entries(taken, period, units).order_by("matter_id").values_list("matter_id", flat=True).distinct()
    return ids.iterator(chunk_size=2000)


def _count(taken: Taken, period: Period, units: Collection[str] | None) -> int:
    return _entries(taken, period, units).values("matter_id").distinct().count()


def _entries(taken: Taken, period: Period, units: Collection[str] | None) -> QuerySet[Entry]:
    found = Entry.objects.filter(
        kind=taken.kind,
        step__in=taken.steps,
        at__gte=_midnight(period.first),
        at__lt=_midnight(period.last + timedelta(days=1)),
    )
    if taken.late is not None:
        found = found.filter(matter__late=taken.late)
    return found if units is None else found.filter(matter__unit__in=units)


def _midnight(day: date) -> int:
    return microseconds(datetime.combine(day, time.min, SHANGHAI))
