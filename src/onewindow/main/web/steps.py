"""Taking a step: its form, its confirmation, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from onewindow.kernel.api import DocumentsUnknown, Matter, Request, checked, dossier_of, move, seen
from onewindow.kernel.errors import (
    ClockRefused,
    FactFault,
    FactsInvalid,
    KeyReused,
    Lapsed,
    NotAllowed,
    NotFound,
    NotPossible,
    Stale,
)
from onewindow.kernel.procedure import Clock, NoSuchStep, Step
from onewindow.kernel.queries import possible
from onewindow.kernel.registry import REGISTRY
from onewindow.main.web import papers
from onewindow.main.web.forms import Asked, asked, fields, told
from onewindow.main.web.history import in_words
from onewindow.main.web.refusals import refused_step
from onewindow.people.access import SIGNED_IN, ActorRequest, opened_to

INVALID = 422
_MOVED_ON = (Stale, NotPossible, Lapsed, ClockRefused, KeyReused, DocumentsUnknown)


@dataclass(frozen=True, slots=True)
class _Form:
    """The form of a step, as far as it was filled in. `chosen`: digests of documents, None before it was sent."""

    matter: Matter
    step: Step
    asked: Asked
    facts: Mapping[str, Any] = field(default_factory=dict)
    chosen: Sequence[str] | None = None


def final(step: Step) -> bool:
    """Whether it ends something for good, so that it is asked once more: no step can be undone."""
    return step.target.final or step.once or step.clock is Clock.STOP


@opened_to(SIGNED_IN)
def step(request: ActorRequest, matter_id: str, step_key: str) -> HttpResponse:
    """The form of a step, and its sending."""
    matter = seen(request.actor, matter_id)
    taken = _step(matter, step_key)
    if request.actor.role_for(taken.by, matter.unit, matter.owner, matter.kind) is None:
        who = "、".join(one.title for one in taken.by)
        raise NotAllowed(_("“{step}”只能由{who}办理。").format(step=taken.title, who=who))
    if request.method == "POST":
        return _sent(request, matter, taken)
    if not any(one.step == taken for one in possible(request.actor, matter)):
        messages.warning(request, _("“{step}”现在不能办理，下面是最新情况。").format(step=taken.title))
        return redirect("matter", matter_id=matter.pk)
    return _form(request, _Form(matter, taken, Asked(seen=matter.seq)))


def _step(matter: Matter, key: str) -> Step:
    try:
        return REGISTRY.procedures[matter.kind].step(key)
    except NoSuchStep:
        raise NotFound(_("没有这个环节。")) from None


def _sent(request: ActorRequest, matter: Matter, taken: Step) -> HttpResponse:
    ask, facts = asked(request.POST), told(taken, request.POST)
    chosen = request.POST.getlist(papers.NAME)[: papers.MOST]
    if ask.seen is None:
        raise BadRequest
    if more := request.POST.get("more", ""):
        return _form(request, _Form(matter, taken, ask, facts, chosen), more=more.removeprefix("fact-"))
    if "back" in request.POST:
        return _form(request, _Form(matter, taken, ask, facts, chosen))
    try:
        if _unconfirmed(request, matter, taken, ask):
            return _confirmation(request, _Form(matter, taken, ask, facts, chosen))
        wanted = Request(ask.key, ask.seen, tuple(chosen))
        done = move(matter.pk, taken.key, request.actor, facts, request=wanted)
    except FactsInvalid as invalid:
        return _form(request, _Form(matter, taken, ask, facts, chosen), invalid.faults)
    except _MOVED_ON as refusal:
        matter.refresh_from_db()
        return refused_step(request, refusal, matter, taken, facts, chosen)
    if done.replayed:
        messages.info(request, _("“{step}”先前已经办理，没有重复办理。").format(step=taken.title))
    else:
        messages.success(request, _("已办理“{step}”。").format(step=taken.title))
    return redirect("matter", matter_id=matter.pk)


def _unconfirmed(request: ActorRequest, matter: Matter, taken: Step, ask: Asked) -> bool:
    """Whether it is to be asked once more; not where the step would be refused anyway."""
    if not final(taken) or "confirmed" in request.POST or matter.seq != ask.seen:
        return False
    return any(one.step == taken for one in possible(request.actor, matter))


def _form(
    request: ActorRequest, form: _Form, faults: tuple[FactFault, ...] = (), more: str = ""
) -> HttpResponse:
    drawn = fields(form.step.facts, form.facts, faults, more=more)
    documents = dossier_of(form.matter.pk, request.actor)
    context = {
        "matter": form.matter,
        "step": form.step,
        "asked": form.asked,
        "fields": [*drawn, *papers.field(documents, form.chosen)],
        "faulty": [one for one in drawn if one.faults],
        "final": final(form.step),
    }
    return render(request, "matter/step.html", context, status=INVALID if faults else 200)


def _confirmation(request: ActorRequest, form: _Form) -> HttpResponse:
    """Raises FactsInvalid."""
    sound = checked(form.step, form.facts)
    documents = papers.by_digest(dossier_of(form.matter.pk, request.actor)) if form.chosen else {}
    context = {
        "matter": form.matter,
        "step": form.step,
        "asked": form.asked,
        "told": [in_words(fact, sound[fact.key]) for fact in form.step.facts if fact.key in sound],
        "documents": [documents[one] for one in form.chosen or () if one in documents],
        "kept": [
            (name, value)
            for name, values in request.POST.lists()
            if name.startswith("fact-") or name == papers.NAME
            for value in values
        ],
    }
    return render(request, "matter/confirm.html", context)
