"""SM4 (GB/T 32907) in counter mode (GB/T 17964). It hides and does not protect: see ``fields``."""

from __future__ import annotations

KEY_SIZE = IV_SIZE = 16


def ctr(key: bytes, iv: bytes, data: bytes) -> bytes:
    """Encrypt or decrypt `data`, which is the same: the key stream starts at counter block `iv`.

    `key`, `iv`: 16 bytes; a pair of them must never serve two texts.
    """
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    return Cipher(algorithms.SM4(key), modes.CTR(iv)).encryptor().update(data)
