"""Recovery codes (恢复码): ten, each good once, for the day on which the device is lost."""

from __future__ import annotations

import secrets

from django.db import transaction

from onewindow.kernel import moment
from onewindow.kernel.keys import keyring
from onewindow.people.models import Account, RecoveryCode

COUNT = 10
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U, which are misread
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None})
_HALF = 5


def issue(account: Account) -> tuple[str, ...]:
    """Ten new codes of 50 random bits, in place of all earlier ones. They are shown now and never again."""
    codes = tuple(
        "-".join("".join(secrets.choice(_ALPHABET) for _each in range(_HALF)) for _part in range(2))
        for _code in range(COUNT)
    )
    with transaction.atomic():
        RecoveryCode.objects.filter(account=account).delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(account=account, digest=_digest(account, code)) for code in codes
        )
    return codes


def accepts(account: Account, code: str) -> bool:
    """Whether it is a code of this account that was not used before; it is used now."""
    found = RecoveryCode.objects.filter(account=account, digest=_digest(account, code), used_us__isnull=True)
    return found.update(used_us=moment.now_us()) == 1


def left(account: Account) -> int:
    """How many codes are still good."""
    return RecoveryCode.objects.filter(account=account, used_us__isnull=True).count()


def _digest(account: Account, code: str) -> bytes:
    typed = code.upper().translate(_MISREAD)
    return keyring().blind_index("people.recoverycode", f"{account.reference}:{typed}")
