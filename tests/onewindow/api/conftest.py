"""A bureau with a section and a neighbour, accounts of every role with tokens, and a client that calls the API."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker

from onewindow.kernel import moment
from onewindow.kernel.actor import Actor
from onewindow.kernel.api import PLATFORM_UNIT
from onewindow.kernel.procedure import Role
from onewindow.main.api.urls import _document
from onewindow.people.models import Account, Assignment, Unit
from onewindow.people.tokens import SCOPES, issue

SECURITY = Actor("a-security", "安全管理员", {Role.SECURITY_ADMIN: frozenset({PLATFORM_UNIT})})
BUREAU, SECTION, NEIGHBOUR = "bureau", "section", "neighbour"
ROLES = {role.value: role for role in Role if role not in (Role.APPLICANT, Role.SELF, Role.SYSTEM)}
PARTY = "p-1"


@dataclass
class Answered:
    """An answer, its body read."""

    status: int
    body: Any
    headers: dict[str, str]
    raw: bytes

    def __getitem__(self, name):
        return self.body[name]


class Caller:
    """Somebody who calls with a token."""

    def __init__(self, token: str = "") -> None:
        self.token = token
        self.client = Client(raise_request_exception=False)

    def get(self, path: str, **headers: str) -> Answered:
        return self.call("GET", path, **headers)

    def post(self, path: str, body: object = None, **headers: str) -> Answered:
        content = body if isinstance(body, bytes) else json.dumps({} if body is None else body).encode()
        headers.setdefault("content_type", "application/json")
        return self.call("POST", path, data=content, **headers)

    def call(self, method: str, path: str, **more) -> Answered:
        named = {name: more.pop(name) for name in ("data", "content_type") if name in more}
        headers = {name.replace("_", "-"): value for name, value in more.items()}
        if self.token:
            headers.setdefault("authorization", f"Bearer {self.token}")
        address = path if path.startswith("/") else f"/api/v1/{path}"
        response: Any = self.client.generic(method, address, headers=headers, **named)
        kind = response.headers.get("Content-Type", "")
        content = b"".join(response.streaming_content) if response.streaming else response.content
        body = json.loads(content) if "json" in kind and content else None
        answered = Answered(response.status_code, body, dict(response.headers), content)
        served = address.startswith("/api/v1/") and not address.endswith("openapi.json")
        if served and response.status_code not in (404, 405, 500, 503):
            check_declared(method, address.partition("?")[0], answered)
        return answered


@cache
def document():
    """The OpenAPI document."""
    return json.loads(_document())


def check_declared(method: str, address: str, answered: Answered) -> None:
    """Every answer that any test gets is one that the document declares: status, headers and body."""
    template = next(path for path in document()["paths"] if _fits(path, address))
    declared = document()["paths"][template][method.lower()]["responses"][str(answered.status)]
    if "$ref" in declared:
        declared = document()["components"]["responses"][declared["$ref"].rsplit("/", 1)[1]]
    kinds = {answered.headers.get("Content-Type", ""), "*/*"}
    schema = next(
        (told["schema"] for kind, told in declared.get("content", {}).items() if kind in kinds), None
    )
    if schema is None:
        assert not answered.raw, f"{method} {template} declares no body for {answered.status}"
    elif answered.body is not None:
        whole = {**schema, "components": document()["components"]}
        Draft202012Validator(whole, format_checker=FormatChecker()).validate(answered.body)
    for name in ("ETag", "Location", "Link", "Idempotency-Replayed"):
        assert name not in answered.headers or name in declared.get("headers", {}), name


def _fits(template: str, address: str) -> bool:
    return bool(re.fullmatch(re.sub(r"{\w+}", "[^/]+", template), address))


@dataclass
class Bureau:
    """Accounts by role (and "applicant"), a clerk of the neighbour among them ("neighbour")."""

    accounts: dict

    def token(self, who: str, scopes=tuple(SCOPES)) -> str:
        return issue(self.accounts[who], "测试", scopes, moment.today() + timedelta(days=30), SECURITY)

    def caller(self, who: str, scopes=tuple(SCOPES)) -> Caller:
        return Caller(self.token(who, scopes))


def founded() -> Bureau:
    """Units and accounts, written."""
    top = Unit.objects.create(code=BUREAU, name="行政审批服务管理局", kind=Unit.Kind.BUREAU)
    Unit.objects.create(code=SECTION, name="审批一科", kind=Unit.Kind.SECTION, parent=top)
    beside = Unit.objects.create(code=NEIGHBOUR, name="邻县审批局", kind=Unit.Kind.BUREAU)
    accounts = {}
    for name, role in ROLES.items():
        accounts[name] = _account(name, Account.Kind.STAFF)
        Assignment.objects.create(account=accounts[name], unit=top, role=role.value, since="2020-01-01")
    accounts["neighbour"] = _account("neighbour", Account.Kind.STAFF)
    Assignment.objects.create(
        account=accounts["neighbour"], unit=beside, role=Role.WINDOW.value, since="2020-01-01"
    )
    accounts["applicant"] = _account("applicant", Account.Kind.APPLICANT, PARTY)
    accounts["stranger"] = _account("stranger", Account.Kind.APPLICANT, "p-2")
    return Bureau(accounts)


def _account(name: str, kind: str, party: str = "") -> Account:
    account = Account(reference=f"a-{name}", login=name, name=name, kind=kind, party=party)
    account.set_unusable_password()
    account.save()
    return account


@pytest.fixture
def bureau(db):
    return founded()


@pytest.fixture
def clerk(bureau):
    return bureau.caller("window")


SUBMIT = {
    "kind": "permit",
    "step": "submit",
    "unit": SECTION,
    "title": "食品经营许可",
    "owner": PARTY,
    "facts": {},
}


@pytest.fixture
def begun(clerk):
    """The id of a matter just submitted."""
    answered = clerk.post("matters", SUBMIT)
    assert answered.status == 201, answered.body
    return answered["id"]
