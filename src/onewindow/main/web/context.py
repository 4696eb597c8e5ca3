"""What the frame around every page needs to know."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from onewindow.main.stream import stream_token
from onewindow.main.web.headers import LARGE, TYPE
from onewindow.main.web.places import places
from onewindow.people.access import signed_in
from onewindow.people.api import Account


class Stream:
    """Where this page hears of changes; its token is signed only where a template asks for it."""

    def __init__(self, account: Account | None) -> None:
        self._account = account

    @property
    def address(self) -> str:
        """ "" where there is no stream, or nobody to tell."""
        if self._account is None or not settings.STREAM_URL:
            return ""
        return f"{settings.STREAM_URL}/events?token={stream_token(self._account)}"


def page(request: HttpRequest) -> dict[str, Any]:
    """`bureau`: its name; `large`: large type was asked for; `places`: pages that are open to who asks."""
    query = request.GET.urlencode()
    actor = getattr(request, "actor", None)  # not there where a middleware before the gate has answered
    return {
        "bureau": settings.BUREAU,
        "large": request.COOKIES.get(TYPE) == LARGE,
        "places": [] if actor is None else places(request, actor),
        "stream": Stream(None if actor is None else signed_in(request)),
        "type_query": f"{query}&" if query else "",
    }
