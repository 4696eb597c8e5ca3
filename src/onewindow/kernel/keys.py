"""The keys of this bureau, from the files that the settings name."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from onewindow.kernel.crypto.fields import Keyring, read_keyring
from onewindow.kernel.crypto.keys import PrivateKey, PublicKey, read_private_key, read_public_key


@cache
def keyring() -> Keyring:
    """The keys of personal fields. Raises CryptoError and OSError."""
    return read_keyring(settings.KEYRING)


@cache
def ledger_key() -> PrivateKey:
    """What signs the roots of days. Raises CryptoError and OSError."""
    return read_private_key(settings.LEDGER_KEY.read_bytes())


def trusted_keys() -> dict[str, PublicKey]:
    """Public keys that verification trusts, by fingerprint: files *.pem of a folder, kept apart from the database."""
    found = (read_public_key(path.read_bytes()) for path in sorted(settings.TRUSTED_KEYS.glob("*.pem")))
    return {key.fingerprint: key for key in found}
