"""What goes wrong, as RFC 9457 problems: every code with its status once, and its page under /problems/.

The kernel refuses in words with a code (`kernel.errors`); here that becomes HTTP. docs/problems.md is written from
the table, and /problems/<code> shows the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from onewindow.kernel.errors import FactsInvalid, Refused, Stale

CONTENT_TYPE = "application/problem+json"


class Code(NamedTuple):
    """One kind of problem: its HTTP status, its name, and what somebody who meets it should do."""

    status: int
    title: str | Promise
    mend: str | Promise


CODES: dict[str, Code] = {
    "json-invalid": Code(
        400,
        _("内容不是合格的 JSON"),
        _("请求内容应为 UTF-8 的 JSON：不能有重名的成员、NaN、过大的数、不完整的字符或过深的嵌套。"),
    ),
    "bad-request": Code(400, _("请求无法理解"), _("请核对请求的写法。")),
    "token-missing": Code(
        401, _("没有令牌"), _("请在 Authorization 首部写 Bearer 和令牌；令牌由安全管理员签发。")
    ),
    "token-invalid": Code(401, _("令牌无效"), _("令牌写错、过期或已吊销，请向安全管理员申请新的令牌。")),
    "scope-missing": Code(403, _("令牌的权限范围不够"), _("请向安全管理员申请带有所缺范围的令牌。")),
    "not-allowed": Code(403, _("没有这个角色"), _("这件事由别的角色办理；角色由安全管理员授予。")),
    "not-found": Code(404, _("没有找到"), _("请核对编号和地址；不归您看的，与不存在的一样回答。")),
    "method-not-allowed": Code(405, _("这个地址不接受这种方法"), _("可用的方法见 Allow 首部。")),
    "not-acceptable": Code(406, _("不能以所要的格式回答"), _("请让 Accept 首部包含 application/json。")),
    "step-not-possible": Code(
        409, _("现在不能办理这个环节"), _("请重新读取这件事：它的状态已经不同，或这个环节只能办理一次。")
    ),
    "term-lapsed": Code(409, _("期限已过"), _("这个环节的法定期限已过，或者还没有到；请看明细中的日期。")),
    "clock-refused": Code(
        409, _("法定时限不允许"), _("法律不允许这样暂停或延长时限；请看说明中的依据和上限。")
    ),
    "stale": Code(412, _("已有变动"), _("别人先办理了；请看 happened，重新读取后再决定是否办理。")),
    "too-large": Code(413, _("内容太大"), _("请减小请求内容；大的内容请作为材料上传。")),
    "media-type": Code(
        415,
        _("不接受这种内容类型"),
        _("请用 Content-Type: application/json，不要压缩；材料用 multipart/form-data。"),
    ),
    "request-invalid": Code(422, _("请求有误"), _("请按 errors 逐项修改：每项写明了位置和要求。")),
    "facts-invalid": Code(422, _("填写的内容有误"), _("请按 errors 逐项修改；要求见流程说明。")),
    "key-reused": Code(
        422, _("请求编号已用过"), _("同一个 Idempotency-Key 只能用于同一项请求，请为新的请求换一个。")
    ),
    "cursor-invalid": Code(
        422, _("位置无效"), _("请原样使用上一页给出的位置，并保持其他条件不变；或从头读起。")
    ),
    "documents-unknown": Code(
        422, _("材料不在案卷里"), _("请先上传材料，再以它的 SM3 摘要办理；撤回的材料不能用。")
    ),
    "file-refused": Code(422, _("文件不能接收"), _("请看说明：check 是检查的代码；请换成合格的文件再上传。")),
    "dossier-full": Code(409, _("材料太多"), _("请删去不需要的材料，或与窗口联系。")),
    "document-lost": Code(500, _("材料丢失或被改动"), _("请告诉系统管理员从备份恢复。")),
    "receipt-not-yet": Code(409, _("还不能出具回执"), _("请在 earliest 所写的时刻以后再取。")),
    "receipt-not-proven": Code(
        500, _("不能出具回执"), _("台账与已签发的日根不符，请告诉系统管理员运行 onewindow ledger verify。")
    ),
    "message-invalid": Code(422, _("消息不能发送"), _("请看说明。")),
    "calendar-refused": Code(422, _("工作日历有误"), _("请看说明中的位置和改法。")),
    "password-refused": Code(422, _("口令不合要求"), _("请按说明换一个口令。")),
    "last-factor": Code(409, _("最后一个第二因素"), _("请先登记另一个第二因素，再注销这一个。")),
    "log-in-failed": Code(403, _("登录失败"), _("请核对登录名、口令和第二因素。")),
    "log-in-locked": Code(429, _("登录已锁定"), _("失败次数太多，请在说明所写的时刻以后再试。")),
    "identity-refused": Code(403, _("统一身份认证没有通过"), _("请重新登录；仍不行请告诉系统管理员。")),
    "cannot-sign": Code(500, _("不能签名"), _("请系统管理员检查台账的签名密钥。")),
    "published-unreadable": Code(500, _("已公布的日根读不懂"), _("请系统管理员检查公布的文件。")),
    "refused": Code(422, _("不能办理"), _("请看说明。")),
    "broken": Code(500, _("系统出错"), _("不是您的请求有误；请稍后再试，仍不行请告诉系统管理员。")),
    "clock-behind": Code(
        503, _("服务器的时钟不准"), _("请系统管理员校准服务器的时钟；请求可以之后以同一个编号再发。")
    ),
    "unavailable": Code(503, _("暂时不能服务"), _("请稍后以同一个 Idempotency-Key 再试。")),
}


class Fault(NamedTuple):
    """One thing that is wrong with a request. `where`: "pointer" (into the body), "parameter" or "header"."""

    where: str
    name: str
    code: str
    detail: str


class Problem(Exception):
    """Something that ends a request. `members`: further ones of the answer; `headers`: of HTTP."""

    def __init__(
        self,
        code: str,
        detail: str,
        *,
        errors: Iterable[Fault] = (),
        headers: Mapping[str, str] | None = None,
        **members: Any,
    ) -> None:
        self.code = code
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})
        self.members = members
        super().__init__(code, detail)


def of_refusal(refused: Refused) -> Problem:
    """The problem that a refusal of the kernel is. A code without a line in the table is answered with 422."""
    errors: list[Fault] = []
    members = dict(refused.details)
    if isinstance(refused, FactsInvalid):
        errors = [
            Fault("pointer", f"#/facts/{pointed(fault.key)}", fault.code, fault.message)
            for fault in refused.faults
        ]
    if isinstance(refused, Stale):
        members["happened"] = [
            {"seq": one.seq, "step": one.step, "by": one.by, "at": one.at.isoformat(), "state": one.state}
            for one in refused.happened
        ]
    return Problem(refused.code, refused.message, errors=errors, **members)


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The HTTP response of a problem."""
    kind = CODES.get(problem.code, CODES["refused"])
    body: dict[str, Any] = {
        **problem.members,
        "type": f"/problems/{problem.code}",
        "title": str(kind.title),
        "status": kind.status,
        "detail": problem.detail,
        "instance": request.path,
        "code": problem.code,
    }
    if problem.errors:
        body["errors"] = [
            {one.where: one.name, "code": one.code, "detail": one.detail} for one in problem.errors
        ]
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=str)
    response = HttpResponse(
        content.encode("utf-8", "replace"),
        content_type=CONTENT_TYPE,
        status=kind.status,
        headers=problem.headers,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def pointed(name: str) -> str:
    """A member's name within a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")


def page() -> str:
    """docs/problems.md."""
    rows = [f"| `{code}` | {kind.status} | {kind.title} | {kind.mend} |" for code, kind in CODES.items()]
    return "\n".join(
        [
            "# Problems",
            "",
            "What the API answers when something goes wrong: `application/problem+json` (RFC 9457) with `type`, `title`,",
            "`status`, `detail`, `instance`, `code`, and `errors` where several things are wrong, each with the place: a",
            "`pointer` into the body, a `parameter` or a `header`. Codes are stable; titles and details are for people.",
            "Written by `make docs` from `main/problems.py`.",
            "",
            "| code | status | 名称 | 怎么办 |",
            "|---|---:|---|---|",
            *rows,
            "",
        ]
    )
