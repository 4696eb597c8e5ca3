"""Pages for what went wrong before a view could say it. Their arguments are those that Django gives."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from onewindow.main.logs import request_id


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """400."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403; a message meant for people is shown."""
    return render(request, "403.html", {"told": _told(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404."""
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """500: drawn without session, database and context, any of which may be what is broken."""
    told = {"bureau": settings.BUREAU, "fault": request_id()}
    return HttpResponse(render_to_string("500.html", told), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form that is too old or does not come from here."""
    return render(request, "403_csrf.html", status=403)


def _told(exception: Exception | None) -> str:
    words = exception.args[0] if exception is not None and exception.args else ""
    return words if isinstance(words, str) else ""
