"""One request to a gateway's fixed address: bounded in time and size, following nobody elsewhere."""

from __future__ import annotations

import http.client
import json
import ssl
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from onewindow.gateways.address import Address
from onewindow.gateways.deadline import deadline
from onewindow.kernel.api import GatewayError

CONNECT_SECONDS = 10
ANSWER_SECONDS = 30
_LONGEST_ANSWER = 65_536  # bytes
# Not about this message: wrong keys and a gateway that is busy are mended or pass.
_TRY_AGAIN = (401, 403, 408, 425, 429)


class Answer(NamedTuple):
    """What came back: the members of its JSON object, none for anything else."""

    status: int
    told: Mapping[str, Any]


def post(address: Address, body: bytes, headers: Mapping[str, str]) -> Answer:
    """POST a JSON body to the address. Raises what `ask` does."""
    return ask(address, "POST", body, {"Content-Type": "application/json; charset=utf-8", **headers})


def ask(address: Address, method: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
    """One request. Raises GatewayError for anything but a 2xx.

    No proxy of the environment is asked, and no redirection followed: the address is where we go.
    """
    connection = _connection(address)
    try:
        with deadline(ANSWER_SECONDS, lambda: connection.sock):
            connection.request(method, address.path, body, dict(headers))
            response = connection.getresponse()
            content = response.read(_LONGEST_ANSWER + 1)
    except ssl.SSLCertVerificationError as error:
        told = _("网关 {host} 的证书不可信，请核对地址，或用参数 ca 指定证书。").format(host=address.host)
        raise GatewayError("certificate", told, retry=True, down=True) from error
    except (OSError, http.client.HTTPException) as error:
        told = _("连不上网关 {host}:{port}，或者它没有答完（{error}）。").format(
            host=address.host, port=address.port, error=type(error).__name__
        )
        raise GatewayError("unreachable", told, retry=True, down=True) from error
    finally:
        connection.close()
    return judged(response.status, _members(content))


def _connection(address: Address) -> http.client.HTTPConnection:
    if address.scheme == "http":
        return http.client.HTTPConnection(address.host, address.port, timeout=CONNECT_SECONDS)
    try:
        context = address.context()
    except (OSError, ssl.SSLError) as error:
        told = _("参数 ca 指定的证书文件读不出来，请检查。")
        raise GatewayError("certificate", told, retry=True, down=True) from error
    return http.client.HTTPSConnection(address.host, address.port, timeout=CONNECT_SECONDS, context=context)


def judged(status: int, told: Mapping[str, Any]) -> Answer:
    """An answer of 2xx. Raises GatewayError for any other, which says whether to try again."""
    if 200 <= status < 300:
        return Answer(status, told)
    code = f"http-{status}"
    if status >= 500 or status in _TRY_AGAIN:
        known = _("请核对账号和密钥。") if status in (401, 403) else _("通常会自行恢复。")
        why = _("网关暂时不能接收（HTTP {status}），{known}").format(status=status, known=known)
        raise GatewayError(code, why, retry=True, down=True)
    if status >= 400:
        why = _("网关不接收这条消息（HTTP {status}）：{why}").format(
            status=status, why=str(told.get("message", ""))[:200] or _("没有说明原因")
        )
        raise GatewayError(code, why, retry=False)
    why = _("网关答复了 HTTP {status}：它的地址可能变了，请核对配置。").format(status=status)
    raise GatewayError(code, why, retry=True, down=True)


def _members(content: bytes) -> Mapping[str, Any]:
    """An answer that is too long is cut off, and so is none."""
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
