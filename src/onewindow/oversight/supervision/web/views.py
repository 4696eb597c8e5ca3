"""The board, its fragment for a page that stays open, and the lists behind its figures."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from onewindow.kernel import moment
from onewindow.kernel.api import NotFound
from onewindow.kernel.procedure import Role
from onewindow.kernel.queries import Watch, Watched
from onewindow.oversight.supervision.queries import board, late_matters, limits
from onewindow.people.access import ActorRequest, opened_to

_ON_BOARD = 10
_PER_PAGE = 20


def titles() -> dict[str, str]:
    """What is watched, in words, in the order of the board."""
    return {
        Watched.RED.value: _("红牌"),
        Watched.YELLOW.value: _("黄牌"),
        Watched.WARNING.value: _("预警"),
        Watched.OVERRUN.value: _("环节超时"),
        Watched.PAUSED.value: _("不计时"),
    }


@opened_to(Role.SUPERVISOR)
def show(request: ActorRequest) -> HttpResponse:
    """The board."""
    return render(request, "supervision/board.html", _about(request))


@opened_to(Role.SUPERVISOR)
def fragment(request: ActorRequest) -> HttpResponse:
    """What of the board changes, for a page that stays open."""
    return render(request, "supervision/fragment.html", _about(request))


@opened_to(Role.SUPERVISOR)
def listed(request: ActorRequest, what: str) -> HttpResponse:
    """The matters behind a figure."""
    if what not in titles():
        raise NotFound(_("没有这张清单。"))
    unit, after = request.GET.get("unit", ""), request.GET.get("after", "")
    try:
        late, following = late_matters(request.actor, unit, Watched(what), after, _PER_PAGE)
    except (ValueError, OverflowError):
        raise NotFound(_("这个列表没有这一页，请从头看起。")) from None
    context = {
        "what": what,
        "title": titles()[what],
        "titles": titles(),
        "late": late,
        "next": following,
        "board": board(request.actor, unit),
        "limits": limits(),
    }
    return render(request, "supervision/list.html", context)


def _about(request: ActorRequest) -> dict[str, Any]:
    found = board(request.actor, request.GET.get("unit", ""))
    late, following = late_matters(request.actor, found.unit, Watched.RED, "", _ON_BOARD)
    return {
        "board": found,
        "figures": _named(found.total),
        "rows": [(row, _named(row.figures)) for row in found.rows],
        "late": late,
        "more": bool(following),
        "limits": limits(),
        "now": moment.now(),
    }


def _named(figures: Watch) -> list[tuple[str, str, int]]:
    """Figures with their key and title, in the order of the board."""
    counts = figures._asdict()
    return [(key, title, counts[key]) for key, title in titles().items()]
