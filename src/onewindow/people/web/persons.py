"""Persons and organisations, for whoever does business with them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from onewindow.kernel.api import NotFound, NotPossible
from onewindow.kernel.procedure import Role
from onewindow.people.access import ActorRequest, opened_to
from onewindow.people.actions.agents import Power, authorise, end_authorisation, scope
from onewindow.people.actions.erasing import erase_person
from onewindow.people.actions.persons import (
    OrganisationDetails,
    PersonDetails,
    Registered,
    change,
    register_organisation,
    register_person,
)
from onewindow.people.actions.reading import reveal
from onewindow.people.models import Organisation, Person
from onewindow.people.personal import FIELDS, Holder
from onewindow.people.queries import (
    OrganisationView,
    PersonView,
    authorisations,
    find_organisations,
    find_persons,
    party,
    party_names,
)
from onewindow.people.references import ORGANISATION
from onewindow.people.rules import BUSINESS
from onewindow.people.web.acting import ActForm
from onewindow.people.web.forms import (
    AgentForm,
    ChangeForm,
    EraseForm,
    FindForm,
    OrganisationForm,
    PersonForm,
    ReasonForm,
)

_personal = sensitive_post_parameters()  # nothing of what is typed here goes into a report of an error


@opened_to(*BUSINESS)
@_personal
def persons(request: ActorRequest) -> HttpResponse:
    """Find somebody by an exact value. By POST, so that no number stands in an address or a log."""
    form = FindForm(request.POST or None)
    found: list[PersonView | OrganisationView] | None = None
    if form.is_bound and form.is_valid():
        by, value = form.cleaned_data["by"], form.cleaned_data["value"]
        found = [*(find_organisations(value) if by == "organisation" else find_persons(by, value))]
    return render(request, "people/persons.html", {"form": form, "found": found, "window": _window(request)})


@opened_to(Role.WINDOW)
@_personal
def register(request: ActorRequest) -> HttpResponse:
    """A natural person, at the window."""
    form = PersonForm(request.POST or None)
    if form.carried_out(lambda told: register_person(PersonDetails(**told), request.actor)):
        return _registered(request, form.result)
    return _form(request, form, _("登记自然人"))


@opened_to(Role.WINDOW)
@_personal
def register_company(request: ActorRequest) -> HttpResponse:
    """An organisation, at the window."""
    form = OrganisationForm(request.POST or None)
    if form.carried_out(lambda told: register_organisation(OrganisationDetails(**told), request.actor)):
        return _registered(request, form.result)
    return _form(request, form, _("登记单位"))


@opened_to(*BUSINESS)
def person(request: ActorRequest, reference: str) -> HttpResponse:
    """Somebody, masked, with who acts for him and for whom he does."""
    return _page(request, reference)


@opened_to(*BUSINESS)
@_personal
def value(request: ActorRequest, reference: str, field: str) -> HttpResponse:
    """One value in full, after the reason."""
    fields = FIELDS[_kind(reference)]
    if field not in fields:
        raise NotFound(_("没有“{field}”这一项个人信息。").format(field=field[:40]))
    form, title = ReasonForm(request.POST or None), fields[field].title
    if form.carried_out(lambda told: reveal(reference, field, request.actor, told["reason"])):
        context = {"title": title, "value": form.result, "back": "people-person", "reference": reference}
        return render(request, "people/value.html", context)
    context = {"form": form, "title": title, "reference": reference}
    return render(request, "people/reveal.html", context, status=form.status)


@opened_to(Role.WINDOW)
@require_POST
@_personal
def change_value(request: ActorRequest, reference: str) -> HttpResponse:
    """Another value."""
    form = ChangeForm(request.POST, kind=_kind(reference))
    if form.carried_out(lambda told: change(reference, {told["field"]: told["value"]}, request.actor)):
        messages.success(request, _("已变更，并记入当事人的日志。"))
        return redirect("people-person", reference=reference)
    return _page(request, reference, change_form=form)


@opened_to(Role.WINDOW)
@require_POST
@_personal
def agents(request: ActorRequest, reference: str) -> HttpResponse:
    """An agent who showed his power of attorney."""
    form = AgentForm(request.POST, request.FILES)

    def register_power(told: dict[str, Any]) -> object:
        found = find_persons("identity", told["agent"])
        if len(found) != 1:
            raise NotPossible(_("没有登记这个证件号码，请先登记代理人。"))
        power = Power(
            reference, found[0].reference, told["since"], told["until"], told["paper"], told["kind"]
        )
        return authorise(power, request.actor)

    if form.carried_out(register_power):
        messages.success(request, _("已登记代理人，并记入当事人的日志。"))
        return redirect("people-person", reference=reference)
    return _page(request, reference, agent_form=form)


@opened_to(Role.WINDOW)
@require_POST
def end_agent(request: ActorRequest, reference: str, number: int) -> HttpResponse:
    """An agent is one no more."""
    if not any(one.pk == number and one.principal == reference for one in authorisations(reference)):
        raise NotFound(_("没有这项授权，或者它已经终止。"))
    end_authorisation(number, request.actor)
    messages.success(request, _("代理已终止，并记入当事人的日志。"))
    return redirect("people-person", reference=reference)


@opened_to(Role.SECURITY_ADMIN)
@_personal
def erase(request: ActorRequest) -> HttpResponse:
    """Delete somebody's data for good."""
    form = EraseForm(request.POST or None)
    if form.carried_out(lambda told: erase_person(_meant(told["identity"]), request.actor, told["reason"])):
        messages.success(request, _("已删除，并记入日志。台账仍可核验。"))
        return redirect("people-erase")
    return render(request, "people/erase.html", {"form": form}, status=form.status)


