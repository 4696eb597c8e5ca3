"""The local stand-in of the province's platform: a WSGI application that really checks what it is sent.

    python -m onewindow.gateways.province.receiver --port 8012 --data var

It takes a report only with a valid signature and every field in shape, keeps it once however often it comes,
shows what it got on its front page, and can be told there to fail. It serves this machine alone.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from http import HTTPStatus
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from onewindow.gateways.province import pages
from onewindow.gateways.province.document import LONGEST, read
from onewindow.gateways.province.signing import is_signed
from onewindow.gateways.province.store import Store
from onewindow.kernel.crypto.errors import CryptoError
from onewindow.kernel.crypto.keys import read_public_key

Environ = dict[str, Any]
Start = Callable[[str, list[tuple[str, str]]], object]
_OWN_HOSTS = ("127.0.0.1", "localhost", "[::1]")
_MOST_FAILURES = 1000
_FAILURES = (503, 500, 429, 400)


class _Reply(NamedTuple):
    status: int
    body: bytes
    kind: str = "application/json; charset=utf-8"
    location: str = ""


class Receiver:
    """The application. `trusted`: the file of the bureau's public key, read anew for each report."""

    def __init__(self, store: Store, trusted: Path) -> None:
        self._store = store
        self._trusted = trusted

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        reply = self._reply(environ)
        headers = [("Content-Type", reply.kind), ("Content-Length", str(len(reply.body)))]
        if reply.location:
            headers.append(("Location", reply.location))
        start(f"{reply.status} {HTTPStatus(reply.status).phrase}", headers)
        return [reply.body]

    def _reply(self, environ: Environ) -> _Reply:
        asked = (environ["REQUEST_METHOD"], environ.get("PATH_INFO", "/"))
        if environ.get("HTTP_HOST", "").rpartition(":")[0] not in _OWN_HOSTS:
            return _told(421, "host", "本接收端只为本机服务。")  # a page elsewhere that took over a name
        if asked == ("GET", "/"):
            page = pages.front(self._store.received(), self._store.failing(), _FAILURES)
            return _Reply(200, page.encode("utf-8"), "text/html; charset=utf-8")
        body = _body(environ)
        if body is None:
            return _told(413, "too-long", f"报文最长 {LONGEST} 个字节。")
        if asked == ("POST", "/reports"):
            return self._report(body, environ.get("HTTP_X_SIGNATURE", ""))
        if asked == ("POST", "/failing"):
            return self._fail(body, environ)
        return _told(404, "not-found", "只有 / 和 /reports。")

    def _report(self, body: bytes, signature: str) -> _Reply:
        if (failing := self._store.fails()) is not None:
            return _told(failing, "told-to-fail", "接收端被要求这样答复。")
        try:
            key = read_public_key(self._trusted.read_bytes())
        except (OSError, CryptoError):
            return _told(503, "no-key", "接收端读不到报送单位的公钥。")
        if not is_signed(key, body, signature):
            return _told(401, "signature", "签名不对：报文被改动过，或者不是登记的密钥签的。")
        told, faults = read(body)
        if faults:
            return _told(400, "shape", "；".join(faults))
        new = self._store.keep(told["messageId"], body, time.time_ns() // 1000)
        if new is None:
            return _told(409, "reused", "这个消息编号已用于另一份报文。")
        return _json(200, {"receipt": f"received-{told['messageId'][:8]}", "repeated": not new})

    def _fail(self, body: bytes, environ: Environ) -> _Reply:
        origin = environ.get("HTTP_ORIGIN", "")
        if origin != f"http://{environ['HTTP_HOST']}":
            return _told(403, "origin", "请在本接收端的页面上操作。")
        said = parse_qs(body.decode("utf-8", "replace"))
        times, status = said.get("times", [""])[0], said.get("status", [""])[0]
        if not (times.isascii() and times.isdigit() and len(times) <= 4 and int(times) <= _MOST_FAILURES):
            return _told(400, "times", f"次数应为 0 至 {_MOST_FAILURES} 的整数。")
        if status not in map(str, _FAILURES):
            return _told(400, "status", f"状态应为 {'、'.join(map(str, _FAILURES))} 之一。")
        self._store.fail(int(times), int(status))
        return _Reply(303, b"", location="/")


def _told(status: int, code: str, message: str) -> _Reply:
    return _json(status, {"code": code, "message": message})


def _json(status: int, told: dict[str, Any]) -> _Reply:
    return _Reply(status, json.dumps(told, ensure_ascii=False).encode("utf-8"))


def _body(environ: Environ) -> bytes | None:
    """None where it is too long."""
    length = environ.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit()) or len(length) > 9 or int(length) > LONGEST:
        return None
    content: bytes = environ["wsgi.input"].read(int(length))
    return content


def main() -> None:
    """Serve until Ctrl-C."""
    from onewindow.gateways.province.serving import serve

    serve()


if __name__ == "__main__":
    main()
