"""The deadline of a matter as its pages show it: in a sentence, as a calendar, and day by day with reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from django.utils.translation import gettext as _

from onewindow.kernel.deadlines import Deadline
from onewindow.kernel.legal_time import Counts, Day, Reckoning, State, Term, Unit
from onewindow.kernel.legal_time.calendar import weekday

SURE = "核实"
_MOST_DAYS = 400  # listed one by one; a term of hours or years that ran on for longer shows its end
_RECENT = 4  # months shown at once


class Square(NamedTuple):
    """One day of a calendar. `kind` is its style, `mark` what stands in it beside the number of the day."""

    day: date
    kind: str
    mark: str
    reason: str
    today: bool
    last: bool


class Month(NamedTuple):
    """A month as weeks from Monday to Sunday, those alone in which the term runs.

    A plain date is a day outside the term, None one outside the month.
    """

    title: str
    weeks: list[list[Square | date | None]]


class Doubt(NamedTuple):
    """A rule, and how sure we are of it."""

    rule: str
    mark: str


class Side(NamedTuple):
    """One of two terms set side by side: what was promised, what the law allows."""

    title: str
    words: str
    last: date | None
    stands: str
    basis: str


class Paused(NamedTuple):
    """A time that was not counted. `end` None: it lasts."""

    title: str
    start: datetime
    end: datetime | None
    basis: str
    mark: str


class Extended(NamedTuple):
    """An extension."""

    at: datetime
    words: str
    reason: str
    basis: str


@dataclass(frozen=True, slots=True)
class Explained:
    """Everything there is to show.

    state     not_started, running, paused, stopped, or trouble
    sentence  what holds, in one sentence; more: what else must be known
    note      what the rule says besides
    doubts    rules of which we are not sure; looks: styles of the squares that there are
    card      why it shows the card it does; "" for whose matter it is: cards are a matter of supervision
    """

    state: str
    sentence: str
    more: str = ""
    sides: tuple[Side, ...] = ()
    months: tuple[Month, ...] = ()
    earlier: tuple[Month, ...] = ()
    days: tuple[Day, ...] = ()
    cut: int = 0
    pauses: tuple[Paused, ...] = ()
    extensions: tuple[Extended, ...] = ()
    note: str = ""
    doubts: tuple[Doubt, ...] = ()
    looks: frozenset[str] = frozenset()
    counted: int = 0
    total: int = 0
    unit: str = ""
    card: str = ""


def explained(deadline: Deadline, promised: int | None, own: bool = False) -> Explained | None:
    """None for a matter without a term.

    promised  days, None where the legal term itself was promised; own: shown to whose matter it is
    """
    if deadline.trouble:
        return Explained("trouble", _("现在算不出最后一日。"), deadline.trouble)
    if deadline.term is None:
        return None
    if deadline.promised is None or deadline.legal is None:
        return _before(deadline.term, promised)
    reckoning = deadline.promised
    days = reckoning.days
    months = _months(reckoning) if reckoning.term.unit is not Unit.HOURS else []
    sentence, more = _sentence(reckoning)
    return Explained(
        reckoning.state.value,
        sentence,
        more,
        _sides(deadline.term, reckoning, deadline.legal, promised),
        tuple(months[-_RECENT:]),
        tuple(months[:-_RECENT]),
        days[-_MOST_DAYS:],
        max(len(days) - _MOST_DAYS, 0),
        _pauses(reckoning),
        _extensions(reckoning),
        deadline.term.note,
        tuple(_doubts(deadline, own)),
        frozenset(_look(day, reckoning)[0] for day in days),
        _whole(reckoning.counted, reckoning.term),
        _whole(reckoning.total, reckoning.term),
        unit_of(reckoning.term),
        deadline.card.reason if deadline.card and not own else "",
    )


def unit_of(term: Term) -> str:
    """What days of a term are called when they are counted: months are counted in days."""
    return {Unit.WORKING: _("个工作日"), Unit.HOURS: _("小时")}.get(term.unit, _("日"))


def day_words(day: date) -> str:
    """2026年6月3日（星期三）"""
    return f"{day.year}年{day.month}月{day.day}日（{weekday(day)}）"


def _before(term: Term, promised: int | None) -> Explained:
    length = term.amount if promised is None else min(promised, term.amount)
    sentence = _("期限还没有开始：{starts}之后才起算。").format(starts=term.starts)
    more = _("{starts}之后{amount}{unit}内办结。").format(
        starts=term.starts, amount=length, unit=term.unit.title
    )
    doubts = tuple(_doubts_of(term))
    return Explained(
        State.NOT_STARTED.value, sentence, more, _unstarted(term, promised), note=term.note, doubts=doubts
    )


def _unstarted(term: Term, promised: int | None) -> tuple[Side, ...]:
    basis = _basis(term)
    legal = Side(_("法定时限"), term.words, None, "", basis)
    if promised is None or promised >= term.amount:
        return (legal,)
    words = _("{starts}后{amount}{unit}内").format(starts=term.starts, amount=promised, unit=term.unit.title)
    return Side(_("承诺时限"), words, None, "", _("本单位承诺，短于法定时限")), legal


# --- sentences --------------------------------------------------------------------------------


def _sentence(reckoning: Reckoning) -> tuple[str, str]:
    if reckoning.state is State.PAUSED:
        return _paused_sentence(reckoning)
    last = _moment_words(reckoning)
    if reckoning.state is State.STOPPED:
        assert reckoning.course.stop is not None
        stop = day_words(reckoning.course.stop.date())
        told = _("期限已于{stop}停止计算。").format(stop=stop)
        if reckoning.overdue:
            return told, _("最后一日是{last}，逾期{over}。").format(
                last=last, over=_amount(-reckoning.left, reckoning)
            )
        return told, _("最后一日是{last}，没有逾期。").format(last=last)
    return _("最迟{last}办结。").format(last=last), _stands(reckoning)


def _paused_sentence(reckoning: Reckoning) -> tuple[str, str]:
    pause = reckoning.course.open_pause
    assert pause is not None
    why = _excluded(reckoning.term, pause.reason)
    told = _("正在“{why}”，这段时间依法不计入期限，现在没有最后一日。").format(why=why)
    if reckoning.earliest is None:
        return told, ""
    return told, _("如果今天结束、恢复计时，最后一日将是{day}。").format(day=day_words(reckoning.earliest))


def _stands(reckoning: Reckoning) -> str:
    """How much is left, or by how much it is late."""
    if reckoning.state is State.PAUSED:
        return _("剩余{left}，暂停中").format(left=_amount(reckoning.left, reckoning))
    if reckoning.overdue:
        return _("已逾期{over}。").format(over=_amount(-reckoning.left, reckoning))
    if reckoning.state is State.STOPPED:
        return _("在期限内办结。")
    if reckoning.term.unit is Unit.HOURS:
        return _("还剩{left}。").format(left=_amount(reckoning.left, reckoning))
    if reckoning.left == 0 or reckoning.due == reckoning.today:
        return _("今天是最后一日。")
    return _("今天以后还有{left}。").format(left=_amount(reckoning.left, reckoning))


def _moment_words(reckoning: Reckoning) -> str:
    if reckoning.due is None:
        return ""
    if reckoning.term.unit is Unit.HOURS and reckoning.due_at is not None:
        return f"{day_words(reckoning.due)}{reckoning.due_at:%H:%M}"
    return day_words(reckoning.due)


def _amount(figure: int, reckoning: Reckoning) -> str:
    if reckoning.term.unit is Unit.HOURS:
        hours, rest = divmod(figure, 3600)
        return _("{hours}小时{minutes}分").format(hours=hours, minutes=rest // 60)
    return f"{figure}{unit_of(reckoning.term)}"


def _whole(figure: int, term: Term) -> int:
    return figure // 3600 if term.unit is Unit.HOURS else figure


def _sides(term: Term, promised: Reckoning, legal: Reckoning, days: int | None) -> tuple[Side, ...]:
    extended = sum(one.amount for one in legal.course.extensions)
    more = _("，经批准延长{amount}{unit}").format(amount=extended, unit=term.unit.title) if extended else ""
    by_law = Side(_("法定时限"), term.words + more, legal.due, _stands(legal), _basis(term))
    if days is None or days >= term.amount:
        return (by_law,)
    words = _("{starts}后{amount}{unit}内").format(starts=term.starts, amount=days, unit=term.unit.title)
    return (
        Side(_("承诺时限"), words + more, promised.due, _stands(promised), _("本单位承诺，短于法定时限")),
        by_law,
    )


def _basis(term: Term) -> str:
    return f"{term.law} {term.article}"


def _excluded(term: Term, key: str) -> str:
    found = term.excludes(key)
    return found.title if found else key


def _pauses(reckoning: Reckoning) -> tuple[Paused, ...]:
    found = []
    for one in reckoning.course.pauses:
        rule = reckoning.term.excludes(one.reason)
        basis, mark = (rule.basis, rule.mark) if rule else ("", "")
        found.append(
            Paused(
                _excluded(reckoning.term, one.reason), one.start, one.end, basis, "" if mark == SURE else mark
            )
        )
    return tuple(found)


def _extensions(reckoning: Reckoning) -> tuple[Extended, ...]:
    rule = reckoning.term.extension
    return tuple(
        Extended(one.at, f"{one.amount}{reckoning.term.unit.title}", one.reason, rule.basis if rule else "")
        for one in reckoning.course.extensions
    )


def _doubts(deadline: Deadline, own: bool) -> Iterable[Doubt]:
    assert deadline.term is not None
    yield from _doubts_of(deadline.term)
    if not own and deadline.limits is not None and deadline.limits.mark != SURE:
        rule = _("预警规则“{title}”，{source}")
        yield Doubt(
            rule.format(title=deadline.limits.title, source=deadline.limits.source), deadline.limits.mark
        )


def _doubts_of(term: Term) -> Iterable[Doubt]:
    if term.doubtful:
        yield Doubt(_("时限“{title}”").format(title=term.title), term.mark)
    if term.dated != SURE:
        yield Doubt(_("{law}的施行日期").format(law=term.law), term.dated)


# --- the calendar -----------------------------------------------------------------------------


def _months(reckoning: Reckoning) -> list[Month]:
    squares = [_square(day, reckoning) for day in reckoning.days]
    found = []
    for (year, month), within in groupby(squares, key=lambda one: (one.day.year, one.day.month)):
        title = _("{year}年{month}月").format(year=year, month=month)
        found.append(Month(title, _weeks({one.day: one for one in within}, date(year, month, 1))))
    return found


def _weeks(squares: dict[date, Square], first: date) -> list[list[Square | date | None]]:
    weeks: list[list[Square | date | None]] = []
    day = first - timedelta(days=first.weekday())
    while day <= first or day.month == first.month:
        week = [day + timedelta(days=number) for number in range(7)]
        weeks.append([squares.get(one, one) if one.month == first.month else None for one in week])
        day += timedelta(days=7)
    return [week for week in weeks if any(isinstance(one, Square) for one in week)]


def _square(day: Day, reckoning: Reckoning) -> Square:
    kind, mark = _look(day, reckoning)
    last = day.day == reckoning.due
    return Square(day.day, kind, mark, f"{day}", day.day == reckoning.today, last)


def _look(day: Day, reckoning: Reckoning) -> tuple[str, str]:
    if day.kind is Counts.COUNTED:
        return "counted", str(day.number)
    if day.kind is Counts.OVERDUE:
        return "overdue", _("逾{number}").format(number=day.number)
    if reckoning.course.start is not None and day.day == reckoning.course.start.date():
        return "begin", _("起")
    for pause in reckoning.course.pauses:
        if pause.start.date() < day.day and (pause.end is None or day.day <= pause.end.date()):
            return "paused", _("停")
    return "rest", _("休")
