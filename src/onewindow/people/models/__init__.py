"""Shape and constraints of units, accounts, roles and persons; `actions` writes them."""

from onewindow.people.models.accounts import Account
from onewindow.people.models.login import (
    Authenticator,
    KeptForm,
    KeptPassword,
    Passkey,
    ProvinceSubject,
    RecoveryCode,
    Session,
    Tries,
)
from onewindow.people.models.persons import Authorisation, Organisation, Person
from onewindow.people.models.tokens import ApiToken
from onewindow.people.models.units import Assignment, Delegation, Structure, Unit

__all__ = [
    "Account",
    "ApiToken",
    "Assignment",
    "Authenticator",
    "Authorisation",
    "Delegation",
    "KeptForm",
    "KeptPassword",
    "Organisation",
    "Passkey",
    "Person",
    "ProvinceSubject",
    "RecoveryCode",
    "Session",
    "Structure",
    "Tries",
    "Unit",
]
