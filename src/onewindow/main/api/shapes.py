"""What goes out: plain dictionaries, and the JSON Schemas that describe them (the tests hold them to it)."""

from __future__ import annotations

from datetime import date
from typing import Any

from onewindow.kernel import moment
from onewindow.kernel.cards import NAMES, level_of
from onewindow.kernel.ledger.entry import EntryValue
from onewindow.kernel.legal_time import Level
from onewindow.kernel.legal_time import State as ClockState
from onewindow.kernel.models import Matter
from onewindow.kernel.procedure import Role
from onewindow.kernel.registry import REGISTRY
from onewindow.kernel.rows import NOBODY

Json = dict[str, Any]

ROLES = [role.value for role in Role]
CARDS = [NAMES[level] for level in Level]


def text(description: str, **more: Any) -> Json:
    """The schema of a text."""
    return {"type": "string", "description": description, **more}


def maybe(schema: Json) -> Json:
    """The schema of that, or null."""
    return {**schema, "type": [schema["type"], "null"]}


WORD = r"^[^\x00-\x20]{1,40}$"  # a code or a reference
LINE = r"^[^\x00-\x1f]*$"  # a line of text: neither U+0000 nor other control characters
CURSOR = r"^[0-9A-Za-z_-]{1,400}$"


def whole(description: str, **more: Any) -> Json:
    """The schema of an integer."""
    return {"type": "integer", "description": description, **more}


def listed(items: Json, description: str, **more: Any) -> Json:
    """The schema of a list."""
    return {"type": "array", "items": items, "description": description, **more}


def members(properties: Json, *, optional: tuple[str, ...] = (), closed: bool = True) -> Json:
    """The schema of an object: every property is required but the optional ones."""
    required = [name for name in properties if name not in optional]
    return {
        "type": "object",
        "properties": properties,
        **({"required": required} if required else {}),
        **({"additionalProperties": False} if closed else {}),
    }


def ref(name: str) -> Json:
    """A schema among the components."""
    return {"$ref": f"#/components/schemas/{name}"}


_moment = {"type": "string", "format": "date-time"}
_day = {"type": "string", "format": "date"}
_hash = {"type": "string", "pattern": "^[0-9a-f]{64}$"}

_MATTER = {
    "id": text("编号"),
    "kind": text("事务种类，见 /procedures"),
    "title": text("标题"),
    "unit": text("办理单位的编码"),
    "owner": text("申请人的编号，没有则为空"),
    "state": text("状态"),
    "state_title": text("状态的名称"),
    "final": {"type": "boolean", "description": "已终结"},
    "waits_for": maybe({**text("等谁办理"), "enum": [*ROLES, None]}),
    "seq": whole("最后一条经过的序号", minimum=1),
    "head": {**_hash, "description": "最后一条经过的 SM3 摘要"},
    "opened": {**_moment, "description": "建立的时刻"},
    "moved": {**_moment, "description": "最后一次办理的时刻"},
    "clock": text("法定时钟", enum=[state.value for state in ClockState]),
    "promised": maybe(whole("承诺的天数，没有则按法定时限")),
    "due": maybe({**_day, "description": "承诺时限的末日；没有起算或正在暂停时为 null"}),
    "legal_due": maybe({**_day, "description": "法定时限的末日"}),
    "step_due": maybe({**_day, "description": "下一环节最迟办理的日子"}),
    "card": text("牌色", enum=CARDS),
    "late": maybe({"type": "boolean", "description": "办结时是否逾期；未办结为 null"}),
    "trouble": text("算不出末日的原因，正常为空"),
    "calendar": whole("计算所用工作日历的版本"),
}
_ENTRY = {
    "matter": text("事务编号"),
    "kind": text("事务种类"),
    "seq": whole("序号，从 1 起", minimum=1),
    "step": text("环节"),
    "from": text("之前的状态，开始时为空"),
    "to": text("之后的状态"),
    "actor": members({"kind": text("以什么角色", enum=ROLES), "id": text("账户编号")}),
    "at": {**_moment, "description": "时刻，精确到微秒"},
    "at_us": whole("同一时刻：1970 年以来的微秒数（UTC），摘要按它计算"),
    "withheld": {"type": "boolean", "description": "内部环节，不向申请人显示：内容和材料已略去"},
    "facts": {"type": "object", "description": "填写的内容；个人信息只有承诺值"},
    "documents": listed(_hash, "材料的 SM3 摘要"),
    "previous": {**_hash, "description": "前一条经过的摘要"},
    "hash": {**_hash, "description": "本条经过的摘要"},
}
_PROBLEM = {
    "type": text("问题种类的地址"),
    "title": text("问题种类的名称"),
    "status": whole("HTTP 状态码"),
    "detail": text("这一次的说明"),
    "instance": text("请求的地址"),
    "code": text("稳定的代码"),
    "errors": listed(
        members(
            {
                "pointer": text("请求内容中的位置（JSON 指针）"),
                "parameter": text("参数名"),
                "header": text("首部名"),
                "code": text("稳定的代码"),
                "detail": text("说明"),
            },
            optional=("pointer", "parameter", "header"),
        ),
        "逐项的错误",
    ),
}
_NEXT = maybe(text("下一页的位置，没有更多则为 null"))

