"""The calendar changed: a yearly notice imported, a day of the bureau's own set or taken back.

First a proposal, whose effects are shown (`shifts`), then the commit, which is noted in the platform's journal. What
was kept is the source: it is read anew with every start. The rows of matters follow by `keeping.sweeping`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext as _

from onewindow.kernel import moment
from onewindow.kernel.actor import Actor
from onewindow.kernel.crypto.sm3 import sm3
from onewindow.kernel.errors import Refused
from onewindow.kernel.guards import CLOSING_LOCK
from onewindow.kernel.journal import PLATFORM, journal_id, note
from onewindow.kernel.law import Law, law, newest
from onewindow.kernel.legal_time import (
    Act,
    Calendar,
    CalendarError,
    Clocked,
    DayKind,
    Event,
    Notice,
    NoticeFault,
    OwnDay,
    Term,
    TermError,
    moved,
    read_csv,
    read_text,
)
from onewindow.kernel.models import CalendarChange, Entry, KeptNotice, KeptOwnDay, Matter
from onewindow.kernel.procedure import Procedure
from onewindow.kernel.projecting import Standing, legal_term, runs_of
from onewindow.kernel.registry import REGISTRY
from onewindow.kernel.rows import standing_of_row

CALENDAR_LOCK = CLOSING_LOCK + 2  # advisory lock: one change at a time, so that versions come in their order
LONGEST_NOTICE = 100_000


class CalendarRefused(Refused):
    """What was given does not make a calendar; the message says what to mend."""

    code = "calendar-refused"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that is not made yet. `base`: the version it changes; `calendar`: what it would make of it."""

    base: int
    calendar: Calendar
    told: str
    notice: KeptNotice | None = None
    day: KeptOwnDay | None = None
    taken_back: date | None = None


class Shift(NamedTuple):
    """A last day that moves. `what`: of which term; None for a day that cannot be told."""

    matter: str
    title: str
    what: str
    old: date | None
    new: date | None
    reason: str


# --- proposals ----------------------------------------------------------------------------------


def propose_notice(text: str, year: int, *, number: str = "", amends: bool = False) -> Proposal:
    """A notice by its text, or as CSV with the columns date, kind, name. Raises CalendarRefused."""
    if len(text) > LONGEST_NOTICE:
        raise CalendarRefused(_("文件过大，不像是一份放假通知。"))
    form = "csv" if _is_csv(text) else "text"
    base = law()
    try:
        read = _read(text, form, year, number, amends)
        calendar = base.calendar.with_notice(read)
    except (NoticeFault, CalendarError) as error:
        raise CalendarRefused(str(error)) from None
    number = number.strip()[:60]
    kept = KeptNotice(year=year, amends=amends, form=form, title=read.title[:80], number=number, text=text)
    told = _("导入《{title}》{number}，原文摘要 {digest}").format(
        title=kept.title, number=f"（{number}）" if number else "", digest=sm3(text.encode()).hex()
    )
    return Proposal(base.version, calendar, told, notice=kept)


def propose_own_day(day: date, kind: DayKind, reason: str, basis: str) -> Proposal:
    """A day of the bureau's own, with the document that allows it. Raises CalendarRefused."""
    base = law()
    try:
        calendar = base.calendar.with_own(OwnDay(day, kind, reason.strip(), basis.strip()))
    except CalendarError as error:
        raise CalendarRefused(str(error)) from None
    kept = KeptOwnDay(day=day, kind=kind.value, reason=reason.strip()[:200], basis=basis.strip()[:200])
    return Proposal(base.version, calendar, _own_told(kept), day=kept)


def propose_taking_back(day: date) -> Proposal:
    """Take back a day of the bureau's own. Raises CalendarRefused where there is none."""
    base = law()
    if day not in {one.day for one in base.calendar.own}:
        raise CalendarRefused(_("{day}不是本局自己设的日子，不能取消。").format(day=day))
    left = [one for one in base.calendar.own if one.day != day]
    told = _("取消本局自设的{day}").format(day=day)
    return Proposal(base.version, Calendar(base.calendar.notices, left), told, taken_back=day)


def _is_csv(text: str) -> bool:
    first = text.lstrip("\ufeff \n\r\t").split("\n", 1)[0].lower()
    return {"date", "kind", "name"} <= {cell.strip() for cell in first.split(",")}


def _read(text: str, form: str, year: int, number: str, amends: bool) -> Notice:
    if form == "csv":
        return read_csv(text, year, amends=amends)
    return read_text(text, year, number=number, amends=amends)


def _own_told(kept: KeptOwnDay) -> str:
    told = _("设{day}为{kind}：{reason}（{basis}）")
    kind = _("休息日") if kept.kind == DayKind.HOLIDAY.value else _("工作日")
    return told.format(day=kept.day, kind=kind, reason=kept.reason, basis=kept.basis)[:300]


# --- the commit ---------------------------------------------------------------------------------


