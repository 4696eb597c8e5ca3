"""Matters: begin one, take a step, read it, its entries and its explained deadline, list them."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlencode

from django.db import IntegrityError
from django.http import HttpResponse
from django.utils.translation import gettext as _

from onewindow.kernel import moment
from onewindow.kernel.actor import Actor
from onewindow.kernel.dossiers import permission as dossiers
from onewindow.kernel.errors import NotAllowed, NotFound, NotPossible
from onewindow.kernel.journal import PROCEDURE as JOURNAL
from onewindow.kernel.journal import journal_id
from onewindow.kernel.ledger.canonical import GREATEST_INTEGER, encode
from onewindow.kernel.models import Matter
from onewindow.kernel.moving import Request, Subject, Taken, begin, move
from onewindow.kernel.sight import handles_in, reads_deliberation, seen
from onewindow.kernel.statements import entries_between
from onewindow.main.api import cursors, lists
from onewindow.main.api.conditions import is_known, seen_of, tag_of
from onewindow.main.api.openapi import Answer, Endpoint
from onewindow.main.api.service import ApiRequest, sent, serve
from onewindow.main.api.shapes import (
    CARDS,
    CURSOR,
    LINE,
    ROLES,
    WORD,
    entry_told,
    listed,
    matter_told,
    maybe,
    members,
    ref,
    text,
    whole,
)
from onewindow.main.problems import Fault, Problem

PREFIX = "/api/v1"
MOST = 100
_JOURNALS = journal_id("")  # what their ids begin with, and no other matter's
ID = r"^[0-9A-Za-z_-]{1,40}$"
_LIMIT = whole(f"最多几项，1 至 {MOST}", minimum=1, maximum=MOST, default=50)
_AFTER = text("上一页给出的 next", pattern=CURSOR)
_SAID = {"type": "string", "pattern": r"^[^\x00]*$"}
_FACTS = {
    "type": "object",
    "description": "环节要求填写的内容，见 /procedures/{kind}：文字、整数、是否，或材料清单",
    "propertyNames": {"type": "string", "pattern": "^[0-9A-Za-z_-]{1,60}$"},
    "additionalProperties": {
        **_SAID,
        "type": ["string", "integer", "boolean", "array", "null"],
        "minimum": -GREATEST_INTEGER,
        "maximum": GREATEST_INTEGER,
        "items": members({"name": _SAID, "problem": _SAID}),
    },
}
_DOCUMENTS = listed(
    {"type": "string", "pattern": "^[0-9a-f]{64}$"}, "随环节提交的材料的 SM3 摘要", maxItems=200
)
_BEGIN = members(
    {
        "kind": text("事务种类", pattern=WORD),
        "step": text("开始的环节", pattern=WORD),
        "unit": text("办理单位的编码", pattern=WORD),
        "title": text("标题，一行", minLength=1, maxLength=200, pattern=LINE),
        "owner": text("申请人的编号", pattern=WORD),
        "promised": maybe(whole("承诺的天数，只有办理单位可以承诺", minimum=1, maximum=3650)),
        "facts": _FACTS,
        "documents": _DOCUMENTS,
        "dossier": text("先行上传材料的案卷编号（见 POST /dossiers），成为事务的编号", pattern=ID),
    },
    optional=("owner", "promised", "facts", "documents", "dossier"),
)
_STEP = members({"facts": _FACTS, "documents": _DOCUMENTS}, optional=("facts", "documents"))


# --- begin and move -------------------------------------------------------------------------


@serve(
    Endpoint(
        "POST",
        "/matters",
        "matters:write",
        "建立事务",
        {201: Answer("已建立", ref("Taken"), ("Location", "ETag", "Idempotency-Replayed"))},
        problems=(404, 409),
        body=_BEGIN,
        headers=("Idempotency-Key",),
    )
)
def begin_matter(request: ApiRequest) -> HttpResponse:
    """Open a matter by one of its first steps."""
    told = request.told
    _check_kind(told["kind"])
    subject = Subject(told["unit"], told["title"].strip(), told.get("owner", ""), told.get("promised"))
    _check_subject(request, subject)
    asked = Request(request.key, documents=tuple(told.get("documents", ())))
    dossier = told.get("dossier", "")
    if dossier:
        dossiers.may_see(request.actor, dossier)
    try:
        taken = begin(
            told["kind"],
            told["step"],
            request.actor,
            told.get("facts"),
            subject=subject,
            request=asked,
            id=dossier,
        )
    except IntegrityError:
        if dossier and Matter.objects.filter(pk=dossier).exists():
            raise NotPossible(_("这个案卷的材料已经随一件事务提交，不能再提交一次。")) from None
        raise
    return _taken(taken, 201, {"Location": f"{PREFIX}/matters/{taken.entry.matter}"})


@serve(
    Endpoint(
        "POST",
        "/matters/{matter}/steps/{step}",
        "matters:write",
        "办理环节",
        {200: Answer("已办理", ref("Taken"), ("ETag", "Idempotency-Replayed"))},
        problems=(404, 409, 412),
        body=_STEP,
        headers=("Idempotency-Key", "If-Match"),
    )
)
def take_step(request: ApiRequest, matter: str, step: str) -> HttpResponse:
    """Take a step in a matter."""
    check_id(matter)
    if matter.startswith(_JOURNALS):
        seen(request.actor, matter)
        _check_kind(JOURNAL.kind)
    seen_seq = seen_of(request.META.get("HTTP_IF_MATCH"))
    asked = Request(request.key, seen_seq, tuple(request.told.get("documents", ())))
    try:
        taken = move(matter, step, request.actor, request.told.get("facts"), request=asked)
    except (NotFound, NotAllowed):
        seen(request.actor, matter)  # whoever may not see it is told that it does not exist
        raise
    return _taken(taken, 200, {})


def _taken(taken: Taken, status: int, headers: dict[str, str]) -> HttpResponse:
    """What was recorded: the same now and whenever the request comes again."""
    # in the order of members in which it is kept, and comes back
    entry = taken.entry._replace(facts=json.loads(encode(taken.entry.facts)))
    if taken.replayed:
        headers["Idempotency-Replayed"] = "true"
    if taken.matter.seq == entry.seq:
        headers["ETag"] = tag_of(taken.matter, moment.now_us())
    told = {
        "id": entry.matter,
        "state": entry.to_state,
        "seq": entry.seq,
        "entry": entry_told(entry, taken.hash),
    }
    return sent(told, status, headers)


def _check_kind(kind: str) -> None:
    if kind == JOURNAL.kind:
        raise NotAllowed(_("日志由平台自己记录，不能通过接口办理。"))


def _check_subject(request: ApiRequest, subject: Subject) -> None:
    """A promise is made by who has to keep it, a unit is there to handle it, and a title has something in it."""
    faults = []
    if not subject.title:
        faults.append(Fault("pointer", "#/title", "missing", _("请填写标题。")))
    unit = request.units.units.get(subject.unit)
    if unit is None or unit.closed:
        told = _("没有编码为“{unit}”的单位，或它已撤销，请核对编码。").format(unit=subject.unit)
        faults.append(Fault("pointer", "#/unit", "unknown", told))
    if subject.promised is not None and not handles_in(request.actor, subject.unit):
        told = _("承诺的天数只能由办理单位的人员填写。")
        faults.append(Fault("pointer", "#/promised", "not-yours", told))
    if faults:
        told = _("请求内容有{count}处不对。").format(count=len(faults))
        raise Problem("request-invalid", told, errors=faults)


def check_id(matter: str) -> None:
    if not re.fullmatch(ID, matter, re.ASCII):
        raise NotFound(_("没有编号为“{matter}”的事务，请核对编号。").format(matter=matter[:40]))


# --- read -----------------------------------------------------------------------------------


def visible(request: ApiRequest, matter: str) -> Matter:
    """The matter, where he may see it. Raises NotFound."""
    check_id(matter)
    return seen(request.actor, matter)


@serve(
    Endpoint(
        "GET",
        "/matters/{matter}",
        "matters:read",
        "一件事务",
        {
            200: Answer("事务和最近的经过", ref("MatterWithEntries"), ("ETag",)),
            304: Answer("没有变动", headers=("ETag",)),
        },
        problems=(404,),
        headers=("If-None-Match",),
    )
)
def read_matter(request: ApiRequest, matter: str) -> HttpResponse:
    """A matter with its last entries."""
    row = visible(request, matter)
    now = moment.now_us()
    tag = tag_of(row, now)
    headers = {"ETag": tag}
    if is_known(tag, request.META.get("HTTP_IF_NONE_MATCH")):
        return HttpResponse(status=304, headers={**headers, "Vary": "Authorization"})
    told = matter_told(row, now)
    told["entries"] = _entries(request.actor, row, max(0, row.seq - MOST), MOST)
    return sent(told, headers=headers)


@serve(
    Endpoint(
        "GET",
        "/matters/{matter}/entries",
        "matters:read",
        "一件事务的经过",
        {200: Answer("经过，按序号", ref("Entries"), ("Link",))},
        problems=(404,),
        parameters={"limit": _LIMIT, "after": _AFTER},
    )
)
def list_entries(request: ApiRequest, matter: str) -> HttpResponse:
    """The entries of a matter, page by page."""
    row = visible(request, matter)
    after, of = request.query.get("after"), {"matter": matter}
    since = cursors.read(after, of, (int,), "after")[0] if after is not None else 0
    entries = _entries(request.actor, row, since, request.query["limit"])
    last = entries[-1]["seq"] if entries else row.seq
    next_ = cursors.written((last,), of) if last < row.seq else None
    return sent({"entries": entries, "next": next_}, headers=linked(request, next_))


def _entries(actor: Actor, row: Matter, since: int, limit: int) -> list[dict[str, Any]]:
    internal = reads_deliberation(actor, row)
    found = entries_between(row.id, since, row.seq, limit)
    return [entry_told(value, head, internal=internal) for value, head in found]


@serve(
    Endpoint(
        "GET",
        "/matters",
        "matters:read",
        "事务列表",
        {200: Answer("看得到的事务：按 waits_for 查时急的在前，否则新的在前", ref("Matters"), ("Link",))},
        parameters={
            "kind": text("事务种类；日志（journal）只在这样写明时列出", pattern=WORD),
            "state": text("状态", pattern=WORD),
            "unit": text("办理单位的编码", pattern=WORD),
            "owner": text("申请人的编号", pattern=WORD),
            "waits_for": text("等谁办理", enum=ROLES),
            "card": text("牌色", enum=CARDS),
            "limit": _LIMIT,
            "after": _AFTER,
        },
    )
)
def list_matters(request: ApiRequest) -> HttpResponse:
    """Matters that he sees."""
    rows, next_ = lists.page(request.actor, request.query)
    now = moment.now_us()
    told = {"matters": [matter_told(row, now) for row in rows], "next": next_}
    return sent(told, headers=linked(request, next_))


def linked(request: ApiRequest, next_: str | None) -> dict[str, str]:
    """The Link header of a page that is not the last."""
    if next_ is None:
        return {}
    query = urlencode({**request.query, "after": next_})
    return {"Link": f'<{request.path}?{query}>; rel="next"'}
