"""The pages named at the top of every page, for whom they are open. An app adds its own here."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from onewindow.kernel.actor import Actor
from onewindow.kernel.procedure import Role
from onewindow.people.access import APPLICANTS, Mark, fits, signed_in


class Place(NamedTuple):
    """A place as it is drawn."""

    title: str
    address: str
    here: bool


BUSINESS = (Role.WINDOW, Role.OFFICER, Role.APPROVER, Role.SUPERVISOR)
PLACES: tuple[tuple[str, object, tuple[Mark | Role, ...]], ...] = (
    ("own", _("我的事务"), (APPLICANTS,)),
    ("queue", _("待办"), BUSINESS),
    ("start", _("新办"), (APPLICANTS, *BUSINESS)),
    ("board", _("督办看板"), (Role.SUPERVISOR,)),
    ("outbox", _("发件箱"), (Role.SYSTEM_ADMIN,)),
    ("people-persons", _("当事人"), BUSINESS),
    ("people-own", _("谁看过我的信息"), (APPLICANTS,)),
    ("people-leave", _("休假委托"), (*BUSINESS, Role.SECURITY_ADMIN)),
    ("people-staff", _("人员"), (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)),
    ("people-tokens", _("接口令牌"), (Role.SECURITY_ADMIN,)),
    ("people-units", _("单位"), (Role.SYSTEM_ADMIN,)),
    ("people-erase", _("删除个人信息"), (Role.SECURITY_ADMIN,)),
    ("people-journals", _("审计日志"), (Role.AUDIT_ADMIN,)),
)


def places(request: HttpRequest, actor: Actor) -> list[Place]:
    """Those open to him, where the app that brings them is there."""
    account = signed_in(request)
    if account is None:
        return []
    here = request.resolver_match.url_name if request.resolver_match else ""
    found = []
    for name, title, marks in PLACES:
        if not fits(frozenset(marks), account, actor):
            continue
        try:
            found.append(Place(str(title), reverse(name), name == here))
        except NoReverseMatch:
            continue
    return found
