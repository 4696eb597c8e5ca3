"""What the frame around every page needs to know."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from onewindow.main.web.headers import LARGE, TYPE


def page(request: HttpRequest) -> dict[str, Any]:
    """`bureau`: its name; `large`: large type was asked for; `here`: this page's address with its query."""
    query = request.GET.urlencode()
    return {
        "bureau": settings.BUREAU,
        "large": request.COOKIES.get(TYPE) == LARGE,
        "type_query": f"{query}&" if query else "",
    }
