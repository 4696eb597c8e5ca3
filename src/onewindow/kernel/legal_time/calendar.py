"""Working days (工作日): the notices of the State Council, and a unit's own days laid over them.

A calendar knows the years whose notice is loaded and no other: a question about another year raises
`YearNotLoaded`. It never changes; loading a notice or adding a day makes a new one, so that the two can
be compared (`changes.py`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date
from enum import Enum
from typing import NamedTuple

WEEKDAYS = "一二三四五六日"
WORKDAY_WORDS = "工作日"


class DayKind(Enum):
    """What a notice or an administrator makes of a day."""

    HOLIDAY = "holiday"  # a day of rest, whatever day of the week
    WORKDAY = "workday"  # a day of work, whatever day of the week


class NoticeDay(NamedTuple):
    """One day named by a notice, with the festival it is named for."""

    day: date
    kind: DayKind
    name: str


class Notice(NamedTuple):
    """A notice of holidays (放假通知) of one year. `amends`: it changes a year that is loaded already."""

    key: str
    year: int
    amends: bool
    title: str
    number: str  # 文号, "" if not known
    address: str
    days: tuple[NoticeDay, ...]


class OwnDay(NamedTuple):
    """A day that a unit closes or opens by itself. `basis`: the document that allows it to move terms."""

    day: date
    kind: DayKind
    reason: str
    basis: str


class CalendarError(ValueError):
    """The days given do not make a calendar."""


class YearNotLoaded(CalendarError):
    """A day of a year was asked for whose notice is not loaded. `year`: which."""

    def __init__(self, year: int, loaded: range) -> None:
        self.year = year
        super().__init__(
            f"{year}年的放假安排没有装载（已装载{loaded.start}年至{loaded.stop - 1}年），不能推算期限。"
            f"请管理员导入《国务院办公厅关于{year}年部分节假日安排的通知》：粘贴通知原文，"
            "或导入列为 date、kind、name 的 CSV 文件。"
        )


class Calendar:
    """Working days of consecutive years. Days are `date`, or proleptic ordinals where a name says so.

    notices  in the order in which they were issued; a later one overrules an earlier one day by day
    own      a unit's own days; they overrule every notice

    Raises CalendarError where years are missing in between, a year is loaded twice, or an own day is
    named twice, falls outside the years or has no reason and basis.
    """

    def __init__(self, notices: Iterable[Notice], own: Iterable[OwnDay] = ()) -> None:
        self.notices = tuple(notices)
        self.own = tuple(own)
        self.years = _years(self.notices)
        self._first = date(self.years.start, 1, 1).toordinal()
        self._last = date(self.years.stop - 1, 12, 31).toordinal()
        self._named = {one.day.toordinal(): one for notice in self.notices for one in notice.days}
        self._own = self._checked(self.own)
        self._working = [o for o in range(self._first, self._last + 1) if self._works(o)]

    def _checked(self, own: Iterable[OwnDay]) -> dict[int, OwnDay]:
        found: dict[int, OwnDay] = {}
        for one in own:
            ordinal = one.day.toordinal()
            if not self._first <= ordinal <= self._last:
                raise YearNotLoaded(one.day.year, self.years)
            if ordinal in found:
                raise CalendarError(f"{one.day}被设了两次，请只留一条。")
            if not one.reason.strip() or not one.basis.strip():
                raise CalendarError(f"{one.day}须写明事由和依据：没有依据的休息日不能让法定期限停下。")
            found[ordinal] = one
        return found

    def _works(self, ordinal: int) -> bool:
        said = self._own.get(ordinal) or self._named.get(ordinal)
        return said.kind is DayKind.WORKDAY if said else (ordinal - 1) % 7 < 5

    # --- new calendars out of this one ---------------------------------------------------

    def with_notice(self, notice: Notice) -> Calendar:
        """This calendar and one more notice. Raises CalendarError, see the class."""
        return Calendar((*self.notices, notice), self.own)

    def with_own(self, *own: OwnDay) -> Calendar:
        """This calendar with more own days. Raises CalendarError, see the class."""
        return Calendar(self.notices, (*self.own, *own))

    # --- counting, in ordinals -----------------------------------------------------------

    def rank(self, ordinal: int) -> int:
        """How many working days there are up to and with this day. Raises YearNotLoaded."""
        if not self._first <= ordinal <= self._last:
            raise YearNotLoaded(date.fromordinal(ordinal).year, self.years)
        return bisect_right(self._working, ordinal)

    def nth(self, rank: int) -> int:
        """The working day of a rank. Raises YearNotLoaded where it lies before or after the years."""
        if rank < 1:
            raise YearNotLoaded(self.years.start - 1, self.years)
        if rank > len(self._working):
            raise YearNotLoaded(self.years.stop, self.years)
        return self._working[rank - 1]

    def works(self, ordinal: int) -> bool:
        """Whether this is a working day. Raises YearNotLoaded."""
        rank = self.rank(ordinal)
        return rank > 0 and self._working[rank - 1] == ordinal

    def working_from(self, ordinal: int) -> int:
        """This day if it is a working day, else the first one after. Raises YearNotLoaded."""
        if not self._first <= ordinal <= self._last:
            raise YearNotLoaded(date.fromordinal(ordinal).year, self.years)
        return self.nth(bisect_left(self._working, ordinal) + 1)

    def working_until(self, ordinal: int) -> int:
        """This day if it is a working day, else the last one before. Raises YearNotLoaded."""
        return self.nth(self.rank(ordinal))

    # --- the same with dates -------------------------------------------------------------

    def is_working(self, day: date) -> bool:
        """Whether this is a working day. Raises YearNotLoaded."""
        return self.works(day.toordinal())

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day after a day, which is not counted itself. Raises YearNotLoaded."""
        return date.fromordinal(self.nth(self.rank(day.toordinal()) + count)) if count else day

    def before(self, day: date, count: int) -> date:
        """The `count`-th working day before a day, which is not counted itself. Raises YearNotLoaded."""
        return date.fromordinal(self.nth(self.rank(day.toordinal() - 1) - count + 1)) if count else day

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; negative where `end` is earlier."""
        return self.rank(end.toordinal()) - self.rank(start.toordinal())

    # --- words ---------------------------------------------------------------------------

    def reason(self, day: date) -> str:
        """Why it is a working day or not, in Chinese: 工作日, 星期六, 国庆节放假, 调休上班（国庆节）…"""
        ordinal = day.toordinal()
        if not self._first <= ordinal <= self._last:
            raise YearNotLoaded(day.year, self.years)
        if own := self._own.get(ordinal):
            return f"{'加班日' if own.kind is DayKind.WORKDAY else '局休日'}：{own.reason}"
        named = self._named.get(ordinal)
        if named and named.kind is DayKind.HOLIDAY:
            return f"{named.name}放假"
        if day.weekday() < 5:
            return WORKDAY_WORDS
        return f"调休上班（{named.name}）" if named else weekday(day)

    def differences(self, other: Calendar) -> list[int]:
        """Ordinals, in order, of days that both know and only one of them counts as working."""
        first, last = max(self._first, other._first), min(self._last, other._last)
        differ = set(self._working).symmetric_difference(other._working)
        return sorted(ordinal for ordinal in differ if first <= ordinal <= last)


def weekday(day: date) -> str:
    """星期一 … 星期日."""
    return f"星期{WEEKDAYS[day.weekday()]}"


def _years(notices: tuple[Notice, ...]) -> range:
    loaded: list[int] = []
    for notice in notices:
        if notice.amends and notice.year not in loaded:
            raise CalendarError(f"《{notice.title}》是调整通知，请先导入{notice.year}年的放假通知。")
        if notice.amends:
            continue
        if notice.year in loaded:
            raise CalendarError(f"{notice.year}年已经装载；如果是调整通知，请按调整通知导入。")
        loaded.append(notice.year)
    if not loaded:
        raise CalendarError("没有装载任何一年的放假通知。")
    years = range(min(loaded), max(loaded) + 1)
    if missing := [str(year) for year in years if year not in loaded]:
        raise CalendarError(f"年份不连续，缺{'、'.join(missing)}年，请先导入。")
    return years
