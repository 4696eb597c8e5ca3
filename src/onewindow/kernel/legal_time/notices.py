"""Notices of holidays from files: those that come with the program, and a year's rows as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

from onewindow.kernel.legal_time.calendar import Calendar, DayKind, Notice, NoticeDay, weekday

_DATA = Path(__file__).parent / "data"
_KINDS = {
    "holiday": DayKind.HOLIDAY,
    "放假": DayKind.HOLIDAY,
    "workday": DayKind.WORKDAY,
    "上班": DayKind.WORKDAY,
}
_FIXED = ((1, 1, "元旦"), (5, 1, "劳动节"), (10, 1, "国庆节"), (10, 2, "国庆节"), (10, 3, "国庆节"))
_FESTIVALS = ("元旦", "春节", "劳动节", "国庆节")
_FESTIVALS_SINCE_2008 = ("清明节", "端午节", "中秋节")


class NoticeFault(ValueError):
    """A notice cannot be taken as it stands. The message lists everything that is wrong with it."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("放假通知不能导入：\n" + "\n".join(self.faults))


@cache
def bundled_notices() -> tuple[Notice, ...]:
    """The notices that come with the program, in the order in which they were issued."""
    days: dict[str, list[NoticeDay]] = {}
    for row in _rows("days.csv"):
        one = NoticeDay(date.fromisoformat(row["date"]), _KINDS[row["kind"]], row["name"])
        days.setdefault(row["notice"], []).append(one)
    return tuple(
        Notice(
            row["key"],
            int(row["year"]),
            row["amends"] == "yes",
            row["title"],
            row["number"],
            row["address"],
            tuple(days[row["key"]]),
        )
        for row in _rows("notices.csv")
    )


@cache
def bundled_calendar() -> Calendar:
    """The calendar of the notices that come with the program."""
    return Calendar(bundled_notices())


def read_csv(text: str, year: int, title: str = "", amends: bool = False) -> Notice:
    """A notice out of CSV with the columns date (2027-01-01), kind (放假/holiday, 上班/workday), name.

    Raises NoticeFault with every row that is wrong.
    """
    reader = csv.DictReader(text.lstrip("\ufeff").splitlines())
    if missing := {"date", "kind", "name"} - set(reader.fieldnames or ()):
        raise NoticeFault([f"缺少列 {'、'.join(sorted(missing))}；第一行应为 date,kind,name。"])
    days: list[NoticeDay] = []
    faults: list[str] = []
    for number, row in enumerate(reader, start=2):
        try:
            days.append(_day(row))
        except ValueError as error:
            faults.append(f"第{number}行：{error}")
    if faults:
        raise NoticeFault(faults)
    return notice_of(days, year, title=title, amends=amends)


def notice_of(
    days: Iterable[NoticeDay], year: int, *, title: str = "", number: str = "", amends: bool = False
) -> Notice:
    """A checked notice out of days in any order. Raises NoticeFault."""
    ordered = tuple(sorted(days, key=lambda one: one.day))
    if faults := list(flaws(ordered, year, amends)):
        raise NoticeFault(faults)
    key = f"{year}-{ordered[0].day.isoformat()}" if amends else str(year)
    return Notice(
        key, year, amends, title or f"国务院办公厅关于{year}年部分节假日安排的通知", number, "", ordered
    )


def flaws(days: tuple[NoticeDay, ...], year: int, amends: bool = False) -> Iterator[str]:
    """What speaks against these days as the notice of a year, in Chinese. `days` in order."""
    if not days:
        yield "没有读到任何日期。"
    for one, following in pairwise(days):
        if one.day == following.day:
            yield f"{one.day}出现了两次。"
    for one in days:
        if one.day.year != year and (one.day.year, one.day.month) != (year - 1, 12):
            yield f"{one.day}不在{year}年内（只有上一年12月的日子可以写在元旦安排里）。"
    if days and not amends:
        yield from _flaws_of_a_whole_year(days, year)


def _flaws_of_a_whole_year(days: tuple[NoticeDay, ...], year: int) -> Iterator[str]:
    names = "、".join({one.name: None for one in days})
    for festival in _FESTIVALS + (_FESTIVALS_SINCE_2008 if year >= 2008 else ()):
        if festival not in names:
            yield f"缺少{festival}的安排。"
    rests = {one.day for one in days if one.kind is DayKind.HOLIDAY}
    for month, day, name in _FIXED:
        if date(year, month, day) not in rests:
            yield f"{month}月{day}日是{name}，法定放假，通知里没有。"
    for one in days:
        if one.kind is DayKind.WORKDAY and one.day.weekday() < 5:
            yield f"{one.day}是{weekday(one.day)}，本来就上班，写成调休上班恐怕有误。"
    worked = sum(one.kind is DayKind.WORKDAY for one in days)
    gained = sum(day.weekday() < 5 for day in rests)
    if worked > gained:
        yield f"调休上班{worked}天，多于所换的{gained}天工作日休息，请核对。"


def _day(row: dict[str, str]) -> NoticeDay:
    values = {key: (row.get(key) or "").strip() for key in ("date", "kind", "name")}
    try:
        day = date.fromisoformat(values["date"])
    except ValueError:
        raise ValueError(f"日期“{values['date']}”应写成 2027-01-01 的样子。") from None
    if values["kind"] not in _KINDS:
        raise ValueError(f"类别“{values['kind']}”应为 放假 或 上班（holiday 或 workday）。")
    if not values["name"]:
        raise ValueError("没有写节日名称。")
    return NoticeDay(day, _KINDS[values["kind"]], values["name"])


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
