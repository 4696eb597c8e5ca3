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
from onewindow.people.actors import actor_from, asked, questions
from onewindow.people.models import Account, ApiToken
from onewindow.people.tree import Tree, tree

SCOPES = {
    "matters:read": gettext_lazy("查看事务"),
    "matters:write": gettext_lazy("办理事务"),
    "feed:read": gettext_lazy("读取变更流"),
    "measures:read": gettext_lazy("读取度量"),
    "documents:read": gettext_lazy("下载材料"),
    "documents:write": gettext_lazy("上传材料"),
}
LONGEST_DAYS, LONGEST_TITLE = 366, 100
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TOKEN = re.compile(r"ow_([0-9A-Z]{8})_[0-9A-Za-z_-]{43}", re.ASCII)
_DOMAIN = b"onewindow.token.1\0"


_WHO = questions("""
SELECT account.id, account.reference, account.name, account.party, account.is_active,
    token.digest, token.scopes, token.until, token.used, token.revoked
FROM people_apitoken token JOIN people_account account ON account.id = token.account_id
WHERE token.prefix = %(prefix)s
""")
_BEARER = (
    _WHO
    + """
UNION ALL
SELECT 'account', reference, name, party FROM who
UNION ALL
SELECT 'token', digest, scopes, '' FROM who
UNION ALL
SELECT 'holds', CAST(until AS text), CAST(used AS text), '' FROM who WHERE is_active AND revoked IS NULL
"""
)


class Bearer(NamedTuple):
    """Who calls with a token, what the token lets him do of what he may, and the tree of units as it is now."""

    actor: Actor
    scopes: frozenset[str]
    units: Tree


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


def bearer_of(text: str) -> Bearer | None:
    """Who calls with a token now, found in one query.

    None where it was never issued, has ended or was revoked, or its account is closed.
    """
    form = _TOKEN.fullmatch(text)
    if form is None:
        return None
    today = moment.today().isoformat()
    rows = asked(_BEARER, {"prefix": form[1], "today": today})
    found = {row.what: row for row in rows}
    if "token" not in found or not hmac.compare_digest(found["token"].first, _digest(text)):
        return None
    if "holds" not in found or found["holds"].first < today:
        return None
    if found["holds"].second != today:
        ApiToken.objects.filter(prefix=form[1]).update(used=moment.today())
    _what, reference, name, party = found["account"]
    actor = actor_from(rows, reference, name, party)
    units = tree(found["tree"].first) if "tree" in found else Tree({})
    return Bearer(actor, frozenset(found["token"].second.split()), units)


def _digest(text: str) -> str:
    return sm3(_DOMAIN + text.encode()).hex()


def _faults(title: str, scopes: list[str], until: date) -> Iterable[FactFault]:
    if not title.strip() or len(title) > LONGEST_TITLE:
        yield FactFault("title", "title", _("请写明令牌的用途，最多{most}个字。").format(most=LONGEST_TITLE))
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
