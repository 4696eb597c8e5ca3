"""Addresses of the API, and of the pages that its problems point to.

Pages' middleware does nothing for a request here (`Door`): a program has no session, no form and no messages, and
who may call an endpoint is decided by its token.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path, re_path, resolve
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from onewindow.main.api import deadlines, documents, feed, matters, measures, procedures, receipts
from onewindow.main.api.service import SERVICE
from onewindow.main.problems import CODES, Problem, answer
from onewindow.people.access import EVERYBODY, opened_to

ENDPOINTS = (
    matters,
    deadlines,
    receipts,
    documents,
    procedures,
    feed,
    measures,
)  # each declares its own when it is imported

View = Callable[..., HttpResponseBase]


class Door:
    """Middleware before those of pages: what is asked of the API goes straight to it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith("/api/"):
            return self.get_response(request)
        try:
            request.get_host()
        except SuspiciousOperation:
            return answer(request, Problem("bad-request", _("主机名不是本平台的。")))
        match = resolve(request.path_info)
        request.resolver_match = match
        response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        return response


def problems_only(view: View) -> View:
    """A view whose every failure is a problem; it is opened to everybody, because tokens decide."""

    @wraps(view)
    def called(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        try:
            response = view(request, *args, **named)
        except Http404:
            return answer(request, Problem("not-found", _("没有这个地址。")))
        if response.status_code == 405:
            allow = {"Allow": response.headers["Allow"]}
            told = _("这个地址可用的方法：{allow}。").format(allow=allow["Allow"])
            return answer(request, Problem("method-not-allowed", told, headers=allow))
        return response

    return opened_to(EVERYBODY)(csrf_exempt(called))


def unknown(request: HttpRequest) -> HttpResponse:
    """Whatever else lies under /api/."""
    return answer(request, Problem("not-found", _("没有这个地址；接口说明在 /api/v1/openapi.json。")))


@cache
def _document() -> bytes:
    return json.dumps(SERVICE.get_openapi_schema(), ensure_ascii=False, default=str).encode()


def document(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    if request.method != "GET":
        told = _("这个地址可用的方法：{allow}。").format(allow="GET")
        return answer(request, Problem("method-not-allowed", told, headers={"Allow": "GET"}))
    return HttpResponse(_document(), content_type="application/json")


@opened_to(EVERYBODY)
def problem_page(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001 - a view
    """What a problem means and how to mend it."""
    kind = CODES.get(code)
    if kind is None:
        raise Http404
    told = f"{code}\n\n{kind.title}（HTTP {kind.status}）\n\n{kind.mend}\n"
    return HttpResponse(told, content_type="text/plain; charset=utf-8")


def _wrapped(pattern: URLPattern) -> URLPattern:
    pattern.callback = problems_only(pattern.callback)
    return pattern


_api, _app, _namespace = SERVICE.urls
urlpatterns = [
    path("api/v1/openapi.json", problems_only(document)),
    path("api/v1/", ([_wrapped(one) for one in _api if isinstance(one, URLPattern)], _app, _namespace)),
    re_path(r"^api(?:/.*)?$", problems_only(unknown)),
    path("problems/<code>", problem_page, name="problem"),
]
