"""Who works in the demonstration bureau, and who comes to it. Nobody of them exists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from stdnum.cn import uscc

from onewindow.gateways.identity.provider.citizens import citizens
from onewindow.kernel import moment
from onewindow.kernel.api import SYSTEM, Actor
from onewindow.kernel.crypto.sm3 import sm3
from onewindow.kernel.procedure import Role
from onewindow.main.demo.courses import APPROVER, OFFICER, WINDOW
from onewindow.people.api import (
    Account,
    OrganisationDetails,
    PersonDetails,
    Power,
    actor_of,
    add_unit,
    authorise,
    delegate,
    grant,
    open_account,
    register_organisation,
    register_person,
)
from onewindow.people.login.actions import fresh_password, keep_password
from onewindow.people.login.authenticator import fresh_secret
from onewindow.people.login.factors import add_authenticator
from onewindow.people.models import Unit

BUREAU = "bureau"
_UNITS = (  # code, name, kind, above
    (BUREAU, "示范县行政审批服务管理局", Unit.Kind.BUREAU, ""),
    ("market", "市场准入科", Unit.Kind.SECTION, BUREAU),
    ("social", "社会事务科", Unit.Kind.SECTION, BUREAU),
    ("invest", "投资项目科", Unit.Kind.SECTION, BUREAU),
    ("quality", "市场监督管理局窗口", Unit.Kind.DEPARTMENT, BUREAU),
    ("town", "青禾镇便民服务中心", Unit.Kind.TOWNSHIP, BUREAU),
    ("village", "柳湾村便民服务站", Unit.Kind.VILLAGE, "town"),
)
_STAFF = (  # log-in name, name, role, unit
    ("sysadmin", "系统管理员", Role.SYSTEM_ADMIN, BUREAU),
    ("secadmin", "安全管理员", Role.SECURITY_ADMIN, BUREAU),
    ("auditadmin", "审计管理员", Role.AUDIT_ADMIN, BUREAU),
    (WINDOW, "窗口甲", Role.WINDOW, BUREAU),
    ("town-window", "窗口乙", Role.WINDOW, "town"),
    (OFFICER, "审查甲", Role.OFFICER, BUREAU),
    ("market-officer", "审查乙", Role.OFFICER, "market"),
    (APPROVER, "负责人甲", Role.APPROVER, BUREAU),
    ("supervisor", "监督甲", Role.SUPERVISOR, BUREAU),
)
_FIRMS = (  # name, unified social credit code: of region 990000, which does not exist
    ("示范县禾苗餐饮有限公司", "91990000MA0000001"),
    ("示范县青石建材有限公司", "91990000MA0000002"),
)
_LEAVE_DAYS = 5


@dataclass(frozen=True)
class Card:
    """How somebody logs in: for the table at the end."""

    title: str
    login: str
    password: str


@dataclass(frozen=True)
class Cast:
    """Everybody. staff: log-in name -> account; owners: references of those whose matters they are, with whoever
    acts for each; titles: log-in name -> who that is.
    """

    staff: dict[str, Account]
    owners: tuple[tuple[str, Account], ...]
    titles: dict[str, str]

    def actor(self, login: str) -> Actor:
        """A member of staff, as he stands on the day of the story."""
        return actor_of(self.staff[login])


def make_people() -> Cast:
    """Units, staff with roles, applicants; nobody can log in yet."""
    for code, name, kind, above in _UNITS:
        add_unit(code, name, kind, above, SYSTEM)
    staff, titles = {}, {}
    for login, name, role, unit in _STAFF:
        staff[login] = open_account(login, name, SYSTEM)
        grant(staff[login].reference, role, unit, SYSTEM)
        add_authenticator(staff[login], fresh_secret(), 0)
        titles[login] = role.title if name == role.title else f"{role.title}（{name}）"
    window = actor_of(staff[WINDOW])
    applicants = []
    for one in citizens().values():
        person = register_person(PersonDetails(one.name, one.identity_number, phone=one.phone_number), window)
        account = open_account(one.subject, one.name, SYSTEM, Account.Kind.APPLICANT)
        account.party = person.reference
        account.save(update_fields=["party"])
        applicants.append((person.reference, account))
        titles[one.subject] = f"申请人（{one.name}）"
    agent, account = applicants[0]
    firms = [_firm(name, code, agent, window) for name, code in _FIRMS]
    return Cast(staff, (*applicants, *((firm, account) for firm in firms)), titles)


def send_on_leave(cast: Cast) -> None:
    """From today the officer is on leave for some days: somebody else does his work in his name."""
    lender, deputy = cast.staff[OFFICER], cast.staff["market-officer"]
    today = moment.today()
    until = today + timedelta(days=_LEAVE_DAYS)
    delegate(lender.reference, deputy.reference, today, until, "年休假", actor_of(lender))


def give_passwords(cast: Cast) -> tuple[Card, ...]:
    """A random password for everybody, which need not be changed at the first log-in."""
    accounts = [*cast.staff.values(), *{account.login: account for _owner, account in cast.owners}.values()]
    cards = []
    for account in accounts:
        password = fresh_password()
        keep_password(account, password, initial=False)
        cards.append(Card(cast.titles[account.login], account.login, password))
    return tuple(cards)


def _firm(name: str, code: str, agent: str, window: Actor) -> str:
    """An organisation, and who acts for it."""
    details = OrganisationDetails(name, code + uscc.calc_check_digit(code), "测试甲", "00000000001")
    firm = register_organisation(details, window).reference
    today, paper = moment.today(), sm3(f"授权委托书 {name}".encode()).hex()
    authorise(Power(firm, agent, today, today + timedelta(days=730), paper), window)
    return firm
