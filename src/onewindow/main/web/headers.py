"""Headers of every answer: what a page may load and do, and the type it is read in.

No page has inline script or style, and nothing comes from elsewhere, so the policy has no exception to
be abused. The address of the stream (`settings.STREAM_URL`) is the one other place a page may ask.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

TYPE = "type"
LARGE, PLAIN = "large", "plain"
_YEAR = 365 * 24 * 3600

Answer = Callable[[HttpRequest], HttpResponse]


def policy() -> str:
    """The content security policy of every page."""
    stream = urlsplit(getattr(settings, "STREAM_URL", ""))
    asked = f" {stream.scheme}://{stream.netloc}" if stream.netloc else ""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            f"connect-src 'self'{asked}",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )


class Headers:
    """Sets what every answer says of itself; pages of a session are kept by no cache."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        response.headers.setdefault("Content-Security-Policy", policy())
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class ReadingType:
    """`?type=large` on any page: large type and high contrast from then on, `?type=plain`: as before.

    A link and a cookie, so that it works without script and before anybody has logged in.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wanted = request.GET.get(TYPE)
        if request.method != "GET" or wanted not in (LARGE, PLAIN):
            return self.answer(request)
        rest = request.GET.copy()
        del rest[TYPE]
        path = "/" + request.path.lstrip("/")  # `//host` would lead to another site
        response = HttpResponseRedirect(path + (f"?{rest.urlencode()}" if rest else ""))
        response.set_cookie(
            TYPE, wanted, max_age=_YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
        )
        return response
