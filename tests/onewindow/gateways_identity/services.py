"""Identity services on real sockets: the local one, and ones that lie."""

from __future__ import annotations

import hmac
import json
import re
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qsl, urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from joserfc import jwt
from joserfc.jwk import RSAKey

from onewindow.gateways.identity.api import Service, identity_service
from onewindow.gateways.identity.provider import Client, Provider

BACK = "http://localhost:8000/login/province/back/"
CLIENT = Client("onewindow", "only-for-tests")


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args: Any) -> None:
        pass


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@contextmanager
def running(kind: type[Provider] = Provider) -> Iterator[Provider]:
    """A service at a port of its own; its issuer is its address."""
    with _Server(("127.0.0.1", 0), _Quiet) as server:
        provider = kind(f"http://127.0.0.1:{server.server_port}", CLIENT)
        server.set_app(provider)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()


def client_of(provider: Provider, secret: str = CLIENT.secret) -> Service:
    return identity_service(provider.issuer, CLIENT.id, secret)


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_given: Any) -> None:
        return None


class Citizen:
    """Somebody before the service's own pages, with a browser that keeps cookies and follows nobody."""

    def __init__(self) -> None:
        self._opener = build_opener(HTTPCookieProcessor(), _Stay)

    def open(self, address: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, where it leads, and the page."""
        body = urlencode(form).encode() if form is not None else None
        try:
            with self._opener.open(Request(address, body), timeout=10) as answer:
                return answer.status, "", answer.read().decode()
        except HTTPError as answer:
            with answer:
                return answer.code, answer.headers.get("Location", ""), answer.read().decode()

    def picks(self, address: str, subject: str = "citizen-1", **more: str) -> str:
        """Where he is led to after he has said who he is."""
        _status, leads_to, page = self.open(address)
        if leads_to:
            return leads_to
        ticket = re.search(r'name="ticket" value="([^"]+)"', page)[1]
        at = f"http://{urlsplit(address).netloc}/authorize"
        return self.open(at, {"ticket": ticket, "subject": subject, **more})[1]


def query_of(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


# --- services that lie ----------------------------------------------------------------------


def lying(**claims: Any) -> type[Provider]:
    """A service whose ID tokens say something else; None leaves a claim out."""

    class Lying(Provider):
        def id_token(self, told: dict[str, Any]) -> str:
            changed = {**told, **claims}
            return super().id_token({name: value for name, value in changed.items() if value is not None})

    return Lying


class Unsigned(Provider):
    """Tokens with algorithm "none"."""

    def id_token(self, claims: dict[str, Any]) -> str:
        _header, body, _signature = super().id_token(claims).split(".")
        return f"eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{body}."


class ForeignKey(Provider):
    """Tokens signed with a key that is not among the published ones, under the name of one that is."""

    def id_token(self, claims: dict[str, Any]) -> str:
        other = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"})
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, other)


class UnknownKey(Provider):
    """The same under a name of its own."""

    def id_token(self, claims: dict[str, Any]) -> str:
        other = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True)
        return jwt.encode({"alg": "RS256", "kid": other.kid}, claims, other)


class KeyConfusion(Provider):
    """A MAC keyed with the public key, which everybody has; libraries refuse to make it, an attacker does not."""

    def id_token(self, claims: dict[str, Any]) -> str:
        header = {"alg": "HS256", "kid": self.key.kid}
        signed = ".".join(
            urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in (header, claims)
        )
        mac = hmac.digest(self.key.as_pem(private=False), signed.encode(), "sha256")
        return f"{signed}.{urlsafe_b64encode(mac).decode().rstrip('=')}"


class Garbled(Provider):
    """No token at all."""

    def id_token(self, claims: dict[str, Any]) -> str:
        return "not.a.token"


class Other(Provider):
    """Tells of somebody else than whom its token names."""

    def _userinfo(self, environ: dict[str, Any]):
        reply = super()._userinfo(environ)
        return type(reply)(reply.status, reply.body.replace("citizen-1", "citizen-2"), reply.kind)


class Impostor(Provider):
    """Says that it is somebody else."""

    def _discovery(self, environ: dict[str, Any]):
        reply = super()._discovery(environ)
        said = reply.body.replace(f'"issuer": "{self.issuer}"', '"issuer": "https://identity.example.gov.cn"')
        return type(reply)(reply.status, said, reply.kind)


class Elsewhere(Provider):
    """Sends the client's secret to an unencrypted address elsewhere."""

    def _discovery(self, environ: dict[str, Any]):
        reply = super()._discovery(environ)
        said = reply.body.replace(f"{self.issuer}/token", "http://identity.example.gov.cn/token")
        return type(reply)(reply.status, said, reply.kind)


class Rotating(Provider):
    """Has a new key since the client asked for its keys."""

    def id_token(self, claims: dict[str, Any]) -> str:
        self.key = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True)
        return super().id_token(claims)
