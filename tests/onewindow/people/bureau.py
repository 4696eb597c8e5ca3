"""A bureau for tests: units, the three administrators, and staff."""

from datetime import date

from onewindow.kernel.api import SYSTEM, Actor
from onewindow.kernel.procedure import Role
from onewindow.people.api import (
    Account,
    PersonDetails,
    actor_of,
    add_unit,
    grant,
    open_account,
    register_person,
)


def identity(born: str, order: str = "001", region: str = "990000") -> str:
    """A number that could be right, of nobody."""
    head = f"{region}{born.replace('-', '')}{order}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return (
        head + "10X98765432"[sum(int(one) * weight for one, weight in zip(head, weights, strict=True)) % 11]
    )


def units():
    """A bureau with a section and a department; a station under a township."""
    add_unit("bureau", "行政审批服务管理局", "bureau", "", SYSTEM)
    add_unit("section", "市场准入科", "section", "bureau", SYSTEM)
    add_unit("town", "某镇便民服务中心", "township", "bureau", SYSTEM)
    add_unit("village", "某村便民服务站", "village", "town", SYSTEM)


def staff(login: str, *roles: Role, unit: str = "bureau") -> Account:
    """Somebody with roles."""
    account = open_account(login, f"职员{login}", SYSTEM)
    for role in roles:
        grant(account.reference, role, unit, SYSTEM)
    return account


def acting(login: str, *roles: Role, unit: str = "bureau") -> Actor:
    """The same, as who acts."""
    return actor_of(staff(login, *roles, unit=unit))


def somebody(name: str = "某甲", born: str = "1990-01-01", order: str = "001", actor: Actor = SYSTEM) -> str:
    """Reference of a registered person."""
    details = PersonDetails(name, identity(born, order), phone="00000000000", address="某省某市某区某街道1号")
    return register_person(details, actor).reference


def day(text: str) -> date:
    return date.fromisoformat(text)
