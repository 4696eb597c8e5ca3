"""The legal clock (计时): what happened to a term, folded from events in their legal order.

Events carry the moment at which they take legal effect. An event that cannot follow what went before
raises `ClockError`; nothing is ever repaired in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from enum import Enum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from onewindow.kernel.legal_time.terms import Sense, Term

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Act(Enum):
    """What an event does to the clock."""

    START = "start"
    DEEMED = "deemed"  # starts by law at the moment of receipt (行政许可法 第三十二条第一款第四项)
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    STOP = "stop"


class Event(NamedTuple):
    """One effect on the clock. `at`: when it takes effect, with a time zone.

    reason       PAUSE: key of the excluded procedure; EXTEND: why
    basis        the document of this case, if any
    amount       EXTEND: by how much, in the unit of the term
    approved_by  EXTEND: who granted it
    """

    act: Act
    at: datetime
    reason: str = ""
    basis: str = ""
    amount: int = 0
    approved_by: str = ""


class Pause(NamedTuple):
    """A time that is not counted. `end` is None while it lasts."""

    start: datetime
    end: datetime | None
    reason: str
    basis: str


class Extended(NamedTuple):
    """An extension that was granted."""

    at: datetime
    amount: int
    reason: str
    approved_by: str


class ClockError(ValueError):
    """An event that the clock cannot take. `code` is stable, the message is Chinese."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


class Course(NamedTuple):
    """All that happened to one term so far. Moments are in Shanghai time."""

    start: datetime | None = None
    deemed: bool = False
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extended, ...] = ()
    stop: datetime | None = None
    latest: datetime | None = None

    @property
    def open_pause(self) -> Pause | None:
        """The pause that lasts, if the clock stands still."""
        return self.pauses[-1] if self.pauses and self.pauses[-1].end is None else None


def course_of(events: Iterable[Event], term: Term) -> Course:
    """Fold events in their order. Raises ClockError."""
    course = Course()
    for event in events:
        course = follow(course, event, term)
    return course


def follow(course: Course, event: Event, term: Term) -> Course:
    """The course after one more event. Raises ClockError."""
    at = local(event.at)
    if course.latest is not None and at < course.latest:
        raise ClockError(
            "order", f"{_moment(at)}的事件早于前一事件（{_moment(course.latest)}），请按发生先后排列。"
        )
    if course.stop is not None:
        raise ClockError("stopped", f"计时已于{_moment(course.stop)}终止，其后不能再有计时事件。")
    if course.start is None and event.act not in (Act.START, Act.DEEMED):
        raise ClockError("not-started", f"{_moment(at)}的事件早于起算：期限还没有开始。")
    return _FOLLOW[event.act](course, event, at, term)


def local(at: datetime) -> datetime:
    """A moment in Shanghai time. Raises ClockError for one without a time zone."""
    if at.tzinfo is None:
        raise ClockError("naive", f"时间 {at} 没有时区，不能用来计算期限；请写明，如 +08:00。")
    return at if at.tzinfo is SHANGHAI else at.astimezone(SHANGHAI)


def _start(course: Course, event: Event, at: datetime, term: Term) -> Course:
    if course.start is not None:
        raise ClockError("started", f"期限已于{_moment(course.start)}起算，不能再次起算。")
    if term.sense is Sense.BEFORE:
        raise ClockError("backwards", f"“{term.title}”是倒推的期限，请用 latest_before 计算。")
    return Course(start=at, deemed=event.act is Act.DEEMED, latest=at)


def _pause(course: Course, event: Event, at: datetime, term: Term) -> Course:
    if open_pause := course.open_pause:
        raise ClockError("paused", f"自{_moment(open_pause.start)}起已在不计时期间，两段不计时不能重叠。")
    if term.excludes(event.reason) is None:
        allowed = "、".join(f"{one.title}（{one.key}）" for one in term.excluded) or "没有"
        raise ClockError(
            "reason", f"“{term.title}”不能因“{event.reason}”停止计时；可以停止计时的程序：{allowed}。"
        )
    pauses = (*course.pauses, Pause(at, None, event.reason, event.basis))
    return Course(course.start, course.deemed, pauses, course.extensions, None, at)


def _resume(course: Course, _event: Event, at: datetime, _term: Term) -> Course:
    if course.open_pause is None:
        raise ClockError("not-paused", f"{_moment(at)}恢复计时，但此前没有停止计时。")
    return Course(course.start, course.deemed, _closed(course, at), course.extensions, None, at)


def _extend(course: Course, event: Event, at: datetime, term: Term) -> Course:
    allowed = term.extension
    if allowed is None:
        raise ClockError("no-extension", f"“{term.title}”依法不能延长。")
    if len(course.extensions) >= allowed.times:
        raise ClockError("extended", f"“{term.title}”最多延长{allowed.times}次，已经延长过。")
    if not 1 <= event.amount <= allowed.amount:
        raise ClockError(
            "extension-amount",
            f"“{term.title}”最多延长{allowed.amount}{term.unit.title}，不能延长{event.amount}。",
        )
    if not event.reason.strip() or not event.approved_by.strip():
        raise ClockError(
            "extension-reason", f"延长须写明理由和批准人（{allowed.approver}）：{allowed.basis}。"
        )
    extended = Extended(at, event.amount, event.reason, event.approved_by)
    extensions = (*course.extensions, extended)
    return Course(course.start, course.deemed, course.pauses, extensions, None, at)


def _stop(course: Course, _event: Event, at: datetime, _term: Term) -> Course:
    # A pause may last until the end: the application is withdrawn while the experts have it.
    pauses = course.pauses if course.open_pause is None else _closed(course, at)
    return Course(course.start, course.deemed, pauses, course.extensions, at, at)


def _closed(course: Course, at: datetime) -> tuple[Pause, ...]:
    *before, last = course.pauses
    return (*before, Pause(last.start, at, last.reason, last.basis))


_FOLLOW: dict[Act, Callable[[Course, Event, datetime, Term], Course]] = {
    Act.START: _start,
    Act.DEEMED: _start,
    Act.PAUSE: _pause,
    Act.RESUME: _resume,
    Act.EXTEND: _extend,
    Act.STOP: _stop,
}


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M")
