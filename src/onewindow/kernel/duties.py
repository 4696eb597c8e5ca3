"""What the platform does by itself, again and again: `main.worker` runs it, any number of workers at once.

Each takes what is due in small pieces, may be stopped at any moment and begun again, and does nothing twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from onewindow.kernel import moment
from onewindow.kernel.actor import SYSTEM
from onewindow.kernel.errors import Lapsed, NotPossible, Refused, Stale
from onewindow.kernel.keeping.days import close_days
from onewindow.kernel.keeping.sweeping import sweep
from onewindow.kernel.models import Matter
from onewindow.kernel.moving import Request, move
from onewindow.kernel.registry import REGISTRY

_AT_ONCE = 100
_logger = logging.getLogger(__name__)


class Duty(NamedTuple):
    """`do` returns how much it did; `every_s`: seconds between two times."""

    name: str
    do: Callable[[], int]
    every_s: float


def take_overdue_steps(most: int = 500) -> int:
    """Take the steps that a procedure declares with `after`, where their last day has passed. Returns how many.

    What cannot be taken is told of and passed by, so that it does not keep the others waiting.
    """
    taken = 0
    for row in _overdue(moment.today()):
        taken += _take(row)
        if taken >= most:
            break
    return taken


def _overdue(today: date) -> Iterator[Matter]:
    """Matters whose day for a step of the platform's own has passed, longest first; none twice."""
    passed = Matter.objects.filter(after_due__lt=today).order_by("after_due", "id")
    further = Q()
    while rows := list(passed.filter(further)[:_AT_ONCE]):
        yield from rows
        last = rows[-1]
        further = Q(after_due__gt=last.after_due) | Q(after_due=last.after_due, id__gt=last.id)


def _take(row: Matter) -> bool:
    """Take the step that is due; not where somebody was faster, or it is not due after all."""
    procedure = REGISTRY.procedures.get(row.kind)
    steps = procedure.steps_from(procedure.state(row.state)) if procedure else ()
    for step in steps:
        if not step.after:
            continue
        try:
            move(row.id, step.key, SYSTEM, request=Request(seen=row.seq))
        except (Stale, NotPossible, Lapsed):
            continue
        except Refused as refused:
            told = "step %s of matter %s is due, and cannot be taken: %s %s"
            _logger.warning(told, step.key, row.id, refused.code, refused.message)
            continue
        return True
    return False


def _close() -> int:
    return close_days(most=500)


def _sweep() -> int:
    return sweep(most=5000).reckoned


DUTIES = (
    Duty("overdue-steps", take_overdue_steps, 60.0),
    Duty("close-days", _close, 60.0),
    Duty("sweep-calendar", _sweep, 30.0),
)
