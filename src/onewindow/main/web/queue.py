"""The work queue: what waits for who looks, most urgent first."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from onewindow.kernel.api import seen
from onewindow.kernel.legal_time import Level
from onewindow.kernel.queries import MOST_COUNTED, Chosen, queue, queue_cards, queue_length
from onewindow.kernel.registry import REGISTRY
from onewindow.main.web.lines import lines
from onewindow.main.web.paging import page_of
from onewindow.main.web.places import BUSINESS
from onewindow.people.access import ActorRequest, opened_to
from onewindow.people.api import tree

_CARDS = {"red": Level.RED, "yellow": Level.YELLOW, "warning": Level.WARNING, "none": Level.NONE}


@opened_to(*BUSINESS)
def work_queue(request: ActorRequest) -> HttpResponse:
    """Filters stand in the address, so that a view can be kept and shared."""
    if wanted := request.GET.get("id", "").strip():
        return redirect("matter", matter_id=seen(request.actor, wanted).pk)
    chosen = _chosen(request)
    page = page_of(queue, request, chosen)
    length = queue_length(request.actor, chosen)
    context = {
        "lines": lines(page.matters),
        "next": page.next,
        "length": length,
        "beyond": length >= MOST_COUNTED,
        "cards": queue_cards(request.actor),
        "filters": _filters(request, chosen),
        "narrowed": chosen != Chosen(),
        "kept": _kept(request),
    }
    return render(request, "queue.html", context)


def _chosen(request: ActorRequest) -> Chosen:
    """What is asked for and is not known is left out: an old address shows more, never an error."""
    asked = request.GET
    kind = asked.get("kind", "") if asked.get("kind") in REGISTRY.procedures else ""
    state = asked.get("state", "")
    known = {one.key for one in REGISTRY.procedures[kind].states} if kind else set()
    return Chosen(
        kind, state if state in known else "", asked.get("unit", ""), _CARDS.get(asked.get("card", ""))
    )


def _filters(request: ActorRequest, chosen: Chosen) -> list[dict[str, Any]]:
    """Each as a list to choose from; one that leaves no choice is not shown."""
    kinds = [(one.kind, one.title) for one in REGISTRY.procedures.values() if one.kind != "journal"]
    found = [{"name": "kind", "options": kinds, "chosen": chosen.kind}]
    if chosen.kind:
        states = [
            (one.key, one.title)
            for one in REGISTRY.procedures[chosen.kind].states
            if one.waits_for is not None
        ]
        found.append({"name": "state", "options": states, "chosen": chosen.state})
    held = frozenset[str]().union(*(request.actor.grants.get(role, ()) for role in BUSINESS))
    units = [(one.code, "　" * one.level + one.name) for one in tree().units.values() if one.code in held]
    if len(units) > 1:
        found.append({"name": "unit", "options": units, "chosen": chosen.unit})
    card = next((key for key, level in _CARDS.items() if level is chosen.level), "")
    cards = [(key, level.title) for key, level in _CARDS.items()]
    found.append({"name": "card", "options": cards, "chosen": card})
    return found


def _kept(request: ActorRequest) -> str:
    """The filters of this address, to go on with."""
    kept = request.GET.copy()
    kept.pop("after", None)
    kept.pop("id", None)
    return f"{kept.urlencode()}&" if kept else ""
