"""What an identity service says of itself: its endpoints and its keys, asked for and kept for a while."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from onewindow.gateways.address import Misconfigured, over_http
from onewindow.gateways.identity.errors import IdentityRefused
from onewindow.gateways.posting import ask
from onewindow.kernel.api import GatewayError

_PATH = "/.well-known/openid-configuration"
_KEPT_SECONDS = 3600
_ASKED_AGAIN_SECONDS = 30  # forged tokens with keys of their own do not make us ask without end


class Discovery:
    """The service at an issuer's address. Safe to be used by several threads."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self._lock = threading.Lock()
        self._said: Mapping[str, Any] = {}
        self._said_at = self._keys_at = float("-inf")
        self._keys = KeySet([])

    def endpoint(self, name: str, *, required: bool = True) -> str:
        """The address of an endpoint; "" for one that is missing and not required. Raises IdentityRefused."""
        with self._lock:
            if time.monotonic() - self._said_at > _KEPT_SECONDS:
                said = _read(f"{self.issuer.rstrip('/')}{_PATH}")
                if said.get("issuer") != self.issuer:
                    told = _(
                        "统一身份认证自称“{said}”，与配置的发行者地址不同，请核对 ONEWINDOW_IDENTITY_ISSUER。"
                    )
                    raise IdentityRefused("discovery", told.format(said=str(said.get("issuer"))[:100]))
                self._said, self._said_at = said, time.monotonic()
            place = self._said.get(name) or ""
        if required or place:
            _trusted(name, str(place))
        return str(place)

    def keys(self, kid: str | None) -> KeySet:
        """Its public keys, asked for again when a token names one that is not known. Raises IdentityRefused."""
        place = self.endpoint("jwks_uri")
        with self._lock:
            age = time.monotonic() - self._keys_at
            known = kid in {key.kid for key in self._keys.keys}
            if age > _KEPT_SECONDS or (not known and age > _ASKED_AGAIN_SECONDS):
                try:
                    self._keys = KeySet.import_key_set({"keys": _read(place).get("keys", [])})
                except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
                    raise IdentityRefused("keys", _("统一身份认证的公钥读不出来，请联系管理员。")) from error
                self._keys_at = time.monotonic()
            return self._keys


def _read(place: str) -> Mapping[str, Any]:
    address = over_http("ONEWINDOW_IDENTITY_ISSUER", place)
    try:
        return ask(address, "GET", None, {"Accept": "application/json"}).told
    except GatewayError as error:
        told = _("暂时连不上统一身份认证（{why}），请稍后再试，或者用登录名和口令登录。")
        raise IdentityRefused("unreachable", told.format(why=error.code)) from error


def _trusted(name: str, place: str) -> None:
    try:
        over_http(name, place)
    except Misconfigured as error:
        raise IdentityRefused(
            "discovery", _("统一身份认证说的地址不能用：{why}").format(why=error)
        ) from error
