"""The OpenAPI 3.1 document: what an endpoint declares, in OpenAPI's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from onewindow.main.api.shapes import SCHEMAS, ref, text
from onewindow.main.problems import CODES, CONTENT_TYPE
from onewindow.people.tokens import SCOPES

Json = dict[str, Any]
ANYTHING = "*/*"  # the content type of an answer that is a file

DESCRIPTION = """\
一窗平台的接口。

- **令牌**：`Authorization: Bearer ow_…`，由安全管理员签发；令牌所能做的，不超过它的账户和权限范围。看不到的事务与不存在的一样，回答 404。
- **重复请求**：每个 POST 都可以带 `Idempotency-Key`：同一个编号只办一次，重来时得到同样的内容和 `Idempotency-Replayed: true`。
- **并发**：读取事务得到 `ETag`；办理时以 `If-Match` 带回，别人若已先办，得到 412 和其间发生的事。
- **分页**：`limit` 最多 100；下一页的地址在 `Link` 首部，位置在 `next`。
- **出错**：一律是 `application/problem+json`（RFC 9457），`code` 是稳定的，见 /problems/。
- **变更流**：/feed 按提交的先后给出每一条经过，恰好一次；记住 `next`，下次从那里读起。
"""
_ALWAYS = (400, 401, 403, 406, 422, 500, 503)
_BY_METHOD = {"GET": (), "POST": (413, 415)}
_PATH_NAMES = {
    "matter": text("事务编号", pattern="^[0-9A-Za-z_-]{1,40}$"),
    "step": text("环节", pattern="^[0-9a-z_-]{1,40}$"),
    "kind": text("事务种类", pattern="^[0-9a-z_-]{1,40}$"),
    "key": text("度量", pattern="^[0-9a-z_.-]{1,60}$"),
    "digest": text("SM3 摘要", pattern="^[0-9a-f]{64}$"),
}
_HEADERS: dict[str, Json] = {
    "Idempotency-Key": text("请求编号：同一个只办一次", pattern="^[\\x21-\\x7e]{1,100}$"),
    "If-Match": text("读取时得到的 ETag：其间有变动就不办理，回答 412"),
    "If-None-Match": text("读取过的 ETag：没有变动就回答 304"),
    "ETag": text("这一版的标记"),
    "Location": text("新事务的地址"),
    "Link": text('下一页的地址，rel="next"'),
    "Idempotency-Replayed": text("true：以前已经办过，这是当时的回答"),
}


class Answer(NamedTuple):
    """What an endpoint may answer: a description, the schema of its JSON (None: no body), headers that it may have."""

    description: str
    schema: Json | None = None
    headers: tuple[str, ...] = ()
    content_type: str = "application/json"


@dataclass(frozen=True)
class Endpoint:
    """What is served where, to whom.

    answers     by status; problems: statuses of problems beside those that every endpoint may have
    parameters  of the query, name -> schema; `body`: schema of what is posted as JSON, `form`: as a form with files
    headers     of the request
    """

    method: str
    path: str
    scope: str
    title: str
    answers: Mapping[int, Answer]
    problems: tuple[int, ...] = ()
    parameters: Mapping[str, Json] = field(default_factory=dict)
    body: Json | None = None
    form: Json | None = None
    headers: tuple[str, ...] = ()
    description: str = ""


def operation(one: Endpoint) -> Json:
    """What OpenAPI says of an endpoint, beside what ninja knows."""
    found: Json = {
        "description": one.description or one.title,
        "security": [{"token": [one.scope]}],
        "parameters": [*_query(one.parameters), *_headers(one.headers)],
        "responses": {},
    }
    for status, answer in one.answers.items():
        found["responses"][status] = _response(answer)
    for status in sorted({*_ALWAYS, *_BY_METHOD[one.method], *one.problems}):
        found["responses"][status] = {"$ref": f"#/components/responses/Problem{status}"}
    if one.body is not None:
        required = bool(one.body.get("required"))
        found["requestBody"] = {"content": {"application/json": {"schema": one.body}}, "required": required}
    if one.form is not None:
        found["requestBody"] = {"content": {"multipart/form-data": {"schema": one.form}}, "required": True}
    return found


def _query(parameters: Mapping[str, Json]) -> list[Json]:
    return [
        {
            "in": "query",
            "name": name,
            "required": False,
            "description": schema.get("description", ""),
            "schema": schema,
        }
        for name, schema in parameters.items()
    ]


def _headers(names: tuple[str, ...]) -> list[Json]:
    return [{"in": "header", "name": name, "required": False, "schema": _HEADERS[name]} for name in names]


def _response(answer: Answer) -> Json:
    found: Json = {"description": answer.description}
    if answer.schema is not None:
        found["content"] = {answer.content_type: {"schema": answer.schema}}
    if answer.headers:
        found["headers"] = {name: {"schema": _HEADERS[name]} for name in answer.headers}
    return found


def completed(document: Json) -> Json:
    """The document as ninja made it, with our components, and paths that say what they look like."""
    components = document["components"]
    components["schemas"] = {**SCHEMAS, **components["schemas"]}
    components["responses"] = _problems()
    components["securitySchemes"] = {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "令牌 ow_…；范围："
            + "；".join(f"{name}（{told}）" for name, told in SCOPES.items()),
        }
    }
    for operations in document["paths"].values():
        for one in operations.values():
            for parameter in one["parameters"]:
                if parameter["in"] == "path":
                    parameter["schema"] = _PATH_NAMES[parameter["name"]]
            if "200" not in map(str, _declared(one)):
                one["responses"].pop(200, None)
    return document


def _declared(one: Json) -> list[int]:
    """Statuses that an endpoint declared; ninja adds a 200 of its own, which has a description alone."""
    return [status for status, told in one["responses"].items() if told != {"description": "OK"}]


def _problems() -> Json:
    found: Json = {}
    for status in sorted({code.status for code in CODES.values()}):
        told = "；".join(f"{name}：{code.title}" for name, code in CODES.items() if code.status == status)
        found[f"Problem{status}"] = {
            "description": told,
            "content": {CONTENT_TYPE: {"schema": ref("Problem")}},
        }
    return found
