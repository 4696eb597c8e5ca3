"""One-time codes of an authenticator app (动态口令, TOTP, RFC 6238): the secret is sealed, no code works twice."""

from __future__ import annotations

import hmac
import unicodedata

import pyotp
import segno
from django.conf import settings

from onewindow.kernel import moment
from onewindow.kernel.keys import keyring
from onewindow.people.models import Account, Authenticator

_STEP_US = 30 * 1_000_000
_NEIGHBOURS = (0, -1, 1)  # clocks differ, and typing takes time


def fresh_secret() -> str:
    """160 random bits in base 32."""
    return pyotp.random_base32()


def address(secret: str, account: Account) -> str:
    """What the QR code tells the app."""
    return pyotp.TOTP(secret).provisioning_uri(name=account.login, issuer_name=settings.BUREAU)


def drawing(text: str) -> str:
    """A QR code as SVG without a size of its own: style sheets say how large it is."""
    return segno.make(text, error="m").svg_inline(omitsize=True, light="#fff", border=3)


def step_of(secret: str, code: str, now_us: int) -> int | None:
    """The step that a code belongs to, if it is the present one or its neighbour; None for a wrong code."""
    typed = unicodedata.normalize("NFKC", code).replace(" ", "").encode("utf-8")
    now = now_us // _STEP_US
    found = None
    for step in (now + shift for shift in _NEIGHBOURS):
        if hmac.compare_digest(pyotp.TOTP(secret).generate_otp(step).encode("ascii"), typed):
            found = step
    return found


def enrol(account: Account, secret: str, step: int) -> None:
    """Keep a secret, in place of an earlier one. `step`: of the code that proved it, which is used up."""
    now = moment.now_us()
    kept = {"secret": seal(secret, account.pk), "last_step": step, "added_us": now, "used_us": now}
    Authenticator.objects.update_or_create(account=account, defaults=kept)


def accepts(account: Account, code: str) -> bool:
    """Whether it is a right code that was not used before, nor one older than the last."""
    row = Authenticator.objects.filter(account=account).first()
    if row is None:
        return False
    now = moment.now_us()
    step = step_of(unseal(bytes(row.secret), account.pk), code, now)
    if step is None:
        return False
    unused = Authenticator.objects.filter(account=account, last_step__lt=step)
    return unused.update(last_step=step, used_us=now) == 1


def seal(secret: str, account_id: int) -> bytes:
    """A secret as it is kept."""
    return keyring().seal(secret, place(account_id))


def unseal(sealed: bytes, account_id: int) -> str:
    """The secret again. Raises CryptoError."""
    return keyring().unseal(sealed, place(account_id))


def place(account_id: int) -> str:
    """Where a sealed secret belongs."""
    return f"people.authenticator:secret:{account_id}"
