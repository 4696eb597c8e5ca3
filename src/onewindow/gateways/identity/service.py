"""OpenID Connect as a client: authorization code with PKCE, state and nonce; every answer is checked.

OpenID Connect Core 1.0, RFC 7636 (PKCE), RFC 9207 (issuer in the answer), RP-Initiated Logout 1.0.
"""

from __future__ import annotations

import hmac
import re
import secrets
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from authlib.common.urls import add_params_to_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from django.utils.translation import gettext as _

from onewindow.gateways.address import over_http
from onewindow.gateways.identity.discovery import Discovery
from onewindow.gateways.identity.errors import IdentityRefused
from onewindow.gateways.identity.id_tokens import checked
from onewindow.gateways.posting import ask
from onewindow.kernel.api import GatewayError

SCOPE = "openid profile phone identity"


@dataclass(frozen=True, slots=True)
class Question:
    """Where to send the browser, and what to keep in its session until it comes back."""

    address: str
    kept: dict[str, str]


@dataclass(frozen=True, slots=True)
class Citizen:
    """Who somebody is, as the service says.

    level     of assurance (实名等级): 0 unknown, 1 not verified, 2 verified, 3 verified in person or by face
    id_token  proof of this log-in, needed to log out there
    """

    issuer: str
    subject: str
    name: str = field(repr=False)
    identity_number: str = field(repr=False)
    phone: str = field(repr=False)
    level: int
    id_token: str = field(repr=False)


class Service:
    """The identity service at one issuer's address."""

    def __init__(self, issuer: str, client: str, secret: str) -> None:
        self._discovery = Discovery(issuer)
        self._client = client
        self._secret = secret

    def ask(self, back: str) -> Question:
        """The question that starts a log-in. `back`: where the browser returns to. Raises IdentityRefused."""
        kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
        asked = {
            "response_type": "code",
            "client_id": self._client,
            "redirect_uri": back,
            "scope": SCOPE,
            "state": kept["state"],
            "nonce": kept["nonce"],
            "code_challenge": create_s256_code_challenge(kept["verifier"]),
            "code_challenge_method": "S256",
        }
        place = self._discovery.endpoint("authorization_endpoint")
        return Question(add_params_to_uri(place, list(asked.items())), kept)

    def answered(self, kept: Mapping[str, str] | None, told: Mapping[str, str], back: str) -> Citizen:
        """Who came back. `kept`: of the question, None where none was asked; `told`: the query of the address.

        Raises IdentityRefused, for a broken service as for a forged answer.
        """
        code = self._code(kept, told)
        assert kept is not None
        tokens = self._tokens(code, kept["verifier"], back)
        id_token, access = str(tokens.get("id_token", "")), str(tokens.get("access_token", ""))
        claims = checked(id_token, access, self._discovery, self._client, kept["nonce"])
        person = self._person(access)
        if person.get("sub") != claims["sub"]:
            raise IdentityRefused("subject", _("统一身份认证前后说的不是同一个人，登录没有完成。"))
        return Citizen(
            issuer=self._discovery.issuer,
            subject=str(claims["sub"]),
            name=_text(person, "name"),
            identity_number=_text(person, "identity_number"),
            phone=_text(person, "phone_number"),
            level=_level(claims.get("acr")),
            id_token=id_token,
        )

    def leave(self, id_token: str, back: str) -> str:
        """Where somebody logs out of the service itself, "" where it has no such page. Raises IdentityRefused."""
        place = self._discovery.endpoint("end_session_endpoint", required=False)
        told = {"id_token_hint": id_token, "client_id": self._client, "post_logout_redirect_uri": back}
        return add_params_to_uri(place, list(told.items())) if place else ""

    def _code(self, kept: Mapping[str, str] | None, told: Mapping[str, str]) -> str:
        if kept is None or not hmac.compare_digest(kept["state"].encode(), told.get("state", "").encode()):
            raise IdentityRefused("state", _("这次登录不是从本站开始的，或者已经过期，请重新登录。"))
        if told.get("iss", self._discovery.issuer) != self._discovery.issuer:
            raise IdentityRefused("issuer", _("答复来自另一个身份认证服务，登录没有完成。"))
        if "error" in told:
            raise IdentityRefused(
                "declined", _("统一身份认证没有完成登录（或者您在那里取消了），请重新登录。")
            )
        if not told.get("code"):
            raise IdentityRefused("code", _("统一身份认证的答复不完整，请重新登录。"))
        return told["code"]

    def _tokens(self, code: str, verifier: str, back: str) -> Mapping[str, Any]:
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "client_id": self._client,
            "code_verifier": verifier,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        if self._secret:
            both = f"{quote(self._client, safe='')}:{quote(self._secret, safe='')}"
            headers["Authorization"] = f"Basic {b64encode(both.encode()).decode()}"
        return self._asked("token_endpoint", "POST", urlencode(asked).encode(), headers)

    def _person(self, access: str) -> Mapping[str, Any]:
        headers = {"Authorization": f"Bearer {access}", "Accept": "application/json"}
        return self._asked("userinfo_endpoint", "GET", None, headers)

    def _asked(
        self, endpoint: str, method: str, body: bytes | None, headers: Mapping[str, str]
    ) -> Mapping[str, Any]:
        address = over_http(endpoint, self._discovery.endpoint(endpoint))
        try:
            return ask(address, method, body, headers).told
        except GatewayError as error:
            told = _("统一身份认证没有接受这次登录（{why}），请重新登录。").format(why=error.code)
            raise IdentityRefused(endpoint, told) from error


def identity_service(issuer: str, client: str, secret: str) -> Service:
    """The service at an address. Raises gateways.address.Misconfigured where that is none to be trusted."""
    over_http("ONEWINDOW_IDENTITY_ISSUER", issuer)
    return Service(issuer, client, secret)


def _text(person: Mapping[str, Any], claim: str) -> str:
    value = person.get(claim, "")
    return value.strip() if isinstance(value, str) else ""


def _level(acr: object) -> int:
    """The figure in an assurance claim, however it is dressed: 2, "L2", "urn:…:level:2"."""
    found = re.search(r"(\d)\D*$", str(acr)) if isinstance(acr, str | int) else None
    return int(found.group(1)) if found else 0