SCHEMAS: Json = {
    "Matter": members(_MATTER),
    "MatterWithEntries": members({**_MATTER, "entries": listed(ref("Entry"), "最近的经过，最多 100 条")}),
    "Matters": members({"matters": listed(ref("Matter"), "事务"), "next": _NEXT}),
    "Entry": members(_ENTRY),
    "Entries": members({"entries": listed(ref("Entry"), "经过，按序号"), "next": _NEXT}),
    "Taken": members(
        {"id": text("事务编号"), "state": text("之后的状态"), "seq": whole("序号"), "entry": ref("Entry")}
    ),
    "Problem": members(_PROBLEM, optional=("errors",), closed=False),
}


def matter_told(row: Matter, now_us: int) -> Json:
    """A matter as it goes out."""
    state = REGISTRY.procedures[row.kind].state(row.state)
    return {
        "id": row.id,
        "kind": row.kind,
        "title": row.title,
        "unit": row.unit,
        "owner": row.owner,
        "state": row.state,
        "state_title": state.title,
        "final": state.final,
        "waits_for": None if row.waits_for in ("", NOBODY) else row.waits_for,
        "seq": row.seq,
        "head": bytes(row.head).hex(),
        "opened": _at(row.opened_us),
        "moved": _at(row.moved_us),
        "clock": row.clock_state,
        "promised": row.promised,
        "due": _date(row.due),
        "legal_due": _date(row.legal_due),
        "step_due": _date(row.step_due),
        "card": NAMES[level_of(row, now_us)],
        "late": row.late,
        "trouble": row.trouble,
        "calendar": row.calendar,
    }


def entry_told(value: EntryValue, head: bytes, *, internal: bool = True) -> Json:
    """An entry as it goes out: all that its hash is of, and the hash.

    internal  whether he who gets it sees what internal steps say
    """
    withheld = not internal and REGISTRY.procedures[value.kind].step(value.step).internal
    return {
        "matter": value.matter,
        "kind": value.kind,
        "seq": value.seq,
        "step": value.step,
        "from": value.from_state,
        "to": value.to_state,
        "actor": {"kind": value.actor_kind, "id": value.actor_id},
        "at": _at(value.at),
        "at_us": value.at,
        "withheld": withheld,
        "facts": {} if withheld else value.facts,
        "documents": [] if withheld else value.documents,
        "previous": value.previous.hex(),
        "hash": head.hex(),
    }


def _at(microseconds: int) -> str:
    return moment.at(microseconds).isoformat(timespec="microseconds")


def _date(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
