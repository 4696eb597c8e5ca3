"""The door of people for other apps: accounts and actors, units, roles, persons."""

from onewindow.people.actions.accounts import close_account, open_account, rename_account, reopen_account
from onewindow.people.actions.agents import Power, authorise, end_authorisation
from onewindow.people.actions.delegating import delegate, end_delegation
from onewindow.people.actions.erasing import erase_person
from onewindow.people.actions.persons import (
    OrganisationDetails,
    PersonDetails,
    Registered,
    change,
    register_organisation,
    register_person,
)
from onewindow.people.actions.reading import reveal, reveal_fact
from onewindow.people.actions.roles import grant, withdraw
from onewindow.people.actions.units import add_unit, close_unit, move_unit, rename_unit
from onewindow.people.actors import actor_of
from onewindow.people.models import Account
from onewindow.people.queries import (
    OrganisationView,
    PersonView,
    account_names,
    breaches,
    find_organisations,
    find_persons,
    organisation,
    party,
    party_names,
    person,
)
from onewindow.people.tree import Tree, tree

__all__ = [
    "Account",
    "OrganisationDetails",
    "OrganisationView",
    "PersonDetails",
    "PersonView",
    "Power",
    "Registered",
    "Tree",
    "account_names",
    "actor_of",
    "add_unit",
    "authorise",
    "breaches",
    "change",
    "close_account",
    "close_unit",
    "delegate",
    "end_authorisation",
    "end_delegation",
    "erase_person",
    "find_organisations",
    "find_persons",
    "grant",
    "move_unit",
    "open_account",
    "organisation",
    "party",
    "party_names",
    "person",
    "register_organisation",
    "register_person",
    "rename_account",
    "rename_unit",
    "reopen_account",
    "reveal",
    "reveal_fact",
    "tree",
    "withdraw",
]
