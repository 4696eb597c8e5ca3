"""What the kernel refuses becomes a page here, and nowhere else.

A form that was refused because the matter has moved on is shown again with what happened meanwhile and with all
that was typed, so that nobody has to write it twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from onewindow.kernel.api import dossier_of
from onewindow.kernel.errors import Refused, Stale
from onewindow.kernel.models import Matter
from onewindow.kernel.procedure import Step
from onewindow.kernel.queries import possible
from onewindow.main.problems import CODES
from onewindow.main.web import papers
from onewindow.main.web.errors import bad_request
from onewindow.main.web.forms import Asked, fields
from onewindow.people.access import ActorRequest

_ELSEWHERE = ("/api/",)  # answers there are problems of RFC 9457, not pages


class Refusals:
    """Middleware: a refusal that no view has caught is shown as a page.

    An address with a NUL in it, which no database takes, is refused before a view asks one.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = (request.path, *(value for values in request.GET.lists() for value in values[1]))
        if any("\0" in one for one in said) and not request.path.startswith(_ELSEWHERE):
            return bad_request(request)
        return self.answer(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """None for what is no refusal."""
        if not isinstance(exception, Refused) or request.path.startswith(_ELSEWHERE):
            return None
        return refused(request, exception)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """The page of a refusal."""
    return render(request, "refused.html", _about(refusal), status=_status(refusal))


def refused_step(
    request: ActorRequest,
    refusal: Refused,
    matter: Matter,
    step: Step,
    typed: Mapping[str, Any],
    chosen: Sequence[str],
) -> HttpResponse:
    """The page of a step that was refused: what happened, what was typed, and the form again if it is still open."""
    open_still = any(one.step == step for one in possible(request.actor, matter))
    documents = dossier_of(matter.pk, request.actor)
    context = {
        **_about(refusal),
        "matter": matter,
        "step": step,
        "fields": [*fields(step.facts, typed), *papers.field(documents, chosen)],
        "asked": Asked(seen=matter.seq),
        "open_still": open_still,
        "typed": bool(typed or chosen),
    }
    return render(request, "matter/refused_step.html", context, status=_status(refusal))


def _about(refusal: Refused) -> dict[str, Any]:
    code = CODES.get(refusal.code, CODES["refused"])
    happened = refusal.happened if isinstance(refusal, Stale) else ()
    return {"title": code.title, "told": refusal.message, "happened": happened}


def _status(refusal: Refused) -> int:
    return CODES.get(refusal.code, CODES["refused"]).status
