"""Tokens of the API: issued and revoked by the security administrator, each time noted in the account's journal.

The text of a token is `ow_`, eight characters by which it is found, and 256 random bits. Only its SM3 is kept:
what is drawn from so many needs no slow hash.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onewindow.kernel import moment
from onewindow.kernel.api import Actor, FactFault, FactsInvalid, NotFound, note
from onewindow.kernel.crypto.sm3 import sm3
from onewindow.people.models import Account, ApiToken

SCOPES = {
    "matters:read": gettext_lazy("查看事务"),
    "matters:write": gettext_lazy("办理事务"),
    "feed:read": gettext_lazy("读取变更流"),
    "measures:read": gettext_lazy("读取度量"),
    "documents:read": gettext_lazy("下载材料"),
    "documents:write": gettext_lazy("上传材料"),
}
LONGEST_DAYS = 366
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TOKEN = re.compile(r"ow_([0-9A-Z]{8})_[0-9A-Za-z_-]{43}", re.ASCII)
_DOMAIN = b"onewindow.token.1\0"


class Held(NamedTuple):
    """What a token stands for."""

    account: Account
    scopes: frozenset[str]


def issue(account: Account, title: str, scopes: Iterable[str], until: date, by: Actor) -> str:
    """A new token for an account; the text is returned this once.

    until  last day on which it holds, at most a year from today
    Raises FactsInvalid, and NotAllowed where `by` is no security administrator.
    """
    wanted = sorted(set(scopes))
    if faults := list(_faults(title, wanted, until)):
        raise FactsInvalid(faults)
    prefix = "".join(secrets.choice(_ALPHABET) for _each in range(8))
    text = f"ow_{prefix}_{secrets.token_urlsafe(32)}"
    told = _("{prefix}（{title}）：{scopes}，有效至{until}").format(
        prefix=prefix, title=title, scopes=" ".join(wanted), until=until
    )
    with transaction.atomic():
        ApiToken.objects.create(
            account=account,
            title=title,
            prefix=prefix,
            digest=_digest(text),
            scopes=" ".join(wanted),
            until=until,
        )
        note(account.reference, "token_issued", by, {"what": told})
    return text


def revoke(prefix: str, by: Actor) -> None:
    """A token holds no more, from now on. Raises NotFound, and NotAllowed as `issue` does."""
    with transaction.atomic():
        token = ApiToken.objects.select_for_update().filter(prefix=prefix).select_related("account").first()
        if token is None:
            raise NotFound(_("没有编号为“{prefix}”的令牌。").format(prefix=prefix[:12]))
        if token.revoked is not None:
            return
        token.revoked = moment.now_us()
        token.save(update_fields=["revoked"])
        note(token.account.reference, "token_revoked", by, {"what": f"{token.prefix}（{token.title}）"})


def account_of(text: str) -> Held | None:
    """What a token stands for now; None where it was never issued, has ended, or its account is closed."""
    form = _TOKEN.fullmatch(text)
    if form is None:
        return None
    token = ApiToken.objects.filter(prefix=form[1]).select_related("account").first()
    if token is None or not hmac.compare_digest(bytes(token.digest), _digest(text)):
        return None
    today = moment.today()
    if token.revoked is not None or token.until < today or not token.account.is_active:
        return None
    if token.used != today:
        ApiToken.objects.filter(pk=token.pk).update(used=today)
    return Held(token.account, frozenset(token.scopes.split()))


def _digest(text: str) -> bytes:
    return sm3(_DOMAIN + text.encode())


def _faults(title: str, scopes: list[str], until: date) -> Iterable[FactFault]:
    if not title.strip() or len(title) > 100:
        yield FactFault("title", "title", _("请写明令牌的用途，最多100个字。"))
    if unknown := [scope for scope in scopes if scope not in SCOPES]:
        told = _("没有“{unknown}”这样的权限范围，可用的有：{known}。")
        yield FactFault(
            "scopes", "scopes", told.format(unknown="、".join(unknown)[:200], known="、".join(SCOPES))
        )
    elif not scopes:
        yield FactFault("scopes", "scopes", _("请至少选一个权限范围。"))
    left = (until - moment.today()).days
    if not 0 <= left <= LONGEST_DAYS:
        told = _("有效期的末日应在今天和{most}天之内。")
        yield FactFault("until", "until", told.format(most=LONGEST_DAYS))
