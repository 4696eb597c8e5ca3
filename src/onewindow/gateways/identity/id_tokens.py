"""Checks of an ID token: whose signature, from whom, for whom, until when, and for which log-in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from authlib.oidc.core import CodeIDToken
from django.utils.translation import gettext as _
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jws import extract_compact

from onewindow.gateways.identity.discovery import Discovery
from onewindow.gateways.identity.errors import IdentityRefused
from onewindow.kernel import moment

# Signatures by a key pair alone: with "none", or a MAC keyed with the public key, anybody could sign.
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
_LEEWAY = 60  # seconds that clocks may differ


def checked(token: str, access: str, discovery: Discovery, client: str, nonce: str) -> Mapping[str, Any]:
    """The claims of an ID token. Raises IdentityRefused."""
    try:
        kid = extract_compact(token.encode("utf-8")).headers().get("kid")
        found = jwt.decode(token, discovery.keys(kid), algorithms=_ALGORITHMS)
        options = {
            "iss": {"essential": True, "value": discovery.issuer},
            "aud": {"essential": True, "value": client},
            "sub": {"essential": True},
        }
        params = {"nonce": nonce, "client_id": client, "access_token": access}
        claims = CodeIDToken(found.claims, found.header, options, params)
        claims.validate(now=moment.now_us() // 1_000_000, leeway=_LEEWAY)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        told = _("统一身份认证的证明没有通过核验（{why}），登录没有完成。")
        raise IdentityRefused("id-token", told.format(why=getattr(error, "error", "format"))) from error
    return dict(claims)
