"""A report as the province's platform reads it: its fields, what each must be, and how the whole is signed.

Names of fields are those of the national catalogue of items and of the interfaces that provinces publish;
a province whose names differ is served by another `_FIELDS` and nothing else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

SIGNED = b"onewindow.province.1\n"  # stands before the body in what is signed, and nowhere else
LONGEST = 16_384  # bytes of a body
RECEIVED, ENDED = "1", "2"  # 收件、办结
AT_ONCE, PROMISED = "1", "2"  # 即办件、承诺件
_STATUSES = {RECEIVED: "收件", ENDED: "办结"}
_TYPES = {AT_ONCE: "即办件", PROMISED: "承诺件"}
_MOMENT = "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True, slots=True)
class Report:
    """What happened in a case.

    seq      number of the entry: of two reports about one case the higher one holds
    status   RECEIVED or ENDED; kind: AT_ONCE or PROMISED
    at       when it happened, applied: when the application was handed in; both in Shanghai time
    due      last day as promised, legal_due: as the law has it; None where no term runs
    basis    the article of the step
    """

    case: str
    title: str
    unit: str
    seq: int
    state: str
    state_title: str
    status: str
    kind: str
    at: datetime
    applied: datetime
    basis: str
    due: date | None = None
    legal_due: date | None = None


def written(report: Report) -> str:
    """The content of a message for the channel of the province."""
    told = {
        "projNo": report.case,
        "projName": report.title,
        "serviceDepartmentCode": report.unit,
        "seq": report.seq,
        "handleStateCode": report.state,
        "handleStateName": report.state_title,
        "affairStatus": report.status,
        "affairType": report.kind,
        "affairTime": f"{report.at:{_MOMENT}}",
        "applyTime": f"{report.applied:{_MOMENT}}",
        "promiseDate": report.due and report.due.isoformat(),
        "anticipateDate": report.legal_due and report.legal_due.isoformat(),
        "byLaw": report.basis,
    }
    return json.dumps({name: value for name, value in told.items() if value is not None}, ensure_ascii=False)


def body_of(content: str, message_id: str) -> bytes:
    """The body of a request: the same bytes at every try, so that a double is known for one.

    Raises ValueError where `content` is not what `written` wrote.
    """
    told = {"messageId": message_id, **json.loads(content)}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def read(body: bytes) -> tuple[dict[str, Any], list[str]]:
    """The fields of a body, and everything that is wrong with them, in Chinese."""
    try:
        told = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        return {}, ["报文不是 UTF-8 的 JSON"]
    if not isinstance(told, dict):
        return {}, ["报文应为一个 JSON 对象"]
    faults = [f"不认识字段 {name[:40]}" for name in sorted(told.keys() - _FIELDS.keys())]
    for name, (required, fits, wanted) in _FIELDS.items():
        if name not in told:
            faults += [f"缺少字段 {name}"] if required else []
        elif not fits(told[name]):
            faults.append(f"字段 {name} 应为{wanted}")
    return told, faults


def _text(longest: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and 0 < len(value) <= longest


def _one_of(values: Mapping[str, str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and value in values


def _is_moment(value: Any) -> bool:
    try:
        return isinstance(value, str) and f"{datetime.strptime(value, _MOMENT):{_MOMENT}}" == value  # noqa: DTZ007
    except ValueError:
        return False


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[0-9a-f]{32}", value) is not None


def _is_count(value: Any) -> bool:
    return type(value) is int and value >= 1


# name -> whether it must be there, what it must be, and that in words
_FIELDS: dict[str, tuple[bool, Callable[[Any], bool], str]] = {
    "messageId": (True, _is_id, "32 位十六进制数"),
    "projNo": (True, _text(40), "办件编号，最长 40 个字符"),
    "projName": (True, _text(200), "办件名称，最长 200 个字"),
    "serviceDepartmentCode": (True, _text(40), "单位编码，最长 40 个字符"),
    "seq": (True, _is_count, "正整数"),
    "handleStateCode": (True, _text(40), "状态代码，最长 40 个字符"),
    "handleStateName": (True, _text(40), "状态名称，最长 40 个字"),
    "affairStatus": (True, _one_of(_STATUSES), "1（收件）或 2（办结）"),
    "affairType": (True, _one_of(_TYPES), "1（即办件）或 2（承诺件）"),
    "affairTime": (True, _is_moment, "如 2026-05-06 09:00:00 的时间"),
    "applyTime": (True, _is_moment, "如 2026-05-06 09:00:00 的时间"),
    "promiseDate": (False, _is_day, "如 2026-06-03 的日期"),
    "anticipateDate": (False, _is_day, "如 2026-06-03 的日期"),
    "byLaw": (True, _text(200), "依据，最长 200 个字"),
}
