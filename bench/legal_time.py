"""How fast legal time is: working days on, a last day, a whole reckoning with its days, a changed calendar."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from onewindow.kernel.legal_time import (
    SHANGHAI,
    Act,
    Clocked,
    DayKind,
    Event,
    OwnDay,
    bundled_calendar,
    due_date,
    moved,
    reckon,
    rulebook,
)

MATTERS = 100_000
ROUNDS = 5
TODAY = date(2026, 11, 20)


def run() -> list[dict[str, Any]]:
    """Best of five rounds each; matters of 2025 and 2026, a third of them sent out once, a tenth extended."""
    calendar = bundled_calendar()
    closed = calendar.with_own(OwnDay(date(2026, 3, 18), DayKind.HOLIDAY, "州庆", "自治州放假办法"))
    matters = _matters()
    some = matters[: MATTERS // 10]
    start = date(2026, 9, 18)

    def days_on() -> None:
        for _ in range(MATTERS):
            calendar.after(start, 20)

    def dues() -> None:
        for matter in some:
            due_date(matter.events, matter.term, calendar)

    def explained() -> None:
        for matter in some:
            assert reckon(matter.events, matter.term, calendar, matter.events[-1].at).days

    found = list(moved(matters, calendar, closed))
    on, due = _best(days_on) / MATTERS, _best(dues) / len(some)
    whole, change = _best(explained) / len(some), _best(lambda: list(moved(matters, calendar, closed)))
    return [
        _row("20 working days on", on * 1e6, "µs", "≤ 1 µs", on <= 1e-6),
        _row("the last day of a matter", due * 1e6, "µs"),
        _row("a matter reckoned, every day explained", whole * 1e6, "µs"),
        _row(
            f"{MATTERS:,} matters after a change of calendar ({len(found):,} moved)",
            round(MATTERS / change),
            "matters/s",
            "≥ 50,000 a second",
            change <= MATTERS / 50_000,
        ),
    ]


def _best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def _row(
    name: str, value: float, unit: str, bar: str | None = None, met: bool | None = None
) -> dict[str, Any]:
    return {
        "name": name, "value": round(value, 2), "unit": unit, "against": None, "ratio": None, "bar": bar, "met": met,
    }  # fmt: skip


def _matters() -> list[Clocked]:
    chance = random.Random(7)
    term = rulebook().term("permit.decision", TODAY)
    first = datetime(2025, 1, 2, 9, tzinfo=SHANGHAI)
    found = []
    for number in range(MATTERS):
        began = first + timedelta(days=chance.randrange(600), hours=chance.randrange(9))
        events = [Event(Act.START, began)]
        if chance.random() < 1 / 3:
            sent = began + timedelta(days=chance.randrange(1, 10))
            events += [Event(Act.PAUSE, sent, "testing"), Event(Act.RESUME, sent + timedelta(days=9))]
        if chance.random() < 0.1:
            granted = began + timedelta(days=19)
            events.append(Event(Act.EXTEND, granted, "案情复杂", amount=10, approved_by="局长"))
        found.append(Clocked(str(number), tuple(events), term))
    return found
