"""Taking a step: its form, its confirmation, and what becomes of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from onewindow.kernel.api import Matter, Request, checked, move, seen
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
from onewindow.main.web.forms import Asked, asked, fields, told
from onewindow.main.web.history import in_words
from onewindow.main.web.refusals import refused_step
from onewindow.people.access import SIGNED_IN, ActorRequest, opened_to

INVALID = 422
_MOVED_ON = (Stale, NotPossible, Lapsed, ClockRefused, KeyReused)


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
    return _form(request, matter, taken, Asked(seen=matter.seq))


def _step(matter: Matter, key: str) -> Step:
    try:
        return REGISTRY.procedures[matter.kind].step(key)
    except NoSuchStep:
        raise NotFound(_("没有这个环节。")) from None


def _sent(request: ActorRequest, matter: Matter, taken: Step) -> HttpResponse:
    ask, facts = asked(request.POST), told(taken, request.POST)
    if ask.seen is None:
        raise BadRequest
    if more := request.POST.get("more", ""):
        return _form(request, matter, taken, ask, facts, more=more.removeprefix("fact-"))
    if "back" in request.POST:
        return _form(request, matter, taken, ask, facts)
    try:
        if _unconfirmed(request, matter, taken, ask):
            return _confirmation(request, matter, taken, ask, facts)
        done = move(matter.pk, taken.key, request.actor, facts, request=Request(ask.key, ask.seen))
    except FactsInvalid as invalid:
        return _form(request, matter, taken, ask, facts, invalid.faults)
    except _MOVED_ON as refusal:
        matter.refresh_from_db()
        return refused_step(request, refusal, matter, taken, facts)
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
    request: ActorRequest,
    matter: Matter,
    taken: Step,
    ask: Asked,
    facts: dict[str, Any] | None = None,
    faults: tuple[FactFault, ...] = (),
    more: str = "",
) -> HttpResponse:
    drawn = fields(taken.facts, facts or {}, faults, more=more)
    context = {
        "matter": matter,
        "step": taken,
        "asked": ask,
        "fields": drawn,
        "faulty": [one for one in drawn if one.faults],
        "final": final(taken),
    }
    return render(request, "matter/step.html", context, status=INVALID if faults else 200)


def _confirmation(
    request: ActorRequest, matter: Matter, taken: Step, ask: Asked, facts: dict[str, Any]
) -> HttpResponse:
    """Raises FactsInvalid."""
    sound = checked(taken, facts)
    context = {
        "matter": matter,
        "step": taken,
        "asked": ask,
        "told": [in_words(fact, sound[fact.key]) for fact in taken.facts if fact.key in sound],
        "kept": [(name, value) for name, value in request.POST.items() if name.startswith("fact-")],
    }
    return render(request, "matter/confirm.html", context)
