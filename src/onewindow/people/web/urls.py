"""Addresses of people, under /people/ and, for his own data, /own/data/."""

from __future__ import annotations

from django.urls import path

from onewindow.people.web import journals, leave, persons, staff, tokens, units

urlpatterns = [
    path("people/units/", units.units, name="people-units"),
    path("people/units/add/", units.add, name="people-unit-add"),
    path("people/units/of/<str:code>/", units.unit, name="people-unit"),
    path("people/staff/", staff.staff, name="people-staff"),
    path("people/staff/open/", staff.open_, name="people-account-open"),
    path("people/staff/of/<str:reference>/", staff.account, name="people-account"),
    path("people/staff/of/<str:reference>/change/", staff.change, name="people-account-change"),
    path("people/staff/of/<str:reference>/roles/", staff.roles, name="people-account-roles"),
    path("people/leave/", leave.leave, name="people-leave"),
    path("people/leave/<int:number>/end/", leave.end, name="people-leave-end"),
    path("people/tokens/", tokens.tokens, name="people-tokens"),
    path("people/tokens/<slug:prefix>/revoke/", tokens.end, name="people-token-end"),
    path("people/journals/", journals.journal, name="people-journals"),
    path("people/journals/export/", journals.export, name="people-journals-export"),
    path("people/persons/", persons.persons, name="people-persons"),
    path("people/persons/register/", persons.register, name="people-register"),
    path(
        "people/persons/register/organisation/", persons.register_company, name="people-register-organisation"
    ),
    path("people/persons/of/<str:reference>/", persons.person, name="people-person"),
    path("people/persons/of/<str:reference>/change/", persons.change_value, name="people-person-change"),
    path("people/persons/of/<str:reference>/agents/", persons.agents, name="people-agents"),
    path(
        "people/persons/of/<str:reference>/agents/<int:number>/end/",
        persons.end_agent,
        name="people-agent-end",
    ),
    path("people/persons/of/<str:reference>/read/<str:field>/", persons.value, name="people-value"),
    path("people/erasing/", persons.erase, name="people-erase"),
    path("own/data/", journals.own, name="people-own"),
    path("own/data/read/<str:field>/", journals.own_value, name="people-own-value"),
]
