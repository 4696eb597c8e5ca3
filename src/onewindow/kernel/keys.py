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


def announced_keys() -> frozenset[str]:
    """Fingerprints of keys that took over without the old key's word, because it was lost: see docs/ledger.md.

    From `announced.txt` in the folder of the trusted keys, one on each line; what follows a # is a remark.
    """
    path = settings.TRUSTED_KEYS / "announced.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return frozenset(line.split("#")[0].strip().lower() for line in lines) - {""}
