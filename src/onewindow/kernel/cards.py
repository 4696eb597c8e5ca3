"""The card of a matter at a moment, out of its row: `Matter` keeps the moments at which it turns."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from onewindow.kernel.legal_time import Level
from onewindow.kernel.legal_time import State as ClockState
from onewindow.kernel.models import Matter

NAMES = {Level.NONE: "none", Level.WARNING: "warning", Level.YELLOW: "yellow", Level.RED: "red"}


class Badge(NamedTuple):
    """A card as pages draw it: its word, and the class of the style sheet that colours it."""

    title: str
    style: str


def badge(matter: Matter, now_us: int, own: bool = False) -> Badge:
    """The card of a matter at a moment, with what stands in its place while no clock runs.

    own  for whose matter it is: cards are the supervisor's words, he is told of his time
    """
    level = level_of(matter, now_us)
    title = _own_title(level) if own else level.title
    style = NAMES[level]
    if not matter.waits_for:
        return Badge(_("逾期办结"), NAMES[Level.RED]) if matter.late else Badge(_("已结束"), "over")
    if matter.clock_state == ClockState.PAUSED.value:
        if level is Level.NONE:
            return Badge(_("不计时"), "paused")
        return Badge(_("{card}，不计时").format(card=title), style)
    if matter.clock_state == ClockState.NOT_STARTED.value:
        return Badge(_("未起算"), "over")
    return Badge(title, style)


def _own_title(level: Level) -> str:
    return (_("在期限内"), _("快到期限"), _("今天到期"), _("已逾期"))[level]


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
