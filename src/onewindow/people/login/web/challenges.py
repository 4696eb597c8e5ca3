"""Challenges that passkeys sign: kept in the session, each good for one answer and five minutes."""

from __future__ import annotations

from django.http import HttpRequest
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from onewindow.kernel import moment
from onewindow.people.login.passkeys import Asked
from onewindow.people.login.policy import MINUTE_US

_KEY = "challenge"
_MINUTES = 5


def keep(request: HttpRequest, asked: Asked) -> str:
    """Keep the challenge of what is asked; the options for the browser."""
    request.session[_KEY] = [bytes_to_base64url(asked.challenge), moment.now_us()]
    return asked.options


def take(request: HttpRequest) -> bytes:
    """The challenge that was kept last, for the last time; b"", which nobody signs, where there is none."""
    challenge, since = request.session.pop(_KEY, ["", 0])
    fresh = moment.now_us() - since < _MINUTES * MINUTE_US
    return base64url_to_bytes(challenge) if fresh else b""
