"""An authenticator in software: makes passkeys with attestation "none" and signs with them (CTAP2, WebAuthn)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_bytes
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import bytes_to_base64url

_PRESENT, _VERIFIED, _ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Device:
    """`host`: to which its keys belong; `origin`: of the page that asks. `count`: how often it signed."""

    host: str = "testserver"
    origin: str = "http://testserver"
    count: int = 0
    flags: int = _PRESENT | _VERIFIED
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential: bytes = field(default_factory=lambda: token_bytes(32))

    def make(self, options: dict[str, Any], **changed: Any) -> str:
        """The answer to `navigator.credentials.create`."""
        data = self._data(_ATTESTED) + bytes(16) + len(self.credential).to_bytes(2, "big") + self.credential
        data += self._public()
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(
            "webauthn.create", options, {"attestationObject": bytes_to_base64url(attestation)}, **changed
        )

    def sign(self, options: dict[str, Any], **changed: Any) -> str:
        """The answer to `navigator.credentials.get`."""
        self.count += 1
        data = self._data()
        client = self._client("webauthn.get", options, **changed)
        signature = self.key.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        told = {
            "authenticatorData": bytes_to_base64url(data),
            "signature": bytes_to_base64url(changed.get("signature", signature)),
        }
        return self._answer("webauthn.get", options, told, **changed)

    def _data(self, more: int = 0) -> bytes:
        flags = bytes([self.flags | more])
        return sha256(self.host.encode()).digest() + flags + self.count.to_bytes(4, "big")

    def _public(self) -> bytes:
        numbers = self.key.public_key().public_numbers()
        x, y = (one.to_bytes(32, "big") for one in (numbers.x, numbers.y))
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})

    def _client(self, kind: str, options: dict[str, Any], **changed: Any) -> bytes:
        said = {"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False}
        return json.dumps({**said, **{key: value for key, value in changed.items() if key in said}}).encode()

    def _answer(self, kind: str, options: dict[str, Any], told: dict[str, str], **changed: Any) -> str:
        name = bytes_to_base64url(self.credential)
        client = bytes_to_base64url(self._client(kind, options, **changed))
        return json.dumps(
            {"id": name, "rawId": name, "type": "public-key", "response": {**told, "clientDataJSON": client}}
        )
