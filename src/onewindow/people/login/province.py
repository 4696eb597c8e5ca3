"""Log-in through the province's identity service (省统一身份认证): whose account it is, made at the first time.

The gateway that speaks to the service is put in by `main.wiring`, for people and gateways do not know each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from onewindow.kernel import moment
from onewindow.kernel.api import SYSTEM, FactsInvalid
from onewindow.people import numbers
from onewindow.people.actions.accounts import open_account
from onewindow.people.actions.persons import PersonDetails, locked, register_person
from onewindow.people.login.actions import LogInRefused
from onewindow.people.login.policy import policy
from onewindow.people.models import Account, ProvinceSubject
from onewindow.people.references import ACCOUNT, draw


class Question(Protocol):
    """Where to send the browser, and what its session keeps until it comes back."""

    @property
    def address(self) -> str: ...
    @property
    def kept(self) -> dict[str, str]: ...


class Citizen(Protocol):
    """Who somebody is, as the service says. level: of assurance, 0 where it is not known."""

    @property
    def issuer(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def identity_number(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def level(self) -> int: ...
    @property
    def id_token(self) -> str: ...


class IdentityService(Protocol):
    """What log-in asks of a gateway. Every method raises kernel.api.Refused."""

    def ask(self, back: str) -> Question: ...
    def answered(self, kept: Mapping[str, str] | None, told: Mapping[str, str], back: str) -> Citizen: ...
    def leave(self, id_token: str, back: str) -> str: ...


_offered: list[IdentityService] = []


def offer(service: IdentityService | None) -> None:
    """Offer log-in through a service from now on; None: not any more."""
    _offered[:] = [] if service is None else [service]


def offered() -> IdentityService | None:
    """The service that is offered."""
    return _offered[0] if _offered else None


def account_of(citizen: Citizen) -> Account:
    """Whose account it is: by the subject, else by the identity number; a new one at the first time.

    Raises LogInRefused where the service has not verified him, or where his account is closed.
    """
    least = policy().province.level
    if citizen.level < least:
        told = _("您在省统一身份认证还没有完成实名认证（需要 {least} 级，现为 {level} 级），请先在那里完成。")
        raise LogInRefused(told.format(least=least, level=citizen.level))
    with transaction.atomic():
        account = _known(citizen) or _linked(citizen)
    if not account.is_active:
        raise LogInRefused(_("您的账户已经停用，请到窗口办理。"))
    return account


def _known(citizen: Citizen) -> Account | None:
    link = ProvinceSubject.objects.filter(issuer=citizen.issuer, subject=citizen.subject).first()
    if link is None:
        return None
    if link.level != citizen.level:
        link.level = citizen.level
        link.save(update_fields=["level"])
    return link.account


def _linked(citizen: Citizen) -> Account:
    """The first time: the account of the person who has the number, or a new one. Two at once make one."""
    person = locked(_registered(citizen)).reference
    account = _known(citizen) or _account_of_person(person) or _opened(citizen.name, person)
    ProvinceSubject.objects.get_or_create(
        issuer=citizen.issuer,
        subject=citizen.subject,
        defaults={"account": account, "level": citizen.level, "linked_us": moment.now_us()},
    )
    return account


def _registered(citizen: Citizen) -> str:
    """The person's reference. A telephone number that the service masks, or has wrong, is left out."""
    try:
        phone = numbers.phone(citizen.phone)
    except numbers.Wrong:
        phone = ""
    try:
        return register_person(
            PersonDetails(citizen.name, citizen.identity_number, phone=phone), SYSTEM
        ).reference
    except FactsInvalid as invalid:
        told = _("省统一身份认证给出的信息不完整或有误：{why}").format(why=invalid.message)
        raise LogInRefused(told) from invalid


def _account_of_person(person: str) -> Account | None:
    own = Account.objects.filter(party=person, kind=Account.Kind.APPLICANT)
    return own.order_by("-is_active", "id").first()


def _opened(name: str, person: str) -> Account:
    account = open_account(draw(ACCOUNT).lower(), name, SYSTEM, Account.Kind.APPLICANT)
    account.party = person
    account.save(update_fields=["party"])
    return account
