"""The door of the province: `send`, and `report` for what is posted."""

from __future__ import annotations

import io
import json
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from onewindow.gateways.address import Address, Misconfigured, over_http
from onewindow.gateways.posting import judged, post
from onewindow.gateways.province import signing
from onewindow.gateways.province.document import AT_ONCE, ENDED, PROMISED, RECEIVED, Report, body_of
from onewindow.gateways.province.document import written as report
from onewindow.gateways.province.store import Kept, Store
from onewindow.kernel import moment
from onewindow.kernel.api import GatewayError
from onewindow.kernel.crypto.errors import CryptoError
from onewindow.kernel.crypto.keys import PrivateKey

__all__ = [
    "AT_ONCE",
    "ENDED",
    "LOCAL",
    "PROMISED",
    "RECEIVED",
    "TO",
    "Report",
    "check",
    "draw_key",
    "forget",
    "received",
    "report",
    "send",
]

LOCAL = "local"
TO = "省平台"  # there is one: what is posted to it needs no address
VARIABLE = "ONEWINDOW_PROVINCE"
_KEPT_US = 90 * 86_400 * 1_000_000


def send(to: str, content: str, message_id: str) -> str:  # noqa: ARG001 - the form of every gateway
    """Report `content` (see `report`), signed, to the platform or the stand-in that ONEWINDOW_PROVINCE names.

    `message_id`: the same for every try, so that the receiver drops doubles. Returns the receipt.
    Raises GatewayError (kernel.api), which says whether to try again, and Misconfigured.
    """
    body = body_of(content, message_id)
    if settings.PROVINCE == LOCAL:
        draw_key()
        return _to_stand_in(body, signing.signature(_key(), body))
    key = _key()
    headers = {"X-Signature": signing.signature(key, body), "X-Key": key.public.fingerprint}
    return str(post(_address(settings.PROVINCE), body, headers).told.get("receipt", ""))


def received(most: int = 100) -> list[Kept]:
    """What the stand-in on this machine was sent, newest first."""
    return Store(settings.PROVINCE_RECEIVED).received(most)


def forget() -> int:
    """Let the stand-in forget what came more than 90 days ago; how much that was."""
    return Store(settings.PROVINCE_RECEIVED).forget(moment.now_us() - _KEPT_US)


def draw_key() -> None:
    """Draw the key that reports are signed with, where there is none: for demonstrations."""
    signing.draw(settings.PROVINCE_KEY)


def check(value: str) -> None:
    """Raises Misconfigured (gateways.address) where ONEWINDOW_PROVINCE cannot have this value."""
    if value == LOCAL:
        return
    _address(value)
    path = settings.PROVINCE_KEY
    try:
        signing.private_key(path)
    except (OSError, CryptoError) as error:
        raise Misconfigured(_no_key()) from error
    if path.stat().st_mode & 0o077:
        raise Misconfigured(f"上报签名的私钥 {path} 其他用户也能读。请执行：chmod 600 {path}")


def _address(value: str) -> Address:
    return over_http(VARIABLE, value)


def _key() -> PrivateKey:
    try:
        return signing.private_key(settings.PROVINCE_KEY)
    except (OSError, CryptoError) as error:
        raise GatewayError("no-key", _no_key(), retry=True, down=True) from error


def _no_key() -> str:
    return _("读不出上报签名的私钥 {path}。可用 openssl genpkey -algorithm SM2 -out {path} 生成。").format(
        path=settings.PROVINCE_KEY
    )


def _to_stand_in(body: bytes, signature: str) -> str:
    """Through the receiver's own door, as if it had come over HTTP."""
    from onewindow.gateways.province.receiver import Receiver

    statuses: list[int] = []

    def start(status: str, _headers: list[tuple[str, str]]) -> None:
        statuses.append(int(status.split(maxsplit=1)[0]))

    environ: dict[str, Any] = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/reports",
        "HTTP_HOST": "localhost:0",
        "HTTP_X_SIGNATURE": signature,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
    }
    receiver = Receiver(Store(settings.PROVINCE_RECEIVED), signing.public_path(settings.PROVINCE_KEY))
    content = b"".join(receiver(environ, start))
    return str(judged(statuses[0], json.loads(content)).told.get("receipt", ""))
