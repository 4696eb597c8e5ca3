"""The one spelling of a JSON value: RFC 8785 (JCS), restricted so that nothing is left to choose.

Allowed are text, integers that every JSON reader keeps exactly (±(2^53 - 1)), true, false, null,
lists and objects. No floats. Text is taken as it stands: it is *not* normalised, because NFC would
replace characters of people's names (U+F900 and its neighbours) and make two values one. Refused
are the character U+0000, which PostgreSQL cannot keep, lone surrogates, which are no Unicode text,
and names of members beyond U+FFFF, whose order RFC 8785 defines differently from code points.
"""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from typing import TypeAlias

from onewindow.kernel.ledger.errors import LedgerError

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"

GREATEST_INTEGER = 2**53 - 1
DEEPEST = 16
LONGEST = 256 * 1024  # bytes of one encoded value

encode = json.JSONEncoder(
    ensure_ascii=False,
    check_circular=False,
    allow_nan=False,
    sort_keys=True,
    separators=(",", ":"),
).encode
quote = encode_basestring


def check_json(value: object, where: str) -> None:
    """Raise LedgerError where `value` has no canonical form; `where` names it in the message."""
    _check(value, where, 0)
    size = len(encode(value).encode("utf-8"))
    if size > LONGEST:
        raise LedgerError(f"{where} 太大({size} 字节),最多 {LONGEST} 字节;大的内容请作为材料存放,只记摘要。")


def check_text(value: object, where: str) -> None:
    """Raise LedgerError where `value` is no text, or holds a character that cannot be kept."""
    if type(value) is not str:
        raise LedgerError(f"{where} 应为文字,不能是 {type(value).__name__}。")
    if "\0" in value:
        raise LedgerError(f"{where} 含有空字符(U+0000),请去掉。")
    if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
        raise LedgerError(f"{where} 含有不完整的字符(孤立的代理码元),请重新输入。")


def check_integer(value: object, where: str) -> None:
    """Raise LedgerError where `value` is no integer within ±(2^53 - 1)."""
    if type(value) is not int:
        raise LedgerError(f"{where} 应为整数,不能是 {type(value).__name__}。")
    if abs(value) > GREATEST_INTEGER:
        raise LedgerError(f"{where} 超出 ±(2^53-1),其他程序读不准,请改用文字记录。")


def _check(value: object, where: str, depth: int) -> None:
    if depth > DEEPEST:
        raise LedgerError(f"{where} 嵌套超过 {DEEPEST} 层,请改成较平的结构。")
    kind = type(value)
    if kind is str:
        check_text(value, where)
    elif kind is int:
        check_integer(value, where)
    elif isinstance(value, list) and kind is list:
        for position, item in enumerate(value, 1):
            _check(item, f"{where} 第 {position} 项", depth + 1)
    elif isinstance(value, dict) and kind is dict:
        for name, item in value.items():
            _check_name(name, where)
            _check(item, f"{where}.{name}", depth + 1)
    elif value is not None and kind is not bool:
        raise LedgerError(
            f"{where} 的类型 {kind.__name__} 不能记入台账:只能是文字、整数、是否、空、列表、对象;金额用分(整数)。"
        )


def _check_name(name: object, where: str) -> None:
    check_text(name, f"{where} 的字段名")
    if isinstance(name, str) and name and max(name) > "\uffff":
        raise LedgerError(f"{where} 的字段名“{name}”含有扩展平面字符,请换一个名称。")
