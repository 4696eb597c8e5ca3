"""Units, for the system administrator."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from onewindow.kernel.api import NotFound
from onewindow.kernel.procedure import Role
from onewindow.people.access import ActorRequest, opened_to
from onewindow.people.actions.units import add_unit, close_unit, move_unit, rename_unit
from onewindow.people.models import Unit
from onewindow.people.tree import tree
from onewindow.people.web.forms import NameForm, ParentForm, SureForm, UnitForm


@opened_to(Role.SYSTEM_ADMIN)
def units(request: ActorRequest) -> HttpResponse:
    """All of them as a tree."""
    kinds = dict(Unit.Kind.choices)
    found = [(unit, kinds[Unit.Kind(unit.kind)], range(unit.level)) for unit in tree().units.values()]
    return render(request, "people/units.html", {"units": found})


@opened_to(Role.SYSTEM_ADMIN)
def add(request: ActorRequest) -> HttpResponse:
    """A new one."""
    form = UnitForm(request.POST or None, initial={"parent": request.GET.get("parent", "")})
    if form.carried_out(lambda told: add_unit(**told, actor=request.actor)):
        messages.success(request, _("已新增“{unit}”。").format(unit=form.result))
        return redirect("people-units")
    context = {"form": form, "title": _("新增单位"), "back": "people-units", "act": _("新增")}
    return render(request, "people/form.html", context, status=form.status)


@opened_to(Role.SYSTEM_ADMIN)
def unit(request: ActorRequest, code: str) -> HttpResponse:
    """One of them: rename, move, close; `act` says which form was sent."""
    shown = tree().units.get(code)
    if shown is None:
        raise NotFound(_("没有代码为“{code}”的单位，请核对代码。").format(code=code[:40]))
    sent = request.POST.get("act")
    rename = NameForm(request.POST if sent == "rename" else None, initial={"name": shown.name})
    move = ParentForm(request.POST if sent == "move" else None, initial={"parent": shown.parent})
    close = SureForm(request.POST if sent == "close" else None)
    done = (
        rename.carried_out(lambda told: rename_unit(code, told["name"], request.actor))
        or move.carried_out(lambda told: move_unit(code, told["parent"], request.actor))
        or close.carried_out(lambda _told: close_unit(code, request.actor))
    )
    if done:
        messages.success(request, _("已记入平台日志。"))
        return redirect("people-unit", code=code)
    context = {
        "unit": shown,
        "kind": Unit.Kind(shown.kind).label,
        "path": tree().path(code)[:-1],
        "rename": rename,
        "move": move,
        "close": close,
    }
    return render(request, "people/unit.html", context, status=max(rename.status, move.status, close.status))
