"""Who really asks, where a proxy stands before: only named proxies are believed.

Without this, anybody could write an address of his choice into X-Forwarded-For, and lock-out by address,
local-only pages and encryption would rest on what he says.
"""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

_TOLD = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED")
_ID = "HTTP_X_REQUEST_ID"
FORWARDED = "onewindow.forwarded"  # in META: it came through somebody else's hands


class Proxies:
    """Middleware, outermost: sets REMOTE_ADDR to the client's, and drops what strangers claim to forward."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer
        self.trusted = [ip_network(one, strict=False) for one in settings.PROXIES]

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        meta = request.META
        meta[FORWARDED] = any(name in meta for name in _TOLD)
        if self._trusts(meta.get("REMOTE_ADDR", "")):
            meta["REMOTE_ADDR"] = self._client(meta)
        else:
            for name in (*_TOLD, _ID):
                meta.pop(name, None)
        return self.answer(request)

    def _client(self, meta: dict[str, str]) -> str:
        """The nearest address that is no proxy of ours; each proxy adds the one it was asked by at the end."""
        told = [one.strip() for one in meta.get("HTTP_X_FORWARDED_FOR", "").split(",") if one.strip()]
        nearest = meta["REMOTE_ADDR"]
        for one in reversed(told):
            if not _is_address(one):
                break
            nearest = one
            if not self._trusts(one):
                break
        return nearest

    def _trusts(self, address: str) -> bool:
        return _is_address(address) and any(ip_address(address) in network for network in self.trusted)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
