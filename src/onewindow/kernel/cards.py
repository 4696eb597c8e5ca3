"""The card of a matter at a moment, out of its row: `Matter` keeps the moments at which it turns."""

from __future__ import annotations

from django.db.models import Q

from onewindow.kernel.legal_time import Level
from onewindow.kernel.models import Matter

NAMES = {Level.NONE: "none", Level.WARNING: "warning", Level.YELLOW: "yellow", Level.RED: "red"}


def level_of(matter: Matter, now_us: int) -> Level:
    """The card it shows at a moment (microseconds since 1970 UTC)."""
    for turns, level in (
        (matter.red_us, Level.RED),
        (matter.yellow_us, Level.YELLOW),
        (matter.warn_us, Level.WARNING),
    ):
        if turns is not None and turns <= now_us:
            return level
    return Level(matter.level)


def showing(level: Level, now_us: int) -> Q:
    """Matters that show exactly this card at a moment. A warning turns first, so one index finds them all."""
    turned = Q(warn_us__isnull=False, warn_us__lte=now_us)
    red, yellow = Q(red_us__lte=now_us), Q(yellow_us__isnull=False, yellow_us__lte=now_us)
    stands = Q(level=level)
    if level is Level.RED:
        return (turned & red) | stands
    if level is Level.YELLOW:
        return (turned & yellow & ~red) | stands
    if level is Level.WARNING:
        return (turned & ~red & ~yellow) | stands
    return stands & (Q(warn_us__isnull=True) | Q(warn_us__gt=now_us))
