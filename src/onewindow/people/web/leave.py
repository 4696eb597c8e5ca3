"""Leave: who stands in for whom. Staff for themselves; the security administrator for everybody."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from onewindow.kernel.procedure import Role
from onewindow.people.access import ActorRequest, opened_to, signed_in
from onewindow.people.actions.delegating import delegate, end_delegation
from onewindow.people.queries import delegations
from onewindow.people.rules import BUSINESS
from onewindow.people.web.forms import LeaveForm


@opened_to(*BUSINESS, Role.SECURITY_ADMIN)
def leave(request: ActorRequest) -> HttpResponse:
    """Delegations of today and later, and the form of a new one."""
    all_ = bool(request.actor.grants.get(Role.SECURITY_ADMIN))
    himself = "" if all_ else request.actor.id
    form = LeaveForm(request.POST or None, himself=himself)

    def lend(told: dict[str, Any]) -> object:
        lender = told.get("lender") or himself
        return delegate(lender, told["deputy"], told["since"], told["until"], told["reason"], request.actor)

    if form.carried_out(lend):
        messages.success(request, _("已委托，并记入日志。到期自动终止。"))
        return redirect("people-leave")
    rows = [
        (one, Role(one.assignment.role).title, all_ or one.assignment.account.reference == request.actor.id)
        for one in delegations(None if all_ else signed_in(request))
    ]
    return render(request, "people/leave.html", {"form": form, "rows": rows, "all": all_}, status=form.status)


@opened_to(*BUSINESS, Role.SECURITY_ADMIN)
@require_POST
def end(request: ActorRequest, number: int) -> HttpResponse:
    """Before its time."""
    end_delegation(number, request.actor)
    messages.success(request, _("委托已终止，并记入日志。"))
    return redirect("people-leave")