def commit(proposal: Proposal, actor: Actor) -> CalendarChange:
    """Make the change, note it, and return it: its id is the new version of the calendar.

    Raises CalendarRefused where the calendar was changed since it was proposed, NotAllowed.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CALENDAR_LOCK])
        if newest() != proposal.base:
            raise CalendarRefused(_("日历在您预览之后已有变更，请重新预览再提交。"))
        # Noted first: from the row of the change on, nobody here may ask for the law before it is committed.
        note(PLATFORM, "calendar_changed", actor, {"what": proposal.told})
        change = CalendarChange.objects.create(
            at=moment.now_us(), actor_id=actor.id, told=proposal.told[:300]
        )
        for row in (proposal.notice, proposal.day):
            if row is not None:
                row.change = change
                row.save(force_insert=True)
        if proposal.taken_back is not None:
            own = KeptOwnDay.objects.filter(day=proposal.taken_back, withdrawn__isnull=True)
            own.update(withdrawn=change)
    return change


# --- what would move ----------------------------------------------------------------------------


def shifts(proposal: Proposal) -> Iterator[Shift]:
    """Every last day of an open matter that would move: of its term as promised, and of the terms of its next steps.

    Streaming, by matter. A matter whose pause lasts has no last day that could move.
    """
    old = law(proposal.base)
    new = Law(old.rules, proposal.calendar, proposal.base)
    titles: dict[str, tuple[str, str]] = {}
    for found in moved(_clocked(new, titles), old.calendar, new.calendar):
        title, what = titles[found.id]
        yield Shift(found.id.rsplit("|", 1)[0], title, what, found.old, found.new, found.reason)


def with_terms() -> list[str]:
    """Kinds of matters that a calendar concerns."""
    return [
        procedure.kind
        for procedure in REGISTRY.procedures.values()
        if procedure.term or any(step.within or step.after for step in procedure.steps)
    ]


def _clocked(new: Law, titles: dict[str, tuple[str, str]]) -> Iterator[Clocked]:
    """The terms that run in open matters; their names are put into `titles`, those of the last matter only."""
    rows = Matter.objects.filter(kind__in=with_terms()).exclude(waits_for="").order_by("id")
    for row in rows.iterator(chunk_size=2000):
        titles.clear()
        procedure = REGISTRY.procedures[row.kind]
        try:
            standing = standing_of_row(procedure, row)
            found = list(_terms(procedure, standing, new))
        except (KeyError, ValueError, TermError):
            continue  # a row that is none: `onewindow ledger rebuild --check` names it
        for number, (term, events) in enumerate(found):
            name = f"{row.id}|{number}"
            titles[name] = (row.title, term.title)
            yield Clocked(name, events, term)


def _terms(procedure: Procedure, standing: Standing, new: Law) -> Iterator[tuple[Term, tuple[Event, ...]]]:
    try:
        runs = runs_of(procedure, standing, new)
        if runs is not None:
            yield runs[0].term, runs[0].events
    except CalendarError:
        term = legal_term(procedure, standing.clock, new)
        assert term is not None
        yield term, standing.clock
    since = moment.at(standing.state_us)
    for key in dict.fromkeys(
        key for step in procedure.steps_from(standing.state) for key in (step.within, step.after) if key
    ):
        yield new.rules.term(key, since.date()), (Event(Act.START, since),)


# --- whether all is well ------------------------------------------------------------------------


class Finding(NamedTuple):
    """Something about the calendar. `urgent`: terms cannot be reckoned, or what is kept is not what was noted."""

    urgent: bool
    told: str


def findings() -> Iterator[Finding]:
    """What is wrong with the calendar, or will be soon."""
    now, known = moment.today(), law().calendar
    if now.year not in known.years:
        yield Finding(True, _("今年（{year}年）的放假安排没有装载，期限无法推算。").format(year=now.year))
    elif now.month >= 11 and now.year + 1 not in known.years:
        told = _("明年（{year}年）的放假安排还没有装载；通知公布后请尽快导入。")
        yield Finding(False, told.format(year=now.year + 1))
    troubled = Matter.objects.exclude(trouble="")
    if first := troubled.order_by("id").first():
        told = _("有{count}件事务推算不出期限，例如 {matter}：{trouble}")
        yield Finding(True, told.format(count=troubled.count(), matter=first.id, trouble=first.trouble))
    if unswept := CalendarChange.objects.filter(swept=False).count():
        told = _("有{count}次日历变更还没有重算完：后台进程会接着算，也可运行 onewindow calendar sweep。")
        yield Finding(False, told.format(count=unswept))
    yield from _not_as_noted()


def _not_as_noted() -> Iterator[Finding]:
    """What is kept is read anew with every start: it must be what the platform's journal says was imported."""
    noted = _noted()
    for change in CalendarChange.objects.order_by("id"):
        if change.told not in noted:
            told = _("第{number}次日历变更“{told}”没有记入平台日志：可能是绕过系统写进数据库的。")
            yield Finding(True, told.format(number=change.id, told=change.told))
    for kept in KeptNotice.objects.select_related("change").order_by("id"):
        if sm3(kept.text.encode()).hex() not in kept.change.told:
            told = _("《{title}》保存的原文与导入时的摘要不同，请重新核对。")
            yield Finding(True, told.format(title=kept.title))
    for day in KeptOwnDay.objects.select_related("change").order_by("id"):
        if day.change.told != _own_told(day):
            told = _("本局自设的{day}与设置时所记不同，请重新核对。")
            yield Finding(True, told.format(day=day.day))


def _noted() -> set[str]:
    entries = Entry.objects.filter(matter=journal_id(PLATFORM), step="calendar_changed")
    return {json.loads(facts)["what"][:300] for facts in entries.values_list("facts", flat=True)}
