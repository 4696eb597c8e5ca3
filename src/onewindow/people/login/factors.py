"""Second factors of an account: what it has, and adding and removing them, each an entry in its journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onewindow.kernel.actor import Actor
from onewindow.kernel.api import Refused, note
from onewindow.people.login import authenticator, passkeys, recovery
from onewindow.people.login.passkeys import Site
from onewindow.people.login.sessions import end_sessions
from onewindow.people.models import Account, Authenticator, Passkey


class Factor(Enum):
    """How somebody proved who he is, beside his password."""

    AUTHENTICATOR = "totp"
    PASSKEY = "passkey"
    RECOVERY = "recovery"
    PROVINCE = "province"
    NONE = ""

    @property
    def title(self) -> str:
        return str(_TITLES[self])


_TITLES = {
    Factor.AUTHENTICATOR: gettext_lazy("动态口令"),
    Factor.PASSKEY: gettext_lazy("通行密钥"),
    Factor.RECOVERY: gettext_lazy("恢复码"),
    Factor.PROVINCE: gettext_lazy("省统一身份认证"),
    Factor.NONE: gettext_lazy("无"),
}


class LastFactor(Refused):
    """Somebody who must have a second factor wants to remove his last one."""

    code = "last-factor"


@dataclass(frozen=True)
class Factors:
    """What an account has."""

    authenticator: Authenticator | None
    passkeys: Sequence[Passkey]
    codes_left: int

    def __bool__(self) -> bool:
        return self.authenticator is not None or bool(self.passkeys)


def factors_of(account: Account) -> Factors:
    """Its second factors, oldest first."""
    return Factors(
        Authenticator.objects.filter(account=account).first(),
        list(account.passkeys.order_by("id")),
        recovery.left(account),
    )


def must_have(account: Account) -> bool:
    """Whether it may not be used without a second factor: all staff, administrators above all."""
    return account.kind == Account.Kind.STAFF


def himself(account: Account) -> Actor:
    """The account as far as its own journal is concerned; its roles are not asked for."""
    return Actor(account.reference, account.name, parties=frozenset({account.reference}))


def add_authenticator(account: Account, secret: str, step: int) -> tuple[str, ...]:
    """Keep an authenticator whose code was right; the recovery codes, where these are its first factor's."""
    with transaction.atomic():
        codes = _first_codes(account)
        authenticator.enrol(account, secret, step)
        note(account.reference, "factor_added", himself(account), {"what": Factor.AUTHENTICATOR.title})
    return codes


def add_passkey(
    account: Account, answer: str, challenge: bytes, site: Site, name: str
) -> tuple[str, ...] | None:
    """Keep the passkey that a device made; recovery codes as above; None where its answer is not right."""
    with transaction.atomic():
        codes = _first_codes(account)
        if passkeys.register(account, answer, challenge, site, name) is None:
            transaction.set_rollback(True)
            return None
        note(account.reference, "factor_added", himself(account), {"what": f"{Factor.PASSKEY.title}：{name}"})
    return codes


def _first_codes(account: Account) -> tuple[str, ...]:
    return () if factors_of(account) else recovery.issue(account)


def renew_codes(account: Account) -> tuple[str, ...]:
    """Ten new recovery codes in place of the old ones."""
    with transaction.atomic():
        codes = recovery.issue(account)
        note(account.reference, "factor_added", himself(account), {"what": Factor.RECOVERY.title})
    return codes


def remove_authenticator(account: Account) -> None:
    """Raises LastFactor."""
    with transaction.atomic():
        _keep_one(account)
        Authenticator.objects.filter(account=account).delete()
        note(account.reference, "factor_removed", himself(account), {"what": Factor.AUTHENTICATOR.title})


def remove_passkey(account: Account, number: int) -> None:
    """Remove one passkey; nothing happens where it is not his. Raises LastFactor."""
    with transaction.atomic():
        row = account.passkeys.filter(pk=number).first()
        if row is not None:
            _keep_one(account)
            row.delete()
            what = f"{Factor.PASSKEY.title}：{row.name}"
            note(account.reference, "factor_removed", himself(account), {"what": what})


def _keep_one(account: Account) -> None:
    Account.objects.select_for_update().get(pk=account.pk)  # two removals at once are one after the other
    has = factors_of(account)
    if must_have(account) and len(has.passkeys) + (has.authenticator is not None) < 2:
        raise LastFactor(_("工作人员至少要有一种第二因素。请先登记另一种，再注销这一种。"))


def remove_all(account: Account, actor: Actor, reason: str) -> None:
    """For somebody who lost his device and his codes: he registers anew at his next log-in.

    `actor`: a security administrator, because the system administrator gives out passwords: nobody alone takes
    an account over. All sessions end. Raises NotAllowed.
    """
    with transaction.atomic():
        note(
            account.reference,
            "factor_removed",
            actor,
            {"what": _("全部第二因素：{reason}").format(reason=reason)},
        )
        Authenticator.objects.filter(account=account).delete()
        account.passkeys.all().delete()
        account.recovery_codes.all().delete()
        end_sessions(account)
