"""The text of a notice of holidays, read into days.

Read are statements such as 一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
The days of the week and the number of days that the text states are checked against the calendar, and a
date that belongs to no statement is a fault: nothing is skipped in silence, nothing guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from onewindow.kernel.legal_time.calendar import WEEKDAYS, DayKind, Notice, NoticeDay, weekday
from onewindow.kernel.legal_time.notices import NoticeFault, notice_of

_DATE = r"(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日(?:（[^（）]*）)?"
_SPAN = rf"{_DATE}(?:[至到—－～~-]+{_DATE})?"
_STATEMENT = re.compile(rf"({_SPAN}(?:、{_SPAN})*)(调休放假|放假|补休|调休|上班)")
_PARTS = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:（([^（）]*)）)?")
_CLAUSE = re.compile(r"[一二三四五六七八九十]+、([^：。，]{2,20})：")
_STATED_WEEKDAY = re.compile(rf"(?:星期|周)([{WEEKDAYS}天])")
_SUM = re.compile(r"(?:共|放假)(\d+)天")
_YEAR_OF = re.compile(r"关于(?:调整|延长)?(\d{4})年")
_SIGNED = re.compile(r"国务院(?:办公厅)?\d{4}年\d{1,2}月\d{1,2}日")


class _Clause(NamedTuple):
    """What a notice says of one festival."""

    name: str
    body: str


def read_text(text: str, year: int, *, name: str = "", number: str = "", amends: bool = False) -> Notice:
    """A notice out of its text. `name`: the festival, for a text without 一、元旦： and the like.

    Raises NoticeFault with everything that could not be read or contradicts the calendar.
    """
    plain = re.sub(r"\s+", "", text).translate(str.maketrans("():;,", "（）：；，"))
    faults: list[str] = []
    if (stated := _YEAR_OF.search(plain)) and int(stated[1]) != year:
        faults.append(f"通知写的是{stated[1]}年，导入时选的是{year}年。")
    days: dict[date, NoticeDay] = {}
    for clause in _clauses(plain, name):
        found = list(_days(clause, year, faults))
        faults += [
            f"{one.day}既写放假又写上班。"
            for one in found
            if days.setdefault(one.day, one).kind is not one.kind
        ]
    if faults:
        raise NoticeFault(faults)
    return notice_of(days.values(), year, number=number, amends=amends)


def _clauses(plain: str, name: str) -> Iterator[_Clause]:
    heads = list(_CLAUSE.finditer(plain))
    if not heads:
        yield _Clause(name or "节假日", plain)
        return
    ends = [*(head.start() for head in heads[1:]), len(plain)]
    for head, end in zip(heads, ends, strict=True):
        yield _Clause(head[1], plain[head.end() : end])


def _days(clause: _Clause, year: int, faults: list[str]) -> Iterator[NoticeDay]:
    """The days of a clause; what is wrong with it is added to `faults`."""
    rested: set[date] = set()
    for statement in _STATEMENT.finditer(clause.body):
        kind = DayKind.WORKDAY if statement[2] == "上班" else DayKind.HOLIDAY
        try:
            days = list(_listed(statement[1], year, clause.name, faults))
        except ValueError:
            faults.append(f"“{statement[0]}”里有不存在的日期。")
            continue
        if kind is DayKind.HOLIDAY:
            rested.update(days)
        yield from (NoticeDay(day, kind, clause.name) for day in days)
    if (total := _SUM.search(clause.body)) and int(total[1]) != len(rested):
        faults.append(f"{clause.name}：写明共{total[1]}天，按日期数是{len(rested)}天。")
    left_over = _SIGNED.sub("", _STATEMENT.sub("", clause.body))
    faults += [
        f"{clause.name}：读不懂“{found[0]}”这个日期说的是什么。" for found in re.finditer(_DATE, left_over)
    ]


def _listed(words: str, year: int, name: str, faults: list[str]) -> Iterator[date]:
    """Every day of 2月4日（周二）、6日至8日. Raises ValueError for a date that does not exist."""
    month = 0
    for span in re.findall(_SPAN, words):
        first, *rest = _PARTS.finditer(span)
        month = int(first[2] or month)
        start = date(int(first[1]) if first[1] else _year(year, month, name), month, int(first[3]))
        _check_weekday(start, first, faults)
        yield start
        for last in rest:
            month = int(last[2] or month)
            turned = start.year + (month < start.month)
            end = date(int(last[1]) if last[1] else turned, month, int(last[3]))
            _check_weekday(end, last, faults)
            if end <= start or (end - start).days > 15:
                faults.append(f"“{span}”的起止日期不对。")
                return
            yield from (start + timedelta(days=n) for n in range(1, (end - start).days + 1))


def _year(year: int, month: int, name: str) -> int:
    """December in what is said of New Year's Day is that of the year before."""
    return year - 1 if month == 12 and "元旦" in name else year


def _check_weekday(day: date, words: re.Match[str], faults: list[str]) -> None:
    stated = _STATED_WEEKDAY.search(words[4] or "")
    if stated and WEEKDAYS.index(stated[1].replace("天", "日")) != day.weekday():
        faults.append(f"{day}写成“{stated[0]}”，日历上是{weekday(day)}。")
