"""Accounts of staff are opened, changed and closed by the system administrator, each time with an entry.

He gives no roles: an account that is opened, or opened again, may do nothing until the security administrator
grants it a role. Passwords and second factors are `login`'s business.
"""

from __future__ import annotations

import re
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from onewindow.kernel import moment
from onewindow.kernel.api import Actor, FactFault, FactsInvalid, NotAllowed, NotFound, NotPossible, note
from onewindow.people import masking
from onewindow.people.actions.roles import check_not_last, still_held
from onewindow.people.models import Account, Structure
from onewindow.people.references import ACCOUNT, draw

_LOGIN = re.compile(r"[0-9a-z][0-9a-z._-]{2,59}", re.ASCII)
LONGEST_NAME = 60


def open_account(login: str, name: str, actor: Actor, kind: str = Account.Kind.STAFF) -> Account:
    """An account that cannot log in yet: it has no password and no role.

    `kind`: of `Account.Kind`. An applicant's name is kept masked: in full it stands sealed with his person.
    Raises FactsInvalid, NotAllowed.
    """
    login, name = login.strip().lower(), name.strip()
    if faults := [*_login_faults(login), *_name_faults(name)]:
        raise FactsInvalid(faults)
    account = Account(reference=draw(ACCOUNT), login=login, name=_shown(name, kind), kind=kind)
    account.set_unusable_password()
    try:
        with transaction.atomic():
            account.save(force_insert=True)
            note(account.reference, "account_opened", actor, {"what": account.get_kind_display()})
    except IntegrityError:  # somebody else took the name in the same moment
        raise FactsInvalid([_taken(login)]) from None
    return account


def rename_account(reference: str, name: str, actor: Actor) -> None:
    """Raises FactsInvalid, NotFound, NotAllowed."""
    name = name.strip()
    if faults := _name_faults(name):
        raise FactsInvalid(faults)
    with transaction.atomic():
        account = locked(reference)
        account.name = _shown(name, account.kind)
        account.save(update_fields=["name"])
        note(reference, "account_changed", actor, {"what": _("姓名")})


def close_account(reference: str, reason: str, actor: Actor) -> None:
    """It may do nothing any more, from now on; its roles end, so that opening it again does not bring them back.

    Raises NotFound, NotPossible, NotAllowed, FactsInvalid where there is no reason.
    """
    with transaction.atomic():
        Structure.locked()
        account = locked(reference)
        if reference == actor.id:
            raise NotAllowed(_("不能停用自己的账户，请另一名系统管理员办理。"))
        if not account.is_active:
            raise NotPossible(_("这个账户已经停用。"))
        check_not_last(account)
        account.is_active = False
        account.save(update_fields=["is_active"])
        account.sessions.all().delete()
        yesterday = moment.today() - timedelta(days=1)
        still_held(account).update(until=yesterday)
        account.deputising.filter(ended__isnull=True, until__gt=yesterday).update(ended=moment.today())
        note(reference, "account_closed", actor, {"reason": reason})


def reopen_account(reference: str, reason: str, actor: Actor) -> None:
    """It may log in again, without any role. Raises NotFound, NotPossible, NotAllowed, FactsInvalid."""
    with transaction.atomic():
        account = locked(reference)
        if account.is_active:
            raise NotPossible(_("这个账户没有停用。"))
        account.is_active = True
        account.save(update_fields=["is_active"])
        note(reference, "account_reopened", actor, {"reason": reason})


def locked(reference: str) -> Account:
    """The row, ours until the transaction ends. Raises NotFound."""
    account = Account.objects.select_for_update().filter(reference=reference).first()
    if account is None:
        raise NotFound(_("没有这个账户，请核对。"))
    return account


def _shown(name: str, kind: str) -> str:
    return masking.name(name) if kind == Account.Kind.APPLICANT else name


def _login_faults(login: str) -> list[FactFault]:
    if not _LOGIN.fullmatch(login):
        told = _("登录名应为3至60位小写字母、数字、点、下划线和连字符，以字母或数字开头。")
        return [FactFault("login", "shape", told)]
    if Account.objects.filter(login=login).exists():
        return [_taken(login)]
    return []


def _taken(login: str) -> FactFault:
    return FactFault("login", "taken", _("登录名“{login}”已被使用，请换一个。").format(login=login))


def _name_faults(name: str) -> list[FactFault]:
    if not name:
        return [FactFault("name", "missing", _("请填写姓名。"))]
    if len(name) > LONGEST_NAME:
        told = _("姓名最多{most}个字，现有{count}个字。")
        return [FactFault("name", "too-long", told.format(most=LONGEST_NAME, count=len(name)))]
    return []
