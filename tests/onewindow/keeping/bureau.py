"""A small bureau at work, for the tests of keeping."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from onewindow.kernel import moment
from onewindow.kernel.api import Matter, Subject, begin, move
from onewindow.kernel.keeping.days import close_days
from onewindow.kernel.legal_time import SHANGHAI
from tests.onewindow.people import APPLICANT, APPROVER, CLERK, OFFICER

FIRST = date(2026, 5, 11)  # a Monday


def on(day: str, at: str = "09:00"):
    return moment.set_to(datetime.fromisoformat(f"{day} {at}").replace(tzinfo=SHANGHAI))


def submitted(number: int = 1, contact: str = "00000000000") -> Matter:
    subject = Subject("bureau", f"食品经营许可{number}", "p-1")
    return begin(
        "permit", "submit", APPLICANT, {"contact": contact}, subject=subject, id=f"M{number:03}"
    ).matter


def week() -> list[Matter]:
    """Three permits in the week of 11 May 2026, the last entry on Thursday; nothing happens on Tuesday."""
    with on("2026-05-11"):
        matters = [submitted(number) for number in (1, 2, 3)]
        move("M001", "accept", CLERK)
    with on("2026-05-13"):
        move("M001", "propose", OFFICER, {"opinion": "grant", "grounds": "符合条件"})
        move("M002", "accept", CLERK)
    with on("2026-05-14"):
        move("M001", "decide", APPROVER)
        move("M001", "issue", CLERK, {"manner": "window"})
    return [Matter.objects.get(pk=one.pk) for one in matters]


def closed_week() -> list[Matter]:
    """The same, Monday to Thursday closed."""
    matters = week()
    with on("2026-05-15", "00:05"):
        assert close_days() == 4
    return matters


def days(first: date, count: int) -> list[date]:
    return [first + timedelta(number) for number in range(count)]
