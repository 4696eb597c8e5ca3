"""The local identity service itself: discovery, keys, authorisation code with PKCE, tokens, userinfo, log-out."""

from __future__ import annotations

import hmac
import json
from base64 import b64decode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from authlib.common.urls import add_params_to_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core.util import create_half_hash
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from onewindow.gateways.identity.provider import pages
from onewindow.gateways.identity.provider.citizens import Invented, citizens
from onewindow.gateways.identity.provider.memory import Memory
from onewindow.kernel import moment

Environ = dict[str, Any]
Start = Callable[[str, list[tuple[str, str]]], object]
_LONGEST = 20_000  # bytes of a form
_OWN_HOSTS = ("localhost", "127.0.0.1", "::1")
_COOKIE = "local-identity"
BACK, LEFT = "/login/province/back/", "/login/left/"  # where the platform may be returned to


class Client(NamedTuple):
    """Who may ask: the platform. secret: "" for a client that has none."""

    id: str
    secret: str


@dataclass(frozen=True)
class Asked:
    """A question that passed every check."""

    back: str
    state: str
    nonce: str
    challenge: str


@dataclass(frozen=True)
class Granted:
    """A code: what it answers, and about whom."""

    asked: Asked
    citizen: Invented


@dataclass(frozen=True)
class Reply:
    """An answer to a request."""

    status: int
    body: str = ""
    kind: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


