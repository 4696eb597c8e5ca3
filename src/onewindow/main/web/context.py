"""What the frame around every page needs to know."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from onewindow.main.web.headers import LARGE, TYPE
from onewindow.main.web.places import places


def page(request: HttpRequest) -> dict[str, Any]:
    """`bureau`: its name; `large`: large type was asked for; `places`: pages that are open to who asks."""
    query = request.GET.urlencode()
    actor = getattr(request, "actor", None)  # not there where a middleware before the gate has answered
    return {
        "bureau": settings.BUREAU,
        "large": request.COOKIES.get(TYPE) == LARGE,
        "places": [] if actor is None else places(request, actor),
        "type_query": f"{query}&" if query else "",
    }
