"""Reading a personal fact of an entry in full: asked for a reason, noted in the journal of whom it concerns."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from onewindow.kernel.api import NotFound, owns, seen
from onewindow.kernel.errors import FactsInvalid
from onewindow.kernel.models import Matter
from onewindow.kernel.procedure import Fact
from onewindow.kernel.registry import REGISTRY
from onewindow.main.web.forms import fields
from onewindow.main.web.steps import INVALID
from onewindow.people.access import SIGNED_IN, ActorRequest, opened_to
from onewindow.people.api import reveal_fact

_REASON = Fact("reason", "查看的理由", longest=500)


@opened_to(SIGNED_IN)
def reveal(request: ActorRequest, matter_id: str, seq: int, fact_key: str) -> HttpResponse:
    """Ask why, then show it once: nothing of it is kept in an address or a session."""
    matter = seen(request.actor, matter_id)
    asked = () if owns(request.actor, matter) else (_REASON,)
    context = {"matter": matter, "seq": seq, "title": _title(matter, fact_key)}
    if request.method != "POST":
        return render(request, "matter/reveal.html", {**context, "fields": fields(asked, {})})
    reason = request.POST.get("fact-reason", "")
    try:
        value = reveal_fact(matter.pk, seq, fact_key, request.actor, reason)
    except FactsInvalid as invalid:
        drawn = fields(asked, {"reason": reason}, invalid.faults)
        faulty = [one for one in drawn if one.faults]
        context |= {"fields": drawn, "faulty": faulty}
        return render(request, "matter/reveal.html", context, status=INVALID)
    return render(request, "matter/revealed.html", {**context, "value": value, "reason": reason})


def _title(matter: Matter, key: str) -> str:
    for step in REGISTRY.procedures[matter.kind].steps:
        for fact in step.facts:
            if fact.key == key and fact.personal:
                return fact.title
    raise NotFound(_("这件事没有这一项个人信息。"))
