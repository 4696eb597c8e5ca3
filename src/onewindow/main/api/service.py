"""How an endpoint is declared and called: scope, parameters, body, answers, once for both checks and OpenAPI.

django-ninja routes, authenticates and documents; what comes in is read by `reading` against the declared schema,
what goes out is written as it is (tests hold it to the declared schema), because validating what we have just made
ourselves takes longer than making it.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError

from onewindow.kernel.actor import Actor
from onewindow.kernel.errors import Refused
from onewindow.kernel.ledger.errors import LedgerError
from onewindow.main.api import openapi
from onewindow.main.api.openapi import ANYTHING, Endpoint
from onewindow.main.api.reading import MOST_BYTES, checked, queried, read_json
from onewindow.main.api.refusals import note_refusal
from onewindow.main.problems import Fault, Problem, answer, of_refusal
from onewindow.people.tokens import SCOPES, Bearer, bearer_of
from onewindow.people.tree import Tree

_log = logging.getLogger("onewindow.api")
_KEY = re.compile(r"[\x21-\x7e]{1,100}")
_JSON = re.compile(r"application/json(\s*;\s*charset=\"?utf-8\"?)?\s*", re.IGNORECASE)

Told = Mapping[str, Any]


class ApiRequest(HttpRequest):
    """A request as endpoints see it.

    bearer  of the token: reference of the account, for the log; units: the tree of units as it is now
    query  parameters, checked; told: the body, checked; key: of idempotency, "" for none
    """

    actor: Actor
    bearer: str
    units: Tree
    query: dict[str, Any]
    told: dict[str, Any]
    key: str


View = Callable[..., HttpResponseBase]


class Service(NinjaAPI):
    """The API, with the OpenAPI document completed by what endpoints declare."""

    def get_openapi_schema(self, **options: Any) -> Any:
        return openapi.completed(super().get_openapi_schema(**options))


SERVICE = Service(
    title="一窗 OneWindow",
    version="1",
    description=openapi.DESCRIPTION,
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
)


# --- who asks -------------------------------------------------------------------------------


def _bearer(token: str) -> Bearer | None:
    """Whether a kept connection is still good is not tried out beforehand: this question is asked anyway.

    Raises OperationalError where the database cannot be reached on a fresh connection either.
    """
    connection.health_check_done = True  # type: ignore[attr-defined] # unknown to the stubs
    try:
        return bearer_of(token)
    except OperationalError:
        if connection.is_usable():
            raise
        connection.close()
        return bearer_of(token)


class Authority:
    """Who asks, by his token; what he may is never more than his account and the token's scopes."""

    def __init__(self, scope: str) -> None:
        assert scope in SCOPES
        self.scope = scope

    def __call__(self, request: ApiRequest) -> bool:
        kind, _space, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if kind.lower() != "bearer" or not token.strip():
            told = _("请在 Authorization 首部写明令牌。")
            raise Problem("token-missing", told, headers={"WWW-Authenticate": 'Bearer realm="onewindow"'})
        found = _bearer(token.strip())
        if found is None:
            told = _("这个令牌写错、过期、已吊销，或它的账户已停用。")
            challenge = 'Bearer realm="onewindow", error="invalid_token"'
            raise Problem("token-invalid", told, headers={"WWW-Authenticate": challenge})
        request.actor, request.bearer, request.units = found.actor, found.actor.id, found.units
        if self.scope not in found.scopes:
            told = _("这个令牌没有“{scope}”（{title}）这一范围。").format(
                scope=self.scope, title=SCOPES[self.scope]
            )
            challenge = f'Bearer realm="onewindow", error="insufficient_scope", scope="{self.scope}"'
            raise Problem("scope-missing", told, headers={"WWW-Authenticate": challenge}, scope=self.scope)
        return True


# --- endpoints ------------------------------------------------------------------------------