def _meant(told: str) -> str:
    """The reference of whose number or reference it is. Raises NotFound."""
    told = told.strip()
    if Person.objects.filter(reference=told).exists() or Organisation.objects.filter(reference=told).exists():
        return told
    found: list[PersonView | OrganisationView] = [*find_persons("identity", told), *find_organisations(told)]
    if len(found) != 1:
        raise NotFound(_("没有登记这个号码，请核对。"))
    return found[0].reference


def _registered(request: ActorRequest, made: Registered) -> HttpResponse:
    if made.known:
        messages.info(request, _("这个号码先前已经登记，下面是已登记的信息。"))
    else:
        messages.success(request, _("已登记。"))
    for warning in made.warnings:
        messages.warning(request, warning)
    return redirect("people-person", reference=made.reference)


def _form(request: ActorRequest, form: ActForm, title: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": "people-persons", "act": _("登记")}
    return render(request, "people/form.html", context, status=form.status)


def _page(
    request: ActorRequest,
    reference: str,
    *,
    change_form: ChangeForm | None = None,
    agent_form: AgentForm | None = None,
) -> HttpResponse:
    view = party(reference)
    if view is None:
        raise NotFound(_("没有登记这个人或单位，请核对。"))
    held = authorisations(reference)
    names = party_names({one.principal for one in held} | {one.agent for one in held})
    fields = FIELDS[_kind(reference)]
    context = {
        "view": view,
        "organisation": isinstance(view, OrganisationView),
        "values": [(key, one.title, getattr(view, key)) for key, one in fields.items() if getattr(view, key)],
        "agents": [
            (one, names.get(one.agent, ""), scope(one.kind)) for one in held if one.principal == reference
        ],
        "principals": [
            (one, names.get(one.principal, ""), scope(one.kind)) for one in held if one.agent == reference
        ],
        "window": _window(request),
        "change_form": change_form or ChangeForm(kind=_kind(reference)),
        "agent_form": agent_form or AgentForm(auto_id="agent-%s"),
    }
    status = max(form.status for form in (change_form, agent_form, ActForm()) if form is not None)
    return render(request, "people/person.html", context, status=status)


def _kind(reference: str) -> type[Holder]:
    return Organisation if reference.startswith(ORGANISATION) else Person


def _window(request: ActorRequest) -> bool:
    return bool(request.actor.grants.get(Role.WINDOW))
