"""The present one-time code of a demonstration account: in a demonstration nobody has a telephone at hand."""

from __future__ import annotations

import pyotp

from onewindow.kernel import moment
from onewindow.people.login.authenticator import unseal
from onewindow.people.models import Authenticator


class NoCode(Exception):
    """There is no such account, or it needs none; the message is Chinese."""


def code_of(login: str) -> str:
    """Six digits, good for half a minute and for one log-in. Raises NoCode."""
    row = Authenticator.objects.filter(account__login=login).select_related("account").first()
    if row is None:
        raise NoCode(f"演示账户“{login}”没有登记动态口令：没有这个账户，或者它不需要。")
    return pyotp.TOTP(unseal(bytes(row.secret), row.account_id)).at(moment.now())
