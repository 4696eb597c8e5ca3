"""Words for the tests of legal time: events and days as short text."""

from __future__ import annotations

from datetime import date, datetime

from onewindow.kernel.legal_time import SHANGHAI, Act, Event, Term, rulebook

DECISION = rulebook().term("permit.decision", date(2024, 1, 1))
CORRECTION = rulebook().term("permit.correction", date(2024, 1, 1))


def day(text: str) -> date:
    return date.fromisoformat(text)


def at(text: str) -> datetime:
    """A day (at ten in the morning) or a moment of Shanghai."""
    moment = datetime.fromisoformat(text if " " in text else f"{text} 10:00")
    return moment.replace(tzinfo=SHANGHAI)


def term(key: str, on: str = "2026-06-01") -> Term:
    return rulebook().term(key, day(on))


def start(text: str) -> Event:
    return Event(Act.START, at(text))


def pause(text: str, reason: str = "expert-review") -> Event:
    return Event(Act.PAUSE, at(text), reason)


def resume(text: str) -> Event:
    return Event(Act.RESUME, at(text))


def extend(text: str, amount: int = 10) -> Event:
    return Event(Act.EXTEND, at(text), "案情复杂", amount=amount, approved_by="局长")


def stop(text: str) -> Event:
    return Event(Act.STOP, at(text))
