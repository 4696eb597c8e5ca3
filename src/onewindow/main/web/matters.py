"""One matter: to whom it is his own, and to who works on it; and the list of one's own."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render

from onewindow.kernel import moment
from onewindow.kernel.api import dossier_of, owns, seen
from onewindow.kernel.cards import badge
from onewindow.kernel.deadlines import deadline, stretches, turns
from onewindow.kernel.ledger.entry import StoredEntry
from onewindow.kernel.models import Matter
from onewindow.kernel.procedure import Role
from onewindow.kernel.queries import latest_entries, own, possible
from onewindow.kernel.registry import REGISTRY
from onewindow.kernel.sight import reads_deliberation
from onewindow.main.web import papers
from onewindow.main.web.explaining import explained
from onewindow.main.web.history import own_passages, passages
from onewindow.main.web.lines import lines, waits_for
from onewindow.main.web.paging import page_of
from onewindow.main.web.steps import final
from onewindow.people.access import APPLICANTS, SIGNED_IN, ActorRequest, opened_to
from onewindow.people.api import Account, party_names, tree

_LATEST = 300  # entries on a page; a case has a dozen, a journal has no end


@opened_to(APPLICANTS)
def own_matters(request: ActorRequest) -> HttpResponse:
    """Where each of one's own matters stands."""
    page = page_of(own, request)
    return render(request, "matter/own.html", {"lines": lines(page.matters, own=True), "next": page.next})


@opened_to(SIGNED_IN)
def matter(request: ActorRequest, matter_id: str) -> HttpResponse:
    """The page of a matter, for whom it concerns."""
    found = seen(request.actor, matter_id)
    mine = owns(request.actor, found)
    entries = latest_entries(found, _LATEST)
    whole = bool(entries) and entries[0].value.seq == 1
    procedure = REGISTRY.procedures[found.kind]
    places = dossier_of(found.pk, request.actor)
    known = papers.by_digest(places)
    if reads_deliberation(request.actor, found):
        told = passages(found.kind, entries, known, _names(entries))
    else:
        told = own_passages(found.kind, entries, known)
    unit = tree().units.get(found.unit)
    context = {
        "matter": found,
        "mine": mine,
        "kind": procedure.title,
        "state": procedure.state(found.state),
        "since": moment.at(found.state_us),
        "opened": moment.at(found.opened_us),
        "owner": "" if mine else party_names([found.owner]).get(found.owner, ""),
        "unit": unit.name if unit else found.unit,
        "waits_for": waits_for(found),
        "badge": badge(found, moment.now_us(), mine),
        "deadline": explained(deadline(found), found.promised, mine),
        "turns": turns(found),
        "possible": _acts(request, found, mine),
        "passages": told,
        "asked_of_reader": told[-1] if mine and found.waits_for == Role.APPLICANT.value else None,
        "whole": whole,
        "stretches": stretches(found, entries) if whole and not mine else [],
    }
    return render(request, "matter/matter.html", context)


class Act(NamedTuple):
    """A step that the reader may take. `first`: it is his turn, and it is no way out."""

    key: str
    title: str
    first: bool


def _acts(request: ActorRequest, matter: Matter, mine: bool) -> list[Act]:
    return [
        Act(
            one.step.key,
            one.step.title,
            one.role.value == matter.waits_for and not (mine and final(one.step)),
        )
        for one in possible(request.actor, matter)
    ]


def _names(entries: list[StoredEntry]) -> dict[str, str]:
    """Names of colleagues, by reference."""
    references = {one.value.actor_id for one in entries}
    found = Account.objects.filter(reference__in=sorted(references), kind=Account.Kind.STAFF)
    return dict(found.values_list("reference", "name"))
