"""A provider of text messages that takes JSON over HTTPS, each request signed with HMAC-SM3.

    POST {path}
    Authorization: HMAC-SM3 account=…, timestamp=…, signature=…
    {"messageId": "…", "to": "…", "text": "【sign】…"}

signed: method, path, timestamp (seconds since 1970), message id and the SM3 of the body, one to a line. The
provider answers 2xx with {"receipt": "…"}, and a second request of the same message id as the first.
"""

from __future__ import annotations

import json
import re

from django.conf import settings

from onewindow.gateways.address import Address, Misconfigured, over_http
from onewindow.gateways.posting import post
from onewindow.kernel import moment
from onewindow.kernel.crypto.sm3 import hmac_sm3, sm3

VARIABLE = "ONEWINDOW_SMS"
_ACCOUNT = re.compile(r"[A-Za-z0-9._@-]{1,64}")


def address_of(text: str) -> Address:
    """Of the variable. Raises Misconfigured."""
    address = over_http(VARIABLE, text, ("sign",))
    if not _ACCOUNT.fullmatch(address.account) or len(address.secret) < 16:
        raise Misconfigured(f"{VARIABLE} 应写明账号和至少 16 个字符的密钥，如 https://账号:密钥@主机/路径。")
    return address


def send(to: str, text: str, message_id: str) -> str:
    """Hand it to the provider. Raises GatewayError, Misconfigured."""
    address = address_of(settings.SMS)
    sign = address.parameters.get("sign", "")
    told = {"messageId": message_id, "to": to, "text": f"【{sign}】{text}" if sign else text}
    body = json.dumps(told, ensure_ascii=False).encode("utf-8")
    answer = post(address, body, {"Authorization": authorization(address, message_id, body)})
    return str(answer.told.get("receipt", ""))


def authorization(address: Address, message_id: str, body: bytes) -> str:
    """The header that proves that the request comes from who knows the secret."""
    timestamp = moment.now_us() // 1_000_000
    signed = f"POST\n{address.path}\n{timestamp}\n{message_id}\n{sm3(body).hex()}"
    signature = hmac_sm3(address.secret.encode("utf-8"), signed.encode("ascii")).hex()
    return f"HMAC-SM3 account={address.account}, timestamp={timestamp}, signature={signature}"
