"""Shape and constraints of units, accounts and roles; `actions` writes them."""

from onewindow.people.models.accounts import Account
from onewindow.people.models.units import Assignment, Delegation, Unit

__all__ = ["Account", "Assignment", "Delegation", "Unit"]
