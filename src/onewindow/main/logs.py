"""Each request told once, when it is answered: in the log (`lines`) and in the metrics.

A request is told by its route, the pattern that matched, never by its address, whose query may hold what
somebody typed; and by the reference of the account, never by a name.
"""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from onewindow.main import metrics
from onewindow.main.lines import REQUEST

HEADER = "X-Request-ID"
NO_ROUTE = "-"  # static files, and addresses that do not exist
_GIVEN = re.compile(r"[A-Za-z0-9_-]{8,64}")
_QUIET = ("healthz", "readyz", "metrics", NO_ROUTE)  # told only to who debugs: asked for every few seconds
_log = logging.getLogger("onewindow.request")


def request_id() -> str:
    """Of the request that is being answered, as the log has it and its error page shows it; "" for none."""
    return REQUEST.get()


class Requests:
    """Middleware, right within `proxies.Proxies`: gives each request its id, and tells of it at the end."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        given = request.headers.get(HEADER, "")
        name = given if _GIVEN.fullmatch(given) else secrets.token_urlsafe(12)
        token = REQUEST.set(name)
        try:
            response = self.answer(request)
            response.headers[HEADER] = name
            _tell(request, response.status_code, time.perf_counter() - started)
            return response
        finally:
            REQUEST.reset(token)


def _tell(request: HttpRequest, status: int, seconds: float) -> None:
    match = request.resolver_match
    route = (match.route or "/") if match is not None else NO_ROUTE
    metrics.requested(request.method or "", route, status, seconds)
    level = logging.DEBUG if route in _QUIET else logging.ERROR if status >= 500 else logging.INFO
    if _log.isEnabledFor(level):
        told = {
            "method": request.method,
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 1),
            "account": _account(request),
        }
        _log.log(level, "request", extra={"told": told})


def _account(request: HttpRequest) -> str:
    """The reference of who asked, where that was found out anyway: nobody is looked up for the log alone."""
    user = getattr(request, "_cached_user", None)
    return str(getattr(request, "bearer", "") or getattr(user, "reference", ""))