def serve(one: Endpoint) -> Callable[[View], View]:
    """Serve an endpoint: its view gets an `ApiRequest`, and the parameters of the path as text."""

    def declare(view: View) -> View:
        @wraps(view)
        def called(request: ApiRequest, **named: str) -> HttpResponseBase:
            _check_accept(request, one)
            request.query = queried(request.GET, one.parameters) if one.parameters or request.GET else {}
            if one.method == "POST":
                request.key = _key(request)
            if one.body is not None:
                request.told = _told(request, one.body)
            return view(request, **named)

        SERVICE.api_operation(
            [one.method],
            one.path,
            auth=Authority(one.scope),
            operation_id=view.__name__,
            summary=one.title,
            openapi_extra=openapi.operation(one),
        )(called)
        return view

    return declare


def sent(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """A value as the JSON of a response; nothing of it is to be kept by caches that others share."""
    content = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    response = HttpResponse(content, content_type="application/json", status=status, headers=headers)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Authorization"
    return response


def _check_accept(request: ApiRequest, one: Endpoint) -> None:
    wanted = request.META.get("HTTP_ACCEPT", "*/*").lower()
    if any(answer.content_type == ANYTHING for answer in one.answers.values()):
        return
    if not any(kind in wanted for kind in ("*/*", "application/*", "application/json")):
        raise Problem("not-acceptable", _("这里只以 application/json 回答。"))


def _told(request: ApiRequest, schema: Told) -> dict[str, Any]:
    content = _body(request)
    if content == b"":
        if schema.get("required"):
            raise Problem("json-invalid", _("请求没有内容，应为 JSON。"))
        return {}
    if not _JSON.fullmatch(request.META.get("CONTENT_TYPE", "")):
        raise Problem(
            "media-type", _("请求内容应为 application/json。"), headers={"Accept": "application/json"}
        )
    if "HTTP_CONTENT_ENCODING" in request.META:
        raise Problem("media-type", _("请求内容请不要压缩。"), headers={"Accept-Encoding": "identity"})
    told: dict[str, Any] = checked(read_json(content), schema)
    return told


def _body(request: ApiRequest) -> bytes:
    told = _("请求内容最多 {most} 字节。").format(most=MOST_BYTES)
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MOST_BYTES:
        raise Problem("too-large", told)
    try:
        return request.body
    except RequestDataTooBig:
        raise Problem("too-large", told) from None


def _key(request: ApiRequest) -> str:
    key: str | None = request.META.get("HTTP_IDEMPOTENCY_KEY")
    if key is None:
        return ""
    if not _KEY.fullmatch(key):
        told = _("应为 1 到 100 个可见的 ASCII 字符，没有空格；每项新的请求用一个新的，如 UUID。")
        raise Problem("request-invalid", told, errors=[Fault("header", "Idempotency-Key", "pattern", told)])
    return key


# --- what goes wrong ------------------------------------------------------------------------


def _problem(request: HttpRequest, error: Any) -> HttpResponse:
    note_refusal(request, error.code)
    return answer(request, error)


def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    return _problem(request, of_refusal(error))


def _ledger(request: HttpRequest, error: Any) -> HttpResponse:
    """Facts that fit their fields, and yet not into the ledger: too many of them together."""
    return answer(request, Problem("facts-invalid", str(error)))


def _lost(request: HttpRequest, _error: Any) -> HttpResponse:
    return answer(request, Problem("not-found", _("没有这个地址。")))


def _unavailable(request: HttpRequest, error: Any) -> HttpResponse:
    _log.error("unavailable", exc_info=error)
    return answer(request, Problem("unavailable", _("数据库暂时不能用。"), headers={"Retry-After": "2"}))


def _broken(request: HttpRequest, error: Any) -> HttpResponse:
    _log.error("broken", exc_info=error)
    return answer(request, Problem("broken", _("系统出错，已经记录。")))


_HANDLERS: Iterable[tuple[type[Exception], Callable[[HttpRequest, Any], HttpResponse]]] = (
    (Problem, _problem),
    (Refused, _refused),
    (LedgerError, _ledger),
    (Http404, _lost),
    (AuthenticationError, _broken),
    (OperationalError, _unavailable),
    (DatabaseError, _broken),
    (Exception, _broken),
)
for _kind, _handler in _HANDLERS:
    SERVICE.add_exception_handler(_kind, _handler)
