"""Every row of a matter recomputed from its entries: the ledger is the truth, the rows follow.

What is open is reckoned with the calendar that its row names, or, when it is written anew, with the newest; what is
over stays reckoned with the calendar under which it ended, because a later notice does not make it late. A matter
whose chain is broken is never written anew: its row may be the last witness. A row without entries likewise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from django.db import models, transaction
from django.utils.translation import gettext as _

from onewindow.kernel.calendars import with_terms
from onewindow.kernel.keeping.reading import Source, snapshot
from onewindow.kernel.law import Law, law, newest
from onewindow.kernel.ledger.chain import check_chain
from onewindow.kernel.ledger.entry import StoredEntry
from onewindow.kernel.models import Entry, Matter
from onewindow.kernel.procedure import NoSuchStep
from onewindow.kernel.projecting import standing_of
from onewindow.kernel.registry import REGISTRY
from onewindow.kernel.rows import row_of, stored

STEP = 500  # matters between two reports of progress
_COLUMNS: list[models.Field[Any, Any]] = list(Matter._meta.concrete_fields)


class Column(NamedTuple):
    """A column that is not what follows from the entries."""

    name: str
    kept: object
    made: object


class Difference(NamedTuple):
    """A matter whose row is not what follows from its entries.

    columns  those that differ; empty where the row is missing
    trouble  why it cannot be recomputed, "" where it can
    """

    matter: str
    columns: tuple[Column, ...] = ()
    trouble: str = ""

    @property
    def told(self) -> str:
        """In words."""
        if self.trouble:
            return _("案件 {matter}：{trouble}").format(matter=self.matter, trouble=self.trouble)
        if not self.columns:
            return _("案件 {matter}：案件表里没有这一行").format(matter=self.matter)
        told = "；".join(
            _("{name} 应为 {made}，现为 {kept}").format(name=one.name, made=one.made, kept=one.kept)
            for one in self.columns
        )
        return _("案件 {matter}：{told}").format(matter=self.matter, told=told)


@dataclass(slots=True)
class Tally:
    """How many. stale: open matters that are not yet reckoned with the newest calendar; written: rows."""

    matters: int = 0
    stale: int = 0
    written: int = 0


class _Broken(Exception):
    """A matter that cannot be recomputed; the message says why."""


def differences(tally: Tally, progress: Callable[[int], None] | None = None) -> Iterator[Difference]:
    """Every matter whose row is not what follows from its entries, of one snapshot, by id."""
    for difference, _stale in _compared(tally, progress):
        if difference is not None:
            yield difference


def rebuild(tally: Tally, progress: Callable[[int], None] | None = None) -> Iterator[Difference]:
    """Write every row anew that differs, and those of open matters with an older calendar. Yields what differed.

    Each row is locked and compared again before it is written: steps that are taken meanwhile are not lost.
    """
    found = [(one, stale) for one, stale in _compared(tally, progress) if one is not None or stale]
    for difference, stale in found:
        if difference is not None:
            yield difference
        matter = difference.matter if difference is not None else stale
        if difference is None or not difference.trouble:
            tally.written += _write(matter)


def _compared(
    tally: Tally, progress: Callable[[int], None] | None
) -> Iterator[tuple[Difference | None, str]]:
    """For each matter how it differs, and its id where its calendar is an older one."""
    concerned = frozenset(with_terms())
    with snapshot() as source:
        current = newest()
        rows = _Rows(source)
        for matter, entries in groupby(source.entries(), lambda entry: entry.value.matter):
            for lonely in rows.before(matter):
                yield _without_entries(lonely), ""
            kept = rows.take(matter)
            tally.matters += 1
            if progress is not None and not tally.matters % STEP:
                progress(tally.matters)
            is_stale = kept is not None and kept["kind"] in concerned and _is_stale(kept, current)
            stale = matter if is_stale else ""
            tally.stale += bool(stale)
            yield _difference(matter, list(entries), kept, current), stale
        for lonely in rows.before(None):
            yield _without_entries(lonely), ""
        for fault in source.faults:
            yield Difference("?", trouble=fault.message), ""


def _without_entries(row: dict[str, Any]) -> Difference:
    return Difference(row["id"], trouble=_("案件表里有这一行，台账里却没有一条经过"))


def _is_stale(kept: dict[str, Any], current: int) -> bool:
    return bool(kept["waits_for"]) and kept["calendar"] != current


def _difference(
    matter: str, entries: list[StoredEntry], kept: dict[str, Any] | None, current: int
) -> Difference | None:
    version = current if kept is None else kept["calendar"]
    try:
        made = _made(matter, entries, law(_known(version, current)))
    except _Broken as broken:
        return Difference(matter, trouble=str(broken))
    if kept is None:
        return Difference(matter)
    columns = [
        Column(field.attname, kept[field.attname], value)
        for field in _COLUMNS
        if kept[field.attname] != (value := _plain(getattr(made, field.attname)))
    ]
    return Difference(matter, tuple(columns)) if columns else None


def _known(version: object, current: int) -> int:
    """The version that a row names, if there is such a calendar."""
    return version if type(version) is int and 0 <= version <= current else current


def _made(matter: str, entries: list[StoredEntry], law_: Law) -> Matter:
    """The row as it follows from the entries. Raises _Broken."""
    faults = check_chain(entries).faults
    if faults:
        raise _Broken(_("台账本身有误，不能据以重算：{fault}").format(fault=faults[0].message))
    procedure = REGISTRY.procedures.get(entries[0].value.kind)
    if procedure is None:
        told = _("没有“{kind}”这种事务的流程，请装上它的应用（ONEWINDOW_APPS）")
        raise _Broken(told.format(kind=entries[0].value.kind))
    try:
        return row_of(procedure, matter, standing_of(procedure, _pairs(entries)), law_)
    except NoSuchStep as error:
        told = _("流程“{title}”没有“{step}”这个环节")
        raise _Broken(told.format(title=procedure.title, step=error.args[0])) from None
    except (KeyError, TypeError, ValueError) as error:
        raise _Broken(_("不能重算：{error}").format(error=repr(error))) from None


def _pairs(entries: list[StoredEntry]) -> Iterator[tuple[Any, bytes]]:
    return ((entry.value, entry.hash) for entry in entries)


def _write(matter: str) -> bool:
    """Write the row of a matter anew, as it follows from its entries now; whether it was another."""
    with transaction.atomic():
        row = Matter.objects.select_for_update().filter(pk=matter).first()
        entries = [stored(entry) for entry in Entry.objects.filter(matter=matter).order_by("seq")]
        current = newest()
        over = row is not None and not row.waits_for
        try:
            made = _made(matter, entries, law(_known(row.calendar, current) if row and over else current))
            if row is not None and over and not _is_over(made):
                made = _made(matter, entries, law(current))
        except _Broken:
            return False
        if row is not None and all(_same(field, row, made) for field in _COLUMNS):
            return False
        made.save(force_insert=row is None, force_update=row is not None)
        return True


def _is_over(row: Matter) -> bool:
    return not row.waits_for


def _same(field: models.Field[Any, Any], one: Matter, other: Matter) -> bool:
    return bool(_plain(getattr(one, field.attname)) == _plain(getattr(other, field.attname)))


def _plain(value: Any) -> Any:
    """As it comes out of both databases."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return int(value)
    return bytes(value) if isinstance(value, memoryview) else value


class _Rows:
    """The rows of matters, read along with the entries."""

    def __init__(self, source: Source) -> None:
        self._rows = source.matters(_COLUMNS)
        self._next = next(self._rows, None)

    def before(self, matter: str | None) -> Iterator[dict[str, Any]]:
        """Rows before a matter, all that are left for None: nobody else has taken them."""
        while self._next is not None and (matter is None or self._next["id"] < matter):
            yield self._advance(self._next)

    def take(self, matter: str) -> dict[str, Any] | None:
        """The row of a matter, if there is one."""
        if self._next is not None and self._next["id"] == matter:
            return self._advance(self._next)
        return None

    def _advance(self, row: dict[str, Any]) -> dict[str, Any]:
        self._next = next(self._rows, None)
        return row
