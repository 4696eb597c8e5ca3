"""What can go wrong with keys, signatures and sealed fields; every message is for people."""

from __future__ import annotations


class CryptoError(ValueError):
    """A key, signature or ciphertext that cannot be used; the message says why, in Chinese."""