class Refused(Exception):
    """What cannot be done: a code of OAuth 2.0, words for people, a status of HTTP."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        self.code, self.message, self.status = code, message, status
        super().__init__(message)


class Provider:
    """A WSGI application of one process: what it remembers is in memory, its key is new at every start."""

    def __init__(self, issuer: str, client: Client) -> None:
        self.issuer = issuer
        self.client = client
        self.key = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True)
        self._questions: Memory[Asked] = Memory(600)
        self._codes: Memory[Granted] = Memory(60)
        self._access: Memory[Invented] = Memory(300)
        self._browsers: Memory[Invented] = Memory(3600)
        self._pages: dict[tuple[str, str], Callable[[Environ], Reply]] = {
            ("GET", "/"): self._front,
            ("GET", "/style.css"): lambda _environ: Reply(200, pages.STYLE, "text/css; charset=utf-8"),
            ("GET", "/.well-known/openid-configuration"): self._discovery,
            ("GET", "/jwks"): self._jwks,
            ("GET", "/authorize"): self._authorize,
            ("POST", "/authorize"): self._chosen,
            ("POST", "/token"): self._token,
            ("GET", "/userinfo"): self._userinfo,
            ("GET", "/logout"): self._logout,
        }

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        act = self._pages.get((environ["REQUEST_METHOD"], environ.get("PATH_INFO") or "/"))
        try:
            reply = act(environ) if act else Reply(404, pages.said("没有这个页面", "请从平台的登录页进入。"))
        except Refused as refused:
            reply = Reply(refused.status, pages.said("无法登录", f"{refused.message}（{refused.code}）"))
        body = reply.body.encode("utf-8")
        told = [
            ("Content-Type", reply.kind),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
        ]
        told.append(
            ("Content-Security-Policy", "default-src 'none'; style-src 'self'; frame-ancestors 'none'")
        )
        start(f"{reply.status} {HTTPStatus(reply.status).phrase}", [*told, *reply.headers])
        return [body]

    # --- what it says of itself -------------------------------------------------------------

    def _front(self, _environ: Environ) -> Reply:
        return Reply(
            200, pages.said("本机统一身份认证", "这是演示和测试用的身份认证服务，请从平台的登录页进入。")
        )

    def _discovery(self, _environ: Environ) -> Reply:
        at = self.issuer.rstrip("/")
        return _json(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{at}/authorize",
                "token_endpoint": f"{at}/token",
                "userinfo_endpoint": f"{at}/userinfo",
                "jwks_uri": f"{at}/jwks",
                "end_session_endpoint": f"{at}/logout",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
                "scopes_supported": ["openid", "profile", "phone", "identity"],
                "acr_values_supported": ["1", "2", "3"],
                "authorization_response_iss_parameter_supported": True,
            }
        )

    def _jwks(self, _environ: Environ) -> Reply:
        return _json({"keys": [self.key.as_dict(private=False)]})

    # --- somebody logs in -------------------------------------------------------------------

    def _authorize(self, environ: Environ) -> Reply:
        told = dict(parse_qsl(environ.get("QUERY_STRING", "")))
        back = told.get("redirect_uri", "")
        if told.get("client_id") != self.client.id:
            raise Refused("invalid_client", "没有登记这个客户端。")
        if not _is_registered(back, BACK):
            raise Refused("invalid_request", "返回的地址没有登记。")
        try:
            asked = _question(told, back)
        except Refused as refused:
            return self._returned(back, told.get("state", ""), {"error": refused.code})
        citizen = self._browsers.find(_cookie(environ))
        if citizen is not None and told.get("prompt") != "login":
            return self._granted(asked, citizen)
        return Reply(200, pages.choosing(self._questions.keep(asked), citizens().values()))

    def _chosen(self, environ: Environ) -> Reply:
        told = _form(environ)
        asked = self._questions.take(told.get("ticket", ""))
        if asked is None:
            raise Refused("invalid_request", "这个页面已经过期，请从平台重新登录。")
        citizen = citizens().get(told.get("subject", ""))
        if "cancel" in told or citizen is None:
            return self._returned(asked.back, asked.state, {"error": "access_denied"})
        reply = self._granted(asked, citizen)
        cookie = f"{_COOKIE}={self._browsers.keep(citizen)}; Path=/; HttpOnly; SameSite=Lax"
        return Reply(reply.status, headers=(*reply.headers, ("Set-Cookie", cookie)))

    def _granted(self, asked: Asked, citizen: Invented) -> Reply:
        return self._returned(asked.back, asked.state, {"code": self._codes.keep(Granted(asked, citizen))})

    def _returned(self, back: str, state: str, told: Mapping[str, str]) -> Reply:
        query = [*told.items(), ("state", state), ("iss", self.issuer)]
        return Reply(303, headers=(("Location", add_params_to_uri(back, query)),))

    # --- the platform asks ------------------------------------------------------------------

    def _token(self, environ: Environ) -> Reply:
        told = _form(environ)
        try:
            self._check_client(environ, told)
            granted = self._redeemed(told)
        except Refused as refused:
            return _json({"error": refused.code, "error_description": refused.message}, refused.status)
        access = self._access.keep(granted.citizen)
        return _json(
            {
                "access_token": access,
                "token_type": "Bearer",
                "expires_in": 300,
                "id_token": self.id_token(self._claims(granted, access)),
            }
        )

    def _claims(self, granted: Granted, access: str) -> dict[str, Any]:
        now = moment.now_us() // 1_000_000
        return {
            "iss": self.issuer,
            "sub": granted.citizen.subject,
            "aud": self.client.id,
            "iat": now,
            "exp": now + 300,
            "auth_time": now,
            "nonce": granted.asked.nonce,
            "acr": str(granted.citizen.level),
            "at_hash": create_half_hash(access, "RS256").decode(),
        }

    def id_token(self, claims: dict[str, Any]) -> str:
        """Sign claims."""
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)

    def _check_client(self, environ: Environ, told: Mapping[str, str]) -> None:
        name, secret = told.get("client_id", ""), told.get("client_secret", "")
        kind, _space, both = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        if kind.lower() == "basic":
            try:
                name, _colon, secret = b64decode(both, validate=True).decode().partition(":")
            except ValueError:
                name = ""
            name, secret = unquote(name), unquote(secret)
        if name != self.client.id or not hmac.compare_digest(secret.encode(), self.client.secret.encode()):
            raise Refused("invalid_client", "客户端编号或密钥不对。", 401)

    def _redeemed(self, told: Mapping[str, str]) -> Granted:
        if told.get("grant_type") != "authorization_code":
            raise Refused("unsupported_grant_type", "只支持 authorization_code。")
        granted = self._codes.take(told.get("code", ""))
        if granted is None or granted.asked.back != told.get("redirect_uri"):
            raise Refused("invalid_grant", "授权码不对，或者已经用过、过期。")
        if create_s256_code_challenge(told.get("code_verifier", "")) != granted.asked.challenge:
            raise Refused("invalid_grant", "PKCE 校验没有通过。")
        return granted

    def _userinfo(self, environ: Environ) -> Reply:
        kind, _space, access = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        citizen = self._access.find(access) if kind.lower() == "bearer" else None
        if citizen is None:
            return _json({"error": "invalid_token"}, 401)
        return _json(
            {
                "sub": citizen.subject,
                "name": citizen.name,
                "identity_number": citizen.identity_number,
                "phone_number": citizen.phone_number,
            }
        )

    # --- somebody logs out ------------------------------------------------------------------

    def _logout(self, environ: Environ) -> Reply:
        """Forget this browser, where the platform proves whose session it was."""
        told = dict(parse_qsl(environ.get("QUERY_STRING", "")))
        try:
            proved = jwt.decode(told.get("id_token_hint", ""), self.key, algorithms=["RS256"]).claims
        except (JoseError, ValueError):
            raise Refused("invalid_request", "退出的请求没有证明是谁在退出。") from None
        citizen = self._browsers.find(_cookie(environ))
        if citizen is not None and citizen.subject == proved.get("sub"):
            self._browsers.forget(_cookie(environ))
        back = told.get("post_logout_redirect_uri", "")
        if not _is_registered(back, LEFT):
            return Reply(200, pages.said("已退出", "您已退出本机统一身份认证。"))
        query = [("state", told["state"])] if "state" in told else []
        return Reply(303, headers=(("Location", add_params_to_uri(back, query)),))


def _question(told: Mapping[str, str], back: str) -> Asked:
    if told.get("response_type") != "code":
        raise Refused("unsupported_response_type", "只支持 code。")
    if "openid" not in told.get("scope", "").split():
        raise Refused("invalid_scope", "scope 里要有 openid。")
    if told.get("code_challenge_method") != "S256" or len(told.get("code_challenge", "")) != 43:
        raise Refused("invalid_request", "要有 S256 的 code_challenge。")
    return Asked(back, told.get("state", ""), told.get("nonce", ""), told["code_challenge"])


def _is_registered(address: str, path: str) -> bool:
    """Pages of a platform on this machine, whatever its port (RFC 8252, 7.3)."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    plain = not (parts.query or parts.fragment or parts.username or parts.password)
    return plain and parts.scheme == "http" and host in _OWN_HOSTS and parts.path == path


def _form(environ: Environ) -> dict[str, str]:
    try:
        length = int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = -1
    if not 0 <= length <= _LONGEST:
        raise Refused("invalid_request", "请求太长。", 413)
    return dict(parse_qsl(environ["wsgi.input"].read(length).decode("utf-8", "replace")))


def _cookie(environ: Environ) -> str:
    try:
        found = SimpleCookie(environ.get("HTTP_COOKIE", "")).get(_COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _json(told: Mapping[str, Any], status: int = 200) -> Reply:
    return Reply(status, json.dumps(told, ensure_ascii=False), "application/json; charset=utf-8")
